"""The page errors."""
