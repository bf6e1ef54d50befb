"""What each source of a dossier reports of each actor on each issue."""

from datetime import date

from django.db import connections
from django.db.models import Count, Q, QuerySet, Value

from astana.comparison.reports import Reported
from astana.models.dossier import Dossier
from astana.models.evidence import Evidence
from astana.models.source import Source


def reported_in(dossier: Dossier, *, as_of: date, first_hand: bool = False) -> list[Reported]:
    """Return how many positions of each actor on each issue each source reports; one query.

    Counted are published positions said by a day that a passage of the source supports, or of
    these only the first-hand ones.
    """
    counted = Q(
        role=Evidence.Role.SUPPORTS, position__public=Value(True), position__latest__lte=as_of
    )
    if first_hand:
        counted &= Q(position__first_hand=Value(True))
    rows = (
        Evidence.objects.filter(counted)
        .of(dossier)
        .order_by()
        .values_list("rendition__article__source", "position__actor", "position__issue")
        .annotate(number=Count("position", distinct=True))
    )
    # All at once and as they are: Django takes as long for each row as all that is made of it.
    with connections[rows.db].cursor() as cursor:
        cursor.execute(*rows.query.get_compiler(rows.db).as_sql())
        return cursor.fetchall()


def reported_by(source: Source, positions: QuerySet, *, as_of: date, first_hand: bool) -> QuerySet:
    """Return the positions that `reported_in` counts for a source; no query by itself."""
    # By the texts of the source alone: with what is asked of positions, all of them would be read.
    own = Evidence.objects.filter(role=Evidence.Role.SUPPORTS, rendition__article__source=source)
    found = positions.filter(public=Value(True), pk__in=own.order_by().values("position"))
    found = found.filter(latest__lte=as_of)
    return found.filter(first_hand=Value(True)) if first_hand else found
