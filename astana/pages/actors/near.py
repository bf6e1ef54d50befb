"""Who is nearest to an actor and who farthest, as of a day, as the page of agreement counts it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from astana.comparison.agreement import Likeness
from astana.comparison.standing import Near, around
from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts, most_reported
from astana.models.kept import kept
from astana.models.positions.counted import Counted
from astana.models.process_cache import comparisons, counted
from astana.pages.shared.figures import decimal, shared_words
from astana.web.addresses import query_of

MOST_ACTORS = 200


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
) -> dict[str, Any] | None:
    """Return who is near an actor and who far, or None where nothing is published of any.

    `issues` are all of the dossier. Two queries, once in each version of it. A person is not put
    beside those for whom the person spoke, as the same statements count for both, and nobody is put
    beside persons. `more_near` and `more_far` agree as much as the last at either end; of `unknown`
    others nothing can be said, as they share too few issues. `of` are so many most reported on,
    where no others may have been looked at.
    """
    is_person = actor.kind == Actor.Kind.PERSON
    if not counts.actors or not (is_person or actor.pk in counts.actors):
        return None

    def made(alone: Actor | None) -> tuple[Likeness, dict[str, str]]:
        """Return how far those most reported on agree, or one with them, and their names."""
        visible = Actor.objects.visible_to(user).of(dossier).exclude(kind=Actor.Kind.PERSON)
        others = {
            pk: (slug, name)
            for pk, slug, name in visible.order_by("sort_name", "slug").values_list(
                "pk", "slug", "name"
            )
        }
        heard = {pk: number for pk, number in counts.actors.items() if pk in others}
        most = most_reported(heard, MOST_ACTORS)
        if alone:
            most = [pk for pk in most if others[pk][0] not in (alone.slug, *spoke_for)]
            others[alone.pk] = (alone.slug, alone.name)
            most.append(alone.pk)
        agreement = Counted(
            dossier=dossier,
            user=user,
            actors={pk: others[pk][0] for pk in most},
            issues={one.pk: one.slug for one in issues if _has_figure(one)},
            persons=frozenset([alone.pk] if alone and is_person else []),
            since=date.min,
            until=as_of,
            first_hand=first_hand_only,
        ).headlines()
        return agreement.likeness(), dict(others[pk] for pk in most)

    state = (as_of, first_hand_only)
    # As of the newest day it is the same on the pages of all actors.
    among = counted if state == (counts.day(), False) else comparisons
    found = None if is_person else kept(dossier, "near", state, lambda: made(None), among=among)
    if found is None or actor.slug not in found[1]:
        found = kept(dossier, "near", (*state, actor.pk), lambda: made(actor))
    likeness, names = found
    near = around(likeness, actor.slug)
    narrowed = {"as_of": as_of.isoformat()} | ({"first_hand": "1"} if first_hand_only else {})
    page = reverse("agreement:index", args=[dossier.slug])

    def beside(one: Near) -> dict[str, str]:
        return {
            "name": names[one.actor],
            "figure": decimal(one.score.value, 2),
            "shared": shared_words(one.score.n, one.heard),
            "href": f"{page}{query_of((), pair=f'{actor.slug}.{one.actor}', **narrowed)}#pair",
        }

    return {
        "nearest": list(map(beside, near.nearest)),
        "more_near": near.more_near,
        "farthest": list(map(beside, near.farthest)),
        "more_far": near.more_far,
        "unknown": near.unknown,
        "of": MOST_ACTORS if len(names) >= MOST_ACTORS else 0,
        "spoke_for": is_person and bool(spoke_for),
        "href": "" if is_person else page + query_of((), of=actor.slug, **narrowed),
    }


def _has_figure(issue: Issue) -> bool:
    """Return whether answers to an issue lie nearer or farther from one another."""
    return issue.kind == Issue.Kind.PREFERENCE and not issue.is_nominal
