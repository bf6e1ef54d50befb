"""The page proposals."""
