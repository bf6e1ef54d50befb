"""The page merges."""
