"""Django's SQLite, in which writers wait for each other in turn."""
