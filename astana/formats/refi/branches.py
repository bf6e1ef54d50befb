"""Which branch of the tree holds what: proposed by name, chosen by whoever knows the project."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from astana.formats.marked import gettext_noop
from astana.formats.options import wrong_option
from astana.formats.package import Losses
from astana.formats.refi.codes import Code, named

OPTIONS = {
    "actors": gettext_noop("top code or set with the actors; A | B for several; - for none"),
    "issues": gettext_noop("top code or set with the issues; A | B for several; - for all others"),
    "stances": (
        gettext_noop(
            "stances: below (codes below issues), signs (issues that end in + or -), none, or "
            "the top code with for and against"
        )
    ),
    "voices": gettext_noop("top code or set with the voices; - for none"),
}
NONE = "-"
BELOW, SIGNS, NO_STANCES = "below", "signs", "none"
SIGN = re.compile(r"(.*\S)\s*([+−–-])", re.DOTALL)
_WORDS = {
    "actors": (
        "actor|speaker|party|parties|person|people|organi[sz]ation|akteur|acteur|actrice|aktör|"
        "актор|فاعل|بازیگر"
    ),
    "issues": "issue|topic|theme|claim|concept|belief|thema|themen|sujet|konu",
    "voices": "voice|quotation|attribution",
}
_SIDES = re.compile(
    "stance|position|evaluation|valence|direction|sentiment|bewertung|haltung", re.I
)
VALUES = {
    **dict.fromkeys(
        ("pro", "for", "agree", "agrees", "support", "supports", "yes", "positive", "+"), Decimal(1)
    ),
    **dict.fromkeys(("neutral", "mixed", "ambivalent", "0"), Decimal(0)),
    **dict.fromkeys(
        (
            "contra",
            "con",
            "against",
            "disagree",
            "disagrees",
            "oppose",
            "opposes",
            "no",
            "negative",
            "-",
        ),
        Decimal(-1),
    ),
}


@dataclass(frozen=True, slots=True)
class Branches:
    """The codes at the top of what was chosen, and `chosen`: by option, what it was.

    `stances` says how stances are found, or is the code above those that all issues share.
    """

    actors: Sequence[Code]
    issues: Sequence[Code]
    voices: Sequence[Code]
    stances: str | Code
    chosen: dict[str, str]


def branches_of(
    codes: Sequence[Code], sets: Sequence[Code], options: Mapping[str, str], losses: Losses
) -> Branches:
    """Return the branches that were chosen, or are proposed; raises Unreadable.

    Programs without trees have sets of codes instead; those that are no branch are lost.
    """
    choosing = _Choosing(codes, sets, options)
    actors, voices, issues = map(choosing.top, ("actors", "voices", "issues"))
    stances = choosing.stances(issues)
    told = {
        name: " | ".join(one.name for one in found) or NONE
        for name, found in (("actors", actors), ("issues", issues), ("voices", voices))
    }
    told["stances"] = stances.name if isinstance(stances, Code) else stances
    for one in sets:
        if one not in choosing.taken:
            losses.lose("sets", one.name)
    return Branches(actors, issues or [Code("", "", below=choosing.free())], voices, stances, told)


class _Choosing:
    def __init__(
        self, codes: Sequence[Code], sets: Sequence[Code], options: Mapping[str, str]
    ) -> None:
        self._codes = codes
        self._sets = [one for one in sets if one.below]
        self._options = options
        self.taken: list[Code] = []

    def top(self, role: str) -> list[Code]:
        """Return what is at the top of a branch."""
        wanted = self._options.get(role)
        if wanted == NONE:
            return []
        if wanted is not None:
            found = [one for name in wanted.split("|") for one in self._named(role, name)]
        else:
            fitting = re.compile(_WORDS[role], re.IGNORECASE)
            several = (
                [one for one in all_ if fitting.search(one.name) and one.below]
                for all_ in (self._codes, self._sets)
            )
            found = next(filter(None, several), [])
        found = [one for one in found if one not in self.taken]
        self.taken += found
        return found

    def free(self) -> list[Code]:
        """Return the top codes that are in no branch that was taken."""
        inside = {one.guid for top in self.taken if top in self._sets for one in top.below}
        return [one for one in self._codes if one not in self.taken and one.guid not in inside]

    def stances(self, issues: Sequence[Code]) -> str | Code:
        """Return how stances are found, or the code above them."""
        wanted = self._options.get("stances")
        if wanted in (BELOW, SIGNS, NO_STANCES):
            return wanted
        if wanted is not None:
            self.taken += (found := self._named("stances", wanted)[:1])
            return found[0]
        for one in (*self.free(), *self._sets):
            values = {VALUES.get(code.name.strip().casefold()) for code in one.below}
            # Where the issues are not in a branch of their own, it may be one of them.
            is_aside = bool(issues or _SIDES.search(one.name) or one in self._sets)
            if one not in self.taken and is_aside and {Decimal(1), Decimal(-1)} <= values:
                self.taken.append(one)
                return one
        tops = issues or self.free()
        under = [code for one in tops for code in one.all_below()]
        under += [] if issues else tops
        if _paired([one.name for one in under]):
            return SIGNS
        return BELOW if any(one.below for one in under) else NO_STANCES

    def _named(self, option: str, name: str) -> list[Code]:
        tops = [*self._codes, *self._sets]
        if found := named(tops, name):
            return found
        known = ", ".join(one.name for one in tops) or "none"
        also = "below, signs, none or " if option == "stances" else ""
        reason = f"“{name.strip()[:40]}” is not a top code. Choose {also}one of: {known}."
        raise wrong_option(option, reason)


def _paired(names: Sequence[str]) -> bool:
    """Return whether a name is there with a plus and with a minus."""
    signs: dict[str, set[bool]] = {}
    for name in names:
        if found := SIGN.fullmatch(name.strip()):
            signs.setdefault(found[1].casefold(), set()).add(found[2] == "+")
    return any(len(found) == 2 for found in signs.values())
