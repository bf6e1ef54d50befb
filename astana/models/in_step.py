"""The search, which every write of a record keeps in step.

It is made of all kinds of records, so it is imported after them and announces itself here.
"""

from types import ModuleType

_search: list[ModuleType] = []


def announce(search: ModuleType) -> None:
    """Name the module that knows what of a record is searched, and writes it."""
    _search[:] = [search]


def search() -> ModuleType:
    """Return that module."""
    return _search[0]
