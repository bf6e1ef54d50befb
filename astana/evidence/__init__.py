"""Anchoring: find, check and re-find a passage in a text. No Django."""
