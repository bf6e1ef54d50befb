"""The one door to the words of the search, whichever database holds them."""

from types import ModuleType

from django.db import connection


def backend() -> ModuleType:
    """Return the module for the database in use: `write`, `matching`, `best_first` and so on."""
    from astana.search import postgresql, sqlite

    return {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]
