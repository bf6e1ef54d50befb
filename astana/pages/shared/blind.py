"""A comparison read blind: whom each letter stands for, and what is said, without the names."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from astana.models import Actor, Dossier, Position
from astana.models.counts import most_reported
from astana.models.ends import ends_of
from astana.models.positions.then import shown_then
from astana.models.telling_names import hidden_names
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import Table, compare_table
from astana.pages.shared.passages import PassageView, passages_of
from astana.pages.shared.selection import Selection, numbers_of, selection_of
from astana.words.masking import Mask, mask_of

# The words of a line that can name somebody, and are shown without the names.
_WORDS = ("label", "summary", "condition", "how")
# A guess is chosen from so many actors, unless more are compared.
CANDIDATES = 24


@dataclass(frozen=True)
class BlindSet:
    """A selection read blind: the actor behind each letter, in the order of the letters.

    The order comes from the `seed` alone, so that an address always means the same.
    """

    selection: Selection
    letters: dict[str, Actor]
    seed: int
    token: str

    @property
    def left_out(self) -> int:
        """How many of the actors have no letter, as there are more of them."""
        return len(self.selection.actors) - len(self.letters)


def blind_set(token: str, *, dossier: Dossier, user: Any) -> BlindSet | None:
    """Return what a token stands for; None where it, or a part of it, is not to be seen."""
    numbers = numbers_of(token)
    selection = selection_of(numbers, dossier=dossier, user=user) if numbers else None
    if numbers is None or selection is None:
        return None
    order = sorted(selection.actors, key=lambda actor: actor.pk)
    Random(numbers["s"]).shuffle(order)
    letters = dict(zip(ascii_uppercase, order, strict=False))
    return BlindSet(selection, letters, numbers["s"], token)


def candidates_of(blind: BlindSet, *, user: Any) -> list[Actor]:
    """Return by name whom a reader may guess: the actors compared and those most reported on.

    The list is the same for all letters and says nothing of who is behind one. One query.
    """
    found = {actor.pk for actor in blind.letters.values()}
    for pk in most_reported(blind.selection.counts.actors, CANDIDATES):
        if len(found) < CANDIDATES:
            found.add(pk)
    dossier = blind.selection.dossier
    visible = Actor.objects.visible_to(user).of(dossier).filter(pk__in=found)
    return list(visible.order_by("sort_name", "slug"))


@dataclass(frozen=True)
class BlindTable:
    """Issues x letters, a row for each event of an issue that is asked separately of each.

    A cell without `voices` is silence; a voice has its line, what it was said at or in, and its
    passages. `issues` is the number of issues, `sources` are pairs of a label and the name behind
    it.
    """

    mask: Mask
    rows: list[dict[str, Any]]
    issues: int
    sources: list[tuple[str, str]]


def blind_table(blind: BlindSet, *, user: Any, opened: Collection[str] = ()) -> BlindTable:
    """Return the comparison with all names hidden but those behind the `opened` letters.

    Eight queries, whatever is compared. When every letter is opened, the sources are too.
    """
    table, dossier = compare_table(blind.selection), blind.selection.dossier
    positions = _positions_of(table, user=user)
    passages = passages_of(list(positions.values()), dossier=dossier, user=user)
    is_over = set(blind.letters) <= set(opened)
    sources = _source_labels(passages, blind.seed)
    # Who speaks now stands in the passages, and who spoke then in the words of then.
    told = [*positions.values(), *table.versions.values()]
    languages = {one.language for found in passages.values() for one in found}
    letters = {actor.pk: letter for letter, actor in blind.letters.items() if letter not in opened}
    names = [] if is_over else hidden_names(dossier, letters, told, sources, languages, user=user)
    mask = mask_of(names)
    shown_then(positions, table.versions)
    column = {actor.slug: n for n, actor in enumerate(blind.selection.actors)}
    issues = {issue.slug: issue for issue in blind.selection.issues}

    def voice(line: Line, pk: int) -> dict[str, Any]:
        happened = positions[pk].event or positions[pk].document
        words = {name: mask.apply(getattr(line, name)) for name in _WORDS}
        return {
            "line": replace(line, key="", spoken_by="", actor="", **words),
            "event": mask.apply(str(happened)) if happened else "",
            "is_of_body": bool(line.actor),
            "passages": [
                _passage(one, mask, one.source if is_over else sources[one.source])
                for one in passages[pk]
            ],
        }

    rows = []
    for drawn, row in zip(table.rows, table.matrix.rows, strict=True):
        issue = issues[row.issue]
        cells = []
        for letter, actor in blind.letters.items():
            n = column[actor.slug]
            voices = zip(drawn.cells[n].voices, row.cells[n].voices, strict=True)
            cells.append(
                {
                    "letter": letter,
                    "voices": [voice(one, said.id) for one, said in voices],
                    "nothing": drawn.cells[n].nothing,
                }
            )
        meant = ends_of(issue)
        named = (replace(end, label=mask.apply(end.label)) for end in meant.ends)
        rows.append(
            {
                "title": mask.apply(issue.title),
                "event": mask.apply(drawn.heading.small) if row.event else "",
                "question": mask.apply(issue.question),
                "is_fact": issue.kind == "fact",
                "ends": replace(meant, ends=tuple(named)),
                "cells": cells,
            }
        )
    key = [(label, name) for name, label in sources.items()]
    return BlindTable(mask, rows, len({row.issue for row in table.matrix.rows}), key)


def _positions_of(table: Table, *, user: Any) -> dict[int, Position]:
    found = Position.objects.visible_to(user).select_related("event", "document")
    return found.in_bulk(list(table.matrix.shown))


def _source_labels(passages: dict[int, list[PassageView]], seed: int) -> dict[str, str]:
    """Return a numbered label for each source that is shown, in an order of the seed's own."""
    names = sorted({passage.source for found in passages.values() for passage in found})
    Random(seed + 1).shuffle(names)
    return {name: _("Source %(number)s") % {"number": n} for n, name in enumerate(names, 1)}


def _passage(passage: PassageView, mask: Mask, source: str) -> dict[str, Any]:
    """Return a passage without names; `trouble` says why its words could not be placed."""
    excerpt = passage.excerpt
    parts = (excerpt.before, excerpt.exact, excerpt.after) if excerpt else ("", passage.words, "")
    before, exact, after = mask.pieces(*parts)
    return {
        "before": before,
        "exact": exact,
        "after": after,
        "trouble": passage.trouble,
        "language": passage.language,
        "source": source,
        "is_disputing": passage.is_disputing,
    }
