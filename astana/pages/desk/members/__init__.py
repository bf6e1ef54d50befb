"""The page members."""
