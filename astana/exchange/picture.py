"""A picture to print or to show, such as of a comparison: where each thing stands, and as a PNG.

The same parts are drawn as SVG by a template, with words that can be read and searched.
"""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw

from astana.exchange.card import COLOURS, INK, LINE, MUTED, PAPER, font, has_letters, lines_of, sign

# More cannot be read on a page.
ACTORS, ISSUES = 12, 30
FLAG = "#8f4403"
_MARGIN, _HEAD_WIDTH, _LEAST, _MOST = 32, 250, 150, 280
_WIDTH = 1200
_PAD, _LEADING = 10, 1.35
_SIGN = 6
# So many times as many points as the SVG has units, so that print is sharp.
_SCALE = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words; `y` is its base line."""

    x: float
    y: float
    text: str
    size: int
    weight: int
    colour: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The shape of a stance around a point."""

    x: float
    y: float
    step: str
    is_hollow: bool

    @property
    def colour(self) -> str:
        """The colour of its end of the scale."""
        return COLOURS.get(self.step.partition("-")[0], MUTED)


@dataclass(frozen=True)
class Said:
    """A stance in a cell: its words, its step, and beside it in small what else is said of it.

    `flags` are what must not be overseen, such as that it is second-hand.
    """

    label: str
    step: str
    is_second_hand: bool
    beside: str
    flags: str


@dataclass(frozen=True)
class Compared:
    """What is drawn. A cell without a stance is silence; `ends` are those of an issue's scale.

    `keys` say what signs mean, `notes` are the sentences below, the last one says where it is from.
    """

    title: str
    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str]], list[list[Said]]]]
    silence: str
    two_voices: str
    keys: list[tuple[str, bool, str]]
    notes: list[str]


@dataclass
class Picture:
    """Words, signs, lines and rules (heights from left to right) on a sheet of this size."""

    width: float
    height: float = 0
    words: list[Words] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    # From a point to another one, in a colour.
    lines: list[tuple[float, float, float, float, str]] = field(default_factory=list)

    paper, line, left = PAPER, LINE, _MARGIN

    @property
    def right(self) -> float:
        """Where rules end."""
        return self.width - _MARGIN

    @property
    def pixels(self) -> int:
        """How many points a PNG has; each takes four bytes while it is drawn."""
        return round(self.width * _SCALE) * round(self.height * _SCALE)

    @property
    def can_be_drawn(self) -> bool:
        """Whether the font has all letters (a PNG brings no other)."""
        return has_letters(one.text for one in self.words)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        width: float,
        size: int = 14,
        weight: int = 400,
        colour: str = INK,
        most: int = 6,
    ) -> float:
        """Write a text from a height on, in lines of a width, and return the height below it."""
        leading = size * _LEADING
        lines = lines_of(text, font(size, weight), width=int(width), most=most) if text else []
        for line in lines:
            self.words.append(Words(x, y + size, line, size, weight, colour))
            y += leading
        return y

    def mark(self, step: str, x: float, y: float, *, is_hollow: bool = False) -> None:
        """Draw a sign beside the first line of a text that begins at this height."""
        self.signs.append(Sign(x + _SIGN, y + 9, step, is_hollow))

    def end(self, keys: list[tuple[str, bool, str]], notes: list[str], y: float) -> "Picture":
        """Write what signs mean, each beside its words, and the sentences below: it ends there."""
        width = self.width - 2 * _MARGIN
        x, y = float(_MARGIN), y + _PAD
        for step, is_hollow, words in keys:
            wide = 20 + font(12, 400).getlength(words) + 18
            if x > _MARGIN and x + wide > _MARGIN + width:
                x, y = float(_MARGIN), y + 18
            self.mark(step, x, y, is_hollow=is_hollow)
            self.write(words, x + 20, y, width=width, size=12, colour=MUTED, most=1)
            x += wide
        y = y + 22 + _PAD / 2
        for note in notes:
            y = self.write(note, _MARGIN, y, width=width, size=13, colour=MUTED)
        self.height = round(y + 20)
        return self


def laid(compared: Compared) -> Picture:
    """Return where everything of a comparison stands."""
    number = max(1, len(compared.columns))
    room = (_WIDTH - 2 * _MARGIN - _HEAD_WIDTH) / number
    column = min(_MOST, max(_LEAST, room))
    picture = Picture(2 * _MARGIN + _HEAD_WIDTH + number * column)
    inner = picture.width - 2 * _MARGIN
    y = picture.write(compared.title, _MARGIN, 24, width=inner, size=24, weight=700) + _PAD
    starts = [_MARGIN + _HEAD_WIDTH + place * column for place in range(number)]
    bottoms = [
        picture.write(name, x, y, width=column - _PAD, size=15, weight=700, most=3)
        for name, x in zip(compared.columns, starts, strict=False)
    ]
    y = max(bottoms, default=y) + _PAD / 2
    for title, ends, cells in compared.rows:
        picture.rules.append(y)
        top = y + _PAD
        low = [_head(picture, title, ends, top)]
        low += [
            _cell(picture, compared, said, x, top, width=column - _PAD)
            for said, x in zip(cells, starts, strict=False)
        ]
        y = max(low) + _PAD
    picture.rules.append(y)
    return picture.end(compared.keys, compared.notes, y)


def _head(picture: Picture, title: str, ends: list[tuple[str, str]], y: float) -> float:
    y = picture.write(title, _MARGIN, y, width=_HEAD_WIDTH - 20, size=15, weight=600)
    for step, label in ends:
        picture.mark(step, _MARGIN, y)
        y = picture.write(
            label, _MARGIN + 20, y, width=_HEAD_WIDTH - 40, size=12, colour=MUTED, most=3
        )
    return y


def _cell(
    picture: Picture, compared: Compared, said: list[Said], x: float, y: float, *, width: float
) -> float:
    if not said:
        return picture.write(compared.silence, x, y, width=width, colour=MUTED)
    if len(said) > 1:
        y = picture.write(compared.two_voices, x, y, width=width, size=12, colour=FLAG)
    for one in said:
        picture.mark(one.step, x, y, is_hollow=one.is_second_hand)
        y = picture.write(one.label, x + 20, y, width=width - 20, weight=600)
        y = picture.write(one.flags, x + 20, y, width=width - 20, size=12, colour=FLAG)
        y = picture.write(one.beside, x + 20, y, width=width - 20, size=12, colour=MUTED) + 4
    return y


def as_png(picture: Picture) -> bytes:
    """Return a picture as a PNG."""
    size = round(picture.width * _SCALE), round(picture.height * _SCALE)
    image = Image.new("RGB", size, PAPER)
    canvas = ImageDraw.Draw(image)
    for y in picture.rules:
        ends = (picture.left * _SCALE, y * _SCALE, picture.right * _SCALE, y * _SCALE)
        canvas.line(ends, fill=LINE, width=_SCALE)
    for *ends, colour in picture.lines:
        canvas.line([one * _SCALE for one in ends], fill=colour, width=_SCALE)
    for one in picture.words:
        at = (one.x * _SCALE, one.y * _SCALE)
        drawn_with = font(one.size * _SCALE, one.weight)
        canvas.text(at, one.text, font=drawn_with, fill=one.colour, anchor="ls")
    for mark in picture.signs:
        at = (round(mark.x * _SCALE), round(mark.y * _SCALE))
        sign(canvas, at, mark.step, is_hollow=mark.is_hollow, half=_SIGN * _SCALE)
    file = BytesIO()
    # To try for the smallest one takes four times as long, for a fortieth of the size.
    image.save(file, "PNG")
    return file.getvalue()
