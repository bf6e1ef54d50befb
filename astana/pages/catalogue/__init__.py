"""The public dossiers, for catalogues of data."""
