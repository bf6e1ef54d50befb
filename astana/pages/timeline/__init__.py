"""The page timeline."""
