"""Which parameters of an address a page looks for."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.http import QueryDict


@contextmanager
def asked() -> Iterator[set[str]]:
    """Give a set that fills with the names of the parameters that are looked for meanwhile."""
    names: set[str] = set()

    def _noting(method):
        def ask(data, name, *rest):
            names.add(name)
            return method(data, name, *rest)

        return ask

    with pytest.MonkeyPatch.context() as patch:
        for method in ("__getitem__", "__contains__", "getlist"):
            patch.setattr(QueryDict, method, _noting(getattr(QueryDict, method)))
        yield names
