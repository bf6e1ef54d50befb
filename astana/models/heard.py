"""Who was heard on what, and how often: counted once for each version of a dossier."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from astana.models.counts import counts_of
from astana.models.dossier import Dossier
from astana.models.kept import kept
from astana.models.position import Position


@dataclass(frozen=True)
class Heard:
    """By primary key of actors and of issues: published positions, and how many of the others."""

    positions_of_actor: Counter[int] = field(default_factory=Counter)
    issues_of_actor: Counter[int] = field(default_factory=Counter)
    positions_on_issue: Counter[int] = field(default_factory=Counter)
    actors_on_issue: Counter[int] = field(default_factory=Counter)


def heard_in(dossier: Dossier) -> Heard:
    """Return who was heard on what; two queries, where it is not known."""
    return kept(dossier, "heard", (), lambda: _heard(dossier))


def _heard(dossier: Dossier) -> Heard:
    heard = Heard()
    # By actors and issues, and not by the dossier: the index of headlines holds them together.
    counts = counts_of(dossier)
    rows = Position.objects.filter(actor__in=counts.actors, issue__in=counts.issues, public=True)
    pairs = rows.order_by().values_list("actor", "issue").annotate(number=Count("pk"))
    for actor, issue, number in pairs:
        heard.positions_of_actor[actor] += number
        heard.issues_of_actor[actor] += 1
        heard.positions_on_issue[issue] += number
        heard.actors_on_issue[issue] += 1
    return heard
