"""Sources against each other: what each reports, and where they disagree."""

from collections import defaultdict
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import Q

from astana.comparison.matrix import Cell
from astana.comparison.scale import step
from astana.comparison.sources import (
    by_cell,
    cells_by_source,
    cells_in_dispute,
    disputes_of,
    versions_of,
)
from astana.comparison.statement import Statement
from astana.models import Actor, Dossier, Evidence, Issue, Position, Source, Stance
from astana.models.counts import Counts
from astana.models.coverage_words import silence_words
from astana.models.positions.fetched import marked
from astana.models.positions.told import told
from astana.models.said_words import said_words
from astana.pages.shared.lines import whose_position
from astana.pages.shared.passages import passages_of
from astana.web.addresses import by_source_href

# A dossier with more positions is looked at by actor or by issue; of these so many newest ones.
MOST_POSITIONS = 5000
MOST_CELLS = 100
MOST_IN_CELL = 200


def disputes(
    dossier: Dossier,
    *,
    counts: Counts,
    actor: Actor | None,
    issue: Issue | None,
    as_of: date,
    user: Any,
) -> dict[str, Any]:
    """Return where sources disagree, in the order of the issues; at most seven queries.

    `is_too_large` says that an actor or an issue has to be chosen first, `is_cut` that only the
    newest positions were looked at, and `hidden` how many cells did not fit. A cell has the
    `versions` of its newest dispute, and `more` on other times.
    """
    if counts.positions > MOST_POSITIONS and not (actor or issue):
        return {"is_too_large": True}
    positions = Position.objects.visible_to(user).of(dossier)
    if actor:
        positions = positions.filter(_said_by(actor, dossier=dossier))
    if issue:
        positions = positions.filter(issue=issue)
    said, sources = told(positions, as_of=as_of, most=MOST_POSITIONS + 1)
    is_cut, said = len(said) > MOST_POSITIONS, said[:MOST_POSITIONS]
    cells = cells_in_dispute(said, sources, as_of=as_of)
    actors, issues = (
        {one.slug: one for one in model.objects.visible_to(user).of(dossier).filter(slug__in=slugs)}
        for model, slugs in (
            (Actor, {cell[0] for cell in cells}),
            (Issue, {cell[1] for cell in cells}),
        )
    )
    ordered = sorted(
        cells, key=lambda cell: (issues[cell[1]].order, cell[1], actors[cell[0]].sort_name, cell[0])
    )
    shown = ordered[:MOST_CELLS]
    labels = _labels([issues[name].pk for name in {cell[1] for cell in shown}])
    names = dict(Source.objects.visible_to(user).of(dossier).values_list("slug", "name"))
    spoken = by_cell(said)
    disputed = {cell: disputes_of(spoken[cell], sources, as_of=as_of) for cell in shown}
    return {
        "cells": [
            {
                "actor": actors[cell[0]],
                "issue": issues[cell[1]],
                "href": by_source_href(dossier, actor=cell[0], issue=cell[1], as_of=as_of),
                "versions": _versions(disputed[cell][0], sources, labels, names),
                "more": len(disputed[cell]) - 1,
            }
            for cell in shown
        ],
        "total": len(ordered),
        "looked_at": len(said),
        "hidden": len(ordered) - len(shown),
        "is_cut": is_cut,
    }


