"""What a web page says about itself, each with where it says so. Nothing is guessed.

A day or a name somewhere in the text is not that of the article; so what counts is only what is
marked as such: in JSON-LD (schema.org), Open Graph, <meta>, microdata, or by what a tag is for.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import lxml.html

from astana.intake.language import language_of
from astana.intake.plain import line_of

Said = dict[str, tuple[str, str]]
Node = dict[str, Any]

_META = {
    "title": {"citation_title", "dc.title", "dcterms.title", "headline", "title"},
    "author": {
        *("author", "authors", "article:author", "byl", "citation_author", "creator"),
        *("dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "og:author"),
    },
    "date": {
        *("og:article:published_time", "og:published_time"),
        *("article.published", "citation_publication_date", "citation_online_date", "date"),
        *("datepublished", "dc.date", "dc.date.issued", "dcterms.issued", "parsely-pub-date"),
        *("pubdate", "publication_date", "publish-date", "publish_date", "publishdate"),
        *("prism.publicationdate", "sailthru.date"),
    },
    "site": {"citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher"},
    "language": {"content-language", "dc.language", "dcterms.language"},
}
_OPEN_GRAPH = {
    "title": "og:title",
    "date": "article:published_time",
    "site": "og:site_name",
    "url": "og:url",
    "language": "og:locale",
}
_MICRODATA = {"headline": "title", "author": "author", "datepublished": "date"}
_PUBLISHED = {"published", "dt-published", "entry-date"}
_ARTICLE = re.compile(r"(Article|Report|Posting)$")
_PAGE = re.compile(r"Page$")
_DAY = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_MAIL_DAY = re.compile(r"(\w{3}, )?\d{1,2} [A-Z][a-z]{2} \d{4}\b")
# What programs write where they know no day.
_NO_DAY = {"0001-01-01", "1970-01-01"}
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_COMMENT = re.compile(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")


def said_by(tree: lxml.html.HtmlElement, page: str) -> tuple[Said, bool]:
    """Return what a page says, as values and their origins, and whether its day is unclear."""
    said: Said = {}
    unclear = False
    for field, words, origin in _claims(tree, page):
        value = _value(field, words)
        unclear |= field == "date" and not value
        if value and field not in said:
            said[field] = value, origin
    if "title" in said and "site" in said:
        said["title"] = _without(said["site"][0], said["title"][0]), said["title"][1]
    return said, unclear and "date" not in said


def _claims(tree: lxml.html.HtmlElement, page: str) -> Iterator[tuple[str, str, str]]:
    """Yield fields with what stands for them, the surest first."""
    metas = _metas(tree)
    for element in (tree, *tree.iterfind("body")):
        yield "language", element.get("lang") or element.get("xml:lang") or "", "tag"
    for field, words in _of_json(tree, _links(tree, metas)):
        yield field, words, "json-ld"
    for field, name in _OPEN_GRAPH.items():
        if name in metas:
            yield field, metas[name], "open-graph"
    for field, words in _marked(tree):
        yield field, words, "marked"
    for field, names in _META.items():
        for name in sorted(names & metas.keys()):
            yield field, metas[name], "meta"
    for url in _links(tree, {}):
        yield "url", url, "link"
    headings = list(tree.iter("h1"))
    if len(headings) == 1:
        yield "title", headings[0].text_content(), "heading"
    for title in tree.iterfind(".//head/title"):
        yield "title", title.text_content(), "title-tag"
    if found := _SAVED_FROM.search(page[:4096]):
        yield "url", found[1], "saved-from"


def _value(field: str, words: str) -> str:
    """Return words as the value of a field; empty if they are not."""
    words = line_of(unescape(words))
    if field == "date":
        return day_of(words)
    if field == "language":
        return language_of(words)
    is_url = words.lower().startswith(("http://", "https://"))
    if field == "url":
        return words if is_url and urlsplit(words).hostname else ""
    return "" if is_url else words


def day_of(words: str) -> str:
    """Return the day that words name in ISO 8601; empty unless there is one way to read them.

    03/04/2017 has two.
    """
    numbers: tuple[int, ...]
    if found := _DAY.match(words):
        numbers = int(found[1]), int(found[3]), int(found[4])
    elif _MAIL_DAY.match(words) and (parsed := parsedate(words)):
        numbers = parsed[:3]
    else:
        return ""
    try:
        day = date(*numbers).isoformat()
    except ValueError:
        return ""
    return "" if day in _NO_DAY else day


def _without(site: str, title: str) -> str:
    """Return a title without the name of the site at its end."""
    bare = re.sub(rf"\s+[-–—|·:•]\s+{re.escape(site)}$", "", title, flags=re.I)
    return bare or title


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Return what each <meta> says, by its name in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv")
        if content and name:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _links(tree: lxml.html.HtmlElement, metas: dict[str, str]) -> list[str]:
    """Return the addresses that a page names as its own."""
    links = tree.iterfind(".//link[@rel='canonical']")
    return [
        *filter(None, (link.get("href") for link in links)),
        *filter(None, [metas.get("og:url")]),
    ]


def _marked(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what stands on the page with a mark that says what it is."""
    found: dict[str, list[str]] = {"title": [], "author": [], "date": []}
    for element in tree.iterfind(".//*[@itemprop]"):
        for name in element.get("itemprop").lower().split():
            if field := _MICRODATA.get(name):
                named = element.find(".//*[@itemprop='name']") if field == "author" else None
                found[field].append(_words_at(element if named is None else named))
    found["author"] += map(_words_at, tree.iterfind(".//*[@rel='author']"))
    heads = tree.iterfind(".//article//header")
    times = [time for time in tree.iter("time") if _is_published(time)]
    # A day in the head of an article is that of the article, if there is no other one.
    times = times or [time for head in heads for time in head.iter("time")]
    found["date"] += map(_words_at, times)
    for field, words in found.items():
        # Where a page marks several, it is a list of articles.
        if len(set(words)) == 1 or (words and field == "author"):
            yield field, words[0]


