"""A table of positions as the rows of a dossier, each row with the passage that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from astana.formats.choices import CODED, choices_of
from astana.formats.coded import About, Coding, Codings
from astana.formats.marked import gettext_noop
from astana.formats.names import SLUG, letters_of, name_of
from astana.formats.options import check_options, wrong_option
from astana.formats.package import Package, Read, Trouble, Unreadable
from astana.formats.placing import Words
from astana.formats.tables.columns import NONE, ROLES, columns_of, number_in, values_of
from astana.formats.tables.days import ORDERS, is_said, order_of, read_day
from astana.formats.tables.sheet import OPTIONS as OF_SHEETS
from astana.formats.tables.sheet import Sheet, read_sheet

_COLUMNS = {
    f"column-{role}": f"heading of the column: {about}; - for none" for role, about in ROLES.items()
}
OPTIONS = {
    **OF_SHEETS,
    **_COLUMNS,
    "days": gettext_noop("day-first or month-first, for ambiguous dates such as 03/04/2017"),
    "unknown": gettext_noop("state of new actors, issues and stances: proposed, at-desk or public"),
    **CODED,
}
_UNKNOWN = ("proposed", "at-desk", "public")
# What is remembered beside the columns.
_REMEMBERED = ("days", "unknown", "voice", "said", "prefix")
# Headings of our own lists of positions.
_OURS = {"issue_title", "stance_label", "first_hand"}
_FROM_HERE = (
    "This is a list downloaded from Astana: it has no articles, and all passages of a position "
    "in one cell. "
    "The zip of the dossier has everything: whoever runs the site loads it with “manage.py "
    "load_dossier”. To read the list like any other table all the same, choose one of its columns."
)
# What tells who takes which stance on what: without it there is no position.
_NEEDED = ("actor", "issue", "stance")
_MOST_NAMED = 20
_SHOWN = 3
_FIRST = "The first rows as they would be read:"
# Tables of what coders may add, and what they are called in.
_ADDED = {"actors": "name", "issues": "title", "stances": "label"}


@dataclass(slots=True)
class _Position:
    """The rows that are one position."""

    line: int
    said: tuple[str, ...]
    coding: Coding
    passages: list[Words] = field(default_factory=list)


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the positions of a table with their passages; raises Unreadable."""
    check_options(options, OPTIONS)
    sheet = read_sheet(content, options)
    known = there.remembered
    before = {name: known[name] for name in _REMEMBERED if name in known and name != "days"}
    choices = dict.fromkeys(_COLUMNS, (NONE, *sheet.headings)) | sheet.choices
    choices |= {"days": ORDERS, "unknown": _UNKNOWN}
    try:
        if set(sheet.headings) >= _OURS and not _COLUMNS.keys() & options.keys():
            raise Unreadable([Trouble("line 1", _FROM_HERE)])
        found = _Reading(sheet, before | dict(options), there).read()
    except Unreadable as error:
        # What a person should choose is known all the same.
        raise Unreadable(error.troubles, choices=choices, form="csv") from error
    return replace(found, choices=choices)


