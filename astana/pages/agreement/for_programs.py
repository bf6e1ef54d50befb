"""The rows of agreement as programs read them, page by page."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from astana.pages.agreement.chosen import Chosen
from astana.web.api.computed import Computed


def for_programs(
    request: HttpRequest,
    selection: Chosen,
    make: Callable[[Any], Iterator[tuple]],
    *,
    known_by: tuple[int, ...],
    at: str,
) -> Computed:
    """Return the rows that `make` yields of a selection; `at` is the page's address from there."""
    page = f"{selection.dossier.get_absolute_url()}{at}{selection.query()}"
    return Computed(
        lambda: make(selection),
        known_by=known_by,
        page=request.build_absolute_uri(page),
        as_of=selection.last_day,
    )
