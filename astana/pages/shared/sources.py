"""Where sources disagree on what actors hold, as a flag on the pages of others."""

from datetime import date
from typing import Any

from django.urls import reverse

from astana.models import Actor, Dossier, Issue
from astana.models.positions.told import cells_told_differently


def disputed_actors(
    issue: Issue, *, dossier: Dossier, as_of: date, user: Any
) -> list[tuple[Actor, str]]:
    """Return the actors on whom sources disagree, each with the view by source; three queries."""
    cells = cells_told_differently(issue, dossier=dossier, as_of=as_of, user=user)
    actors = Actor.objects.visible_to(user).of(dossier)
    actors = actors.filter(slug__in={actor for actor, _issue in cells})
    return [
        (actor, by_source_href(dossier, actor=actor.slug, issue=issue.slug, as_of=as_of))
        for actor in actors
    ]


def by_source_href(dossier: Dossier, *, actor: str, issue: str, as_of: date) -> str:
    """Return the address of the view by source of one cell."""
    query = {"actor": actor, "issue": issue, "as_of": as_of.isoformat()}
    return reverse("sources:index", args=[dossier.slug], query=query)
