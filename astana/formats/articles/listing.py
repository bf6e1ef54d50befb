"""A list of articles as the rows of a dossier: what is new, what is there, what is missing."""

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from astana.formats.articles.days import has_other_weekday
from astana.formats.articles.entry import Entry
from astana.formats.articles.languages import language_called
from astana.formats.known import Known
from astana.formats.marked import gettext_noop
from astana.formats.names import ShortNames, letters_of, name_of
from astana.formats.options import check_options
from astana.formats.package import Format, Losses, Package, Read, Trouble, Unreadable
from astana.formats.placing import rendition_of
from astana.intake.duplicates import alike_among
from astana.intake.files import answer_of
from astana.intake.language import language_in
from astana.intake.plain import clean
from astana.intake.reading import Refused

MOST_BYTES = 30_000_000
MOST_ENTRIES = 5_000
# Of a process that waits and works no more.
_SECONDS = 120.0
OPTIONS = {
    "source": gettext_noop(
        "source of articles that do not name one; without it, these articles are lost"
    ),
    "language": gettext_noop(
        "language of articles that do not state one and whose words do not show it, such as en"
    ),
    "rights": gettext_noop("who may read the texts: members or public"),
    "leave-out": gettext_noop("short names of articles to leave out"),
}
_PROPOSED = {"source": "", "language": "en", "rights": "members", "leave-out": ""}
_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_HOST = rf"(?:{_LABEL}\.)+[^\W\d_]{{2,63}}(?::\d{{1,5}})?"
_ADDRESS = re.compile(rf"https?://{_HOST}(?:[/?#]\S*)?", re.I)
# How much of the texts of a dossier is compared, in code points: some seconds.
_COMPARED = 20_000_000
_MOST_NAMED = 200
# No library says what it met with in so few words.
_REFUSED = {
    "too-large": f"It is larger than {MOST_BYTES:,} bytes. Export it in parts.",
    "limits": "Reading it takes too much time or memory. Export it in parts.",
    "busy": "Other files are being read. Try again in a minute.",
    "too-much-inside": "It unpacks to more than such a document should. Export it again, in parts.",
    "encrypted": "It has a password. Save it without one.",
    "encoding": "Its text is in an unknown encoding. Save it as UTF-8.",
}
_DAMAGED = "It is damaged, or of another kind. Export it again."
_WARNED = {
    "encoding-guessed": "It is not UTF-8 and was read as Western European: check its letters.",
    "encoding-contradicted": "It declares another encoding but was read as UTF-8.",
    "characters-replaced": "Some bytes are not characters; � replaces them.",
}


def listing(name: str, title: str, module: str, *endings: str) -> Format:
    """Return the format of a list of articles, whose entries a module beside this one finds."""

    def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
        check_options(options, OPTIONS)
        entries = _entries(module, content)
        if not entries:
            raise Unreadable(
                [Trouble("beginning", f"It contains no articles in the format {title}.")]
            )
        if len(entries) > MOST_ENTRIES:
            reason = (
                f"There are {len(entries):,} articles: at most {MOST_ENTRIES:,} can be read. "
                "Split it."
            )
            raise Unreadable([Trouble("beginning", reason)])
        return _Listing(name, _PROPOSED | dict(options), there).read(entries)

    return Format(name, title, read_beside=read, options=OPTIONS, endings=endings, is_bounded=True)


