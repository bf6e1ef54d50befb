"""The page sources."""
