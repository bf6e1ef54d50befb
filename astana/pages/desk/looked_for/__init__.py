"""The page looked_for."""
