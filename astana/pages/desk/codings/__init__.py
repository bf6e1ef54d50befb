"""The page codings."""
