"""Statements with their sources in, what each source reports out, and where sources disagree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from astana.comparison.matrix import Cell, build_matrix
from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement


def cells_by_source(
    statements: Iterable[Statement],
    sources: Mapping[int, Iterable[str]],
    *,
    actor: str,
    issue: str,
    as_of: date,
    event: str = "",
) -> dict[str, Cell]:
    """Return the cell of an actor on an issue (of one event) that each source alone would give.

    `sources` maps the id of a statement to the short names of the sources that support it. The
    headline rule is applied to what each source reports by itself. Statements of other actors are
    those of the actor's bodies, which count for it, or what it said itself for them.
    """
    reported: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for source in sources.get(statement.id, ()) if statement.event == event else ():
            reported[source].append(statement)
    cells = {}
    for source, spoken in reported.items():
        bodies = {one.actor: [actor] for one in spoken if actor not in (one.actor, one.speaker)}
        matrix = build_matrix(spoken, actors=[actor], issues=[issue], as_of=as_of, wholes=bodies)
        ((cell,),) = (row.cells for row in matrix.rows)
        if not cell.is_silent:
            cells[source] = cell
    return dict(sorted(cells.items()))


def disagreements(
    statements: Iterable[Statement], sources: Mapping[int, Iterable[str]], *, as_of: date
) -> Iterator[tuple[Statement, Statement]]:
    """Yield the pairs of statements of one actor on one issue that sources tell differently.

    Two statements disagree when their stances differ, they are about the same event where the issue
    is asked of each, the days within which they were said overlap, and each is reported by a source
    that does not report the other. A change of mind on another day is no disagreement, nor is one
    source that quotes two voices. A statement with an open start overlaps only on its last day, as
    nothing more is known of it.
    """
    said = sorted(
        (
            statement
            for statement in statements
            if statement.latest <= as_of and sources.get(statement.id)
        ),
        key=lambda statement: (statement.latest, statement.earliest, statement.id),
    )
    names = {statement.id: set(sources[statement.id]) for statement in said}
    for position, one in enumerate(said):
        for other in said[position + 1 :]:
            if (
                one.stance != other.stance
                and one.event == other.event
                and _overlap(one, other)
                and names[one.id] - names[other.id]
                and names[other.id] - names[one.id]
            ):
                yield one, other


def disputes_of(
    statements: Iterable[Statement], sources: Mapping[int, Iterable[str]], *, as_of: date
) -> list[tuple[Statement, ...]]:
    """Return what one actor's sources disagree on, one set of statements each, newest first.

    Statements that disagree with one and the same statement belong together. Within a set they
    are in the order of stance, then time.
    """
    sets: list[dict[int, Statement]] = []
    for one, other in disagreements(statements, sources, as_of=as_of):
        merged = {one.id: one, other.id: other}
        apart = []
        for known in sets:
            if known.keys() & merged.keys():
                merged |= known
            else:
                apart.append(known)
        sets = [*apart, merged]
    found = [
        tuple(sorted(told.values(), key=lambda said: (said.stance, said.latest, said.id)))
        for told in sets
    ]
    return sorted(found, key=lambda said: (_newest(said), said[0].id), reverse=True)


def _newest(said: tuple[Statement, ...]) -> tuple[date, date]:
    return max(statement.recency for statement in said)


def cells_in_dispute(
    statements: Iterable[Statement], sources: Mapping[int, Iterable[str]], *, as_of: date
) -> set[tuple[str, str]]:
    """Return the cells, as (actor, issue), on which sources disagree.

    Each actor is looked at by itself: what two bodies of a state said are two voices of it.
    """
    return {
        cell
        for cell, said in by_cell(statements).items()
        if next(disagreements(said, sources, as_of=as_of), None)
    }


def by_cell(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Statement]]:
    """Return the statements by the actor and the issue that they are about, in their order."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.actor, statement.issue].append(statement)
    return found


def versions_of(dispute: Iterable[Statement]) -> list[list[Statement]]:
    """Return the statements of each stance, from the highest value down, then off the scale."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in dispute:
        found[statement.stance].append(statement)
    return sorted(found.values(), key=lambda said: (said[0].value is None, -(said[0].value or 0)))


def _overlap(one: Statement, other: Statement) -> bool:
    return _first_day(one) <= other.latest and _first_day(other) <= one.latest


def _first_day(statement: Statement) -> date:
    return statement.latest if statement.earliest == UNKNOWN_START else statement.earliest
