"""The page articles."""
