"""One page of a long list, and what of the query string is no page of it."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

PER_PAGE = 25


def page_of(
    rows: QuerySet | Sequence[Any],
    request: HttpRequest,
    *,
    shrinks: bool = False,
    most: int = PER_PAGE,
) -> tuple[Page, list[str]]:
    """Return the page that `page` asks for, or the first one and why there is no such page.

    A page has at most so many rows.

    Of a list that `shrinks` by what is done to its rows, the page that was just emptied is the
    one before it.
    """
    pages = Paginator(rows, most)
    number = request.GET.get("page", "") or "1"
    if re.fullmatch(r"[0-9]{1,9}", number, re.ASCII) and 1 <= int(number) <= (
        pages.num_pages + shrinks
    ):
        return pages.page(min(int(number), pages.num_pages)), []
    return pages.page(1), [no_page(number[:20], pages.num_pages)]


def no_page(number: str, pages: int) -> str:
    """Return the words for a page that a list of so many pages does not have."""
    return ngettext(
        "There is no page “%(page)s”: the list has one page.",
        "There is no page “%(page)s”: the list has pages 1 to %(pages)s.",
        pages,
    ) % {"page": number, "pages": pages}
