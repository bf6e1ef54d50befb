"""BibTeX: lists of references, as Zotero, JabRef and many databases write them."""

from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, MiddlewareErrorBlock
from bibtexparser.model import Entry as BibEntry

from astana.formats.articles.days import day_in
from astana.formats.articles.entry import Entry
from astana.formats.package import Troubles
from astana.intake.encodings import decode
from astana.intake.plain import characters

_SOURCES = ("journaltitle", "journal", "booktitle", "publisher", "organization", "institution")
_LANGUAGES = ("langid", "language")
_DECODED = {"title", "author", *_SOURCES}
_USED = {*_DECODED, "date", "year", "month", "day", "url", *_LANGUAGES}


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the entries of a file; raises Unreadable with the lines that are wrong."""
    text, warnings = decode(content)
    library = parse_string(characters(text.removeprefix("\ufeff")))
    troubles = Troubles()
    for block in library.failed_blocks:
        if isinstance(block, DuplicateBlockKeyBlock):
            reason = f"The key {block.key} occurs twice. Keep one of the two, or rename it."
        elif isinstance(block, MiddlewareErrorBlock):
            reason = "It refers to something that is not in the file. Write it out."
        else:
            reason = "The entry has no end, or a brace or a comma is missing. Correct it."
        troubles.add(f"line {(block.start_line or 0) + 1}", reason)
    troubles.refuse()
    written = [_values(one) for one in library.entries]
    # What is lost is not worth the time; in an address, % and _ and ~ are no commands.
    for one in library.entries:
        one.fields = [field for field in one.fields if field.key.lower() in _DECODED]
    decoded = LatexDecodingMiddleware(allow_inplace_modification=True).transform(library)
    for one, values in zip(decoded.entries, written, strict=True):
        place = f"line {(one.start_line or 0) + 1}"
        entry = _entry(place, values | _values(one), warnings)
        entry.further["key"] = one.key
        yield entry


def _values(entry: BibEntry) -> dict[str, str]:
    return {field.key.lower(): str(field.value).strip() for field in entry.fields}


def _entry(place: str, values: dict[str, str], warnings: tuple[str, ...]) -> Entry:
    def first(*names: str) -> str:
        return next((values[name] for name in names if values.get(name)), "")

    parts = (values.get(name, "") for name in ("day", "month", "year"))
    dated = values.get("date") or " ".join(filter(None, parts))
    further = {name: value for name, value in values.items() if value and name not in _USED}
    return Entry(
        place=place,
        title=values.get("title", ""),
        byline="; ".join(" ".join(values.get("author", "").split()).split(" and ")),
        source=first(*_SOURCES),
        published=day_in(_with_numbers(values) if "date" not in values else dated),
        dated=dated,
        url=values.get("url", "").replace("\\", ""),
        language=first(*_LANGUAGES),
        further=further,
        warnings=warnings,
    )


def _with_numbers(values: dict[str, str]) -> str:
    """Return year, month and day as one date, whose month may be a number or a name."""
    day, month, year = (values.get(name, "") for name in ("day", "month", "year"))
    return f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"
