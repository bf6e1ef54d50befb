"""A comparison as a picture of 1200 by 630, the size that others show beside a link."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from fontpkg.pil import truetype
from PIL import Image, ImageDraw, ImageFont

from astana.models.coverage_words import nothing_means

SIZE = WIDTH, HEIGHT = 1200, 630
# So many columns and rows can be read when the picture is as small as a hand.
ACTORS, ISSUES = 4, 4

# The light colours of static/css/astana.css; no side is red or green.
PAPER, INK, MUTED, LINE, _ACCENT = "#fbfaf6", "#1e1c19", "#5f594f", "#e2dccf", "#0c5a66"
COLOURS = {"plus": "#542788", "minus": "#b35806"}
_MARGIN, _HEAD, _FOOT, _COLUMN = 48, 222, 48, 250
_SIGN = 11  # half the size of the shape of a stance
_SMALL, _LEADING, _ABOVE = 17, 22, 8  # words in cells: size, from line to line, above the first

# A stance: its words, the step it is drawn as, whether it is second-hand.
Stance = tuple[str, str, bool]
# What the font draws for a letter that it does not have.
_MISSING = "\uffff"


@dataclass(frozen=True)
class Picture:
    """What is drawn: a title, a sentence, the actors, and for each issue its cells by actor.

    A cell without a stance says `nothing`. Without a title it is the picture of the site.
    """

    title: str
    sentence: str
    columns: list[str]
    rows: list[tuple[str, list[list[Stance]]]]
    nothing: str = ""
    nothing_means: str = ""

    @property
    def heading(self) -> str:
        """The title, or what the site says of itself."""
        return self.title or _("Who says what, and on which passage it rests")

    @property
    def foot(self) -> str:
        """What a cell means in which nothing was found."""
        return self.nothing_means or nothing_means(first_hand_only=False, is_of_then=False)

    @property
    def can_be_drawn(self) -> bool:
        """Whether the font has all letters: it has those of Latin, Greek and Cyrillic scripts."""
        words = [self.heading, self.sentence, self.nothing, self.foot, *self.columns]
        for issue, cells in self.rows:
            words += [issue, *(label for cell in cells for label, _step, _second in cell)]
        return has_letters(words)


# The picture of a site without a public dossier, or of one that cannot be drawn.
NOTHING = Picture("", "", [], [])


@lru_cache(maxsize=32)
def font(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """Return the letters of pictures in a size and a weight."""
    return truetype("Noto Sans", size=size, weight=weight)


@lru_cache(maxsize=4_000)
def _is_known(letter: str) -> bool:
    known = font(20)
    return bytes(known.getmask(letter)) != bytes(known.getmask(_MISSING))


def has_letters(words: Iterable[str]) -> bool:
    """Return whether the font has all letters of these words."""
    return all(_is_known(letter) for letter in set("".join(words)) if not letter.isspace())


def drawn(picture: Picture) -> bytes:
    """Return the picture as a PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 10), fill=_ACCENT)
    _words(canvas, (_MARGIN, 24), "Astana", size=24, weight=700, fill=_ACCENT, width=WIDTH)
    width = WIDTH - 2 * _MARGIN
    _words(canvas, (_MARGIN, 56), picture.heading, size=36, weight=700, width=width)
    _words(canvas, (_MARGIN, 110), picture.sentence, size=18, fill=MUTED, width=width, lines=2)
    if picture.rows and picture.columns:
        _table(canvas, picture)
    _words(canvas, (_MARGIN, HEIGHT - 42), picture.foot, size=18, fill=MUTED, width=width)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _table(canvas: ImageDraw.ImageDraw, picture: Picture) -> None:
    first = _MARGIN + _COLUMN
    column = (WIDTH - _MARGIN - first) // len(picture.columns)
    row = (HEIGHT - _FOOT - _HEAD) // len(picture.rows)
    for place, name in enumerate(picture.columns):
        at = (first + place * column, _HEAD - 52)
        _words(canvas, at, name, size=18, weight=700, width=column - 12, lines=2)
    for number, (issue, cells) in enumerate(picture.rows):
        top = _HEAD + number * row
        canvas.line((_MARGIN, top, WIDTH - _MARGIN, top), fill=LINE, width=2)
        at, fitting = (_MARGIN, top + _ABOVE), (row - _ABOVE) // _LEADING
        _words(canvas, at, issue, size=_SMALL, weight=600, width=_COLUMN - 16, lines=fitting)
        for place, stances in enumerate(cells):
            at = (first + place * column, top + _ABOVE)
            _cell(canvas, at, stances, picture.nothing, width=column - 12, lines=fitting)


