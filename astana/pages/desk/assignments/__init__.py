"""The page assignments."""
