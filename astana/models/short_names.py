"""Short names: how a record is called in addresses."""

from collections.abc import Collection
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

LONGEST = 60
# Addresses of pages stand where those of records do: articles/new/ is no article, and
# review/challenges/ is no review of a position. By the noun: the field, and the names of pages.
PAGES = {
    "dossier": ("slug", frozenset({"new"})),
    "issue": ("slug", frozenset({"new"})),
    "article": ("slug", frozenset({"new"})),
    "position": ("key", frozenset({"challenges"})),
}
# No record of any kind is called so by Astana itself.
RESERVED = frozenset({"new"})


def refusal(noun: str, name: str) -> str:
    """Return why a record cannot be called so, or nothing."""
    _field, of_pages = PAGES.get(noun, ("", frozenset()))
    if name not in of_pages:
        return ""
    return _("A page has the address “%(name)s”. Choose another name.") % {"name": name}


def refuse_names_of_pages(record: Model, *, exclude: Collection[str] | None) -> None:
    """Raise ValidationError where the address of a record would be that of a page."""
    noun = record._meta.model_name
    field, _of_pages = PAGES.get(noun, ("", frozenset()))
    if field and field not in (exclude or ()) and (why := refusal(noun, getattr(record, field))):
        raise ValidationError({field: why})


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
