"""What coders proposed while they coded, and no reviewer has decided on."""

from django.db.models import Count, QuerySet

from astana.models.actor import Actor
from astana.models.document import Document
from astana.models.dossier import Dossier
from astana.models.event import Event
from astana.models.issue import Issue, Stance
from astana.models.kept_statements import rows_of
from astana.models.record import Reader
from astana.models.roles import Act, may, standing


def proposals_waiting(dossier: Dossier, *, user: Reader) -> int:
    """Return how many proposals a user sees at the desk; one query."""
    if not may(user, Act.CODE, dossier):
        return 0

    def waiting() -> QuerySet:
        first, *others = (
            model.objects.at_desk_of(user, dossier=dossier)
            .proposed()
            .order_by()
            .values("proposed")
            .annotate(number=Count("pk"))
            for model in (Actor, Issue, Stance, Event, Document)
        )
        return first.union(*others, all=True)

    found = rows_of(waiting, "proposals", dossier.pk, *standing(user))
    return sum(number for _proposed, number in found)
