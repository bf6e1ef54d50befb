"""Data entry for everything in a dossier."""
