"""What each source of a dossier reports on each issue."""

from datetime import date

from django.db.models import Count

from astana.models.dossier import Dossier
from astana.models.evidence import Evidence


def reported_in(dossier: Dossier, *, as_of: date) -> dict[tuple[int, int], int]:
    """Return how many positions each source reports on each issue, by their primary keys.

    Counted are published positions said by a day that a passage of the source supports; one query.
    """
    rows = (
        Evidence.objects.of(dossier)
        .filter(role=Evidence.Role.SUPPORTS, position__public=True, position__latest__lte=as_of)
        .order_by()
        .values_list("rendition__article__source", "position__issue")
        .annotate(number=Count("position", distinct=True))
    )
    return {(source, issue): number for source, issue, number in rows}
