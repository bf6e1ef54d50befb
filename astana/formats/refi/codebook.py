"""The actors, issues and stances that codes stand for, as rows of a dossier."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from astana.formats.names import ShortNames, name_of, number_in
from astana.formats.options import wrong_option
from astana.formats.package import DESCRIPTIONS_CUT, Losses, Package
from astana.formats.refi import told
from astana.formats.refi.branches import BELOW, SIGN, SIGNS, VALUES, Branches
from astana.formats.refi.codes import Code

VOICES = ("direct-quote", "reported-speech", "document", "act", "attributed", "characterised")
# The top code with which we mark passages that dispute a position.
DISPUTES = "disputes"
_MOST_STANCES = 100_000
# The stance of an issue without any, where a passage is about it.
_STATES = "states"
_ASKED = re.compile("[^\n]{3,300}[?？؟]")
_SIGNED = {"+": ("for", "For"), "-": ("against", "Against")}
_KINDS = (
    ("person|people|speaker", "person"),
    ("part(y|ies)", "party"),
    ("state|countr", "state"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a code stands for: its short name, and what it is called."""

    slug: str
    name: str


class Codebook:
    """What codes stand for, by their GUIDs; the rows are added to a package."""

    def __init__(
        self, codes: Sequence[Code], branches: Branches, package: Package, losses: Losses
    ) -> None:
        """Add the rows to the package."""
        self._branches = branches
        self._package = package
        self._losses = losses
        self._names = ShortNames("issue")
        self.actor_names = ShortNames("actor")
        self.actors: dict[str, Named] = {}
        self.actor_slugs: set[str] = set()
        self._by_name: dict[str, Named] = {}
        self.issues: dict[str, Named] = {}
        # The issue, and one of its stances.
        self.stances: dict[str, tuple[Named, Named]] = {}
        # What is for or against, whatever the issue: the short name of a stance.
        self.sides: dict[str, str] = {}
        self.voices: dict[str, str] = {}
        self.disputing = {one.guid for one in codes if one.slug == DISPUTES}
        self.by_slug: dict[tuple[str, str], Named] = {}
        # How many stances an issue has, and which have one of their own.
        self._counts: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._slugs: dict[str, ShortNames] = {}
        for branch in branches.actors:
            self._actors(branch, branch, "")
        sides = branches.stances.below if isinstance(branches.stances, Code) else []
        self._sides = [(one, ShortNames("stance").of(one.name)) for one in sides]
        self.sides = {
            below.guid: slug for one, slug in self._sides for below in (one, *one.all_below())
        }
        for branch in branches.issues:
            self._issues(branch.below, "")
        for branch in branches.voices:
            self._voices(branch)

    def knows(self, code: str) -> bool:
        """Return whether a code stands for anything here."""
        places = (self.actors, self.issues, self.stances, self.sides, self.voices, self.disputing)
        return any(code in place for place in places)

    def has_stances(self, issue: Named) -> bool:
        """Return whether an issue has stances of its own."""
        return issue.slug in self._answered

    def mentioned(self, issue: Named) -> Named:
        """Return the one stance, off the scale, of an issue that has none."""
        known = self.by_slug.get((issue.slug, _STATES))
        return known or self._add_stance(issue, _STATES, "States it", {"value": None})

    def actor_called(self, name: str) -> Named | None:
        """Return the actor of a name, whatever its letters are."""
        return self._by_name.get(name_of(name).casefold())

    def add_actor(self, name: str) -> Named:
        """Add an actor that no code stands for."""
        actor = Named(self.actor_names.of(name), name_of(name))
        self._by_name[actor.name.casefold()] = actor
        self._package.add("actors", {"slug": actor.slug, "name": actor.name}, {"kind": "person"})
        return actor

    def _voices(self, branch: Code) -> None:
        for one in branch.all_below():
            voice = re.sub("[^a-z]+", "-", one.name.strip().casefold())
            if voice in VOICES:
                self.voices[one.guid] = voice
            else:
                self._losses.lose("unknown voices", one.name)

    def _actors(self, branch: Code, parent: Code, whole: str) -> None:
        for one in parent.below:
            if not one.is_codable and one.below and one.told is None:
                # It is only what others are listed under.
                self._actors(branch, one, whole)
                continue
            slug = one.slug if one.slug and self.actor_names.take(one.slug) else ""
            slug = slug or self.actor_names.of(one.name)
            self.actors[one.guid] = actor = Named(slug, name_of(one.name))
            self.actor_slugs.add(slug)
            self._by_name.setdefault(actor.name.casefold(), actor)
            kinds = (kind for word, kind in _KINDS if re.search(word, branch.name, re.I))
            given = {"slug": slug, "name": name_of(one.name)}
            if whole or one.told is not None:
                given["part_of"] = whole
            if text := self._text(one, 200):
                given["description"] = text
            given |= told.called(one.told, one.guid) | told.carried(one.told or {}, told.ACTOR)
            self._package.add("actors", given, {"kind": next(kinds, "organization")})
            for line in (one.told or {}).get("names", "").splitlines():
                language, mark, name = line.partition(": ")
                if mark and name_of(name):
                    row = {"actor": slug, "language": language, "name": name_of(name)}
                    self._package.add("actor_names", row)
            self._actors(branch, one, slug)

    def _issues(self, codes: Sequence[Code], group: str) -> None:
        signed: dict[str, list[tuple[Code, str]]] = {}
        for one in codes:
            sign = SIGN.fullmatch(one.name.strip())
            has_deeper = any(below.below for below in one.below)
            if one.slug == DISPUTES and not one.below:
                continue
            if one.slug or (one.below and self._branches.stances == BELOW and not has_deeper):
                self._add_issue(one, one.name, group)
                self._own_stances(one)
            elif one.below:
                self._issues(one.below, one.name)
            elif sign and self._branches.stances == SIGNS:
                signed.setdefault(sign[1], []).append((one, "+" if sign[2] == "+" else "-"))
            else:
                self._add_issue(one, one.name, group)
        for name, found in signed.items():
            issue = self._add_issue(found[0][0], name, group)
            for one, mark in found:
                # The code is the stance, and not the issue.
                self.issues.pop(one.guid, None)
                value = Decimal(1 if mark == "+" else -1)
                stance = self.by_slug.get((issue.slug, _SIGNED[mark][0]))
                stance = stance or self._add_stance(issue, *_SIGNED[mark], {"value": value})
                self.stances[one.guid] = issue, stance

    def _add_issue(self, one: Code, name: str, group: str) -> Named:
        slug = one.slug if one.slug and self._names.take(one.slug) else self._names.of(name)
        issue = self.issues[one.guid] = Named(slug, name_of(name))
        self._slugs[slug] = ShortNames("stance")
        order = len(self._slugs)
        given: dict[str, Any] = {"slug": slug, "title": issue.name, "order": order}
        given |= told.called(one.told, one.guid)
        asked = _ASKED.match(one.text)
        otherwise = {
            "question": asked[0] if asked else f"What is said about “{name_of(name, most=250)}”?",
            "kind": "preference",
            "scale": "nominal" if self._branches.stances == BELOW else "ordered",
            "per_event": False,
        }
        if group:
            given["group"] = name_of(group, most=80)
        if text := self._text(one, 200):
            given["description"] = text
        if one.told:
            given |= told.carried(one.told, told.ISSUE)
            given["order"] = number_in(one.told.get("order"), order)
        self._package.add("issues", given, otherwise)
        if len(self._slugs) * len(self._sides) > _MOST_STANCES:
            reason = f"There would be more than {_MOST_STANCES:,} stances. Choose another."
            raise wrong_option("stances", reason)
        for side, stance in self._sides:
            value = VALUES.get(side.name.strip().casefold())
            self._add_stance(issue, stance, side.name, {"value": value})
        return issue

    def _own_stances(self, issue: Code) -> None:
        for one in issue.below:
            slug = self._add_stance(self.issues[issue.guid], one.slug, one.name, {}, one)
            for below in (one, *one.all_below()):
                self.stances[below.guid] = self.issues[issue.guid], slug
                if below is not one:
                    self._losses.lose("codes below stances (read as their stance)", below.name)

    def _add_stance(
        self,
        issue: Named,
        slug: str,
        name: str,
        otherwise: dict[str, Any],
        code: Code | None = None,
    ) -> Named:
        names = self._slugs[issue.slug]
        slug = slug if slug and names.take(slug) else names.of(name)
        label = name_of(name, most=120)
        self._counts[issue.slug] += 1
        if slug != _STATES:
            self._answered.add(issue.slug)
        order = self._counts[issue.slug]
        given: dict[str, Any] = {"issue": issue.slug, "slug": slug, "label": label, "order": order}
        if code and (text := self._text(code, 120)):
            given["description"] = text
        if code and code.told is not None:
            given |= told.carried(code.told, told.STANCE)
            given["value"] = _decimal(code.told.get("value", ""))
            given["order"] = number_in(code.told.get("order"), order)
        self._package.add("stances", given, otherwise)
        self.by_slug[issue.slug, slug] = stance = Named(slug, label)
        return stance

    def _text(self, code: Code, most: int) -> str:
        """Return what is said of a code, below its name where that is cut."""
        text = code.text
        if name_of(code.name, most=most) != name_of(code.name, most=len(code.name) + 1):
            text = f"{code.name}\n{text}".strip()
        return self._losses.cut(text, DESCRIPTIONS_CUT)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
