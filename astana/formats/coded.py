"""Codings of another tool, one by one, as the rows of a dossier: what all such formats share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from astana.comparison.said import parse_said
from astana.formats.choices import Choices, day_in
from astana.formats.coders import Coders
from astana.formats.known import Known
from astana.formats.marked import gettext_noop
from astana.formats.names import ShortNames, name_of
from astana.formats.options import VOICES
from astana.formats.package import NOTES_CUT, Losses, Package, TextKey, Troubles
from astana.formats.placing import EXCERPT, Text, Words, excerpt_of, placed_in, rendition_of

# What a coding says, by the words that tags and labels use for it.
ROLES = ("actor", "issue", "stance", "voice", "by", "said", "condition", "certainty", "speaker")
_WITHOUT = {
    "actor": gettext_noop("codings without an actor"),
    "issue": gettext_noop("codings without an issue"),
    "stance": gettext_noop("codings without a stance"),
}
_SEVERAL = {
    "issue": gettext_noop("codings with more than one issue"),
    "stance": gettext_noop("codings with more than one stance"),
}
_PLACED = {
    "ambiguous": gettext_noop("places of ambiguous passages (to be checked)"),
    "lost": gettext_noop("places of passages whose words were not found (to be checked)"),
}
# With a number behind it, where there are several.
_LONGEST_KEY = 36
_CERTAINTIES = ("stated", "implied", "hinted")


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of an article; empty where it does not."""

    title: str = ""
    url: str = ""
    source: str = ""
    published: str = ""
    language: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """What somebody said of passages of an article, by role; `place` is where the file says so."""

    place: str
    key: str
    article: str
    values: Mapping[str, Sequence[str]]
    passages: Sequence[Words]
    summary: str = ""
    note: str = ""
    coder: str = ""
    # Whether it settles what coders said, and is none of theirs.
    settles: bool = False
    foreign_id: str = ""
    # Columns of the position that the file says in so many words.
    given: Mapping[str, Any] = field(default_factory=dict)


