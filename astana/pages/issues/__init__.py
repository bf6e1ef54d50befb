"""The page issues."""
