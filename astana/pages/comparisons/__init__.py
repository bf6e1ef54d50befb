"""The page comparisons."""
