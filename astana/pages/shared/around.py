"""Where one sees what changed around something: compare, from the day before it to its last day."""

from datetime import date, timedelta

from django.urls import reverse

from astana.comparison.said import UNKNOWN_START
from astana.models import Dossier


def around_href(dossier: Dossier, start: date, end: date, **selection: str) -> str:
    """Return the address of compare before and after; empty where no day is before it.

    Of a start that is not known the last day is all that there is.
    """
    first = end if start == UNKNOWN_START else start
    if first == date.min:
        return ""
    days = {"since": first - timedelta(days=1), "as_of": end}
    return reverse("compare:matrix", args=[dossier.slug], query=selection | days)
