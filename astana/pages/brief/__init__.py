"""The page brief."""
