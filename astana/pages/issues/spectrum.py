"""One issue as a spectrum: its stances, the actors under them, the silent, and what changed."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.change import Kind, steps
from astana.comparison.matrix import Row
from astana.comparison.statement import Statement
from astana.models import Actor, Issue, Position, Stance
from astana.models.counts import Counts
from astana.models.coverage_words import looked_for_words, read_sentence
from astana.models.ends import ends_of
from astana.models.event import events_of
from astana.models.positions.over_time import read_newest
from astana.models.positions.stood import stood, withdrawn_words
from astana.models.positions.told import cells_told_differently
from astana.models.said_words import day_words, said_words
from astana.pages.issues.forms import IssueForm
from astana.pages.shared.lines import Line, line_of
from astana.web.addresses import by_source_href

MOST_STATEMENTS = 400
MOST_SILENT = 200


def spectrum_of(
    issue: Issue,
    *,
    counts: Counts,
    as_of: date,
    first_hand_only: bool,
    user: Any,
    recorded_as_of: datetime | None = None,
) -> SimpleNamespace:
    """Return the spectrum of an issue as of a date; four queries.

    As recorded by a moment that is over it is a few more: for what has been edited since.

    `newest` are the positions that were looked at for it, `cut` their number where there are more,
    `read` says what a silence rests on. `told_apart` are, as recorded by a moment, the actors on
    whom sources disagreed.
    """
    of_counts = Actor.objects.visible_to(user).filter(pk__in=counts.actors)
    # As rows: a record for each of very many takes longer.
    actors = list(of_counts.values_list("pk", "slug", "name", "kind", named=True))
    now = stood(
        dossier=issue.dossier,
        actors=actors,
        bodies=(),
        issues=[issue],
        as_of=as_of,
        first_hand_only=first_hand_only,
        recorded_as_of=recorded_as_of,
        with_sources=bool(recorded_as_of),
    )
    matrix, details = now.matrix, now.details
    stances = {stance.slug: stance for stance in issue.stances.all()}
    by_slug = {actor.slug: actor for actor in actors}
    standings = [_standings(issue, stances, row, details, by_slug) for row in matrix.rows]
    # What a person said for another actor is counted as that actor's.
    heard = {
        cell.actor
        for row in matrix.rows
        for cell in row.cells
        if any(voice.actor == cell.actor for voice in cell.voices)
    }
    newest = read_newest(
        Position.objects.visible_to(user).about(issue=issue),
        by="issue",
        subject=issue,
        most=MOST_STATEMENTS + 1,
        recorded_as_of=recorded_as_of,
    )
    looked_at = newest.said[:MOST_STATEMENTS]
    cut = MOST_STATEMENTS if len(newest.said) > MOST_STATEMENTS else 0
    changes = _changes(
        issue,
        stances,
        [newest.statement(one) for one in looked_at],
        {actor.slug: actor.name for actor in actors},
        first_hand_only=first_hand_only,
        is_cut=bool(cut),
    )
    read = counts.coverage(as_of=as_of, issue=issue.pk)
    held = {line.label for one in standings for lane in one.scale + one.off_scale
            for line, _is_two_voices in lane.actors}  # fmt: skip
    return SimpleNamespace(
        standings=standings,
        read=f"{read_sentence(read)} {looked_for_words(read)}",
        changes=changes,
        moves=sum(change.kind is Kind.MOVED for change in changes),
        cut=cut,
        spoken=len(heard),
        sentence=_sentence(
            len(heard),
            len(actors),
            len(held),
            as_of,
            first_hand_only=first_hand_only,
            withdrawn=newest.withdrawn,
        ),
        newest=newest,
        statements=counts.issues.get(issue.pk, 0),
        told_apart={
            details[pk]["statement"].actor
            for pk in matrix.shown
            if details[pk].get("is_told_apart")
        },
    )


def _standings(
    issue: Issue,
    stances: dict[str, Stance],
    row: Row,
    details: dict[int, dict[str, Any]],
    actors: dict[str, Any],
) -> SimpleNamespace:
    """Return who stands where, of one event where the issue is asked of each.

    Lanes on the scale from -1 to 1, or of answers without an order, lanes off the scale, and the
    silent (actors as rows). In a lane each actor is with whether its newest statements differ.
    """
    start, end = _of_actors(issue)
    under: dict[str, list[tuple[Line, bool]]] = {slug: [] for slug in stances}
    for cell in row.cells:
        for voice in cell.voices:
            if voice.actor != cell.actor:
                # What a person said for another actor stands under that actor.
                continue
            href = f"{start}{cell.actor}{end}"
            line = line_of(details[voice.id], actor=actors[cell.actor].name, href=href)
            under[voice.stance].append((line, cell.is_two_voices))
    ordered = sorted(
        stances.values(), key=lambda stance: (stance.value is None, stance.value or 0, stance.order)
    )
    lanes = [SimpleNamespace(stance=stance, actors=under[stance.slug]) for stance in ordered]
    events = events_of(issue.dossier) if row.event else []
    silent = [actors[cell.actor] for cell in row.cells if cell.is_silent]
    return SimpleNamespace(
        event=next((event.name for event in events if event.slug == row.event), ""),
        scale=[lane for lane in lanes if lane.stance.value is not None or issue.is_nominal],
        off_scale=[lane for lane in lanes if lane.stance.value is None and not issue.is_nominal],
        silent=silent,
        silent_names=[(actor.slug, actor.name) for actor in silent[:MOST_SILENT]],
        unnamed=max(0, len(silent) - MOST_SILENT),
    )


def _changes(
    issue: Issue,
    stances: dict[str, Stance],
    statements: list[Statement],
    names: dict[str, str],
    *,
    first_hand_only: bool,
    is_cut: bool,
) -> list[SimpleNamespace]:
    """Return the steps of actors, each with the stances that stood before and after it."""
    events = events_of(issue.dossier) if issue.per_event else []
    called = {event.slug: event.name for event in events}
    start, end = _of_actors(issue)
    # Of a cut history the first statement of an actor is not known to be the first.
    return [
        SimpleNamespace(
            actor=names.get(step.actor, step.actor),
            href=f"{start}{step.actor}{end}",
            event=called.get(step.event, ""),
            when=said_words(step.after[0].earliest, step.day, step.after[0].said),
            kind=step.kind,
            before=[stances[one.stance] for one in step.before],
            after=[stances[one.stance] for one in step.after],
            is_second_hand=not step.after[0].is_first_hand,
            is_first_hand_only=first_hand_only,
        )
        for step in steps(statements, first_hand_only=first_hand_only)
        if step.kind is not Kind.FIRST_HEARD or not is_cut
    ]


def _of_actors(issue: Issue) -> list[str]:
    """Return what stands before and after the short name of an actor in the address of its page."""
    return reverse("actors:detail", args=[issue.dossier.slug, "-"]).rsplit("-", 1)


def _sentence(
    spoken: int, actors: int, held: int, as_of: date, *, first_hand_only: bool, withdrawn: int
) -> str:
    words = ngettext(
        # Translators: `actors` is a number with its noun, such as “5 actors”.
        "As of %(day)s, %(spoken)s of %(actors)s is heard",
        "As of %(day)s, %(spoken)s of %(actors)s are heard",
        spoken,
    ) % {
        "day": day_words(as_of),
        "spoken": spoken,
        "actors": ngettext("%(n)s actor", "%(n)s actors", actors) % {"n": actors},
    }
    if spoken > 1:
        more = ngettext("%(n)s stance is reported", "%(n)s different stances are reported", held)
        words += ", " + more % {"n": held}
    if first_hand_only:
        words += ", " + _("first-hand only")
    return f"{words}; {withdrawn_words(withdrawn)}." if withdrawn else f"{words}."


def shown(issue: Issue, form: IssueForm, *, user: Any) -> dict[str, Any]:
    """Return what a page says of who stands where: as_of, ends, spectrum and disputed.

    These are the actors on whom sources disagree, each with the view by source; three queries.
    """
    asked, as_of, dossier = form.cleaned_data, form.day, issue.dossier
    spectrum = spectrum_of(
        issue,
        counts=form.counts,
        as_of=as_of,
        first_hand_only=asked["first_hand"],
        user=user,
        recorded_as_of=asked["recorded_as_of"],
    )
    apart = spectrum.told_apart
    if not asked["recorded_as_of"]:
        cells = cells_told_differently(issue, dossier=dossier, as_of=as_of, user=user)
        apart = {actor for actor, _issue in cells}
    return {
        "as_of": as_of,
        "ends": ends_of(issue, answers=True),
        "spectrum": spectrum,
        "disputed": [
            (actor, by_source_href(dossier, actor=actor.slug, issue=issue.slug, as_of=as_of))
            for actor in Actor.objects.visible_to(user).of(dossier).filter(slug__in=apart)
        ],
    }