def _entries(module: str, content: bytes) -> list[Entry]:
    """Return the entries that a process of its own finds, as files of articles are read."""
    command = [sys.executable, "-m", "astana.formats.articles.worker", module]
    try:
        if len(content) > MOST_BYTES:
            raise Refused("too-large", megabytes=MOST_BYTES // 1_000_000)
        answer = answer_of(command, content, seconds=_SECONDS)
        if "refused" in answer:
            raise Unreadable([Trouble("beginning", _REFUSED.get(answer["refused"], _DAMAGED))])
    except Refused as refusal:
        reason = _REFUSED.get(refusal.code, _DAMAGED)
        raise Unreadable([Trouble("beginning", reason)]) from refusal
    if "troubles" in answer:
        raise Unreadable([Trouble(place, reason) for place, reason in answer["troubles"]])
    return [Entry(**one) for one in answer["entries"]]


class _Listing:
    def __init__(self, name: str, options: dict[str, str], there: Package) -> None:
        self._name = name
        self._options = options
        self._there = there
        self._known = Known(there)
        self._package = Package()
        self._losses = Losses()
        self._notes: list[str] = []
        self._names = ShortNames("source")
        for slug in self._known.slugs["sources"]:
            self._names.take(slug)
        # Where in the file articles are, by short names and numbers.
        self._places: dict[str, str] = {}
        self._found = 0
        self._incomplete: list[str] = []
        self._left_out = set(re.split(r"[,\s]+", options["leave-out"]))

    def read(self, entries: Sequence[Entry]) -> Read:
        """Return the rows of what is complete, and what is missing of the rest."""
        for entry in entries:
            self._add(entry)
        warned = dict.fromkeys(one for entry in entries for one in entry.warnings)
        notes = [*map(_WARNED.__getitem__, warned), *self._notes]
        if self._found:
            notes.append(
                f"Articles that the dossier already has, which stay as they are: {self._found}."
            )
        if self._incomplete:
            notes += ["These are incomplete and are lost:", *_first(self._incomplete)]
        notes += self._alike()
        return Read(self._package, self._losses.listed(), self._options, notes=tuple(notes))

    def _add(self, entry: Entry) -> None:
        title = name_of(entry.title, most=300)
        source = name_of(entry.source) or name_of(self._options["source"])
        label = f"{entry.place}: {title or source or 'nothing'}"[:100]
        if missing := _missing(entry, title, source):
            self._losses.lose(missing, label)
            self._incomplete.append(f"{label}: {missing.removeprefix('articles ')}.")
        elif self._article(entry, title=title, source=source, label=label):
            for name, words in entry.further.items():
                said = " ".join(words.split())[:60]
                self._losses.lose("%(name)s of articles", said, name=name)

    def _article(self, entry: Entry, *, title: str, source: str, label: str) -> bool:
        """Add an article unless it is there; return whether anything was taken from the entry."""
        url = entry.url.strip()
        if url and (len(url) > 1_000 or not _ADDRESS.fullmatch(url)):
            self._losses.lose("addresses that are invalid or too long", url[:60])
            url = ""
        identity = entry.number or url or f"{source}\n{entry.published}\n{title}"
        digest = sha256(identity.encode()).hexdigest()[:8]
        slug = "-".join(filter(None, (entry.published, letters_of(title)[:40].strip("-"), digest)))
        if slug in self._left_out:
            self._losses.lose("articles left out by choice", slug)
            return False
        text = clean(entry.text)
        language = language_called(entry.language) or language_in(text)
        language = language or self._options["language"]
        found = self._known.article(url=url, text=text, slug=slug)
        names = {found or slug, entry.number} - {""}
        if place := next(filter(None, map(self._places.get, names)), ""):
            self._losses.lose("duplicate articles", f"{label}, as {place}")
            return False
        self._places |= dict.fromkeys(names, entry.place)
        if has_other_weekday(entry.dated, entry.published):
            self._notes.append(f"{label}: the day of the week is not that of “{entry.dated}”.")
        self._notes += [f"{label}: {doubt}" for doubt in entry.doubts]
        if found:
            self._found += 1
        else:
            about = {
                "source": self._source(source, entry.source_kind, language),
                "title": title,
                "published": date.fromisoformat(entry.published),
                "byline": name_of(entry.byline),
                "url": url,
                "language": language,
                "coverage": "full" if text else "opening",
            }
            named = {"slug": slug}
            if entry.number:
                named["foreign_id"] = f"{self._name}:{entry.number}"[:200]
            self._package.add("articles", named, about)
            self._known.add_article(slug, date.fromisoformat(entry.published), url)
        if not text:
            self._losses.lose("articles without a text (only their details are loaded)", label)
        elif not any(one.key[1] == "full" for one in self._known.texts.get(found, ())):
            key = (found or slug, "full", language, 1)
            self._package.texts[key] = text
            self._package.add("renditions", rendition_of(key, text) | self._rights())
        return True

    def _rights(self) -> dict[str, str]:
        return {"rights": self._options["rights"]}

    def _source(self, name: str, kind: str, language: str) -> str:
        if found := self._known.sources.find(name):
            return found
        slug = self._names.of(name)
        self._known.sources.add(slug, name)
        otherwise = {"kind": kind, "language": language}
        self._package.add("sources", {"slug": slug, "name": name}, otherwise)
        return slug

    def _alike(self) -> list[str]:
        """Return which new articles share their wording with another one."""
        new = {article: text for (article, *_), text in self._package.texts.items()}
        stored, left = [], _COMPARED
        for (article, *_), text in self._there.texts.items() if new else ():
            left -= len(text)
            if left > 0:
                stored.append((article, text))
        there = {article for article, _text in stored}
        found = [
            f"{article} shares {round(100 * max(one.contained, one.contains))} % of its words with "
            f"{one.article}{' of the dossier' if one.article in there else ''}."
            for article, one in alike_among(new, stored)
        ]
        if found:
            about = "These may be the same (--option leave-out=NAME leaves one out):"
            found = [about, *_first(found)]
        if left <= 0:
            found.append("Not all texts of the dossier could be compared with these.")
        return found


def _missing(entry: Entry, title: str, source: str) -> str:
    """Return what is lost for the first that an entry lacks, if it lacks anything."""
    if not entry.published and re.search(r"\d{4}", entry.dated):
        return gettext_noop("articles without a day of publication (only a year or month)")
    if not entry.published:
        return gettext_noop("articles without a day of publication (no date)")
    if not title:
        return gettext_noop("articles without a title")
    if not source:
        return gettext_noop("articles without a source (choose one with --option source)")
    return ""


def _first(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_NAMED
    return [*lines[:_MOST_NAMED], *([f"And {more} more."] if more > 0 else [])]
