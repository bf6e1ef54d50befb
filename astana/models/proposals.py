"""What coders proposed while they coded, and no reviewer has decided on."""

from astana.models.actor import Actor
from astana.models.document import Document
from astana.models.dossier import Dossier
from astana.models.event import Event
from astana.models.issue import Issue, Stance
from astana.models.record import Reader


def proposals_waiting(dossier: Dossier, *, user: Reader) -> int:
    """Return how many proposals a user sees at the desk; one query."""
    first, *others = (
        model.objects.at_desk_of(user, dossier=dossier).proposed().order_by().values("pk")
        for model in (Actor, Issue, Stance, Event, Document)
    )
    return first.union(*others, all=True).count()
