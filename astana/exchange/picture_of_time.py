"""Stances over time as a picture: where each thing stands in it."""

from dataclasses import dataclass

from astana.exchange.card import LINE, MUTED, font
from astana.exchange.picture import Picture

_MARGIN, _HEAD_WIDTH, _WIDTH = 32, 220, 1200
_ROW, _PAD = 18, 10
_SIGN = 6
_LEFT = _MARGIN + _HEAD_WIDTH
_ROOM = _WIDTH - _MARGIN - _LEFT - _PAD


@dataclass(frozen=True)
class Mark:
    """A stance on a lane; places are in hundredths of the time that is shown, rows from 0."""

    x: float
    start: float
    end: float
    row: int
    step: str
    is_hollow: bool


@dataclass(frozen=True)
class Times:
    """What is drawn: dates and numbered events above lanes, signs that are explained, sentences."""

    title: str
    dates: list[tuple[float, str]]
    events: list[tuple[float, int, int]]
    lanes: list[tuple[str, list[Mark]]]
    keys: list[tuple[str, bool, str]]
    notes: list[str]


def laid_over_time(times: Times) -> Picture:
    """Return where everything of a timeline stands."""
    picture = Picture(_WIDTH)
    inner = _WIDTH - 2 * _MARGIN
    y = picture.write(times.title, _MARGIN, 24, width=inner, size=24, weight=700) + _PAD
    for place, words in times.dates:
        # Within the picture, whatever the words.
        wide = font(12, 400).getlength(words)
        x = min(max(_at(place) - wide / 2, _LEFT), _WIDTH - _MARGIN - wide)
        picture.write(words, x, y, width=_ROOM, size=12, colour=MUTED, most=1)
    y += 22
    for place, row, number in times.events:
        wide = font(12, 700).getlength(str(number))
        top = y + row * _ROW
        picture.write(str(number), _at(place) - wide / 2, top, width=60, size=12, weight=700)
    y += (max((row for _place, row, _number in times.events), default=-1) + 1) * _ROW
    start = y
    for name, marks in times.lanes:
        picture.rules.append(y)
        top = y + _PAD
        low = picture.write(name, _MARGIN, top, width=_HEAD_WIDTH - 20, size=15, weight=600, most=3)
        for mark in marks:
            height = top + mark.row * _ROW
            if mark.end > mark.start:
                line = (_at(mark.start), height + 9, _at(mark.end), height + 9)
                picture.lines.append((*line, MUTED))
            picture.mark(mark.step, _at(mark.x) - _SIGN, height, is_hollow=mark.is_hollow)
        y = max(low, top + (max((mark.row for mark in marks), default=0) + 1) * _ROW) + _PAD
    picture.rules.append(y)
    for place, _row, _number in times.events:
        picture.lines.append((_at(place), start, _at(place), y, LINE))
    return picture.end(times.keys, times.notes, y)


def _at(place: float) -> float:
    return _LEFT + _ROOM * min(max(place, 0), 100) / 100
