"""Annotations of Hypothesis as the rows of a dossier."""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from astana.formats.choices import CODED, choices_of
from astana.formats.coded import About, Coding, Codings
from astana.formats.hypothesis.annotations import Annotation, annotations_in
from astana.formats.hypothesis.writing import OURS
from astana.formats.known import address_of
from astana.formats.marked import gettext_noop
from astana.formats.options import wrong_option
from astana.formats.package import Package, Read
from astana.formats.placing import Words
from astana.formats.tags import OF_ARTICLES, values_of

OPTIONS = CODED | {
    "summary": gettext_noop(
        "summary: made (from actor, issue and stance) or first-line (of the note)"
    ),
}
_LONGEST_SUMMARY = 200
# What was written here says which passage of which position it is.
_OURS = re.compile("([-a-zA-Z0-9_]{1,40})/([1-9][0-9]{0,3})")


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the rows of a dossier that annotations make; raises Unreadable."""
    choices = choices_of(options, prefix="hypothesis", summary="made")
    if choices.named["summary"] not in ("made", "first-line"):
        raise wrong_option("summary", "Choose made or first-line.")
    codings = Codings(there, choices)
    found = [one for one in annotations_in(content) if not _is_left_out(one, codings)]
    tagged = []
    named: set[str] = set()
    # What one annotation says of an article holds for all in it.
    articles: dict[str, dict[str, str]] = {}
    for one in found:
        values, guesses = values_of(one.tags, codings.known)
        codings.notes += [f"{one.place}: {guess}" for guess in guesses]
        for tag in values.pop("", ()):
            codings.losses.lose("unknown tags", tag[:60])
        about = articles.setdefault(address_of(one.url), {"url": one.url})
        about |= {name: values[name][0] for name in OF_ARTICLES if name in values}
        about["title"] = about.get("title") or one.title
        tagged.append((one, values))
        if one.group not in ("", "__world__"):
            codings.losses.lose("groups", one.group)
        if one.made:
            codings.losses.lose("times of annotation", one.made)
        codings.losses.lose("flags", one.place, count=one.is_flagged)
        codings.losses.lose("links to annotations", one.place, count=one.has_links)
    for one, values in tagged:
        if not {"actor", "issue", "stance"} <= values.keys():
            codings.losses.lose("annotations without an actor, issue or stance", one.place)
            continue
        name = one.one or _name_of_row(one)
        if name in named:
            codings.losses.lose("duplicate rows", one.place)
            continue
        named.add(name)
        _add(codings, one, name, values, About(**articles[address_of(one.url)]))
    codings.finish()
    return Read(codings.package, codings.losses.listed(), choices.named, notes=tuple(codings.notes))


def _add(
    codings: Codings, one: Annotation, name: str, values: dict[str, list[str]], about: About
) -> None:
    """Add the position of an annotation, or a further passage of one that was written here."""
    named = codings.choices.named
    ours = _OURS.fullmatch(values.get(OURS, [""])[0])
    words = one.words or Words(one.place)
    if "disputes" in values.get("role", ()):
        words = replace(words, role="disputes")
    article = ""
    if ours:
        words = replace(words, number=int(ours[2]))
        if known := codings.known.passages.get((ours[1], words.number)):
            article = known["article"]
            within = article, known["kind"], known["language"], known["version"]
            place = {"start": known["start"], "end": known["end"], "in_units": False}
            words = replace(words, within=within, **place)
    key = sha256(address_of(one.url).encode()).hexdigest()[:12]
    article = article or codings.article(one.place, key, about)
    if ours and codings.has(ours[1]):
        codings.add_passage(ours[1], article, words)
        return
    summary, note = _summary(one, "first-line" if ours else named["summary"])
    given = re.sub("[^-_a-zA-Z0-9]", "-", name)
    codings.add(
        Coding(
            place=one.place,
            key=ours[1] if ours else f"{named['prefix']}-{given}",
            article=article,
            values=values,
            passages=[words],
            summary=summary,
            note=note,
            coder="" if ours else one.user,
            foreign_id=f"hypothesis:{one.one}" if one.one and not ours else "",
        )
    )


def _is_left_out(one: Annotation, codings: Codings) -> bool:
    """Return whether an annotation is none of a passage; it is counted then."""
    if one.is_private:
        codings.losses.lose("private annotations", one.place)
    elif one.kind == "reply":
        codings.losses.lose("replies", one.place)
    elif one.kind == "page note":
        codings.losses.lose("page notes", one.place)
    elif one.kind != "annotation":
        codings.losses.lose("rows of other kinds", f"{one.place}: {one.kind[:40]}")
    elif one.words is None:
        what = ", ".join(one.others) or "no words"
        codings.losses.lose("annotations of pictures and other media", f"{one.place}: {what}")
    else:
        return False
    return True


def _name_of_row(one: Annotation) -> str:
    """Return a name for a row of a table, which has none: made of all that it says."""
    exact = one.words.exact if one.words else ""
    told = repr((address_of(one.url), exact, one.user, one.text, one.tags))
    return sha256(told.encode()).hexdigest()[:16]


def _summary(one: Annotation, chosen: str) -> tuple[str, str]:
    first, _mark, rest = one.text.strip().partition("\n")
    if chosen != "made" and first and len(first) <= _LONGEST_SUMMARY:
        return first, rest.strip()
    return "", one.text
