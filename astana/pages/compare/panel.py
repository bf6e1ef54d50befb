"""The panel beside the compare table: what one cell rests on, and how it came to be."""

from datetime import date
from typing import Any

from astana.comparison.change import steps
from astana.comparison.sources import cells_in_dispute
from astana.models import Position
from astana.models.change_words import by_statement
from astana.models.coverage_words import nothing_words, silence_words
from astana.models.event import events_of
from astana.models.positions.history_of_cell import history_of_cell
from astana.pages.shared.lines import notes_on, whose_position
from astana.pages.shared.matrix import Table, left_out
from astana.pages.shared.passages import passages_of
from astana.pages.shared.selection import Selection
from astana.web.addresses import by_source_hrefs

MOST_IN_TRAIL = 100


def evidence_panel(selection: Selection, table: Table, *, user: Any) -> dict[str, Any] | None:
    """Return the panel of the open cell, or None where none is open; two queries.

    Nothing `shown` is silence. What is shown has its passages that one may read, the `notes` of the
    cell, and, where the utterance is rendered differently, the `renderings`, which lead to what
    each source reports. The `trail` has the statements in the order of time, all unless `is_cut`;
    one that was said after the date is later, and `change` says what happened to the cell where it
    came to stand in it.

    Where an issue is asked of each event and none is named, it is the first that was heard of.

    As recorded by a moment that is over, positions are in the words of then, and rest on the
    passages of now.
    """
    if selection.open is None:
        return None
    actor = next(one for one in selection.actors if one.slug == selection.open[0])
    issue = next(one for one in selection.issues if one.slug == selection.open[1])
    bodies = [body for body in selection.bodies if body.whole_slug == actor.slug]
    cells = [
        cell
        for row in table.matrix.rows
        if row.issue == issue.slug
        for cell in row.cells
        if cell.actor == actor.slug
    ]
    if not cells:
        # A switch hides the issue: an empty panel would call silent what is only not shown.
        return None
    event = selection.open[2] if issue.per_event else ""
    if issue.per_event and not event:
        event = next((cell.event for cell in cells if not cell.is_silent), "")
    statements = [
        statement.id for cell in cells if cell.event == event for statement in cell.statements
    ]
    history = history_of_cell(
        actors=[actor, *bodies],
        issue=issue,
        event=event,
        first=set(statements),
        recorded_as_of=selection.recorded_as_of,
        user=user,
        most=MOST_IN_TRAIL + 1,
    )
    is_cut = len(history) > MOST_IN_TRAIL
    if is_cut:
        others = (one for one in reversed(history) if one.pk not in statements)
        history.remove(next(others, history[-1]))
    by_pk = {position.pk: position for position in history}
    shown = [by_pk[pk] for pk in statements if pk in by_pk]
    # Each is asked for its address, which begins with the dossier.
    for record in (actor, issue, *shown):
        record.dossier = selection.dossier
    readable = passages_of(shown, dossier=selection.dossier, user=user)
    for position in history:
        position.issue = issue
    said = [position.statement() for position in history]
    # What was said between the last of a cut trail and what stands in the cell is not known here.
    known = said
    while is_cut and known and known[-1].id in statements:
        known = known[:-1]
    changed = by_statement(
        steps(known, first_hand_only=selection.first_hand, whose=actor.slug if not bodies else ""),
        {(issue.slug, position.stance.slug): position.stance.label for position in history},
    )
    notes = {
        line.key: line.notes for row in table.rows for cell in row.cells for line in cell.voices
    }
    sources = {
        position.pk: [slug for slug in position.source_slugs.split(",") if slug]
        for position in history
    }
    later = [position for position in history if position.latest > selection.as_of]
    # Of these nobody knows whether they had been said by the day.
    astride = [position for position in later if position.earliest <= selection.as_of]
    by_source = by_source_hrefs(selection.dossier, as_of=selection.as_of)
    return {
        "name": ".".join(filter(None, (actor.slug, issue.slug, event))),
        "actor": actor,
        "issue": issue,
        "shown": [
            {
                "position": position,
                "passages": readable[position.pk],
                "has_hidden_passages": position.passage_count > len(readable[position.pk]),
                "body": whose_position(position, actor),
                "renderings": by_source(position.actor.slug, issue.slug)
                if _is_rendered_differently(position, by=selection.as_of)
                else "",
                "notes": notes.get(position.key) or notes_on(position.certainty, position.held),
            }
            for position in shown
        ],
        "trail": [
            {
                "position": position,
                "is_shown": position.pk in statements,
                "is_later": position.latest > selection.as_of,
                "may_be_earlier": position in astride,
                "change": changed.get(position.pk, ("", ""))[1],
            }
            for position in reversed(history)
        ],
        "is_cut": is_cut,
        "is_two_voices": len({position.stance_id for position in shown}) > 1,
        "next": (astride or later)[-1] if later and not is_cut else None,
        "may_be_earlier": bool(astride),
        "do_sources_disagree": bool(cells_in_dispute(said, sources, as_of=selection.as_of)),
        "by_source": by_source(actor.slug, issue.slug),
        "nothing": nothing_words(**left_out(selection)),
        "silence": silence_words(
            selection.counts.coverage(as_of=selection.as_of, issue=issue.pk),
            **left_out(selection),
        ),
        "event": next((one for one in events_of(selection.dossier) if one.slug == event), None)
        if event
        else None,
    }


def _is_rendered_differently(position: Position, *, by: date) -> bool:
    days = (position.other_rendering, position.fuller_rendering)
    return any(day and day <= by for day in days)
