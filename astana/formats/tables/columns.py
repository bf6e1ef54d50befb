"""Which column of a table says what: proposed by headings and by values, chosen by people."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from astana.formats.known import Known
from astana.formats.options import VOICES, wrong_option
from astana.formats.refi.branches import VALUES
from astana.formats.tables.days import is_day
from astana.formats.tables.headings import HEADINGS
from astana.formats.tables.sheet import Sheet
from astana.words.normalise import normalise

NONE = "-"
ROLES = {
    "actor": "whose position it is",
    "issue": "on what",
    "stance": "what the answer is",
    "value": "the value of the stance on the scale, from -1 to 1",
    "passage": "the words that it rests on, as they are in the article",
    "summary": "the position, in a sentence",
    "condition": "what it depends on",
    "said": "when it was said",
    "voice": "how it is known",
    "certainty": "how plainly it was said",
    "by": "who attributes it to the actor",
    "speaker": "who spoke",
    "article": "title or short name of the article",
    "source": "who published the article",
    "published": "when the article was published",
    "url": "address of the article",
    "language": "language of the article",
    "byline": "who wrote the article",
    "text": "full text of the article",
    "key": "identifier of the position; rows with the same one are one position",
    "note": "a note",
}
_ENOUGH = 0.8
_SOME = 0.5
_MOST_STANCES = 12
_LONG, _VERY_LONG = 25, 1_500
_SAMPLED = 500


def columns_of(
    sheet: Sheet, known: Known, options: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Return the heading of the column of each role, or nothing; raises Unreadable.

    What was chosen counts first, then what was chosen for a table before, then headings, then
    values.
    """
    there = {heading.casefold(): heading for heading in sheet.headings}
    found: dict[str, str] = {}
    for role in ROLES:
        name = f"column-{role}"
        wanted = options.get(name, remembered.get(name, ""))
        if wanted == NONE:
            found[role] = ""
        elif wanted.casefold() in there:
            found[role] = there[wanted.casefold()]
        elif name in options:
            shown = ", ".join(sheet.headings)
            raise wrong_option(
                name, f"“{wanted[:40]}” is not a heading. The headings are: {shown}."
            )
    _by_heading(sheet, found)
    _by_values(sheet, known, found)
    return {role: found.get(role, "") for role in ROLES}


def _by_heading(sheet: Sheet, found: dict[str, str]) -> None:
    free = {
        normalise(heading.replace("_", " ")): heading
        for heading in sheet.headings
        if heading not in found.values()
    }
    for role, words in HEADINGS.items():
        if role not in found:
            name = next((one for one in map(normalise, words.split("|")) if one in free), "")
            if name:
                found[role] = free.pop(name)


def _by_values(sheet: Sheet, known: Known, found: dict[str, str]) -> None:
    """Add what values alone tell, the surest first."""
    tests: tuple[tuple[str, Callable[[str], bool], float], ...] = (
        ("url", lambda cell: cell.startswith(("http://", "https://")), _ENOUGH),
        ("voice", lambda cell: cell in VOICES, _ENOUGH),
        ("published", is_day, _ENOUGH),
        ("value", lambda cell: number_in(cell) is not None, 1),
        ("stance", lambda cell: cell.casefold() in VALUES, _ENOUGH),
        ("actor", lambda cell: bool(known.actors.find(cell)), _SOME),
        ("issue", lambda cell: bool(known.issues.find(cell)), _SOME),
    )
    cells = {
        heading: [row[number] for _line, row in sheet.rows[:_SAMPLED] if row[number]]
        for number, heading in enumerate(sheet.headings)
    }
    for role, fits, share in tests:
        fitting = [
            heading
            for heading, values in cells.items()
            if values
            and heading not in found.values()
            and sum(map(fits, values)) >= share * len(values)
            and (role not in ("value", "stance") or len(set(values)) <= _MOST_STANCES)
        ]
        # Of several columns of days, nothing tells which one is that of the article.
        if role not in found and fitting and (role != "published" or len(fitting) == 1):
            found[role] = fitting[0]
    lengths = {
        heading: sum(map(len, values)) / len(values)
        for heading, values in cells.items()
        if values and heading not in found.values()
    }
    for role, least in (("text", _VERY_LONG), ("passage", _LONG)):
        longest = max(lengths, key=lengths.__getitem__, default="")
        if role not in found and longest and lengths[longest] >= least:
            found[role] = longest
            del lengths[longest]


def number_in(cell: str) -> Decimal | None:
    """Return a place on the scale, or None for what is none."""
    if not re.fullmatch(r"[+−-]?[01]?([.,]\d{1,4})?", cell) or not re.search(r"\d", cell):
        return None
    try:
        value = Decimal(cell.replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return None
    return round(value, 2) if -1 <= value <= 1 else None


def values_of(labels: Sequence[str]) -> dict[str, Decimal]:
    """Return where stances stand whose labels say so: for and against, or numbers."""
    told = {label: VALUES.get(label.casefold(), number_in(label)) for label in labels}
    return {label.casefold(): value for label, value in told.items() if value is not None}
