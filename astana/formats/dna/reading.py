"""A .dna file as the rows of a dossier."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from astana.formats.coders import Coders
from astana.formats.dna import ours
from astana.formats.dna.choices import Choices, choices_of
from astana.formats.dna.codebook import Codebook
from astana.formats.dna.study import Document, Statement, Study, Variable, study_of
from astana.formats.names import SLUG, ShortNames, name_of, number_in
from astana.formats.offsets import Units
from astana.formats.package import NOTES_CUT, Losses, Package, Read, Troubles
from astana.formats.passages import Text

_NO_SOURCE = "Unknown source"
# What a file of our own says of an article beside what the tool knows.
_CARRIED = ("url", "coverage", "foreign_id")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(content: bytes, options: Mapping[str, str]) -> Read:
    """Return the rows of a dossier that a file holds; raises Unreadable."""
    study = study_of(content)
    choices = choices_of(study, options)
    reading = _Reading(study, choices)
    reading.run()
    notes = tuple(reading.notes)
    return Read(reading.package, reading.losses.listed(), choices.named, notes=notes)


def _doubts(study: Study, choices: Choices) -> tuple[str, ...]:
    """Return that days may be those of another time zone, where most documents have hours."""
    offset = datetime(2000, 1, 1, tzinfo=choices.timezone).utcoffset() or timedelta()
    shift = int(offset.total_seconds())
    documents = study.documents.values()
    # In summer clocks are an hour ahead.
    odd = sum((one.date + shift) % 86_400 not in (0, 3_600) for one in documents)
    if not study.is_second or 2 * odd <= len(documents):
        return ()
    return ("Most documents are not dated at midnight: check their days, and choose a timezone.",)


class _Reading:
    def __init__(self, study: Study, choices: Choices) -> None:
        self._study = study
        self._choices = choices
        self._troubles = Troubles()
        self.package = Package()
        self.losses = Losses()
        self.notes = list(_doubts(study, choices))
        self._coders = Coders(self.package)
        self._rounds: set[str] = set()
        self._texts: dict[int, tuple[Text, Units]] = {}
        of_type = (one for one in study.statements.values() if one.type == choices.type)
        self._statements = sorted(of_type, key=lambda one: one.number)
        self._codebook = Codebook(
            study, choices, self._statements, self.package, self._troubles, self.losses
        )

    def run(self) -> None:
        """Fill the package; raises Unreadable where it would not be what the file says."""
        self._count_what_is_lost()
        if self._study.is_ours:
            for number in sorted(self._study.short_names.keys() & self._study.coders.keys()):
                self._coder(number)
        self._documents()
        self._troubles.refuse()
        self._add_rounds()
        self._positions()
        self._troubles.refuse()

    def _count_what_is_lost(self) -> None:
        for statement in self._study.statements.values():
            if statement.type != self._choices.type:
                self.losses.lose("statements of other types", self._study.types[statement.type])
        if not self._study.is_ours:
            count = len(self._study.types) + len(self._study.coders)
            self.losses.lose("colours and permissions", count=count)
        if count := self._study.others["REGEXES"]:
            self.losses.lose("words to highlight", count=count)
        if count := self._study.others["STATEMENTLINKS"]:
            self.losses.lose("links between statements", count=count)

    def _add_rounds(self) -> None:
        """Say which documents several coded on their own, or that somebody should say so."""
        if self._study.is_ours:
            return
        coded: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._statements:
            if one.document in self._texts:
                coded[str(self._texts[one.document][0].names["article"])].add(
                    self._coder(one.coder)
                )
        are_independent = self._choices.named["independent"] == "yes"
        self._rounds, notes = self._coders.rounds(coded, are_independent=are_independent)
        self.notes += notes

    def _coder(self, number: int) -> str:
        name = self._study.coders.get(number) or f"Coder {number}"
        wanted = self._study.short_names.get(number, "") if self._study.is_ours else ""
        return self._coders.slug(str(number), name, wanted=wanted)

    def _documents(self) -> None:
        sources: dict[str, str] = {}
        names, articles = ShortNames("source"), ShortNames("article")
        rows: dict[str, str] = {}
        for document in sorted(self._study.documents.values(), key=lambda one: one.number):
            told = self._told(document)
            slug = told.get("slug", f"{self._choices.named['prefix']}-{document.number}")
            source = name_of(document.source) or _NO_SOURCE
            if source not in sources:
                wanted = told.get("source", "")
                fits = SLUG.fullmatch(wanted) and names.take(wanted)
                sources[source] = wanted if fits else names.of(source)
                otherwise = {"kind": "other", "language": self._choices.named["language"]}
                self.package.add("sources", {"slug": sources[source], "name": source}, otherwise)
            if slug not in rows and articles.take(slug):
                rows[slug] = source
                self._article(document, slug, sources[source], told)
            self._text(document, slug, told)
            if not self._study.is_ours:
                for name in ("section", "kind", "notes"):
                    if value := getattr(document, name).strip():
                        self.losses.lose("section, type and notes of documents", value[:60])

    def _article(self, document: Document, slug: str, source: str, told: Mapping[str, str]) -> None:
        try:
            moment = _EPOCH + timedelta(seconds=document.date)
            moment = moment.astimezone(self._choices.timezone)
        except OverflowError:
            reason = f"{document.date} is not a date. Correct it."
            self._troubles.add(f"DOCUMENTS {document.number}, Date", reason)
            return
        if moment.time() != time():
            self.losses.lose(
                "times of day of documents",
                f"{document.number}: {moment:%H:%M}",
            )
        given: dict[str, Any] = {
            "slug": slug,
            "source": source,
            "title": name_of(document.title, most=300) or f"Document {document.number}",
            "published": moment.date(),
        }
        if byline := name_of(document.author):
            given["byline"] = byline
        given |= {name: told[name] for name in _CARRIED if name in told}
        if not self._study.is_ours:
            given["foreign_id"] = self._choices.foreign_id("document", document.number)
        language = told.get("language", self._choices.named["language"])
        self.package.add("articles", given, {"language": language, "coverage": "full"})

    def _told(self, document: Document) -> dict[str, str]:
        """Return what a file of our own says in the notes of a document."""
        if not self._study.is_ours:
            return {}
        lines = (line.partition(": ") for line in document.notes.splitlines())
        told = {name: value for name, mark, value in lines if mark}
        return told if SLUG.fullmatch(told.get("slug", "")) else {}

    def _text(self, document: Document, slug: str, told: Mapping[str, str]) -> None:
        text = document.text
        if not text.strip():
            if not told:
                self.losses.lose("documents without a text", name_of(document.title)[:60])
            return
        language = told.get("text language") or self._choices.named["language"]
        key = slug, told.get("text kind", "full"), language, number_in(told.get("text version"), 1)
        if key in self.package.texts:
            reason = f"Its text is the same as that of another document of {slug}. Keep one."
            self._troubles.add(f"DOCUMENTS {document.number}, Notes", reason)
            return
        rights = told.get("text rights", "members")
        self._texts[document.number] = Text(self.package, key, text, rights=rights), Units(text)

    def _positions(self) -> None:
        rows: dict[str, dict[str, Any]] = {}
        passages: defaultdict[str, set[int]] = defaultdict(set)
        published = {row["slug"]: row["published"] for row in self.package.cells("articles")}
        affiliated = set()
        for statement in self._statements:
            found = self._coded(statement)
            place = self._passage(statement) if found else None
            if found is None or place is None:
                continue
            given, otherwise, key = found
            number = number_in(given.pop("passage", ""), 0)
            if key not in rows:
                rows[key] = given
                if not given.get("said"):
                    day = published[place["article"]].isoformat()
                    on = self._choices.named["said"] == "on"
                    otherwise["said"] = day if on else f"../{day}"
                if place["article"] in self._rounds:
                    # Drafts are in no figure of a round: what counts has been handed in.
                    otherwise["status"] = "submitted"
                self.package.add("positions", {"key": key} | given, otherwise)
                if "speaker" in given and not self._study.is_ours:
                    affiliated.add((given["speaker"], given["actor"]))
            if not number or number in passages[key]:
                number = max(passages[key], default=0) + 1
            passages[key].add(number)
            self.package.add("evidence", {"position": key, "number": number} | place)
        for person, body in sorted(affiliated):
            given = {"person": person, "body": body, "role": "Represents", "start": None}
            self.package.add("affiliations", given)

    def _coded(self, statement: Statement) -> tuple[dict[str, Any], dict[str, Any], str] | None:
        """Return what the position of a statement says, and its key."""
        choices, label = self._choices, f"statement {statement.number}"

        def of(variable: Variable | None) -> str:
            return str(statement.values.get(variable.number, "")) if variable else ""

        organization = self._codebook.organizations.get(of(choices.organization))
        person = self._codebook.persons.get(of(choices.person))
        issue = self._codebook.issues.get(of(choices.concept))
        actor = organization or person
        if actor is None or issue is None:
            if actor is None:
                self.losses.lose("statements without an actor", label)
            else:
                self.losses.lose("statements without a concept", label)
            return None
        carried = {name: of(one) for name, one in self._codebook.carried.items()}
        stance = self._codebook.stance(statement, issue[0], carried.pop("stance", ""))
        if stance is None:
            self.losses.lose("statements without a qualifier", label)
            return None
        key = carried.pop("position", "")
        if not SLUG.fullmatch(key):
            key = f"{choices.named['prefix']}-{statement.number}"
        given = {
            "actor": actor[0],
            "issue": issue[0],
            "stance": stance[0],
        }
        if organization and person and person != organization:
            given["speaker"] = person[0]
        otherwise = {
            "summary": f"{actor[1]} on “{issue[1]}”: {stance[1]}."[:500],
            "voice": choices.named["voice"],
            "certainty": "stated",
            "status": "draft",
        }
        given |= {name: value for name, value in carried.items() if value}
        if not self._study.is_ours:
            given["foreign_id"] = choices.foreign_id("statement", statement.number)
        if not self._study.is_ours or statement.coder != ours.OURSELVES:
            given["coder"] = self._coder(statement.coder)
        self._note(statement, given)
        return given, otherwise, key

    def _note(self, statement: Statement, given: dict[str, Any]) -> None:
        """Add what further variables say to the note of a position."""
        choices = self._choices
        known = {
            one.number for one in (choices.person, choices.organization, choices.concept) if one
        }
        known |= {one.number for one in self._codebook.carried.values()}
        if choices.qualifier:
            known.add(choices.qualifier.number)
        lines = []
        for number, value in sorted(statement.values.items()):
            variable = self._study.variables.get(number)
            if variable is None or number in known or value == "" or self._study.is_ours:
                continue
            lines.append(f"{variable.name}: {value}")
            self.losses.lose("other variables (kept as lines of notes)", variable.name)
        if lines:
            given["note"] = self.losses.cut("\n".join(lines), NOTES_CUT)

    def _passage(self, statement: Statement) -> dict[str, Any] | None:
        place = f"STATEMENTS {statement.number}"
        if statement.document not in self._texts:
            self.losses.lose("statements in documents without a text", place)
            return None
        text, units = self._texts[statement.document]
        start, end = units.points(statement.start), units.points(statement.stop)
        if start is None or end is None or start >= end:
            reason = (
                f"It runs from {statement.start} to {statement.stop}; the text of document "
                f"{statement.document} has {units.length} characters. Delete the statement."
            )
            self._troubles.add(place, reason)
            return None
        passage = text.passage(start, end)
        if passage is None:
            self.losses.lose("passages that are only white space", place)
        return passage
