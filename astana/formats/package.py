"""What a file of another tool becomes: rows and texts of a dossier, and what is lost on the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from astana.formats.marked import gettext_noop

# Article, kind, language and version.
TextKey = tuple[str, str, str, int]


def text_key(row: Mapping[str, Any]) -> TextKey:
    """Return the text that a row of renditions or of evidence names."""
    return row["article"], row["kind"], row["language"], row["version"]


# More than this nobody mends in one go.
_MOST_TROUBLES = 200
# A description or a note.
_LONGEST_TEXT = 10_000
NOTES_CUT = gettext_noop("ends of notes longer than 10,000 characters")
DESCRIPTIONS_CUT = gettext_noop("ends of descriptions longer than 10,000 characters")
# Tables about what no tool for coding texts has a place for.
BEYOND_CODING = (
    "affiliations",
    "events",
    "participations",
    "documents",
    "signatures",
    "examined",
    "looked_for",
    "links",
    "anchors",
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing for which a file cannot be read: where it is in the file, and what to do."""

    place: str
    reason: str


class Unreadable(Exception):
    """A file that cannot be read, with all that is wrong with it.

    Where it could be read in another way, `choices` are what there is to choose from, by option of
    the format `form`.
    """

    def __init__(
        self,
        troubles: Sequence[Trouble],
        *,
        choices: Mapping[str, Sequence[str]] | None = None,
        form: str = "",
    ) -> None:
        self.troubles = list(troubles)
        self.choices = choices or {}
        self.form = form
        super().__init__("; ".join(f"{one.place}: {one.reason}" for one in self.troubles))


class Troubles:
    """What is found to be wrong while a file is read to its end."""

    def __init__(self) -> None:
        self._found: list[Trouble] = []

    def add(self, place: str, reason: str) -> None:
        """Note what is wrong; raises Unreadable where it is too much to go on."""
        self._found.append(Trouble(place, reason))
        if len(self._found) >= _MOST_TROUBLES:
            self.refuse()

    def refuse(self) -> None:
        """Raise Unreadable if anything is wrong."""
        if self._found:
            raise Unreadable(self._found)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was there and is lost: what, how often, and one of them.

    Translators find its kind; `named` is what stands for the placeholders of that.
    """

    kind: str
    count: int
    example: str
    named: Mapping[str, str] = field(default_factory=dict)

    def says(self, translate: Callable[[str], str] = str) -> str:
        """Return what it is in words."""
        said = translate(self.kind)
        return said % self.named if self.named else said


class Losses:
    """What is lost, counted by kind."""

    def __init__(self) -> None:
        self._losses: dict[tuple[str, ...], Loss] = {}

    def lose(self, kind: str, example: str = "", *, count: int = 1, **named: str) -> None:
        """Count something that is lost; translators find its kind by this name."""
        if count:
            one = kind, *named.values()
            there = self._losses.get(one, Loss(kind, 0, example, named))
            self._losses[one] = replace(there, count=there.count + count)

    def cut(self, text: str, kind: str) -> str:
        """Return a text as long as one can be here; the end of a longer one is lost."""
        if len(text) <= _LONGEST_TEXT:
            return text
        self.lose(kind, text[:60])
        return f"{text[: _LONGEST_TEXT - 1]}…"

    def listed(self) -> list[Loss]:
        """Return the losses in the order in which they were met."""
        return list(self._losses.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what the file says, and what holds where neither it nor the dossier does.

    Cells that are in neither are empty.
    """

    given: dict[str, Any]
    otherwise: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Package:
    """The rows of a dossier by table, and the words of its texts; what it is called, if known."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    texts: dict[TextKey, str] = field(default_factory=dict)
    slug: str = ""
    title: str = ""
    description: str = ""
    # Where the dossier is read, with a slash at the end; addresses of its records begin with it.
    address: str = ""
    # How a file of the same format was last read into the dossier, by option.
    remembered: Mapping[str, str] = field(default_factory=dict)

    def add(
        self, table: str, given: dict[str, Any], otherwise: dict[str, Any] | None = None
    ) -> None:
        """Add a row to a table."""
        self.rows.setdefault(table, []).append(Row(given, otherwise or {}))

    def cells(self, table: str) -> list[dict[str, Any]]:
        """Return what is given in the rows of a table."""
        return [row.given for row in self.rows.get(table, [])]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, under which options, and what of it is lost.

    A dossier that is new gets the title, the short name and the description; where the first two
    are empty, those of the file. `notes` are what a person should look at.
    """

    package: Package
    losses: list[Loss]
    options: dict[str, str]
    title: str = ""
    slug: str = ""
    description: str = ""
    notes: tuple[str, ...] = ()
    remember: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, what is not in it, and what its reader should know."""

    content: bytes
    losses: list[Loss]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file of another tool: how it is called in commands, read and written.

    `options` say by name what can be chosen in reading. A format whose files name what the dossier
    knows has `read_beside` instead of `read`: it is also handed what is there.
    """

    name: str
    title: str
    read: Callable[[bytes, Mapping[str, str]], Read] | None = None
    read_beside: Callable[[bytes, Mapping[str, str], Package], Read] | None = None
    write: Callable[[Package], Written] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    # A folder is handed over as a zip of it.
    takes_folders: bool = False
    # How its files are called; none: in any way.
    endings: tuple[str, ...] = ()
    # Its files are read in a process of their own already.
    is_bounded: bool = False
