"""Stances over time as a picture: what of them is drawn, and what is said below."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.exchange.picture_of_time import Mark, Times
from astana.models.said_words import day_words, recorded_words
from astana.pages.shared.timeline import Point
from astana.pages.timeline.forms import TimelineForm
from astana.web.pictured import keys_of_signs, source_words

# So many moves are told in words.
_MOVES = 12


def over_time(
    form: TimelineForm, timeline: dict[str, Any], *, title: str, request: HttpRequest
) -> Times:
    """Return a timeline as it is drawn, with the line that says where it is from."""
    by, subject = form.cleaned_data["by"], form.cleaned_data["subject"]
    page = reverse("timeline:index", args=[form.dossier.slug])
    asked = f"{page}?by={by}&{by}={subject.slug}"
    moment = form.cleaned_data["recorded_as_of"]
    recorded = [recorded_words(moment)] if moment else []
    return Times(
        title=title,
        dates=[(one.x, one.words) for one in timeline["dates"]],
        events=[(one.place.x, one.place.row, one.number) for one in timeline["events"]],
        lanes=[(lane.name, [_mark(point) for point in lane.points]) for lane in timeline["lanes"]],
        keys=keys_of_signs(),
        notes=[*_notes(timeline), *recorded, source_words(form.dossier, asked, request=request)],
    )


def _mark(point: Point) -> Mark:
    place = point.place
    start, end = (place.start, place.end) if point.is_span else (place.x, place.x)
    return Mark(place.x, start, end, place.row, point.step, point.is_hollow)


def _notes(timeline: dict[str, Any]) -> Iterator[str]:
    days = {"first": day_words(timeline["first"]), "last": day_words(timeline["last"])}
    shown = ngettext(
        # Translators: first and last are days.
        "%(n)s position; the picture runs from %(first)s to %(last)s.",
        "%(n)s positions; the picture runs from %(first)s to %(last)s.",
        timeline["positions"],
    )
    yield shown % {"n": timeline["positions"], **days}
    if timeline["is_ranked"]:
        yield _(
            "Days follow each other in even steps: the width of a period says nothing about its "
            "length."
        )
    if timeline["hidden_lanes"]:
        words = ngettext(
            "%(n)s further lane with fewer positions is not drawn.",
            "%(n)s further lanes with fewer positions are not drawn.",
            timeline["hidden_lanes"],
        )
        yield words % {"n": timeline["hidden_lanes"]}
    moved = [
        f"{lane.name}, {point.when}: {point.change}"
        for lane in timeline["lanes"]
        for point in lane.points
        if point.is_move
    ]
    yield from moved[:_MOVES]
    if timeline["events"]:
        told = "; ".join(f"{one.number} {one.name}, {one.when}" for one in timeline["events"])
        # Translators: events are numbers, names and days.
        yield _("Events: %(events)s") % {"events": told}