class _Reading:
    def __init__(self, sheet: Sheet, options: Mapping[str, str], there: Package) -> None:
        coded = {name: value for name, value in options.items() if name in CODED}
        self._codings = Codings(there, choices_of(coded, prefix=options.get("prefix", "t")))
        self._sheet = sheet
        self._losses = self._codings.losses
        self._troubles = self._codings.troubles
        self._columns = columns_of(sheet, self._codings.known, options, there.remembered)
        for role in _NEEDED:
            if not self._columns[role] and not (role == "stance" and self._columns["value"]):
                shown = ", ".join(sheet.headings)
                reason = f"No column says {ROLES[role]}. Choose one of: {shown}."
                raise wrong_option(f"column-{role}", reason)
        self._places = {heading: number for number, heading in enumerate(sheet.headings)}
        # What a table says itself counts more than what another one needed.
        self._days = {
            role: order_of(self._cells(role), options.get("days", ""))
            or there.remembered.get("days", "")
            for role in ("said", "published")
        }
        is_new = not there.rows.get("actors") and not there.rows.get("issues")
        proposed = {"unknown": "at-desk" if is_new else "proposed"}
        self._unknown = options.get("unknown", proposed["unknown"])
        if self._unknown not in _UNKNOWN:
            raise wrong_option("unknown", f"Choose one of: {', '.join(_UNKNOWN)}.")
        self._remember = self._to_remember(proposed, options, there.remembered)
        self._values(options)
        self._positions: dict[str, _Position] = {}
        self._abouts: dict[str, About] = {}
        self._shown: list[str] = []

    def read(self) -> Read:
        """Return the rows, what is lost, and what to look at first."""
        for cell in self._sheet.uncalculated:
            self._losses.lose("formulas without a stored result (their cells are empty)", cell)
        for line, cells in self._sheet.rows:
            self._row(line, cells)
        self._troubles.refuse()
        for one in self._positions.values():
            self._codings.add(replace(one.coding, passages=one.passages))
        self._codings.finish()
        return Read(
            self._codings.package,
            self._losses.listed(),
            self._told(),
            notes=(
                *self._added(),
                "The first rows as they would be read:",
                *self._shown,
            ),
            remember=self._remember,
        )

    def _to_remember(
        self, proposed: Mapping[str, str], options: Mapping[str, str], before: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the columns of this table, and what was chosen otherwise than it is proposed.

        Of what was remembered, what this table does not have counts for the next one.
        """
        columns = columns_of(self._sheet, self._codings.known, {}, {})
        proposed = dict(proposed) | {f"column-{role}": one or NONE for role, one in columns.items()}
        chosen = {name: one for name, one in options.items() if name in (*_COLUMNS, *_REMEMBERED)}
        found = {f"column-{role}": one for role, one in self._columns.items() if one}
        kept = {name: one for name, one in before.items() if name not in chosen}
        other = {name: one for name, one in chosen.items() if proposed.get(name) != one}
        return kept | found | other

    def _told(self) -> dict[str, str]:
        columns = {f"column-{role}": heading or NONE for role, heading in self._columns.items()}
        days = {"days": one} if (one := next(filter(None, self._days.values()), "")) else {}
        named = self._codings.choices.named
        return self._sheet.told | columns | days | {"unknown": self._unknown} | named

    def _cells(self, role: str) -> list[str]:
        if not self._columns[role]:
            return []
        number = self._places[self._columns[role]]
        return [cells[number] for _line, cells in self._sheet.rows if cells[number]]

    def _values(self, options: Mapping[str, str]) -> None:
        """Let stances stand where their column of values, or what they are called, says."""
        choices = self._codings.choices
        if "values" in options:
            return
        labels = self._cells("stance") or self._cells("value")
        choices.values.update(values_of(list(dict.fromkeys(labels))))
        if self._columns["stance"] and self._columns["value"]:
            stance, value = (self._places[self._columns[role]] for role in ("stance", "value"))
            for line, cells in self._sheet.rows:
                number = number_in(cells[value])
                if number is None:
                    if cells[value]:
                        self._losses.lose("values outside -1 to 1", f"line {line}")
                elif choices.values.setdefault(cells[stance].casefold(), number) != number:
                    self._losses.lose(
                        "values that contradict an earlier value of the stance", f"line {line}"
                    )
        pairs = (f"{label}:{value}" for label, value in choices.values.items() if "," not in label)
        choices.named["values"] = ",".join(pairs)

    def _row(self, line: int, cells: list[str]) -> None:
        place = f"line {line}"
        row = {
            role: cells[self._places[heading]] if heading else ""
            for role, heading in self._columns.items()
        }
        row["stance"] = row["stance"] or row["value"]
        said = self._day(row["said"], "said", line)
        published = self._day(row["published"], "published", line)
        article = self._article(line, row, published)
        if not said and not article:
            self._losses.lose("rows with neither a day nor an article", place)
            return
        further = [
            f"{heading}: {cells[number]}"
            for number, heading in enumerate(self._sheet.headings)
            if cells[number] and heading not in self._columns.values()
        ]
        for one in further:
            heading = one.partition(": ")[0]
            self._losses.lose("other columns (kept as lines of notes)", heading)
        values = {role: [row[role]] for role in (*_NEEDED, "condition", "voice", "certainty")}
        values |= {"by": [row["by"]], "speaker": [row["speaker"]], "said": [said]}
        told = tuple(row[role].casefold() for role in _NEEDED)
        key = self._key(row["key"], (*told, said, article))
        note = "\n".join(filter(None, (row["note"], *further)))
        coding = Coding(place, key, article, values, (), summary=row["summary"], note=note)
        first = self._positions.setdefault(key, _Position(line, told, coding))
        if first.said != told or first.coding.article != article:
            what = "another actor, issue, stance or article"
            self._troubles.add(place, f"It has the key of line {first.line}, and {what}.")
        elif row["passage"] and article:
            first.passages.append(Words(place, exact=row["passage"]))
        elif row["passage"]:
            self._losses.lose("passages without an article", place)
        if len(self._shown) < _SHOWN:
            words = f", “{row['passage'][:60]}”" if row["passage"] else ""
            shown = f"{row['actor']} on “{row['issue']}”: {row['stance']}{words}"
            self._shown.append(f"{place}: {shown} ({said or 'said by the day of the article'}).")

    def _day(self, cell: str, role: str, line: int) -> str:
        if not cell or (role == "said" and is_said(cell)):
            return cell
        found = read_day(cell, self._days[role])
        if found is None:
            reason = f"“{cell}” can be two days. Choose --option days=day-first, or month-first."
            self._troubles.add(f"line {line}, {self._columns[role]}", reason)
        elif not found:
            self._losses.lose("invalid dates", f"line {line}: {cell[:40]}")
        return found or ""

    def _article(self, line: int, row: Mapping[str, str], published: str) -> str:
        """Return the short name of the article of a row; nothing where it is not known."""
        known, place = self._codings.known, f"line {line}"
        if row["article"] in known.published:
            return self._of_day(row["article"], published, line)
        identity = row["url"] or "\n".join((row["article"], row["source"], published))
        if not identity.strip():
            return ""
        title = letters_of(row["article"])[:30].strip("-")
        digest = sha256(identity.encode()).hexdigest()[:8]
        key = "-".join(filter(None, (title, digest)))
        slug = f"{self._codings.choices.named['prefix']}-{key}"
        is_there = known.article(url=row["url"], text=row["text"], slug=slug)
        if not is_there and not published and not self._codings.choices.published:
            self._losses.lose("articles without a day of publication", place)
            return ""
        if not is_there and not row["article"] and not row["url"]:
            self._losses.lose("articles without a title or an address", place)
            return ""
        about = About(
            title=row["article"],
            url=row["url"],
            source=row["source"],
            published=published,
            language=row["language"],
            byline=row["byline"],
        )
        found = self._codings.article(place, key, about, row["text"])
        first = self._abouts.setdefault(found, about)
        if any(
            (one := getattr(about, name)) and one != getattr(first, name)
            for name in ("title", "source", "language", "byline")
        ):
            self._losses.lose("details of articles that are not those of an earlier row", place)
        return self._of_day(found, published, line)

    def _of_day(self, article: str, published: str, line: int) -> str:
        """Return an article; count a day of publication that is not the one that it has."""
        day = self._codings.known.published.get(article)
        if published and day and day.isoformat() != published:
            self._losses.lose(
                "days of publication that are not those of their articles",
                f"line {line}: {published}",
            )
        return article

    def _key(self, cell: str, told: tuple[Any, ...]) -> str:
        prefix = self._codings.choices.named["prefix"]
        if cell:
            return cell if SLUG.fullmatch(cell) and len(cell) <= 40 else self._digest(prefix, cell)
        return self._digest(prefix, "\n".join(told))

    @staticmethod
    def _digest(prefix: str, words: str) -> str:
        return f"{prefix}-{sha256(words.encode()).hexdigest()[:12]}"

    def _added(self) -> list[str]:
        """Let what is new be seen as was chosen, and return what it is called."""
        package, notes = self._codings.package, []
        new = {row["slug"] for row in package.cells("issues")}
        for table, name in _ADDED.items():
            rows = package.cells(table)
            standing = "" if self._unknown == "public" else self._unknown
            for row in rows:
                # A stance of an issue that is proposed is decided on with it.
                is_of_new = table == "stances" and row["issue"] in new
                row["standing"] = "at-desk" if standing and is_of_new else standing
            names = [name_of(str(row[name]), most=60) for row in rows[:_MOST_NAMED]]
            if rows:
                more = f" and {len(rows) - len(names)} more" if len(rows) > len(names) else ""
                notes.append(f"New {table} ({self._unknown}): {', '.join(names)}{more}.")
        return notes
