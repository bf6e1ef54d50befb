"""How a thing is cited, in the words of APA, Chicago and MLA.

The styles are those of the Publication Manual of the American Psychological Association (7th ed.,
2020), the Chicago Manual of Style (17th ed., 2017; an entry of the bibliography) and the MLA
Handbook (9th ed., 2021), for a page of a site and for an article of a newspaper. They are English,
whatever the language of the site. Names are taken as they are written: a byline does not say which
of its words is the family name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from astana.words.characters import on_one_line

SITE = "Astana"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """An article that reports what is cited, or disputes it, and the paragraphs in which it does.

    `text` names the text whose paragraphs these are, where it is not that of the article itself.
    """

    outlet: str
    title: str
    published: date
    paragraphs: tuple[int, ...] = ()
    text: str = ""
    is_disputing: bool = False

    def __post_init__(self) -> None:
        _set_on_one_line(self)


@dataclass(frozen=True)
class Citation:
    """What is cited; empty text and None are not known.

    `container` is what it stands in (a dossier, a newspaper). `issued` is the day of the article,
    or of the first of the `reports`, and never that on which it was entered here. `version` is that
    of the dossier, which rises with every write. `key` names it among others.
    """

    key: str
    title: str
    container: str
    url: str
    accessed: date
    issued: date | None = None
    author: str = ""
    version: str = ""
    note: str = ""
    language: str = ""
    is_article: bool = False
    reports: tuple[Report, ...] = ()

    def __post_init__(self) -> None:
        _set_on_one_line(self)


def _set_on_one_line(record: Any) -> None:
    """Set each text of a record on one line: a citation is one, in every form."""
    for field in fields(record):
        if isinstance(text := getattr(record, field.name), str):
            object.__setattr__(record, field.name, on_one_line(text))


def apa(cited: Citation) -> str:
    """Return the entry of a list of references in APA style."""
    when = f"({_year_first(cited.issued)})" if cited.issued else "(n.d.)"
    start = [cited.author, when, cited.title] if cited.author else [cited.title, when]
    if cited.is_article:
        return f"{_sentences(*start, cited.container)} {cited.url}"
    version = f" (Version {cited.version})" if cited.version else ""
    start.append(reported(cited.reports))
    return (
        f"{_sentences(*start, f'In {cited.container}{version}', SITE)} "
        f"Retrieved {_month_first(cited.accessed)}, from {cited.url}"
    )


def chicago(cited: Citation) -> str:
    """Return the entry of a bibliography in Chicago style."""
    title = _in_quotes(cited.title)
    parts = [_stopped(cited.author), title] if cited.author else [title]
    if cited.is_article:
        issued = _month_first(cited.issued) if cited.issued else ""
        parts.append(_stopped(", ".join(part for part in (cited.container, issued) if part)))
    else:
        version = f", version {cited.version}" if cited.version else ""
        parts += [_stopped(reported(cited.reports))] if cited.reports else []
        parts += [_stopped(f"{cited.container}{version}"), f"{SITE}."]
    return " ".join([*parts, f"Accessed {_month_first(cited.accessed)}.", f"{cited.url}."])


def mla(cited: Citation) -> str:
    """Return the entry of a list of works cited in MLA style."""
    title = _in_quotes(cited.title)
    start = f"{_stopped(cited.author)} {title}" if cited.author else title
    middle = [cited.container]
    if cited.is_article:
        middle += [_day_first(cited.issued)] if cited.issued else []
    else:
        start += f" {_stopped(reported(cited.reports, day=_day_first))}" if cited.reports else ""
        middle += [f"version {cited.version}"] if cited.version else []
        middle.append(SITE)
    return f"{start} {', '.join([*middle, cited.url])}. Accessed {_day_first(cited.accessed)}."


def _month_first(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def reported(reports: Iterable[Report], *, day: Callable[[date], str] = _month_first) -> str:
    """Return where it is reported, and where disputed: outlet, article, date and paragraphs."""
    held = list(reports)
    found = []
    for words, is_disputing in (("Reported in", False), ("Disputed in", True)):
        named = [_named(one, day) for one in held if one.is_disputing is is_disputing]
        found += [f"{words} {'; '.join(named)}"] if named else []
    return ". ".join(found)


def _named(one: Report, day: Callable[[date], str]) -> str:
    parts = [one.outlet, f"“{_inner(one.title)}”", day(one.published)]
    if one.paragraphs:
        noun = "paragraph" if len(one.paragraphs) == 1 else "paragraphs"
        of_text = f" of the {one.text}" if one.text else ""
        parts.append(f"{noun} {', '.join(map(str, one.paragraphs))}{of_text}")
    return ", ".join(parts)


def _sentences(*parts: str) -> str:
    return " ".join(_stopped(part) for part in parts if part)


def _stopped(text: str) -> str:
    """Return a text that ends in one full stop, or in the mark that it ends in."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _in_quotes(title: str) -> str:
    """Return a title in double quotes; those within it become single."""
    return f"“{_stopped(_inner(title))}”"


def _inner(title: str) -> str:
    return title.replace("“", "‘").replace("”", "’")


def _year_first(day: date) -> str:
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}"


def _day_first(day: date) -> str:
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"
