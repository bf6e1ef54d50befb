"""The page coding."""
