"""The compare table, ready to be drawn: words, links and marks for each cell of a matrix."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from astana.comparison.change import Kind, Step, between
from astana.comparison.matrix import Cell, Matrix, Row
from astana.comparison.spread import Mark, spread_marks
from astana.models.change_words import step_words
from astana.models.coverage_words import nothing_words, read_words
from astana.models.ends import Ends, ends_of
from astana.models.event import events_of
from astana.models.kept import kept, state_of
from astana.models.positions.stood import Stood, stood, withdrawn_words
from astana.models.said_words import day_words, recorded_words
from astana.pages.shared.lines import Line, line_of, whose
from astana.pages.shared.selection import Selection


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell to be drawn; without voices it says `nothing`. `classes` are those of its element.

    A voice names its actor where a body of the whole said it.
    """

    name: str
    classes: str
    actor: str
    actor_name: str
    issue_title: str
    is_unfolded: bool
    change: str
    voices: tuple[Line, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a row or a column; an issue has marks and ends, an actor has none.

    `differs` says in a word or two whether those who speak differ, empty for an actor. `fold` is
    the change that folds or unfolds the cells of an issue, empty for an actor.
    """

    slug: str
    title: str
    href: str
    small: str
    marks: tuple[Mark, ...] = ()
    words: str = ""
    ends: Ends | None = None
    differs: str = ""
    is_split: bool = False
    fold: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row to be drawn."""

    heading: Heading
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The compare table, ready to be drawn, with the cells it was made of.

    As recorded by a moment it has the number of positions that were `withdrawn` since, and by
    primary key the `versions` of those that were written again.
    """

    matrix: Matrix
    columns: tuple[Heading, ...]
    rows: tuple[RowView, ...]
    hidden: int
    withdrawn: int = 0
    versions: dict[int, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


def kept_table(selection: Selection) -> Table:
    """Return the compare table of a selection, kept as of the version of its dossier."""
    state = state_of(selection)
    return kept(selection.dossier, "table", state, lambda: compare_table(selection))


def compare_table(selection: Selection) -> Table:
    """Return the compare table of a selection; one query for each of its days.

    As recorded by a moment that is over it is a few more: for what has been edited since.
    """
    now = _stood(selection, selection.as_of)
    whole, details = now.matrix, now.details
    steps, changes = _changes(selection, now)
    matrix = whole.only(differing=selection.differences, spoken=not selection.silent)
    if selection.changed:
        matrix = matrix.of({(step.issue, step.event) for step in steps})
    actors = {actor.slug: actor for actor in selection.actors}
    events = {}
    if any(row.event for row in matrix.rows):
        events = {event.slug: event.name for event in events_of(selection.dossier)}
    issues = {issue.slug: issue for issue in selection.issues}
    nothing = nothing_words(**left_out(selection))

    def view(cell: Cell, column: int) -> CellView:
        key = (cell.actor, cell.issue, cell.event)
        name = ".".join(filter(None, key))
        return CellView(
            name=name,
            classes=f"c{column}{'' if cell.voices else ' silent'}"
            f"{' open' if selection.open == key else ''}{' changed' if key in changes else ''}",
            actor=cell.actor,
            actor_name=actors[cell.actor].name,
            issue_title=issues[cell.issue].title,
            is_unfolded=cell.issue in selection.unfolded,
            change=changes.get(key, ""),
            voices=tuple(
                line_of(details[voice.id], actor=whose(details[voice.id], cell, actors))
                for voice in cell.voices
            ),
            nothing=nothing,
        )

    dossier = selection.dossier.slug
    actor_headings = tuple(
        Heading(
            slug=actor.slug,
            title=actor.name,
            href=reverse("actors:detail", args=[dossier, actor.slug]),
            small=str(actor.get_kind_display()),
        )
        for actor in selection.actors
    )
    issue_headings = tuple(
        _issue_heading(selection, row, issues[row.issue], events.get(row.event, ""), details)
        for row in matrix.rows
    )
    headings, columns = issue_headings, actor_headings
    cells = [row.cells for row in matrix.rows]
    if selection.transpose:
        headings, columns = columns, headings
        cells = [tuple(row[n] for row in cells) for n in range(len(headings))]
    rows = tuple(
        RowView(heading, tuple(view(cell, n) for n, cell in enumerate(row, 1)))
        for heading, row in zip(headings, cells, strict=True)
    )
    hidden = len({row.issue for row in whole.rows} - {row.issue for row in matrix.rows})
    return Table(matrix, columns, rows, hidden, now.withdrawn, now.versions, steps)


def _stood(selection: Selection, as_of: date) -> Stood:
    """Return the cells of a selection by a day, as recorded by the moment it asks for."""
    return stood(
        dossier=selection.dossier,
        actors=selection.actors,
        bodies=selection.bodies,
        issues=selection.issues,
        as_of=as_of,
        first_hand_only=selection.first_hand,
        recorded_as_of=selection.recorded_as_of,
        with_sources=True,
    )


def _changes(
    selection: Selection, now: Stood
) -> tuple[tuple[Step, ...], dict[tuple[str, str, str], str]]:
    """Return what happened to the cells since the day asked for, and in words by cell."""
    if selection.since is None:
        return (), {}
    earlier = _stood(selection, selection.since)
    before, after = earlier.matrix.cells, now.matrix.cells
    found = [
        between(before.get(key, Cell(*key[:2], (), (), key[2])), cell, since=selection.since)
        for key, cell in after.items()
    ]
    steps = tuple(step for step in found if step)
    details = earlier.details | now.details
    labels = {
        (one["statement"].issue, one["statement"].stance): one["label"] for one in details.values()
    }
    return steps, {
        (step.actor, step.issue, step.event): step_words(
            step, labels, first_hand_only=selection.first_hand
        )
        for step in steps
    }


def _issue_heading(
    selection: Selection, row: Row, issue: Any, event: str, details: dict[int, dict[str, Any]]
) -> Heading:
    voices = [voice for cell in row.cells for voice in cell.voices if voice.value is not None]
    voices.sort(key=lambda voice: -(voice.value or 0))
    labels = dict.fromkeys(details[voice.id]["label"] for voice in voices)
    return Heading(
        slug=issue.slug,
        title=issue.title,
        href=reverse("issues:detail", args=[selection.dossier.slug, issue.slug]),
        small=event or (_("disputed fact") if issue.kind == "fact" else ""),
        marks=spread_marks([voice.value for voice in voices]),
        words=_("Stances reported: %(labels)s") % {"labels": "; ".join(labels)} if labels else "",
        ends=ends_of(issue),
        differs=_differs(row, selection),
        is_split=row.differs,
        fold=f"{'fold' if issue.slug in selection.unfolded else 'unfold'}:{issue.slug}",
    )


def _differs(row: Row, selection: Selection) -> str:
    """Return in a few words whether those who speak differ."""
    speaking = sum(not cell.is_silent for cell in row.cells)
    if row.differs:
        return _("Stances differ")
    if speaking > 1:
        return _("The same stance")
    if speaking:
        return _("One is heard")
    asked = left_out(selection)
    return nothing_words(**asked) if any(asked.values()) else _("All are silent")


def left_out(selection: Any) -> dict[str, bool]:
    """Return what a selection leaves out, so that a cell without a position is no silence."""
    return {
        "first_hand_only": selection.first_hand,
        "is_of_then": selection.recorded_as_of is not None,
    }


def kind_words(voices: int, selection: Any) -> str:
    """Return what a file calls a cell with so many voices."""
    if not voices:
        if selection.recorded_as_of:
            return _("no position shown")
        return _("no first-hand position") if selection.first_hand else _("no stated position")
    return _("two voices") if voices > 1 else _("one stance")


def compare_sentence(selection: Selection, table: Table) -> str:
    """Return the sentence that says what the page shows, how much of it, and as of when."""
    words = {
        "asked": asked_words() % asked_parts(selection, table),
        "counted": counted_words(selection, table),
    }
    # Translators: such as “5 actors on 8 issues as of 24 Jan 2017: 28 cells with a position …”.
    return _("%(asked)s: %(counted)s") % words


def asked_words() -> str:
    """Return the sentence that says what is compared, with room for its parts."""
    # Translators: such as “5 actors on 8 issues as of 24 Jan 2017”.
    return _("%(actors)s on %(issues)s as of %(day)s")


def asked_parts(selection: Selection, table: Table) -> dict[str, str]:
    """Return the parts of the sentence that says what is compared, each as words."""
    actors = len(selection.actors)
    rows = len({row.issue for row in table.matrix.rows})
    return {
        "actors": ngettext("%(n)s actor", "%(n)s actors", actors) % {"n": actors},
        "issues": ngettext("%(n)s issue", "%(n)s issues", rows) % {"n": rows},
        "day": day_words(selection.as_of),
    }


def counted_words(selection: Selection, table: Table) -> str:
    """Return how much a comparison shows, from how much that was read, and what it leaves out."""
    # Translators: `articles` is “4 articles published by then (1 read in full, 3 …)”.
    words = _("%(heard)s, %(silent)s; %(articles)s") % {
        "heard": ngettext(
            "%(n)s cell with a position", "%(n)s cells with a position", table.matrix.heard
        )
        % {"n": table.matrix.heard},
        "silent": (
            # Translators: of cells, such as “28 cells with a position, 12 without one”.
            _("%(n)s without one") if any(left_out(selection).values()) else _("%(n)s silent")
        )
        % {"n": table.matrix.silent},
        "articles": read_words(selection.counts.coverage(as_of=selection.as_of)),
    }
    notes = [
        (selection.first_hand, _("first-hand only")),
        (selection.differences, _("only where they differ")),
        (not selection.silent, _("without issues on which no position is shown")),
        (not selection.bodies_count, _("bodies kept apart from their whole")),
    ]
    applied = [note for is_on, note in notes if is_on]
    if selection.recorded_as_of:
        applied.append(recorded_words(selection.recorded_as_of))
    if table.withdrawn:
        applied.append(withdrawn_words(table.withdrawn))
    if table.hidden:
        hidden = ngettext("%(n)s issue is hidden", "%(n)s issues are hidden", table.hidden)
        applied.append(hidden % {"n": table.hidden})
    return f"{words}; {'; '.join(applied)}." if applied else f"{words}."


# How many cells changed in which way.
_CHANGED = {
    Kind.MOVED: ngettext_lazy("%(n)s moved", "%(n)s moved", "n"),
    Kind.FIRST_HEARD: ngettext_lazy("%(n)s first heard", "%(n)s first heard", "n"),
    Kind.CONDITION_CHANGED: ngettext_lazy(
        "%(n)s with another condition", "%(n)s with other conditions", "n"
    ),
    Kind.NOW_FIRST_HAND: ngettext_lazy(
        "%(n)s now heard first-hand", "%(n)s now heard first-hand", "n"
    ),
    Kind.REPORTED_DIFFERENTLY: ngettext_lazy(
        "%(n)s reported differently", "%(n)s reported differently", "n"
    ),
    Kind.DISPUTED: ngettext_lazy("%(n)s disputed", "%(n)s disputed", "n"),
    Kind.TWO_VOICES: ngettext_lazy("%(n)s with two voices", "%(n)s with two voices", "n"),
    Kind.ONE_VOICE: ngettext_lazy("%(n)s with one voice now", "%(n)s with one voice now", "n"),
}
# Where second-hand claims are left out, an earlier one may have been heard.
_FIRST_HEARD_FIRST_HAND = ngettext_lazy(
    "%(n)s first heard first-hand", "%(n)s first heard first-hand", "n"
)


def changed_words(selection: Selection, table: Table) -> str:
    """Return how many cells changed in which way since the day asked for, empty without one."""
    if selection.since is None:
        return ""
    number = Counter(step.kind for step in table.steps)
    changed = _CHANGED
    if selection.first_hand:
        changed = changed | {Kind.FIRST_HEARD: _FIRST_HEARD_FIRST_HAND}
    said = [words % {"n": number[kind]} for kind, words in changed.items() if number[kind]]
    days = {"since": day_words(selection.since), "day": day_words(selection.as_of)}
    if not said:
        # Translators: both are days, such as “24 Jan 2017”.
        return _("Between %(since)s and %(day)s no change is known here.") % days
    return _(
        # Translators: `changes` is a list such as “1 moved, 2 first heard”, counted in cells.
        "Between %(since)s and %(day)s: %(changes)s; no change is known in the other cells."
    ) % {**days, "changes": ", ".join(said)}
