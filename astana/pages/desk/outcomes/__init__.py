"""The page outcomes."""
