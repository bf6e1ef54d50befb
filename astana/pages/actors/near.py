"""Who is nearest to an actor and who farthest, as of a day, as the page of agreement counts it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from astana.comparison.standing import Around, Near, around
from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts, most_reported
from astana.models.kept import kept
from astana.models.positions.counted import Counted
from astana.pages.shared.addresses import query_of
from astana.pages.shared.figures import decimal, shared_words

MOST_ACTORS = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """Another actor with its figure and on how many issues; `href` leads to the pair."""

    name: str
    figure: str
    shared: str
    href: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who is nearest and who farthest, each end with how many more agree as much as the last.

    Of `unknown` others nothing can be said, as they share too few issues. `spoke_for` says that
    those for whom a person spoke are not among them. `href` leads to the agreement with each, and
    is empty for a person.
    """

    nearest: tuple[Beside, ...]
    more_near: int
    farthest: tuple[Beside, ...]
    more_far: int
    unknown: int
    spoke_for: bool
    href: str


def neighbours_of(
    actor: Actor,
    *,
    dossier: Dossier,
    issues: Iterable[Issue],
    counts: Counts,
    as_of: date,
    first_hand_only: bool,
    spoke_for: Collection[str],
    user: Any,
) -> Neighbours | None:
    """Return who is near an actor and who far, or None where nothing is published of any.

    `issues` are all of the dossier. Two queries, once in each version of it. A person is not put
    beside those for whom the person spoke, as the same statements count for both, and nobody is put
    beside persons.
    """
    is_person = actor.kind == Actor.Kind.PERSON
    if not counts.actors or not (is_person or actor.pk in counts.actors):
        return None

    def made(alone: Actor | None) -> dict[str, tuple[Around, dict[str, str]]]:
        """Return who is around each actor of those most reported on, or around one alone."""
        visible = Actor.objects.visible_to(user).of(dossier).order_by("sort_name", "slug")
        others = {one.pk: one for one in visible.exclude(kind=Actor.Kind.PERSON)}
        heard = {pk: number for pk, number in counts.actors.items() if pk in others}
        most = [others[pk] for pk in most_reported(heard, MOST_ACTORS)]
        asked = [one for one in most if not alone or one.slug not in (alone.slug, *spoke_for)]
        asked = [*asked, alone] if alone else asked
        names = {one.slug: one.name for one in asked}
        agreement = Counted(
            dossier=dossier,
            user=user,
            actors={one.pk: one.slug for one in asked},
            issues={one.pk: one.slug for one in issues if _has_figure(one)},
            persons=frozenset([alone.pk] if alone and is_person else []),
            since=date.min,
            until=as_of,
            first_hand=first_hand_only,
        ).headlines()
        shown = [alone.slug] if alone else list(names)
        return {slug: _named(around(agreement, slug), names) for slug in shown}

    state = (as_of, first_hand_only)
    found = {} if is_person else kept(dossier, "near", state, lambda: made(None))
    if actor.slug not in found:
        found = kept(dossier, "near", (*state, actor.pk), lambda: made(actor))
    near, names = found[actor.slug]
    narrowed = {"as_of": as_of.isoformat()} | ({"first_hand": "1"} if first_hand_only else {})
    page = reverse("agreement:index", args=[dossier.slug])

    def beside(one: Near) -> Beside:
        return Beside(
            name=names[one.actor],
            figure=decimal(one.score.value, 2),
            shared=shared_words(one.score.n, one.heard),
            href=f"{page}{query_of((), pair=f'{actor.slug}.{one.actor}', **narrowed)}#pair",
        )

    return Neighbours(
        nearest=tuple(map(beside, near.nearest)),
        more_near=near.more_near,
        farthest=tuple(map(beside, near.farthest)),
        more_far=near.more_far,
        unknown=near.unknown,
        spoke_for=is_person and bool(spoke_for),
        href="" if is_person else page + query_of((), of=actor.slug, **narrowed),
    )


def _named(found: Around, names: dict[str, str]) -> tuple[Around, dict[str, str]]:
    """Return who is around an actor, with the names of those alone."""
    shown = [one.actor for one in (*found.nearest, *found.farthest)]
    return found, {slug: names[slug] for slug in shown}


def _has_figure(issue: Issue) -> bool:
    """Return whether answers to an issue lie nearer or farther from one another."""
    return issue.kind == Issue.Kind.PREFERENCE and not issue.is_nominal
