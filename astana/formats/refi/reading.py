"""A project (.qdpx) as the rows of a dossier."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from astana.formats.coders import Coders
from astana.formats.marked import gettext_noop
from astana.formats.names import SLUG, ShortNames, name_of, number_in
from astana.formats.options import FITTING, OF_ATTRIBUTED, check_options, wrong_option
from astana.formats.package import (
    DESCRIPTIONS_CUT,
    NOTES_CUT,
    Losses,
    Package,
    Read,
    TextKey,
    Troubles,
)
from astana.formats.passages import Text
from astana.formats.refi import told
from astana.formats.refi.branches import OPTIONS as OF_CODES
from astana.formats.refi.branches import branches_of
from astana.formats.refi.codebook import DISPUTES, Codebook, Named
from astana.formats.refi.coded import Coded, Held, Placed, coded_in
from astana.formats.refi.counting import AS_IS, Counting, Place, counting_for, fits
from astana.formats.refi.project import Project, Selection, Source, project_of
from astana.formats.refi.xml import ASTANA, plain_guid

OPTIONS = OF_CODES | {
    "published": gettext_noop("day of texts without one, such as 2020-05-01"),
    "voice": gettext_noop("voice, if no code states it: direct-quote or reported-speech"),
    "said": gettext_noop(
        "when positions were said: before (not after the day of the text) or on (on that day)"
    ),
    "language": gettext_noop("language of texts without one, such as en"),
    "independent": gettext_noop(
        "yes if coders of the same text did not see each other's work; otherwise no"
    ),
    "prefix": gettext_noop("start of short names; use a different one for each file"),
}
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_NO_SOURCE = "Unknown source"
# Variables by what they say.
VARIABLES = {
    "source": ("source", "outlet", "publisher", "newspaper", "medium", "quelle", "zeitung"),
    "published": ("published", "date", "day", "publication date", "date published", "datum"),
    "url": ("url", "link", "address"),
    "byline": ("author", "byline", "autor", "auteur"),
    "language": ("language", "sprache", "langue"),
    "actor": ("actor", "speaker", "party", "redner", "akteur"),
}
_KNOWN = {one for names in VARIABLES.values() for one in names}


def read(content: bytes, options: Mapping[str, str]) -> Read:
    """Return the rows of a dossier that a project holds; raises Unreadable."""
    check_options(options, OPTIONS)
    losses = Losses()
    project = project_of(content, losses)
    reading = _Reading(project, losses, options)
    reading.run()
    return Read(
        reading.package,
        losses.listed(),
        reading.chosen,
        title=name_of(project.name),
        description=losses.cut(project.text, DESCRIPTIONS_CUT),
        notes=tuple(reading.notes),
    )


class _Reading:
    def __init__(self, project: Project, losses: Losses, options: Mapping[str, str]) -> None:
        self._project = project
        self._losses = losses
        self._troubles = Troubles()
        self.package = Package()
        self.notes: list[str] = []
        branches = branches_of(project.codes, project.sets.of(project.codes), options, losses)
        self.chosen = branches.chosen | {
            "published": options.get("published", ""),
            "voice": options.get("voice", "direct-quote"),
            "said": options.get("said", "before"),
            "language": options.get("language", "en"),
            "independent": options.get("independent", "no"),
            "prefix": options.get("prefix", "q"),
        }
        self._codebook = Codebook(project.codes, branches, self.package, losses)
        self._names = {one.guid: one.name for top in project.codes for one in top.all_below()}
        self._names |= {one.guid: one.name for one in project.codes}
        self._day = _day(self.chosen["published"])
        if self.chosen["published"] and not self._day:
            raise wrong_option("published", "This is not a day. Write one such as 2020-05-01.")
        self._coders = Coders(self.package)
        self._rounds: set[str] = set()
        # By what makes the foreign id of a position.
        self._first_coders: dict[tuple[str, ...], str] = {}
        self._sources: dict[str, str] = {}
        self._source_names, self._article_names = ShortNames("source"), ShortNames("article")
        self._articles: dict[str, date] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._numbers: defaultdict[str, set[int]] = defaultdict(set)
        self._unlike: list[str] = []

    def run(self) -> None:
        """Fill the package; raises Unreadable where it would not be what the file says."""
        self._check_days()
        texts = [(source, self._text(source)) for source in self._project.sources]
        coded: defaultdict[str, set[str]] = defaultdict(set)
        for source, text in texts:
            if text:
                coded[text.names["article"]] |= self._coders_of(source)
        are_independent = self.chosen["independent"] == "yes"
        self._rounds, notes = self._coders.rounds(coded, are_independent=are_independent)
        self.notes += notes
        for source, text in texts:
            if text:
                self._passages(source, text)
        self._troubles.refuse()
        if self._unlike:
            count = len(self._unlike)
            self.notes.append(
                f"{count} passages do not begin with their names, such as: {self._unlike[0]}"
            )

    def _check_days(self) -> None:
        without = [one.name for one in self._project.sources if not self._published(one)]
        if without:
            reason = (
                f"Texts without a day in their name or a variable like Published: {len(without)}, "
                f"such as “{without[0][:60]}”. Give one for all of them, such as 2020-05-01."
            )
            raise wrong_option("published", reason)

    def _published(self, source: Source) -> date | None:
        """Return the day that a variable says, or the only one in the name, or that of all."""
        if day := _day(_said(source, "published")):
            return day
        named = {day for text in _DAY.findall(source.name) if (day := _day(text))}
        return named.pop() if len(named) == 1 else self._day

    def _text(self, source: Source) -> Text | None:
        """Add a text, with its article and its source, and return it."""
        of_it = source.told if source.told and SLUG.fullmatch(source.told.get("slug", "")) else {}
        slug = of_it.get("slug", "")
        language = _said(source, "language")
        if not FITTING["language"].fullmatch(language):
            language = self.chosen["language"]
        if slug not in self._articles:
            slug = slug if slug and self._article_names.take(slug) else self._slug(source)
            self._article(source, slug, language, of_it)
        key: TextKey = (
            slug,
            of_it.get("text_kind", "full"),
            of_it.get("text_language", language),
            number_in(of_it.get("text_version"), 1),
        )
        if key in self.package.texts:
            reason = f"Its text is the same as that of another source of {slug}. Keep one of them."
            self._troubles.add(source.place, reason)
            return None
        return Text(self.package, key, source.words, rights=of_it.get("text_rights", "members"))

    def _slug(self, source: Source) -> str:
        return self._article_names.of(f"{self.chosen['prefix']}-{source.guid[:8]}")

    def _article(self, source: Source, slug: str, language: str, of_it: Mapping[str, str]) -> None:
        published = self._articles[slug] = self._published(source) or date.min
        outlet = name_of(_said(source, "source")) or _NO_SOURCE
        if outlet not in self._sources:
            wanted = of_it.get("source", "")
            is_free = SLUG.fullmatch(wanted) and self._source_names.take(wanted)
            self._sources[outlet] = wanted if is_free else self._source_names.of(outlet)
            of_outlet = {
                name: of_it[f"source_{name}"] for name in told.SOURCE if of_it.get(f"source_{name}")
            }
            row = {"slug": self._sources[outlet], "name": outlet} | of_outlet
            self.package.add("sources", row, {"kind": "other", "language": language})
        given: dict[str, Any] = {
            "slug": slug,
            "source": self._sources[outlet],
            "title": name_of(of_it.get("title") or source.name, most=300) or slug,
            "published": published,
        }
        if byline := name_of(_said(source, "byline")):
            given["byline"] = byline
        if re.match("https?://", url := _said(source, "url")):
            given["url"] = url
        elif url:
            self._losses.lose("variables of sources", f"url: {url}"[:60])
        given |= told.called(of_it, source.guid) | told.carried(of_it, told.ARTICLE)
        self.package.add("articles", given, {"language": language, "coverage": "full"})
        if not of_it:
            for name, value in source.variables.items():
                if name not in _KNOWN:
                    self._losses.lose("variables of sources", f"{name}: {value}"[:60])
        if source.text:
            self._losses.lose("descriptions of sources", source.text[:60])

    def _passages(self, source: Source, text: Text) -> None:
        places = [Place(one.start, one.end, one.name) for one in source.selections]
        counting = counting_for(source.words, places, has_mark=source.has_mark)
        if counting.told != AS_IS:
            self.notes.append(f"{source.name}: places are counted {counting.told}.")
        fitting = [fits(source.words, counting, place) for place in places]
        if any(fitting):
            self._unlike += [
                f"{source.name}, {place.name[:60]}"
                for place, is_fitting in zip(places, fitting, strict=True)
                if place.name.strip() and not is_fitting
            ]
        inside = []
        for one in source.selections:
            place = self._place(one, source, counting)
            if place:
                inside.append((one, *place))
        only = self._only_actor(source)
        for coder, placed in self._by_coder(inside, text):
            for coded in coded_in(source, placed, self._codebook, self._names, only, self._losses):
                passage = text.passage(coded.start, coded.end)
                if passage is None:
                    self._losses.lose("passages that are only white space", coded.selection.place)
                else:
                    self._add(coded, passage, coder)

    def _by_coder(self, placed: list[Placed], text: Text) -> list[tuple[str, list[Placed]]]:
        """Return the passages of each coder of a round, else all at once, for nobody."""
        if text.names["article"] not in self._rounds:
            return [("", placed)]
        parts: dict[str, list[Placed]] = {}
        for selection, start, end in placed:
            for coder in sorted({one.coder for one in selection.codings}) or [""]:
                codings = [one for one in selection.codings if one.coder == coder]
                one = replace(selection, codings=codings), start, end
                parts.setdefault(coder, []).append(one)
        return list(parts.items())

    def _coders_of(self, source: Source) -> set[str]:
        coded = (one.coder for selection in source.selections for one in selection.codings)
        return {slug for coder in dict.fromkeys(coded) if (slug := self._coder(coder))}

    def _coder(self, guid: str) -> str:
        """Return the short name of a coder, or nothing where nobody is named, or we are."""
        if not guid or guid == plain_guid(ASTANA):
            return ""
        return self._coders.slug(guid, self._project.users.get(guid) or f"Coder {guid[:8]}")

    def _place(self, one: Selection, source: Source, counting: Counting) -> tuple[int, int] | None:
        start, end = counting.point(one.start), counting.point(one.end)
        if start is None or end is None:
            reason = (
                f"It runs from {one.start} to {one.end}; the text of “{source.name[:60]}” has "
                f"{counting.length} characters. Delete the passage."
            )
            self._troubles.add(one.place, reason)
            return None
        if start == end:
            self._losses.lose("passages without words", one.place)
            return None
        return start, end

    def _only_actor(self, source: Source) -> Named | None:
        """Return the actor of all that a source says, if a variable, case or code names one."""
        found = {
            self._codebook.actors[coding.code]
            for coding in source.codings
            if coding.code in self._codebook.actors
        }
        for coding in source.codings:
            if coding.code not in self._codebook.actors:
                self._losses.lose("codings of whole texts", self._names.get(coding.code, ""))
        names = [_said(source, "actor")]
        for case, codes in self._project.cases.get(source.guid, []):
            of_case = [self._codebook.actors[one] for one in codes if one in self._codebook.actors]
            found.update(of_case)
            names += [] if of_case else [case]
        for name in names:
            if known := self._codebook.actor_called(name):
                found.add(known)
        if not found and name_of(names[0]):
            found.add(self._codebook.add_actor(names[0]))
        return next(iter(found)) if len(found) == 1 else None

    def _add(self, coded: Coded, passage: dict[str, Any], coder: str) -> None:
        """Add what a passage says to the package, with the passage."""
        of_it = coded.selection.told or {}
        own = of_it.get("key", "")
        for number, one in enumerate(coded.ordered(of_it)):
            says = {
                "actor": one.actor.slug,
                "issue": one.issue.slug,
                "stance": one.stance.slug,
            }
            is_own = number == 0 and bool(SLUG.fullmatch(own))
            # Of the passages of a position some may have been coded otherwise in the tool.
            if is_own and self._rows.get(own, says) != says:
                is_own = False
            called = {} if is_own else self._called(coded.selection, one, coder)
            key = own if is_own else self._key(called["foreign_id"])
            if key not in self._rows:
                self._rows[key] = says
                by = next(c.coder for c in coded.selection.codings if c.code == one.codes[0])
                if name := self._coder(by):
                    called["coder"] = name
                self._position(
                    {"key": key} | says | called,
                    coded,
                    of_it if is_own else {},
                    one.summary,
                    passage["article"],
                )
            self._evidence(key, coded, of_it if is_own else {}, passage)

    def _called(self, selection: Selection, held: Held, coder: str) -> dict[str, str]:
        """Return the foreign id of a position; where several coded the same, they are named."""
        guids = (selection.guid, *held.codes)
        if self._first_coders.setdefault(guids, coder) != coder:
            return told.called(None, *guids, coder)
        return told.called(None, *guids)

    def _key(self, foreign_id: str) -> str:
        return f"{self.chosen['prefix']}-{hashlib.sha256(foreign_id.encode()).hexdigest()[:12]}"

    def _position(
        self,
        says: Mapping[str, Any],
        coded: Coded,
        of_it: Mapping[str, str],
        summary: str,
        article: str,
    ) -> None:
        given = {**says, **told.carried(of_it, told.POSITION)}
        for name in ("attributed_by", "speaker"):
            if name in given and given[name] not in self._codebook.actor_slugs:
                self._losses.lose("speakers and attributing actors without a code", given.pop(name))
        if coded.voice:
            given["voice"] = coded.voice
        if given.get("voice") != "attributed":
            # The code counts: what the description says of an attribution is of another voice.
            given = {name: one for name, one in given.items() if name not in OF_ATTRIBUTED}
        selection = coded.selection
        notes = [given.get("note", ""), selection.text, *selection.notes]
        if note := "\n".join(one for one in notes if one):
            given["note"] = self._losses.cut(note, NOTES_CUT)
        day = self._articles[article]
        otherwise = {
            "summary": summary[:500],
            "said": f"{'' if self.chosen['said'] == 'on' else '../'}{day}",
            "voice": self.chosen["voice"],
            "certainty": "stated",
            # Drafts are in no figure of a round: what counts has been handed in.
            "status": "submitted" if article in self._rounds else "draft",
        }
        self.package.add("positions", given, otherwise)

    def _evidence(
        self, key: str, coded: Coded, of_it: Mapping[str, str], passage: Mapping[str, Any]
    ) -> None:
        number = number_in(of_it.get("passage"), 0)
        if not number or number in self._numbers[key]:
            number = max(self._numbers[key], default=0) + 1
        self._numbers[key].add(number)
        given = {"position": key, "number": number} | dict(passage)
        if coded.is_disputing:
            given["role"] = DISPUTES
        self.package.add("evidence", given)


def _said(source: Source, role: str) -> str:
    found = (source.variables.get(name, "") for name in VARIABLES[role])
    return next((one for one in found if one), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
