"""The page feeds."""
