"""The page blind."""
