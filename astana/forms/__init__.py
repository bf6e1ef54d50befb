"""The query strings of pages, as GET forms."""
