"""What the dossier that a file is read into has already, found by what it is called."""

import re
from collections.abc import Iterable
from datetime import date

from astana.evidence.anchor import hash_of
from astana.formats.package import Package, TextKey
from astana.formats.placing import Text
from astana.words.normalise import normalise


class Names:
    """Records by their short names, and by names that are of one of them alone."""

    def __init__(self) -> None:
        self._slugs: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def add(self, slug: str, *names: str) -> None:
        """Note what a record is called."""
        self._slugs[slug.casefold()] = slug
        for name in map(normalise, names):
            other = self._names.setdefault(name, slug)
            if other != slug:
                self._names[name] = ""

    def find(self, words: str) -> str:
        """Return the short name of what is called so, or nothing."""
        return self._slugs.get(words.casefold()) or self._names.get(normalise(words), "")


class Known:
    """The records of a dossier; new ones are noted as they are met."""

    def __init__(self, there: Package) -> None:
        self.actors, self.issues, self.sources = Names(), Names(), Names()
        self.stances: dict[str, Names] = {}
        self.orders: dict[str, int] = {}
        # By short name.
        self.labels: dict[tuple[str, str], str] = {}
        self.published: dict[str, date] = {}
        self.texts: dict[str, list[Text]] = {}
        self._by_address: dict[str, str] = {}
        self._by_hash: dict[str, TextKey] = {}
        # By position and number of the passage.
        self.passages = {(row["position"], row["number"]): row for row in there.cells("evidence")}
        renditions = {
            (row["article"], row["kind"], row["language"], row["version"]): row
            for row in there.cells("renditions")
        }
        self._versions = set(renditions)
        self.slugs = {
            table: [row["slug"] for row in there.cells(table)]
            for table in ("sources", "actors", "issues", "articles")
        }
        for row in there.cells("sources"):
            self.sources.add(row["slug"], row["name"])
        further: dict[str, list[str]] = {}
        for row in there.cells("actor_names"):
            further.setdefault(row["actor"], []).append(row["name"])
        for row in there.cells("actors"):
            self.add_actor(row["slug"], row["name"], further.get(row["slug"], ()))
        for row in there.cells("issues"):
            self.add_issue(row["slug"], row["title"])
        for row in there.cells("stances"):
            self.add_stance(row["issue"], row["slug"], row["label"], row["order"])
        for row in there.cells("articles"):
            self.add_article(row["slug"], row["published"], row["url"])
        for key, text in there.texts.items():
            self.add_text(key, text, renditions[key].get("paragraphs"))

    def add_actor(self, slug: str, name: str, further: Iterable[str] = ()) -> None:
        """Note an actor."""
        self.actors.add(slug, name, *further)
        self.labels["", slug] = name

    def add_issue(self, slug: str, title: str) -> None:
        """Note an issue."""
        self.issues.add(slug, title)
        self.labels[slug, ""] = title
        self.stances[slug] = Names()

    def add_stance(self, issue: str, slug: str, label: str, order: int) -> None:
        """Note a stance of an issue."""
        self.stances[issue].add(slug, label)
        self.labels[issue, slug] = label
        self.orders[issue] = max(order, self.orders.get(issue, 0))

    def add_article(self, slug: str, published: date, url: str) -> None:
        """Note an article."""
        self.published[slug] = published
        if url:
            # The home page of a source may stand for several: then it tells nothing.
            other = self._by_address.setdefault(address_of(url), slug)
            if other != slug:
                self._by_address[address_of(url)] = ""

    def add_text(self, key: TextKey, text: str, paragraphs: list[list[int]] | None = None) -> Text:
        """Note a text; paragraphs are those between blank lines, unless others were set."""
        found = Text(key, text, paragraphs)
        self._by_hash.setdefault(hash_of(text), key)
        self.texts.setdefault(key[0], []).append(found)
        self._versions.add(key)
        return found

    def article(self, *, url: str, text: str, slug: str) -> str:
        """Return the short name of an article that has this text, address or short name."""
        if text and (key := self._by_hash.get(hash_of(text))):
            return key[0]
        found = self._by_address.get(address_of(url), "") if url else ""
        return found or (slug if slug in self.published else "")

    def has_text(self, article: str, text: str) -> bool:
        """Return whether an article has this text already."""
        return any(text == other.text for other in self.texts.get(article, ()))

    def next_version(self, article: str, kind: str, language: str) -> int:
        """Return a number that no text of the article has."""
        number = 1
        while (article, kind, language, number) in self._versions:
            number += 1
        return number


def address_of(url: str) -> str:
    """Return what tells an address from others: without what only says how one came there."""
    url = re.sub("^https?://via\\.hypothes\\.is/(?=https?://)", "", url.strip())
    url, _mark, query = url.partition("#")[0].partition("?")
    kept = [one for one in query.split("&") if one and not one.startswith("utm_")]
    url = re.sub("^https?://(www\\.)?", "", url, flags=re.I).rstrip("/")
    host, slash, path = url.partition("/")
    return "?".join(filter(None, (host.casefold() + slash + path, "&".join(kept))))
