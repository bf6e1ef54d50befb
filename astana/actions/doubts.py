"""Gather what makes a coding doubtful, from what its coder may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from astana.comparison.doubts import Doubt, Term, Told, doubts_of
from astana.comparison.said import parse_said
from astana.models import (
    Actor,
    Affiliation,
    Article,
    Dossier,
    Evidence,
    Issue,
    Position,
    Stance,
    User,
)
from astana.models.positions.query_set import PositionQuerySet

# So many positions that say the same are named.
MOST_SAME = 3


@dataclass(frozen=True)
class Claim:
    """What of a position can be doubtful; what is new to the dossier is None.

    `is_itself` says that who attributes it is the actor, who may be new too.
    """

    actor: Actor | None
    issue: Issue | None
    stance: Stance | None
    said: str
    voice: str
    attributed_by: Actor | None = None
    is_itself: bool = False
    authority: str = ""
    speaker: Actor | None = None

    def is_as_in(self, position: Position) -> bool:
        """Return whether a position says the same already."""
        words = ("said", "voice", "authority")
        if any(getattr(self, name) != getattr(position, name) for name in words):
            return False
        records = ("actor", "issue", "stance", "attributed_by", "speaker")
        named = [getattr(getattr(self, name), "pk", None) for name in records]
        return named == [getattr(position, f"{name}_id") for name in records]


def by_itself() -> str:
    """Return what is said of an actor that attributes a position to itself."""
    return _(
        "The actor attributes this to itself. If it said so itself, choose another voice: how "
        "it was said."
    )


def doubts_about(
    claim: Claim,
    *,
    dossier: Dossier,
    by: User,
    position: Position,
    published: date | None = None,
    article: Article | None = None,
) -> list[Doubt]:
    """Return what is doubtful about what a position is to say; at most seven queries.

    What `by` may not see raises no doubt. `published` is the day of its article, where the position
    rests on none yet, and `article` that article, which may well say the same twice. What a stored
    position says already is not asked about again.
    """
    if position.pk and claim.is_as_in(position):
        return []
    try:
        days = parse_said(claim.said)
    except ValueError:
        # No date at all is refused, not doubted.
        return []
    seen = Position.objects.at_desk_of(by, dossier=dossier).exclude(pk=position.pk).order_by()
    return doubts_of(
        Told(
            earliest=days.earliest,
            latest=days.latest,
            article=published or _newest_article(position),
            speaker=claim.speaker.slug if claim.speaker else "",
            by=claim.attributed_by.slug if claim.attributed_by else "",
            is_itself=claim.is_itself,
            is_of_actor=_is_of_actor(claim),
            same=_same(claim, days.earliest, days.latest, _of_others(seen, position, article)),
            **_of_speaker(claim, seen),
        )
    )


def _newest_article(position: Position) -> date | None:
    if not position.pk:
        return None
    return position.evidence.aggregate(day=Max("rendition__article__published"))["day"]


def _is_of_actor(claim: Claim) -> bool:
    """Return whether who attributes it is part of the actor, or the other way, and not said to be.

    Somebody who speaks for the actor is what the authority says.
    """
    by, actor = claim.attributed_by, claim.actor
    if not by or not actor or by == actor or claim.authority == Position.Authority.FOR_ACTOR:
        return False
    return by.pk in _kin(actor)


def _of_speaker(claim: Claim, seen: PositionQuerySet) -> dict[str, Any]:
    """Return what is known of the speaker: roles, and for whom they have spoken."""
    speaker, body = claim.speaker, claim.attributed_by or claim.actor
    if not speaker or not body or speaker == body:
        return {}
    kin = _kin(body)
    terms = list(Affiliation.objects.filter(person=speaker).values_list("body_id", "start", "end"))
    roles = [Term(start, end) for of, start, end in terms if of in kin]
    if roles:
        return {"roles": roles}
    spoken = seen.filter(speaker=speaker)
    for_it = Q(actor__in=kin, first_hand=True) | Q(attributed_by__in=kin)
    speaks_for_it = speaker.pk in kin or spoken.filter(for_it).exists()
    return {
        "speaks_for_it": speaks_for_it,
        "speaks_for_others": not speaks_for_it
        and (bool(terms) or speaker.kind != Actor.Kind.PERSON or spoken.exists()),
    }


def _kin(actor: Actor) -> set[int]:
    return {kin for kin, _ in Actor.objects.kin_of([actor.pk])}


def _of_others(
    seen: PositionQuerySet, position: Position, article: Article | None
) -> PositionQuerySet:
    """Return the positions that do not rest on a passage of the article at hand."""
    if article:
        own = Q(rendition__article=article)
    elif position.pk:
        texts = position.evidence.order_by().values("rendition__article")
        own = Q(rendition__article__in=texts)
    else:
        return seen
    return seen.exclude(pk__in=Evidence.objects.filter(own).order_by().values("position"))


def _same(claim: Claim, earliest: date, latest: date, seen: PositionQuerySet) -> list[str]:
    """Return the keys of the first positions that say the same of the same days."""
    if not claim.actor or not claim.issue or not claim.stance:
        return []
    same = seen.filter(actor=claim.actor, issue=claim.issue, stance=claim.stance)
    # Published or not, first-hand or not: so the index of headlines leads to the very day.
    same = same.filter(public__in=[True, False], first_hand__in=[True, False])
    same = same.filter(earliest=earliest, latest=latest).exclude(status=Position.Status.REJECTED)
    return [key for _pk, key in sorted(same.order_by().values_list("pk", "key"))[:MOST_SAME]]
