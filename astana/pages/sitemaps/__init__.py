"""The page sitemaps."""
