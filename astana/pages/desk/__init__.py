"""The desk of those who work on a dossier."""
