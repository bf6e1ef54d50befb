"""The page actors."""
