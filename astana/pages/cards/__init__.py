"""The page cards."""
