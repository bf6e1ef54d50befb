"""Short names: how a record is called in addresses."""

from collections.abc import Collection
from itertools import chain, count

from django.db.models import QuerySet
from django.utils.text import slugify

LONGEST = 60
# Addresses of pages stand where those of records do: articles/new/ is no article.
RESERVED = frozenset({"new"})


def free_name(words: str, *, taken: Collection[str], nothing: str) -> str:
    """Return a short name made of words that is neither taken nor reserved, numbered if need be.

    `nothing` stands for words of which no letter can be in an address.
    """
    base = _base(words, nothing)
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and name not in RESERVED)


def free_among(records: QuerySet, words: str, *, nothing: str) -> str:
    """Return a short name that none of the records has; one query."""
    same = records.filter(slug__startswith=_base(words, nothing)).order_by()
    return free_name(words, taken=set(same.values_list("slug", flat=True)), nothing=nothing)


def _base(words: str, nothing: str) -> str:
    return slugify(words)[:LONGEST].strip("-") or nothing
