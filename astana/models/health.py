"""Which passages are no longer where they were found."""

from django.db.models import QuerySet

from astana.models.dossier import Dossier
from astana.models.evidence import Anchor, Evidence, Health
from astana.models.position import Position
from astana.models.record import Reader
from astana.models.rendition import Rendition, readable_by

# What is worst comes first.
WORST_FIRST = (Health.LOST, Health.AMBIGUOUS, Health.MOVED, Health.RESET)


def unwell_of(dossier: Dossier) -> tuple[QuerySet, QuerySet]:
    """Return the evidence and the anchors of a dossier that are not intact.

    An anchor counts in the newest version of a text alone: what an earlier one lacked is past.
    """
    evidence = Evidence.objects.of(dossier).exclude(health=Health.INTACT)
    current = Rendition.objects.of(dossier).current().with_text().order_by()
    anchors = Anchor.objects.of(dossier).exclude(health=Health.INTACT)
    return evidence, anchors.filter(rendition__in=current.values("pk"))


def unwell_at_desk(user: Reader, *, dossier: Dossier) -> tuple[QuerySet, QuerySet]:
    """Return what a user may see of the passages that are not intact."""
    positions = Position.objects.at_desk_of(user, dossier=dossier).order_by().values("pk")
    readable = readable_by(user, path="rendition__")
    evidence, anchors = unwell_of(dossier)
    return (
        evidence.filter(readable, position__in=positions),
        anchors.filter(readable, evidence__position__in=positions),
    )


def in_words(passages: QuerySet) -> QuerySet:
    """Return passages with what is said of them; whole texts are read apart."""
    path = "evidence__position" if passages.model is Anchor else "position"
    return passages.select_related(path, f"{path}__dossier", "rendition__article__source").defer(
        "rendition__text", "rendition__paragraphs"
    )
