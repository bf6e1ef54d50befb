"""Who stands where on an issue, as a picture."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from astana.exchange.picture import Compared, Said
from astana.models import Issue
from astana.models.coverage_words import nothing_means, nothing_words
from astana.models.said_words import recorded_words
from astana.pages.shared.lines import Line
from astana.web.pictured import keys_of_signs, source_words

# More actors cannot be read on a page; so many of the silent are named.
ACTORS, SILENT = 60, 20

Row = tuple[str, list[tuple[str, str]], list[list[Said]]]


def compared(
    issue: Issue,
    spectrum: Any,
    *,
    recorded_as_of: datetime | None,
    first_hand: bool,
    request: HttpRequest,
) -> Compared:
    """Return an issue as it is drawn: a row for each stance, and the actors in it."""
    left_out = {"first_hand_only": first_hand, "is_of_then": recorded_as_of is not None}
    return Compared(
        title=issue.question or issue.title,
        columns=[],
        rows=list(_rows(spectrum)),
        silence=pgettext("actors under a stance", "Nobody"),
        two_voices="",
        keys=keys_of_signs(),
        notes=[
            spectrum.sentence,
            *([recorded_words(recorded_as_of)] if recorded_as_of else []),
            *_silent(spectrum, nothing_words(**left_out)),
            nothing_means(**left_out),
            source_words(issue.dossier, issue.get_absolute_url(), request=request),
        ],
    )


def _rows(spectrum: Any) -> Iterator[Row]:
    for standing in spectrum.standings:
        for lane in (*standing.scale, *standing.off_scale):
            title = " · ".join(filter(None, (standing.event, lane.stance.label)))
            step = lane.stance.step
            yield title, [], [[_said(line, step, is_two_voices=two) for line, two in lane.actors]]


def _said(line: Line, step: str, *, is_two_voices: bool) -> Said:
    flags = [
        line.how if line.is_second_hand else "",
        _("disputed") if line.is_disputed else "",
        _("on a condition") if line.condition else "",
        _("sources disagree") if line.is_told_apart else "",
        _("Two voices") if is_two_voices else "",
    ]
    return Said(
        label=line.actor,
        step=step,
        is_second_hand=line.is_second_hand,
        beside=" · ".join(filter(None, (line.said, *line.marks))),
        flags=" · ".join(filter(None, flags)),
    )


def _silent(spectrum: Any, nothing: str) -> Iterator[str]:
    for standing in spectrum.standings:
        names = [actor.name for actor in standing.silent]
        if not names:
            continue
        listed = ", ".join(names[:SILENT]) + (" …" if len(names) > SILENT else "")
        # Translators: nothing is “No stated position” or the like, names are those of actors.
        said = _("%(nothing)s (%(n)s): %(names)s") % {
            "nothing": nothing,
            "n": len(names),
            "names": listed,
        }
        yield f"{standing.event} · {said}" if standing.event else said
