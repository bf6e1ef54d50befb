"""Dossiers in and out of files; errors name file, line and column."""
