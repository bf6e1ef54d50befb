"""Who is nearest to a reader and who farthest, on how many issues, and on which passages."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.agreement import Answer, Outcome, Part, Score
from astana.models import Actor, Dossier, Issue, Stance
from astana.models.counts import Counts, most_reported
from astana.models.positions.counted import Counted
from astana.models.positions.stood import stood
from astana.pages.shared.lines import line_of
from astana.web.addresses import query_of

# Who shares fewer issues with a reader has no rank.
LEAST = 3
MOST_ACTORS = 200
# So many at either end are shown issue by issue.
AT_EACH_END = 5
# The reader, by a name that no actor can have.
READER = "*"


def found_for(
    answers: dict[str, Stance],
    *,
    dossier: Dossier,
    issues: list[Issue],
    counts: Counts,
    as_of: date,
    user: Any,
) -> SimpleNamespace:
    """Return who is nearest to these answers and who farthest, in three parts; five queries.

    `few` share too few issues, `left_out` were not asked. Nobody is ranked where the reader has
    given fewer than `LEAST` answers.
    """
    answered = {issue.slug: issue for issue in issues if issue.slug in answers}
    actors, left_out = _actors(dossier, counts, user=user)
    counted = Counted(
        dossier=dossier,
        user=user,
        actors={actor.pk: slug for slug, actor in actors.items()},
        issues={issue.pk: slug for slug, issue in answered.items()},
        since=date.min,
        until=as_of,
    )
    own = [
        Answer(READER, slug, stance.slug, int((stance.value or 0) * 100))
        for slug, stance in answers.items()
    ]
    agreement = counted.headlines(own)
    by_pk = {issue.pk: issue for issue in issues}
    stances = {}
    for stance in counted.stances.values():
        stance.issue = by_pk[stance.issue_id]
        stances[stance.issue.slug, stance.slug] = stance
    ranked = agreement.nearest(READER, least=LEAST)
    names = {slug for slug, _score in ranked}
    few = [actor.name for slug, actor in actors.items() if slug not in names]

    half = min(AT_EACH_END, (len(ranked) + 1) // 2)
    far = len(ranked) - min(AT_EACH_END, len(ranked) - half)
    # What is second-hand, disputed or on a condition is said of those told issue by issue.
    told = stood(
        dossier=dossier,
        actors=[actors[slug] for slug, _score in (*ranked[:half], *ranked[far:])],
        issues=list(answered.values()),
        as_of=as_of,
        first_hand_only=False,
    )
    lines = {
        (cell.actor, cell.issue, voice.stance): line_of(told.details[voice.id])
        for cell in told.matrix.cells.values()
        for voice in cell.voices
    }
    matrix, day = reverse("compare:matrix", args=[dossier.slug]), as_of.isoformat()

    def part_of(slug: str, part: Part) -> SimpleNamespace:
        """Return an issue on which an actor was heard, and how that is to the reader's answer."""
        cell = {"actor": slug, "issue": part.issue, "open": f"{slug}.{part.issue}"}
        return SimpleNamespace(
            title=answered[part.issue].title,
            held=[
                (stances[part.issue, one.stance], lines.get((slug, part.issue, one.stance)))
                for one in part.other
            ],
            own=answers[part.issue],
            words=_words(part.outcome),
            is_other=part.outcome is not Outcome.AGREE,
            href=matrix + query_of((), as_of=day, **cell),
        )

    def near(pair: tuple[str, Score], *, in_parts: bool = True) -> SimpleNamespace:
        """Return an actor and how far it agrees with the reader, perhaps issue by issue."""
        slug, score = pair
        parts = agreement.parts(READER, slug)
        return SimpleNamespace(
            name=actors[slug].name,
            percent=round(100 * float(score.value or 0)),
            n=score.n,
            silent=sum(part.outcome is Outcome.ONE for part in parts),
            href=matrix + query_of((), actor=slug, issue=list(answered), as_of=day),
            parts=[part_of(slug, part) for part in parts if in_parts and part.other],
        )

    return SimpleNamespace(
        sentence=_sentence(ranked, actors, answers=len(answers)),
        nearest=tuple(near(pair) for pair in ranked[:half]),
        between=tuple(near(pair, in_parts=False) for pair in ranked[half:far]),
        farthest=tuple(near(pair) for pair in ranked[far:][::-1]),
        few=tuple(few),
        left_out=left_out,
    )


def _actors(dossier: Dossier, counts: Counts, *, user: Any) -> tuple[dict[str, Actor], int]:
    """Return the parties most reported on, and how many are left out; persons speak for others."""
    visible = Actor.objects.visible_to(user).of(dossier)
    persons = visible.filter(kind=Actor.Kind.PERSON).order_by().values_list("pk", flat=True)
    heard = {pk: n for pk, n in counts.actors.items() if pk not in set(persons)}
    most = most_reported(heard, MOST_ACTORS)
    found = visible.filter(Q(pk__in=most)).order_by("sort_name", "slug")
    return {actor.slug: actor for actor in found}, len(heard) - len(most)


def _words(outcome: Outcome) -> str:
    """Return how an answer of an actor is to the reader's own."""
    if outcome is Outcome.AGREE:
        return _("the same as yours")
    if outcome is Outcome.DIFFER:
        return _("differs from yours")
    if outcome is Outcome.TWO_VOICES:
        return _("two voices: does not count")
    return _("off the scale: does not count")


def _sentence(ranked: list[tuple[str, Score]], actors: dict[str, Actor], *, answers: int) -> str:
    """Return in a sentence who is nearest and who is farthest, or why nobody is."""
    if answers < LEAST:
        words = ngettext(
            "You have answered %(number)s issue. Answer at least %(least)s: fewer answers say "
            "too little to rank anybody.",
            "You have answered %(number)s issues. Answer at least %(least)s: fewer answers say "
            "too little to rank anybody.",
            answers,
        )
        return words % {"number": answers, "least": LEAST}
    if not ranked:
        words = _("No actor was heard on %(least)s of the issues that you answered.")
        return words % {"least": LEAST}
    (near, most), (far, fewest) = ranked[0], ranked[-1]
    values = {
        "near": actors[near].name,
        "far": actors[far].name,
        "near_percent": round(100 * float(most.value or 0)),
        "far_percent": round(100 * float(fewest.value or 0)),
        "near_n": most.n,
        "far_n": fewest.n,
    }
    if most.value == fewest.value:
        words = ngettext(
            "Only one actor can be ranked: %(near)s, with %(near_percent)s%% agreement with you "
            "on %(near_n)s issues.",
            "All actors that can be ranked have %(near_percent)s%% agreement with you.",
            len(ranked),
        )
        return words % values
    words = _(
        "Nearest to you is %(near)s (%(near_percent)s%% on %(near_n)s issues); farthest is "
        "%(far)s (%(far_percent)s%% on %(far_n)s issues)."
    )
    return words % values
