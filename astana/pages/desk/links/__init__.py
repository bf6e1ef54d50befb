"""The page links."""
