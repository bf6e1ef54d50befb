"""The as-of slider: its days, and the events as ticks on it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from astana.models.event import events_of
from astana.models.said_words import day_words, days_words
from astana.pages.shared.selection import Selection

# About how wide a letter of a label is, in per cent of the slider's width.
LETTER = 1.3


@dataclass(frozen=True, slots=True)
class Tick:
    """An event on the slider; `x` is in per cent of its width. Some have no room for a label."""

    x: str
    label: str
    label_x: str
    name: str
    when: str
    day: str
    is_current: bool


@dataclass(frozen=True)
class Slider:
    """Days counted from the first; `value` is the as-of day."""

    first: date
    last: date
    value: int
    most: int
    words: str
    ticks: list[Tick]


def as_of_slider(selection: Selection) -> Slider:
    """Return the slider of a selection, from the first to the last day of the dossier."""
    events = events_of(selection.dossier)
    days = [selection.as_of, selection.counts.first_day, selection.counts.last_day]
    days += [event.end for event in events]
    known = [day for day in days if day]
    first, last = min(known), max(known)
    span = max(1, (last - first).days)
    ticks, taken = [], 0.0
    for event in events:
        x = 100 * (event.end - first).days / span
        label = f"{event.place}, {date_format(event.end, 'M Y')}" if event.place else ""
        width = LETTER * len(label)
        start = min(max(x - width / 2, 0.0), 100 - width)
        has_room = bool(label) and start >= taken
        taken = start + width + LETTER if has_room else taken
        ticks.append(
            Tick(
                x=f"{x:.2f}%",
                label=label if has_room else "",
                label_x=f"{start:.2f}%",
                name=event.name,
                when=days_words(event.start, event.end),
                day=event.end.isoformat(),
                is_current=event.end == selection.as_of,
            )
        )
    return Slider(
        first=first,
        last=last,
        value=(selection.as_of - first).days,
        most=span,
        words=day_words(selection.as_of),
        ticks=ticks,
    )
