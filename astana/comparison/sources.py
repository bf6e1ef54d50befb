"""Statements with their sources in, what each source reports out, and where sources disagree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from astana.comparison.matrix import Cell, build_matrix
from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two statements on the same time that different sources report differently."""

    one: Statement
    other: Statement


def cells_by_source(
    statements: Iterable[Statement], sources: Mapping[int, Iterable[str]], *, as_of: date
) -> dict[str, Cell]:
    """Return, for one actor on one issue, the cell that each source alone would give.

    `sources` maps the id of a statement to the short names of the sources that support it. The
    headline rule is applied to what each source reports by itself.
    """
    reported: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for source in sources.get(statement.id, ()):
            reported[source].append(statement)
    cells = {}
    for source, spoken in reported.items():
        actor, issue = spoken[0].actor, spoken[0].issue
        matrix = build_matrix(spoken, actors=[actor], issues=[issue], as_of=as_of)
        cell = matrix.cell(actor, issue)
        if not cell.is_silent:
            cells[source] = cell
    return dict(sorted(cells.items()))


def disagreements(
    statements: Iterable[Statement], sources: Mapping[int, Iterable[str]], *, as_of: date
) -> list[Disagreement]:
    """Return the pairs of statements of one actor on one issue that sources tell differently.

    Two statements disagree when their stances differ, the days within which they were said
    overlap, and each is reported by a source that does not report the other. A change of mind on
    another day is no disagreement, nor is one source that quotes two voices. A statement with an
    open start overlaps only on its last day, as nothing more is known of it.
    """
    said = sorted(
        (statement for statement in statements if statement.latest <= as_of),
        key=lambda statement: (statement.latest, statement.earliest, statement.id),
    )
    names = {statement.id: set(sources.get(statement.id, ())) for statement in said}
    return [
        Disagreement(one, other)
        for position, one in enumerate(said)
        for other in said[position + 1 :]
        if one.stance != other.stance
        and _overlap(one, other)
        and names[one.id] - names[other.id]
        and names[other.id] - names[one.id]
    ]


def _overlap(one: Statement, other: Statement) -> bool:
    return _first_day(one) <= other.latest and _first_day(other) <= one.latest


def _first_day(statement: Statement) -> date:
    return statement.latest if statement.earliest == UNKNOWN_START else statement.earliest
