"""The page exports."""
