"""Astana: comparative reading of who is reported to hold which position."""
