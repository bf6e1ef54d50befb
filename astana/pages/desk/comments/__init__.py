"""The page comments."""
