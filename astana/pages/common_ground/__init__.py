"""The page common ground."""
