"""The summary of a position whose coder wrote none: made of names, and made again with them.

Whether a summary was typed is not stored: it shows in whether it is what would have been made.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

if TYPE_CHECKING:
    from astana.models.position import Position

LONGEST_SUMMARY = 500
# What of a position a summary is made of, and the field that has the name of each.
MADE_OF = {"actor": "name", "issue": "title", "stance": "label"}
_NAMES = [f"{field}__{called}" for field, called in MADE_OF.items()]
_NONE = ("", "", "")
_BATCH = 500

# The names of an actor, an issue and a stance.
Names = Sequence[Any]


def automatic_summary(*, actor: object, issue: object, stance: object) -> str:
    """Return a neutral sentence made of the names of an actor, an issue and a stance."""
    words = {"actor": actor, "issue": issue, "stance": stance}
    # Translators: all three are names, such as "Russia on “Cease fire”: Supports."
    return (_("%(actor)s on “%(issue)s”: %(stance)s.") % words)[:LONGEST_SUMMARY]


def remade(summary: str, *, was: Names, now: Names) -> str:
    """Return a summary as it would be made of new names; one that was typed stays as it is."""
    for code, _language in settings.LANGUAGES:
        with override(code):
            if summary == automatic_summary(**dict(zip(MADE_OF, was, strict=True))):
                return automatic_summary(**dict(zip(MADE_OF, now, strict=True)))
    return summary


def settled(position: "Position", stored: "Position") -> str:
    """Return the summary that belongs to what a position is to say, beside what is stored.

    What was made of the names of before is made again: as it stands, or where an older table, or a
    change that is taken back, brings it again. No query where none of this has changed.
    """
    summary, ids = position.summary, [f"{name}_id" for name in MADE_OF]
    is_same = all(getattr(position, name) == getattr(stored, name) for name in ids)
    if summary != stored.summary:
        known = _names_then(position, summary)
    else:
        known = [] if is_same else [_names_of(stored)]
    for was in known:
        anew = remade(summary, was=was, now=_names_of(stored if is_same else position))
        if anew != summary:
            return anew
    return summary


def followers(model: type[models.Model], was: Mapping[int, str]) -> list["Position"]:
    """Return the positions whose summaries follow records that were renamed, not written yet.

    `was` are the names that the records of the model had before, by their keys.
    """
    field = model._meta.model_name
    position = model._meta.get_field("positions").related_model
    naming = position._base_manager.filter(**{f"{field}__in": list(was)}).order_by("pk")
    found = []
    for one in naming.select_related(*MADE_OF).iterator(_BATCH):
        now = _names_of(one)
        before = [
            was[getattr(one, field).pk] if at == field else name
            for at, name in zip(MADE_OF, now, strict=True)
        ]
        anew = remade(one.summary, was=before, now=now)
        if anew != one.summary:
            one.summary = anew
            found.append(one)
    return found


def made_in(positions: models.QuerySet) -> list[int]:
    """Return the keys of those of some positions whose summary was made; one query."""
    rows = positions.order_by().values_list("pk", "summary", *_NAMES)
    return [pk for pk, summary, *names in rows if remade(summary, was=names, now=_NONE) != summary]


def typed_in(positions: models.QuerySet, *, saying: str = "") -> list[tuple[str, str]]:
    """Return key and summary of those of some positions whose summary was typed; one query.

    Where a name is given, only of those that say it, in whatever case.
    """
    says = re.compile(rf"(?<!\w){re.escape(saying)}(?!\w)" if saying else "", re.IGNORECASE)
    rows = positions.order_by("key").values_list("key", "summary", *_NAMES)
    return [
        (key, summary)
        for key, summary, *names in rows.iterator(_BATCH)
        if says.search(summary) and remade(summary, was=names, now=_NONE) == summary
    ]


def stays_behind(position: "Position", stored: "Position") -> bool:
    """Return whether a typed summary stays while what it sums up changes from what is stored."""
    is_same = all(
        getattr(position, f"{name}_id") == getattr(stored, f"{name}_id") for name in MADE_OF
    )
    if is_same or position.summary != stored.summary:
        return False
    return remade(stored.summary, was=_names_of(stored), now=_NONE) == stored.summary


def typed_that_say(record: models.Model, name: str) -> list[str]:
    """Return the keys of published positions of a record whose typed summaries say its name."""
    published = record.positions.filter(public=models.Value(True))
    return [key for key, _summary in typed_in(published, saying=name)]


def made_anew(positions: models.QuerySet) -> list["Position"]:
    """Return these positions with their summaries made again, not written yet."""
    found = list(positions.select_related(*MADE_OF))
    for one in found:
        one.summary = automatic_summary(**{name: getattr(one, name) for name in MADE_OF})
    return found


def _names_of(position: "Position") -> Names:
    return [str(getattr(position, name)) for name in MADE_OF]


def _names_then(position: "Position", summary: str) -> Iterable[Names]:
    """Return the names of which a summary may have been made when the position had it before."""
    if not any(re.fullmatch(form, summary) for form in _forms()):
        return
    past = type(position).history.filter(id=position.pk, summary=summary).order_by()
    ids = [f"{field}_id" for field in MADE_OF]
    for keys in past.values_list(*ids).distinct():
        known = []
        for key, (field, called) in zip(keys, MADE_OF.items(), strict=True):
            history = position._meta.get_field(field).related_model.history
            named = history.filter(id=key).order_by().values_list(called, flat=True)
            known.append(sorted(set(named)))
        yield from product(*known)


def _forms() -> Iterable[str]:
    """Return the patterns of the sentences that are made, in all languages."""
    for code, _language in settings.LANGUAGES:
        with override(code):
            form = automatic_summary(actor="\0", issue="\0", stance="\0")
        yield re.escape(form).replace(re.escape("\0"), ".+")
