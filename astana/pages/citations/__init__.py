"""The page citations."""
