"""The ways between the pages of a dossier's desk, with what waits on each."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from astana.models import Challenge, Dossier, Position
from astana.models.proposals import proposals_waiting
from astana.models.roles import Act, may


def desk_tabs(dossier: Dossier, *, user: Any, here: str) -> list[dict[str, Any]]:
    """Return the pages of the desk that a user may open; three queries for reviewers.

    `number` is what waits there, None where nothing can.
    """

    def tab(name: str, label: str, number: int | None = None) -> dict[str, Any]:
        href = reverse(f"{name}:index", args=[dossier.slug])
        return {"label": label, "href": href, "is_here": name == here, "number": number}

    tabs = [tab("coding", _("My coding"))]
    if may(user, Act.REVIEW, dossier):
        asks = dossier.additions_are_proposed or here == "proposals"
        waiting = proposals_waiting(dossier, user=user)
        challenges = Challenge.objects.filter(dossier=dossier).open().count()
        tabs += [
            tab("review", _("Review"), Position.objects.waiting_for(user, dossier=dossier).count()),
            *([tab("proposals", _("Proposals"), waiting)] if waiting or asks else []),
            tab("challenges", _("Challenges"), challenges),
            tab("assignments", _("Assignments")),
        ]
    tabs += [
        tab("rounds", _("Independent coding")),
        tab("outcomes", _("What became of my codings")),
        tab("coder_agreement", _("Agreement between coders")),
        tab("passages", _("Passages")),
        tab("history", _("History")),
    ]
    if may(user, Act.REVIEW, dossier):
        tabs += [tab("setup", _("Set-up")), tab("merges", _("Merges and splits"))]
    return tabs