class Codings:
    """The rows of a dossier, made of articles and codings as they are met."""

    def __init__(self, there: Package, choices: Choices) -> None:
        """`there` is what the dossier has already."""
        self.known = Known(there)
        self.choices = choices
        self.package = Package()
        self.notes: list[str] = []
        self._coders = Coders(self.package)
        # By article: who coded it, and what holds of their positions where nothing else is said.
        self._coded: dict[str, set[str]] = {}
        self._handed_in: dict[str, list[dict[str, Any]]] = {}
        self.losses = Losses()
        self.troubles = Troubles()
        self._names = {table: ShortNames(table[:-1]) for table in self.known.slugs}
        for table, slugs in self.known.slugs.items():
            for slug in slugs:
                self._names[table].take(slug)
        self._keys = ShortNames("position")
        self._added: set[str] = set()
        self._stances: dict[str, ShortNames] = {}
        self._articles: dict[str, str] = {}
        self._waiting: dict[str, list[tuple[str, int, Words]]] = {}

    def article(self, place: str, key: str, about: About, text: str = "") -> str:
        """Return the short name of an article by what the file calls it; it is added if new."""
        if key in self._articles:
            return self._articles[key]
        text = self._fit(text, place)
        slug = f"{self.choices.named['prefix']}-{key}"
        found = self.known.article(url=about.url, text=text, slug=slug)
        slug = found or self._names["articles"].of(slug)
        self._articles[key] = slug
        if not found:
            self._new_article(place, slug, about, has_text=bool(text))
        if text.strip() and not self.known.has_text(slug, text):
            language = self._language(about)
            number = self.known.next_version(slug, "full", language)
            self.add_text((slug, "full", language, number), text)
        return slug

    def add(self, coding: Coding) -> None:
        """Add the position of each actor of a coding, or count why there is none."""
        values = {role: [one for one in coding.values.get(role, ()) if one] for role in ROLES}
        for role in _WITHOUT:
            if not values[role]:
                self.losses.lose(_WITHOUT[role], coding.place)
                return
        for role in _SEVERAL:
            if len({one.casefold() for one in values[role]}) > 1:
                self.losses.lose(_SEVERAL[role], coding.place)
                return
        issue = self._issue(values["issue"][0])
        stance = self._stance(issue, values["stance"][0])
        short = _short(coding.key)
        actors = list(dict.fromkeys(map(self.actor, values["actor"])))
        for number, actor in enumerate(actors):
            key = f"{short}-{number + 1}" if number else short
            if not self._keys.take(key):
                self.troubles.add(coding.place, f"{key} occurs twice. Keep one of them.")
                continue
            foreign = f"{coding.foreign_id}#{number + 1}" if number else coding.foreign_id
            one = replace(coding, key=key, foreign_id=foreign if coding.foreign_id else "")
            self._position(one, values, (actor, issue, stance))

    def has(self, key: str) -> bool:
        """Return whether a position of this key was added."""
        return key in self._added

    def add_passage(self, key: str, article: str, words: Words) -> None:
        """Add a further passage to a position that was added, perhaps of another article."""
        self._waiting.setdefault(article, []).append((key, words.number, words))

    def finish(self) -> None:
        """Add the passages; raises Unreadable where the package would not be what the file says."""
        self.troubles.refuse()
        is_chosen = self.choices.named["independent"] == "yes"
        rounds, notes = self._coders.rounds(self._coded, are_independent=is_chosen)
        self.notes += notes
        for article in rounds:
            for otherwise in self._handed_in.get(article, ()):
                # Drafts are in no figure of a round.
                otherwise["status"] = "submitted"
        for article, waiting in self._waiting.items():
            texts = self.known.texts.get(article, [])
            first = sorted(texts, key=lambda one: one.key[1] != "full")
            placed = placed_in(first, [words for *_, words in waiting])
            bare = []
            for (position, number, words), found in zip(waiting, placed, strict=True):
                if found is None and not words.exact.strip():
                    self._refuse(words, max((len(one.text) for one in texts), default=0))
                elif found is None:
                    bare.append((position, number, words))
                else:
                    if found["health"]:
                        self.losses.lose(_PLACED[found["health"]], words.place)
                    self._evidence(position, number, found)
            if bare:
                self._excerpt(article, bare)
        self.troubles.refuse()

    def actor(self, name: str) -> str:
        """Return the short name of an actor, who is added if nobody is called so."""
        if found := self.known.actors.find(name.strip()):
            return found
        full = name_of(name)
        slug = self._names["actors"].of(full)
        self.known.add_actor(slug, full)
        self.known.actors.add(slug, name)
        self.package.add("actors", {"slug": slug, "name": full}, {"kind": "organization"})
        return slug

    def add_text(self, key: TextKey, text: str) -> Text:
        """Add a text for members, unless the dossier has other rights for it."""
        self.package.texts[key] = text
        self.package.add("renditions", rendition_of(key, text), {"rights": "members"})
        return self.known.add_text(key, text)

    def _new_article(self, place: str, slug: str, about: About, *, has_text: bool) -> None:
        published = day_in(about.published) if about.published else self.choices.published
        if published is None:
            said = (
                f"“{about.published[:40]}” is not the day" if about.published else "It is unknown"
            )
            advice = "Give the day of publication with --option published=2017-01-24."
            if about.url:
                advice += " Or add the article with its address to the dossier first."
            self.troubles.add(place, f"{said} when {slug} was published. {advice}")
            return
        name = name_of(about.source or self.choices.named["source"] or _host(about.url))
        name = name or "Unknown source"
        source = self.known.sources.find(name)
        language = self._language(about)
        if not source:
            source = self._names["sources"].of(name)
            self.known.sources.add(source, name)
            otherwise = {"kind": "other", "language": language}
            self.package.add("sources", {"slug": source, "name": name}, otherwise)
        given: dict[str, Any] = {
            "slug": slug,
            "source": source,
            "title": name_of(about.title, most=300) or slug,
            "published": published,
        }
        if about.url.startswith(("http://", "https://")):
            given["url"] = about.url
        elif about.url:
            self.losses.lose(
                "addresses that do not begin with http:// or https://", f"{place}: {about.url[:60]}"
            )
        given |= {"byline": name_of(about.byline)} if about.byline else {}
        coverage = "full" if has_text else "opening"
        self.package.add("articles", given, {"language": language, "coverage": coverage})
        self.known.add_article(slug, published, about.url)

    def _language(self, about: About) -> str:
        return about.language or self.choices.named["language"]

    def _issue(self, words: str) -> str:
        if found := self.known.issues.find(words.strip()):
            return found
        title = name_of(words)
        slug = self._names["issues"].of(title)
        self.known.add_issue(slug, title)
        self.known.issues.add(slug, words)
        otherwise = {
            "question": name_of(f"Agree or disagree: {words}", most=300),
            "kind": "preference",
            "scale": "ordered" if self.choices.values else "nominal",
            "per_event": False,
            "order": len(self.known.slugs["issues"]) + len(self.package.rows.get("issues", ())) + 1,
        }
        self.package.add("issues", {"slug": slug, "title": title}, otherwise)
        return slug

    def _stance(self, issue: str, words: str) -> str:
        if found := self.known.stances[issue].find(words.strip()):
            return found
        label = name_of(words, most=120)
        names = self._stances.setdefault(issue, ShortNames("stance"))
        for (other, slug), _label in self.known.labels.items():
            if other == issue:
                names.take(slug)
        slug = names.of(label)
        order = self.known.orders.get(issue, 0) + 1
        self.known.add_stance(issue, slug, label, order)
        self.known.stances[issue].add(slug, words)
        value = self.choices.values.get(words.strip().casefold())
        stance = {"issue": issue, "slug": slug, "label": label, "order": order, "value": value}
        self.package.add("stances", stance)
        return slug

    def _position(
        self, coding: Coding, values: Mapping[str, Sequence[str]], coded: tuple[str, str, str]
    ) -> None:
        actor, issue, stance = coded
        labels = self.known.labels
        made = f"{labels['', actor]} on “{labels[issue, '']}”: {labels[issue, stance]}."
        otherwise = {"certainty": "stated", "status": "draft"}
        given = {"actor": actor, "issue": issue, "stance": stance}
        if summary := name_of(self._fit(coding.summary, coding.place), most=500):
            given["summary"] = summary
        else:
            otherwise["summary"] = made[:500]
        if note := self._fit(coding.note, coding.place).strip():
            given["note"] = self.losses.cut(note, NOTES_CUT)
        if values["condition"]:
            given["condition"] = name_of("; ".join(values["condition"]), most=500)
        self._said(coding, values, given, otherwise)
        if values["speaker"]:
            given["speaker"] = self.actor(values["speaker"][0])
        if coding.coder:
            given["coder"] = coder = self._coders.slug(coding.coder)
            if not coding.settles:
                self._coded.setdefault(coding.article, set()).add(coder)
                if coding.passages:
                    self._handed_in.setdefault(coding.article, []).append(otherwise)
        if coding.foreign_id:
            given["foreign_id"] = coding.foreign_id
        given |= coding.given
        self.package.add("positions", {"key": coding.key} | given, otherwise)
        self._added.add(coding.key)
        waiting = self._waiting.setdefault(coding.article, [])
        for number, one in enumerate(coding.passages, 1):
            waiting.append((coding.key, one.number or number, one))
        if not coding.passages:
            self.losses.lose("passages of codings that have none (these stay drafts)", coding.place)

    def _said(
        self,
        coding: Coding,
        values: Mapping[str, Sequence[str]],
        given: dict[str, Any],
        otherwise: dict[str, Any],
    ) -> None:
        """Add who says so, how it is known, how plainly, and when it was said."""
        voice, certainty, said = (
            next(iter(values[role]), "").strip() for role in ("voice", "certainty", "said")
        )
        if values["by"]:
            given |= {"attributed_by": self.actor(values["by"][0]), "voice": "attributed"}
        elif voice in (*VOICES, "attributed"):
            given["voice"] = voice
        elif voice:
            self.losses.lose("unknown voices", f"{coding.place}: {voice[:40]}")
        otherwise["voice"] = self.choices.named["voice"]
        if certainty in _CERTAINTIES:
            given["certainty"] = certainty
        elif certainty:
            self.losses.lose("unknown certainties", f"{coding.place}: {certainty[:40]}")
        try:
            parse_said(said)
            given["said"] = said
        except ValueError:
            if said:
                self.losses.lose("invalid dates", f"{coding.place}: {said[:40]}")
            if published := self.known.published.get(coding.article):
                on = self.choices.named["said"] == "on"
                otherwise["said"] = published.isoformat() if on else f"../{published.isoformat()}"

    def _excerpt(self, article: str, bare: Sequence[tuple[str, int, Words]]) -> None:
        """Add a text of the marked words alone, where no text is here in which they stand."""
        language = self.choices.named["language"]
        number = self.known.next_version(article, EXCERPT, language)
        key = article, EXCERPT, language, number
        text, rows = excerpt_of(key, [words for *_, words in bare])
        self.add_text(key, self._fit(text, bare[0][2].place))
        for (position, passage, _words), row in zip(bare, rows, strict=True):
            self._evidence(position, passage, row)

    def _evidence(self, position: str, number: int, row: dict[str, Any]) -> None:
        self.package.add("evidence", {"position": position, "number": number} | row)

    def _refuse(self, words: Words, length: int) -> None:
        reason = f"It runs from {words.start} to {words.end}; the text has {length} characters."
        self.troubles.add(words.place, f"{reason} Correct or delete it.")

    def _fit(self, text: str, place: str) -> str:
        """Return a text; note where it has what no text can have."""
        if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
            self.troubles.add(place, "It contains a NUL or half a character. Delete it.")
            return ""
        return text


def _short(key: str) -> str:
    """Return a key that is not too long: one that is ends in a sign of the whole."""
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[: _LONGEST_KEY - 11]}-{sha256(key.encode()).hexdigest()[:10]}"


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")
