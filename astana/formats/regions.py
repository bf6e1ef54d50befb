"""Marked words with labels, joined by relations, as tools for annotation have them: as codings."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from astana.formats.choices import CODED
from astana.formats.coded import ROLES, About, Coding, Codings
from astana.formats.coders import called
from astana.formats.marked import gettext_noop
from astana.formats.options import wrong_option
from astana.formats.package import Losses
from astana.formats.placing import Words
from astana.formats.tags import values_of

OPTIONS = CODED | {
    "roles": gettext_noop(
        "meaning of labels, controls and features, such as holder:actor,topic:issue"
    ),
    "coder": gettext_noop("the only coder whose codings are loaded; empty for all coders"),
}
# What files say of a text, by the names that columns of it have.
_ABOUT = {
    "title": ("title", "headline"),
    "url": ("url", "uri", "link"),
    "source": ("source", "publisher", "newspaper"),
    "published": ("published", "date"),
    "language": ("language", "lang"),
    "byline": ("byline", "author"),
}


@dataclass(frozen=True, slots=True)
class Region:
    """Some marked words: labels of no control, and values by what the control or feature is called.

    A whole text is a region without words. `covered` is what stands there.
    """

    one: str
    words: Words | None
    covered: str
    labels: Sequence[str] = ()
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What one coder marked in one text; `joined` are the regions that relations join."""

    place: str
    article: str
    # What it is called in the file: the prefix of its keys, the text, whose it is.
    names: tuple[str, ...]
    regions: Sequence[Region]
    joined: Sequence[tuple[str, str]] = ()
    coder: str = ""
    settles: bool = False


def about_in(
    told: Mapping[str, object], losses: Losses, place: str, *, known: Collection[str] = ()
) -> About:
    """Return what the columns of a text say about it; those that say nothing here are counted.

    `known` are columns that say something else.
    """
    ways = {way for names in _ABOUT.values() for way in names}
    for name, value in told.items():
        if str(name).casefold() not in ways and name not in known and value not in (None, "", []):
            losses.lose("unknown columns", f"{place}: {str(name)[:40]}")
    cells = {str(name).casefold(): value for name, value in told.items()}
    found = {
        name: next((value for one in names if isinstance(value := cells.get(one), str)), "")
        for name, names in _ABOUT.items()
    }
    return About(**found)


class Marking:
    """Codings made of what coders marked."""

    def __init__(self, codings: Codings) -> None:
        self._codings = codings
        self._roles = {role: role for role in ROLES}
        for pair in filter(None, codings.choices.named["roles"].split(",")):
            name, _mark, role = (part.strip() for part in pair.rpartition(":"))
            if not name or role not in ROLES:
                reason = f"“{pair[:40]}” is not a role. Roles are: {', '.join(ROLES)}."
                raise wrong_option("roles", reason)
            self._roles[name.casefold()] = role

    def is_role(self, name: str) -> bool:
        """Return whether a name says what a label or feature is about."""
        return name.strip().casefold() in self._roles

    def add(self, marked: Marked) -> None:
        """Add a coding for each region that says what about, with what joins it."""
        wanted = self._codings.choices.named["coder"]
        name = called(marked.coder) if marked.coder else ""
        if wanted and wanted not in (marked.coder, name, marked.coder.partition("@")[0]):
            self._codings.losses.lose("codings of other coders", name)
            return
        told = {one.one: self._values(marked.place, one) for one in marked.regions}
        joined: dict[str, list[str]] = {}
        for one, other in marked.joined:
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
        used: set[str] = set()
        for region in marked.regions:
            values = told[region.one]
            beside = [told[one] for one in joined.get(region.one, ()) if one in told]
            if "issue" not in values and (
                "stance" not in values or any("issue" in one for one in beside)
            ):
                continue
            used |= {region.one, *joined.get(region.one, ())}
            for others in beside:
                for role, found in others.items():
                    if role not in told[region.one]:
                        values = values | {role: [*values.get(role, ()), *found]}
            self._codings.add(
                Coding(
                    place=region.words.place if region.words else marked.place,
                    key=key_of([*marked.names, region.one]),
                    article=marked.article,
                    values=values,
                    passages=[region.words] if region.words else [],
                    note=region.note,
                    coder=marked.coder,
                    settles=marked.settles,
                    foreign_id=":".join(filter(None, (*marked.names, region.one))),
                )
            )
        for region in marked.regions:
            if region.one not in used:
                place = region.words.place if region.words else marked.place
                self._codings.losses.lose("marked words not joined to an issue", place)

    def _values(self, place: str, region: Region) -> dict[str, list[str]]:
        """Return what a region says by role; a label that is a role says it of the words."""
        tags: list[str] = []
        values: dict[str, list[str]] = {}
        labels = [*region.labels]
        for name, found in region.values.items():
            if role := self._roles.get(name.strip().casefold()):
                values.setdefault(role, []).extend(found)
            else:
                labels += found
        for label in labels:
            role = self._roles.get(label.strip().casefold())
            if role and region.covered.strip():
                values.setdefault(role, []).append(region.covered.strip())
            else:
                name, mark, rest = label.partition(":")
                known = self._roles.get(name.strip().casefold())
                tags.append(f"{known}:{rest}" if mark and known else label)
        tagged, guesses = values_of(tags, self._codings.known)
        self._codings.notes += [f"{place}: {guess}" for guess in guesses]
        for tag in tagged.pop("", ()):
            self._codings.losses.lose("unknown labels", tag[:60])
        for role, found in tagged.items():
            if role in ROLES:
                values.setdefault(role, []).extend(found)
        return values


def key_of(parts: Iterable[str]) -> str:
    """Return a key made of names: the letters and digits of each, joined."""
    kept = (re.sub("[^a-zA-Z0-9]+", "-", part).strip("-") for part in parts)
    return "-".join(part for part in kept if part)