def by_source(
    actor: Actor, issue: Issue, *, counts: Counts, dossier: Dossier, as_of: date, user: Any
) -> dict[str, Any]:
    """Return what each source reports of an actor and its bodies on an issue; six queries.

    Each row is a source with its reports, of which those that make its headline (`is_shown`) come
    first; `disputes` are sets of differing versions. `silent` are the sources of which an article
    had appeared by then, and `absent` the number of those of which none had. `silence` says what
    was read where no source reports anything; `sources` report on it, or could have by then.
    `reporting` is how many report a position, and `denying` in how many a passage disputes one.
    """
    positions = list(
        marked(Position.objects.visible_to(user).of(dossier).as_of(as_of))
        .filter(_said_by(actor, dossier=dossier), issue=issue)
        .select_related("actor", "issue", "stance__issue", "speaker", "attributed_by")
        .newest_first()[: MOST_IN_CELL + 1]
    )
    is_cut, positions = len(positions) > MOST_IN_CELL, positions[:MOST_IN_CELL]
    roles_in: dict[tuple[int, str], list[str]] = defaultdict(list)
    for pk, source, role in (
        Evidence.objects.filter(position__in=positions)
        .order_by("number")
        .values_list("position", "rendition__article__source__slug", "role")
    ):
        roles_in[pk, source].append(role)
    sources: dict[int, list[str]] = defaultdict(list)
    for (pk, source), roles in roles_in.items():
        if Evidence.Role.SUPPORTS in roles:
            sources[pk].append(source)
    said = [position.statement() for position in positions]
    cells: dict[str, list[Cell]] = defaultdict(list)
    for event in sorted({one.event for one in said}):
        asked = {"actor": actor.slug, "issue": issue.slug, "event": event}
        for slug, cell in cells_by_source(said, sources, **asked, as_of=as_of).items():
            cells[slug].append(cell)
    passages = passages_of(positions, dossier=dossier, user=user)
    every = list(Source.objects.visible_to(user).of(dossier).order_by("name", "slug"))
    names = {source.slug: source.name for source in every}
    rows = []
    for source in every:
        own_cells = cells[source.slug]
        headline = {statement.id for cell in own_cells for statement in cell.statements}
        reports = []
        for position in positions:
            roles = roles_in.get((position.pk, source.slug))
            if not roles:
                continue
            own = [one for one in passages[position.pk] if one.source_slug == source.slug]
            reports.append(
                {
                    "position": position,
                    "passages": own,
                    "has_hidden_passages": len(roles) > len(own),
                    "is_shown": position.pk in headline,
                    "is_denial": Evidence.Role.SUPPORTS not in roles,
                    "body": whose_position(position, actor),
                }
            )
        if reports:
            reports.sort(key=lambda report: not report["is_shown"])
            is_two_voices = any(cell.is_two_voices for cell in own_cells)
            rows.append({"source": source, "reports": reports, "is_two_voices": is_two_voices})
    found_in = {row["source"] for row in rows}
    others = [source for source in every if source not in found_in]
    appeared = {one.source for one in counts.read if one.published <= as_of}
    silent = [source for source in others if source.pk in appeared]
    denying = {slug for (_pk, slug), roles in roles_in.items() if Evidence.Role.DISPUTES in roles}
    labels = {
        (position.issue.slug, position.stance.slug): position.stance.label for position in positions
    }
    read = counts.coverage(as_of=as_of, issue=issue.pk)
    return {
        "rows": rows,
        "silent": silent,
        "absent": len(others) - len(silent),
        "sources": len(rows) + len(silent),
        "reporting": sum(not all(one["is_denial"] for one in row["reports"]) for row in rows),
        "denying": len(denying),
        "silence": silence_words(read, first_hand_only=False),
        "disputes": [
            _versions(dispute, sources, labels, names)
            for spoken in by_cell(said).values()
            for dispute in disputes_of(spoken, sources, as_of=as_of)
        ],
        "is_cut": is_cut,
    }


def _said_by(actor: Actor, *, dossier: Dossier) -> Q:
    """Return which positions are those of an actor and its bodies, or said by it for another."""
    bodies = [one.pk for one in Actor.objects.with_bodies([actor.slug], dossier=dossier)]
    if actor.kind == Actor.Kind.PERSON:
        return Q(actor__in=bodies) | Q(speaker=actor, first_hand=True)
    return Q(actor__in=bodies)


def _labels(issues: list[int]) -> dict[tuple[str, str], str]:
    stances = Stance.objects.filter(issue__in=issues, public=True)
    rows = stances.values_list("issue__slug", "slug", "label")
    return {(issue, stance): label for issue, stance, label in rows}


def _versions(
    dispute: tuple[Statement, ...],
    sources: dict[int, list[str]],
    labels: dict[tuple[str, str], str],
    names: dict[str, str],
) -> list[SimpleNamespace]:
    """Return the stances of a dispute from the highest value to the lowest, then off the scale.

    Each has when it was said, and the sources that report it.
    """
    return [
        SimpleNamespace(
            label=labels[said[0].issue, said[0].stance],
            step=step(said[0].value),
            when="; ".join(
                dict.fromkeys(said_words(one.earliest, one.latest, one.said) for one in said)
            ),
            is_disputed=any(one.is_disputed for one in said),
            sources=[names[slug] for slug in sorted({s for one in said for s in sources[one.id]})],
        )
        for said in versions_of(dispute)
    ]