def _cell(
    canvas: ImageDraw.ImageDraw,
    at: tuple[int, int],
    stances: list[Stance],
    nothing: str,
    *,
    width: int,
    lines: int,
) -> None:
    """Draw the first two stances of a cell on so many lines, and say where there are more."""
    left, top = at
    if not stances:
        _words(canvas, at, nothing, size=_SMALL, fill=MUTED, width=width, lines=lines)
    shown = stances[:2]
    for place, (label, step, is_second_hand) in enumerate(shown):
        own = (lines + len(shown) - 1 - place) // len(shown)
        sign(canvas, (left + _SIGN, top + 13), step, is_hollow=is_second_hand)
        words = _("%(stance)s (second-hand)") % {"stance": label} if is_second_hand else label
        if place == 1 and len(stances) > len(shown):
            # Translators: `stance` is a stance of a cell that has no room for all.
            words = _("%(stance)s, and more") % {"stance": words}
        indented = (left + 2 * _SIGN + 8, top)
        _words(canvas, indented, words, size=_SMALL, width=width - 2 * _SIGN - 8, lines=own)
        top += _LEADING * own


def sign(
    canvas: ImageDraw.ImageDraw,
    centre: tuple[int, int],
    step: str,
    *,
    is_hollow: bool,
    half: int = _SIGN,
) -> None:
    """Draw the shape of a step: round, square, a bar in the middle, else a diamond.

    `half` is half of its size.
    """
    x, y = centre
    box = (x - half, y - half, x + half, y + half)
    side, _, strength = step.partition("-")
    colour = COLOURS.get(side, MUTED)
    inside = PAPER if is_hollow else colour
    if side == "plus":
        canvas.ellipse(box, fill=inside, outline=colour, width=3)
    elif side == "minus":
        canvas.rectangle(box, fill=inside, outline=colour, width=3)
    elif side == "zero":
        canvas.rectangle(
            (x - half, y - half // 2, x + half, y + half // 2), fill=inside, outline=colour, width=3
        )
    else:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        canvas.polygon(corners, fill=inside, outline=colour, width=3)
    if strength == "1" and side in COLOURS and not is_hollow:
        canvas.rectangle(
            (x + 1, y - half + half // 3, x + half - half // 3, y + half - half // 3), fill=PAPER
        )


def _words(
    canvas: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    *,
    size: int,
    width: int,
    weight: int = 400,
    fill: str = INK,
    lines: int = 1,
) -> None:
    """Write a text within a width, on so many lines at most; what does not fit ends in an …."""
    letters = font(size, weight)
    x, y = at
    for line in lines_of(text, letters, width=width, most=lines):
        canvas.text((x, y), line, font=letters, fill=fill)
        y += round(size * _LEADING / _SMALL)


def lines_of(text: str, letters: ImageFont.FreeTypeFont, *, width: int, most: int) -> list[str]:
    """Return a text in so many lines of a width at most; what does not fit ends in an ellipsis."""
    return list(_lines(text, letters, width, most))


@lru_cache(maxsize=4_000)
def _lines(text: str, letters: ImageFont.FreeTypeFont, width: int, most: int) -> tuple[str, ...]:
    """Return the lines; to measure words is most of the work, and the same stand in many cells."""
    words = text.split()
    lines: list[str] = []
    while words:
        # Most fit as a whole.
        fit = len(words)
        if letters.getlength(" ".join(words)) > width:
            fit = _number_that_fit(words, letters, width)
        if fit == len(words) or (fit and len(lines) + 1 < most):
            lines.append(" ".join(words[:fit]))
            words = words[fit:]
        else:
            lines.append(_cut(" ".join(words[: fit + 1]), letters, width=width))
            break
    return tuple(lines) or ("",)


def _number_that_fit(words: list[str], letters: ImageFont.FreeTypeFont, width: int) -> int:
    return bisect_right(
        range(len(words)), width, key=lambda last: letters.getlength(" ".join(words[: last + 1]))
    )


def _cut(text: str, letters: ImageFont.FreeTypeFont, *, width: int) -> str:
    """Return as much of a text as fits, and an ellipsis."""
    text = text[:200]
    while text and letters.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
