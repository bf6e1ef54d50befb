"""The profile of an actor: what it is, what it holds as of a day, and on what it is silent."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from astana.comparison.matrix import build_matrix
from astana.comparison.scale import step
from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Dossier,
    Issue,
    Participation,
    Position,
    Signature,
)
from astana.models.positions.fetched import in_words
from astana.models.positions.shown import headline_details
from astana.models.said_words import said_words

MOST_LATEST = 10
# Who spoke is counted in so many positions of the actor, and the first so many are named.
MOST_COUNTED = 1_000
MOST_PEOPLE = 50


@dataclass(frozen=True)
class Held:
    """What an actor holds on an issue: one headline, or several of which none is the newest."""

    issue: Issue
    headlines: list[dict[str, Any]]

    @property
    def is_two_voices(self) -> bool:
        """Whether the newest statements differ."""
        return len(self.headlines) > 1


@dataclass(frozen=True)
class Profile:
    """All that the page of an actor says, as of a day."""

    names: list[ActorName]
    bodies: list[Actor]
    groups: list[tuple[str, list[Held]]]
    silent: list[Issue]
    speakers: list[dict[str, Any]]
    spoke_for: list[dict[str, Any]]
    are_newest: dict[str, bool]
    people: list[Affiliation]
    affiliations: list[Affiliation]
    events: list[Participation]
    signatures: list[Signature]
    latest: list[Position]
    most_counted: int = MOST_COUNTED

    @property
    def held(self) -> int:
        """On how many issues the actor holds a stance."""
        return sum(len(held) for _, held in self.groups)


def profile_of(actor: Actor, *, dossier: Dossier, as_of: date, user: Any) -> Profile:
    """Return the profile of an actor as of a day; its queries do not grow with the dossier."""
    positions = Position.objects.visible_to(user).of(dossier).as_of(as_of)
    affiliations = list(
        Affiliation.objects.visible_to(user)
        .of(dossier)
        .filter(Q(body=actor) | Q(person=actor))
        .select_related("person", "body")
        .order_by("start", "person__sort_name", "body__sort_name", "role")
    )
    held, silent = _held(actor, dossier=dossier, as_of=as_of, user=user)
    # Without the dossier, so that the index begins with the actor; it has none in another.
    everywhere = Position.objects.visible_to(user).as_of(as_of)
    speakers, newest_spoken = _people(
        everywhere.filter(actor=actor, speaker__isnull=False), of="speaker"
    )
    spoke_for, newest_spoken_for = _people(everywhere.filter(speaker=actor), of="actor")
    return Profile(
        names=list(actor.names.order_by("language", "name")),
        bodies=list(actor.bodies.filter(public=True).order_by("sort_name", "slug")),
        groups=[(name, list(part)) for name, part in groupby(held, key=lambda h: h.issue.group)],
        silent=silent,
        speakers=speakers,
        spoke_for=spoke_for,
        are_newest={"speakers": newest_spoken, "spoke_for": newest_spoken_for},
        people=[one for one in affiliations if one.body_id == actor.pk],
        affiliations=[one for one in affiliations if one.person_id == actor.pk],
        events=list(
            actor.participations.select_related("event")
            .filter(event__start__lte=as_of)
            .order_by("-event__start", "event__slug")
        ),
        signatures=list(
            actor.signatures.select_related("document")
            .filter(document__date__lte=as_of)
            .order_by("status", "-document__date", "document__slug")
        ),
        latest=list(in_words(positions.filter(actor=actor)).newest_first()[:MOST_LATEST]),
    )


def _held(
    actor: Actor, *, dossier: Dossier, as_of: date, user: Any
) -> tuple[list[Held], list[Issue]]:
    """Return what the actor holds by the headline rule, and the issues it is silent on."""
    issues = list(Issue.objects.visible_to(user).of(dossier).order_by("group", "order", "slug"))
    details = headline_details(
        actors=[actor.pk], issues=[issue.pk for issue in issues], as_of=as_of
    )
    matrix = build_matrix(
        [row["statement"] for row in details.values()],
        actors=[actor.slug],
        issues=[issue.slug for issue in issues],
        as_of=as_of,
    )
    held, silent = [], []
    for issue in issues:
        cell = matrix.cell(actor.slug, issue.slug)
        rows = [_in_words(details[statement.id]) for statement in cell.voices]
        if rows:
            held.append(Held(issue, rows))
        else:
            silent.append(issue)
    # Groups come in the order of their first issue.
    first = {issue.group: issue.order for issue in sorted(issues, key=lambda i: -i.order)}
    held.sort(key=lambda one: (first[one.issue.group], one.issue.group, one.issue.order))
    return held, sorted(silent, key=lambda issue: (issue.order, issue.slug))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    statement = row["statement"]
    return row | {
        "said": said_words(row["earliest"], row["latest"], row["said"]),
        "how": Position.Voice(row["voice"]).label,
        "stance": {"label": row["label"], "step": step(statement.value)},
    }


def _people(positions: Any, *, of: str) -> tuple[list[dict[str, Any]], bool]:
    """Return the actors on one side of these positions with how many there are of each.

    Only the newest positions are counted; the second value says whether there are more.
    """
    newest = positions.newest_first().values_list(f"{of}__slug", f"{of}__name", f"{of}__sort_name")[
        : MOST_COUNTED + 1
    ]
    rows = list(newest)
    numbers = Counter(rows[:MOST_COUNTED])
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0][2], one[0][0]))
    people = [
        {"slug": slug, "name": name, "number": number}
        for (slug, name, _sort_name), number in ordered[:MOST_PEOPLE]
    ]
    return people, len(rows) > MOST_COUNTED
