"""The page challenges."""
