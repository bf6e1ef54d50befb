"""The page answers."""
