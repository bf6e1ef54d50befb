"""The page of comparison beside its table: picker, slider and addresses."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.labels import in_a_row
from astana.models import Actor, Issue
from astana.models.event import events_of
from astana.models.said_words import day_words, recorded_words
from astana.pages.shared.matrix import Table
from astana.pages.shared.selection import Selection
from astana.web.addresses import moment_words, query_of
from astana.web.offered import Choice, first_of

MOST_CHOICES = 1000
# About how wide a letter of a label is, in per cent of the slider's width.
LETTER = 1.3


@dataclass(frozen=True, slots=True)
class Tick:
    """An event on the slider; `x` is in per cent of its width. Some have no room for a label."""

    x: str
    label: str
    label_x: str
    name: str
    when: str
    day: str
    is_current: bool


# What each list to choose from shows itself; the rest of the address is carried along.
_SHOWN = {
    "": set(),
    "actors": {"actor"},
    "issues": {"issue"},
    "day": {"as_of", "since", "changed"},
    "more": {"first_hand", "differences", "silent", "bodies", "transpose"},
}


def picker_of(selection: Selection, *, is_new: bool) -> dict[str, Any]:
    """Return the addresses that open what can be chosen, and the one that closes it.

    `hidden` are the parameters that the form carries along without showing them. `is_new` says that
    it has just been opened, so that the focus goes there.
    """
    shown = _SHOWN[selection.choose]
    closed = selection.query(choose=None)
    return {
        "opens": {
            what: closed if what == selection.choose else selection.query(choose=what)
            for what in _SHOWN
            if what
        },
        "done": closed,
        "unchanged": selection.query(since=None, changed=None),
        "is_new": is_new,
        "hidden": [(name, value) for name, value in selection.given if name not in shown],
    }


def shown_first(selection: Selection, table: Table) -> list[tuple[str, bool, str]]:
    """Return the actors by name, whether a narrow screen shows them at first, and what changed.

    It shows two or three at a time: where changes are asked for, first those whose cells changed.
    """
    changed = Counter(step.actor for step in table.steps)
    order = sorted((column.slug for column in table.columns), key=lambda slug: slug not in changed)
    first = {*order[: 3 if len(changed) > 2 else 2], selection.open[0] if selection.open else ""}
    return [
        (
            column.title,
            column.slug in first,
            # Translators: a number of cells, such as “2 changed”.
            ngettext("%(n)s changed", "%(n)s changed", number) % {"n": number}
            if (number := changed[column.slug])
            else "",
        )
        for column in table.columns
    ]


def choices_of(selection: Selection, *, user: Any) -> dict[str, Any] | None:
    """Return the open list of actors or of issues, or None where none is open; one query.

    `name` is the parameter that a choice is sent as, `chosen` the short names and names of what is
    chosen, in their order; numbers of `options` are of published positions. `offered` says whether
    there are more, `is_empty` whether nothing is chosen.
    """
    if selection.choose == "actors":
        name, model = "actor", Actor
        numbers, chosen = selection.counts.actors, selection.actors
    elif selection.choose == "issues":
        name, model = "issue", Issue
        numbers, chosen = selection.counts.issues, selection.issues
    else:
        return None
    rows = model.objects.visible_to(user).of(selection.dossier)
    offered = first_of(rows, MOST_CHOICES, chosen=chosen)
    options = [
        Choice(
            value=one.slug,
            label=str(one),
            group=one.get_kind_display() if name == "actor" else one.group,
            number=numbers.get(one.pk, 0),
            is_chosen=one in chosen,
        )
        for one in offered
    ]
    # A form sends its boxes as they stand: those chosen first, in their order, or it would be lost.
    places = {one.slug: place for place, one in enumerate(chosen)}
    options.sort(key=lambda option: places.get(option.value, len(places)))
    return {
        "name": name,
        "chosen": [(one.slug, str(one)) for one in chosen],
        "options": options,
        "offered": offered,
        "is_empty": all(given != name for given, _value in selection.given),
    }


def as_of_slider(selection: Selection) -> dict[str, Any] | None:
    """Return the slider of a selection, from the first to the last day of the dossier.

    Its days are counted from the first; `value` is the as-of day. None where no day is chosen.
    """
    if selection.choose != "day":
        return None
    events = events_of(selection.dossier)
    days = [selection.as_of, selection.counts.first_day, selection.counts.last_day]
    known = [day for day in [*days, *(event.end for event in events)] if day]
    first = min(known)
    span = max(1, (max(known) - first).days)
    labels = [
        (
            100 * (event.end - first).days / span,
            f"{event.place}, {date_format(event.end, 'M Y')}" if event.place else "",
        )
        for event in events
    ]
    ticks = [
        Tick(
            x=f"{x:.2f}%",
            label=label if has_room else "",
            label_x=f"{start:.2f}%",
            name=event.name,
            when=event.days,
            day=event.end.isoformat(),
            is_current=event.end == selection.as_of,
        )
        for event, (x, label), (start, has_room) in zip(
            events, labels, in_a_row(labels, letter=LETTER), strict=True
        )
    ]
    value, words = (selection.as_of - first).days, day_words(selection.as_of)
    return {"first": first, "value": value, "most": span, "words": words, "ticks": ticks}


def tools_of(selection: Selection, *, page: str) -> dict[str, str]:
    """Return what can be done with a comparison, as addresses; `page` is that of the whole page.

    `recorded` is a sentence, empty where the table is as it is recorded now.
    """
    dossier, recorded = selection.dossier.slug, ""
    if selection.recorded_as_of:
        recorded = _(
            "This table is %(recorded)s; what was published later is left out. Names and the "
            "codebook are those of now."
        ) % {"recorded": recorded_words(selection.recorded_as_of)}
    brief = selection.of_brief()
    cited = selection.query(of="compare", open=None, choose=None)
    return {
        "permalink": selection.everything(recorded_as_of="now"),
        "save": reverse("comparisons:new") + selection.everything(dossier=dossier, open=None),
        "cite": reverse("citations:index", args=[dossier]) + cited,
        "brief": brief and reverse("brief:index", args=[dossier]) + brief,
        "files": selection.query(open=None, choose=None),
        "picture": selection.everything(open=None),
        "blind": selection.query(blind="1", open=None, choose=None),
        "unfixed": selection.query(recorded_as_of=None),
        "recorded": recorded,
        "address": page + selection.everything(),
    }


def leads_of(selection: Selection, table: Table) -> dict[str, str]:
    """Return by the name of each cell the address of that cell alone, with what it rests on.

    It says no more than that cell, or a table of many would be as large as its square.
    """
    page = reverse("compare:matrix", args=[selection.dossier.slug])
    recorded = selection.recorded_as_of
    state = query_of(
        (),
        as_of=selection.as_of.isoformat(),
        first_hand="1" if selection.first_hand else None,
        bodies=None if selection.bodies_count else "0",
        recorded_as_of=moment_words(recorded) if recorded else None,
    )
    return {
        cell.name: f"{page}{state}&actor={cell.actor}&issue={cell.name.split('.')[1]}"
        f"&open={cell.name}"
        for row in table.rows
        for cell in row.cells
    }
