"""The page dossiers."""
