"""The answers of parties as the rows of a dossier: each with the passages that it stands on."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from astana.formats.folders import Folder
from astana.formats.marked import gettext_noop
from astana.formats.names import ShortNames, name_of
from astana.formats.options import check_options
from astana.formats.package import Losses, Package, Read, TextKey, Trouble, Unreadable
from astana.formats.passages import Text
from astana.formats.qual_o_mat.election import Election, election_in
from astana.words.characters import on_one_line

OPTIONS = {
    "election": gettext_noop("which election, if there are several, such as 2021/deutschland"),
    "keep-neutral": gettext_noop(
        "ids of opinions that stay neutral although they say that there is no position"
    ),
    "prefix": gettext_noop("start of the keys of positions; use a different one for each election"),
}
_SOURCE = "wahl-o-mat"
# Short name and value of each answer.
_ANSWERS: dict[int, tuple[str, Decimal]] = {
    0: ("agree", Decimal(1)),
    2: ("neutral", Decimal(0)),
    1: ("disagree", Decimal(-1)),
}
_NEUTRAL = 2
_NO_POSITION = "no-position"
_LONGEST_PLACEHOLDER = 120
_NOTHING = re.compile(r"[\s\"'„“”‚‘’«»›‹.…-]*")
_PLACEHOLDER = re.compile(
    r"\b(keine|ohne|liegt (noch )?nicht|folgt|nachgereicht)\b.*\b(begründung|stellungnahme|angabe)"
    r"|\b(begründung|stellungnahme)\b.*\b(folgt|fehlt|nachgereicht|nicht vor)\b"
    r"|\bkein kommentar\b|\bno comment\b",
    re.I | re.S,
)
_HAS_NONE = re.compile(
    r"\b(haben|hat|habe|gibt es|besteht|existiert|liegt|vertreten|vertritt)\b[^.!?]{0,80}?"
    r"\bkeine\s+(?:[\w-]+\s+){0,3}?(position|beschlusslage|meinung)\b",
    re.I,
)

# Any zip is tried as an election first.
_PACKAGE = (
    "This is the package of a dossier, as downloaded from Astana. It is no file of another tool "
    "and "
    "does not go into this dossier: whoever runs the site loads it with “manage.py load_dossier”."
)


def read(content: bytes, options: Mapping[str, str]) -> Read:
    """Return the rows of a dossier that the files of an election hold; raises Unreadable."""
    check_options(options, OPTIONS)
    folder = Folder(content)
    if package := next((one for one in folder.names if one.endswith("datapackage.json")), ""):
        raise Unreadable([Trouble(package, _PACKAGE)])
    reading = _Reading(election_in(folder, options.get("election", "")), options)
    reading.run()
    place = "-".join(reading.election.place.split("/")[-2:])
    return Read(
        reading.package,
        reading.losses.listed(),
        {"election": reading.election.place, **reading.options},
        title=reading.election.title,
        slug=ShortNames("election").of(f"wahl-o-mat-{place or reading.election.day}"),
        notes=tuple(reading.notes),
    )


class _Reading:
    def __init__(self, election: Election, options: Mapping[str, str]) -> None:
        self.election = election
        self._called = f"{election.day}:{ShortNames('election').of(election.title)}"
        self.options = {
            "keep-neutral": options.get("keep-neutral", ""),
            "prefix": options.get("prefix", "o"),
        }
        self.package = Package()
        self.losses = Losses()
        self.notes: list[str] = []
        self._kept = set(re.findall("[0-9]+", self.options["keep-neutral"]))
        self._issues: dict[int, tuple[str, str]] = {}

    def run(self) -> None:
        """Fill the package."""
        otherwise = {"kind": "agency", "language": "de"}
        self.package.add("sources", {"slug": _SOURCE, "name": "Wahl-O-Mat"}, otherwise)
        self._theses()
        by_party: dict[int, dict[int, int]] = {}
        for one, row in self.election.opinions.items():
            by_party.setdefault(row["party"], {})[row["statement"]] = one
        actors = ShortNames("actor")
        for party, opinions in sorted(by_party.items()):
            self._party(self.election.parties[party], opinions, actors)
        if silent := len(self.election.parties.keys() - by_party.keys()):
            self.losses.lose("parties without an answer", count=silent)

    def _foreign_id(self, noun: str, number: int) -> str:
        return f"qual-o-mat:{self._called}:{noun}:{number}"

    def _theses(self) -> None:
        names = ShortNames("issue")
        labels = {
            key: name_of(str(row["message"]), most=120)
            for key, row in self.election.answers.items()
        }
        for order, (one, row) in enumerate(sorted(self.election.theses.items()), 1):
            title = name_of(str(row["label"]))
            slug = names.of(title)
            self._issues[one] = slug, title
            given = {
                "slug": slug,
                "title": title,
                "question": name_of(str(row["text"]), most=300),
                "order": order,
                "foreign_id": self._foreign_id("statement", one),
            }
            if self.election.categories and row.get("category") is not None:
                category = self.election.categories[row["category"]]
                given["group"] = name_of(str(category["label"]), most=80)
            otherwise = {"kind": "preference", "scale": "ordered", "per_event": False}
            self.package.add("issues", given, otherwise)
            for number, (answer, (name, value)) in enumerate(_ANSWERS.items(), 1):
                stance = {"issue": slug, "slug": name, "value": value, "order": number}
                self.package.add("stances", stance, {"label": labels.get(answer, name)})
            stance = {"issue": slug, "slug": _NO_POSITION, "value": None, "order": 4}
            self.package.add("stances", stance, {"label": "Keine Position"})

    def _party(
        self, party: Mapping[str, Any], opinions: Mapping[int, int], actors: ShortNames
    ) -> None:
        short = name_of(str(party["name"]))
        name = name_of(str(party.get("longname") or "")) or short
        slug = actors.of(short)
        given = {"slug": slug, "name": name, "foreign_id": self._foreign_id("party", party["id"])}
        self.package.add("actors", given, {"kind": "party"})
        if short != name:
            self.package.add("actor_names", {"actor": slug, "language": "de", "name": short})
        article = ShortNames("article").of(f"{self.election.day}-{slug}")
        about = {
            "slug": article,
            "source": _SOURCE,
            "title": name_of(f"{self.election.title}: {short}", most=300),
            "published": self.election.day,
            "foreign_id": self._foreign_id("answers", party["id"]),
        }
        if re.match("https?://", self.election.url):
            about["url"] = self.election.url
        self.package.add("articles", about, {"language": "de", "coverage": "full"})

        blocks: list[str] = []
        places: list[tuple[int, int, int, int]] = []
        at = 0
        for number, (thesis, opinion) in enumerate(sorted(opinions.items()), 1):
            head, answer, reason = self._block(number, thesis, opinion)
            start = at + len(head)
            end = start + len(answer)
            places.append((opinion, start, end, end + len(reason)))
            blocks.append(head + answer + reason)
            at += len(blocks[-1]) + 2
        text = "\n\n".join(blocks)
        key: TextKey = (article, "record", "de", 1)
        whole = Text(self.package, key, text, rights="members")
        for opinion, start, end, last in places:
            position = {"position": self._position(opinion, slug, name)}
            for number, place in enumerate(self._passages(text, start, end, last), 1):
                passage = whole.passage(*place) or {}
                self.package.add("evidence", position | {"number": number} | passage)

    def _block(self, number: int, thesis: int, opinion: int) -> tuple[str, str, str]:
        """Return what stands before an answer in the text, the answer, and what stands after."""
        row = self.election.theses[thesis]
        head = f"{number}. {on_one_line(str(row['label']))}\n{on_one_line(str(row['text']))}\n"
        message = self.election.answers[self.election.opinions[opinion]["answer"]]["message"]
        return head, on_one_line(str(message)), "".join(f"\n{one}" for one in self._reason(opinion))

    def _reason(self, opinion: int) -> list[str]:
        """Return the lines in which a party says why, those that are blank left out."""
        comment = self.election.comments.get(self.election.opinions[opinion].get("comment", -1))
        lines = str(comment["text"]).splitlines() if comment else []
        return [line for line in map(on_one_line, lines) if line]

    @staticmethod
    def _passages(text: str, start: int, end: int, last: int) -> Iterator[tuple[int, int]]:
        yield start, end
        reason = text[end:last].strip()
        is_short = len(reason) < _LONGEST_PLACEHOLDER
        if not _NOTHING.fullmatch(reason) and not (is_short and _PLACEHOLDER.search(reason)):
            yield end + 1, last

    def _position(self, opinion: int, slug: str, name: str) -> str:
        """Add the position of a party, and return its key."""
        row = self.election.opinions[opinion]
        issue, title = self._issues[row["statement"]]
        stance = _ANSWERS[row["answer"]][0]
        label = on_one_line(str(self.election.answers[row["answer"]]["message"]))
        reason = " ".join(self._reason(opinion))
        if row["answer"] == _NEUTRAL and (found := _HAS_NONE.search(reason)):
            is_kept = str(opinion) in self._kept
            if not is_kept:
                stance, label = _NO_POSITION, "Keine Position"
            done = "stays neutral" if is_kept else "is read as no position, not as neutral"
            self.notes.append(f"opinion {opinion} {done}: {name}, {title}: …{found[0]}…")
        key = f"{self.options['prefix']}{opinion}"
        given = {
            "key": key,
            "actor": slug,
            "issue": issue,
            "stance": stance,
            "said": f"../{self.election.day}",
            "voice": "document",
            "foreign_id": self._foreign_id("opinion", opinion),
        }
        summary = f"{name} on “{title}”: {label}."[:500]
        otherwise = {"summary": summary, "certainty": "stated", "status": "draft"}
        self.package.add("positions", given, otherwise)
        return key
