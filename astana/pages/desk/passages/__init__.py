"""The page passages."""