def _is_published(time: lxml.html.HtmlElement) -> bool:
    names = set((time.get("class") or "").lower().split())
    return time.get("pubdate") is not None or bool(names & _PUBLISHED)


def _words_at(element: lxml.html.HtmlElement) -> str:
    words = element.get("content") or element.get("datetime")
    return words if words else str(element.text_content())


def _of_json(tree: lxml.html.HtmlElement, own: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of the article, or of the page where it tells of no article.

    Where it tells of several, what they differ in is not known.
    """
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for pattern in (_ARTICLE, _PAGE):
        found = [node for node in nodes if any(map(pattern.search, _words_in(node.get("@type"))))]
        found = [node for node in found if _addresses(node) & set(own)] or found
        told = [_told(node, by_id) for node in found]
        for field in ("title", "author", "date", "site", "url", "language"):
            values = {words for one in told if (words := one.get(field))}
            if len(values) == 1:
                yield field, values.pop()


def _told(node: Node, by_id: dict[str, Node]) -> dict[str, str]:
    """Return what a node of JSON-LD says, by field."""

    def names(value: Any) -> list[str]:
        found = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                one = one.get("name") or by_id.get(str(one.get("@id")), {}).get("name")
            found += [one for one in _words_in(one) if not one.startswith("http")]
        return found

    keys = {"title": "headline", "date": "datePublished", "url": "url", "language": "inLanguage"}
    told = {field: " ".join(_words_in(node.get(key))[:1]) for field, key in keys.items()}
    told["author"] = ", ".join(names(node.get("author")))
    told["site"] = " ".join(names(node.get("publisher"))[:1])
    return told


def _addresses(node: Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    return {
        words for value in (node.get("url"), node.get("@id"), page) for words in _words_in(value)
    }


def _words_in(value: Any) -> list[str]:
    """Return the words of a value that is one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one.strip()]


def _nodes(tree: lxml.html.HtmlElement) -> Iterator[Node]:
    """Yield the nodes that JSON-LD has at the top, in graphs, and as what a page is about."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(_COMMENT.sub("", script.text or ""), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += reversed(one)
            elif isinstance(one, dict):
                yield one
                waiting += [one[key] for key in ("mainEntity", "@graph") if key in one]
