"""Which branch of the tree holds what: proposed by name, chosen by whoever knows the project."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from astana.formats.options import wrong_option
from astana.formats.refi.codes import Code, named

OPTIONS = {
    "actors": "the top code under which the actors are; several: A | B; none: -",
    "issues": "the top code under which the issues are; several: A | B; all others: -",
    "stances": (
        "below: the codes below issues; signs: issues that end in + or -; none; "
        "or the top code under which for and against are"
    ),
    "voices": "the top code under which kinds of voices are; none: -",
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
_SIDES = re.compile("stance|position|evaluation|valence|direction|bewertung|haltung", re.IGNORECASE)
VALUES = {
    **dict.fromkeys(
        ("pro", "for", "agree", "agrees", "support", "supports", "yes", "+"), Decimal(1)
    ),
    **dict.fromkeys(("neutral", "mixed", "ambivalent", "0"), Decimal(0)),
    **dict.fromkeys(
        ("contra", "con", "against", "disagree", "disagrees", "oppose", "opposes", "no", "-"),
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


def branches_of(codes: Sequence[Code], options: Mapping[str, str]) -> Branches:
    """Return the branches that were chosen, or are proposed; raises Unreadable."""
    known = ", ".join(one.name for one in codes) or "none"
    taken: list[Code] = []

    def chosen(role: str) -> list[Code]:
        wanted = options.get(role)
        if wanted == NONE:
            return []
        if wanted is None:
            fitting = re.compile(_WORDS[role], re.IGNORECASE)
            found = [one for one in codes if fitting.search(one.name) and one.below]
        else:
            found = []
            for name in wanted.split("|"):
                if not (same := named(codes, name)):
                    reason = f"“{name.strip()[:40]}” is no top code. Choose one of: {known}."
                    raise wrong_option(role, reason)
                found += same
        found = [one for one in found if one not in taken]
        taken.extend(found)
        return found

    actors, voices, issues = chosen("actors"), chosen("voices"), chosen("issues")
    stances = _stances(codes, taken, issues, options.get("stances"), known)
    if isinstance(stances, Code):
        taken.append(stances)
    told = {
        name: " | ".join(one.name for one in found) or NONE
        for name, found in (("actors", actors), ("issues", issues), ("voices", voices))
    }
    told["stances"] = stances.name if isinstance(stances, Code) else stances
    # By identity: two codes may say the same.
    above = {id(one) for one in taken}
    issues = issues or [Code("", "", below=[one for one in codes if id(one) not in above])]
    return Branches(actors, issues, voices, stances, told)


def _stances(
    codes: Sequence[Code],
    taken: Sequence[Code],
    issues: Sequence[Code],
    wanted: str | None,
    known: str,
) -> str | Code:
    if wanted in (BELOW, SIGNS, NO_STANCES):
        return wanted
    if wanted is not None:
        if not (same := named(codes, wanted)):
            reason = (
                f"“{wanted[:40]}” is no top code. Choose below, signs, none or one of: {known}."
            )
            raise wrong_option("stances", reason)
        return same[0]
    free = [one for one in codes if one not in taken]
    for one in free:
        values = {VALUES.get(code.name.strip().casefold()) for code in one.below}
        if not {Decimal(1), Decimal(-1)} <= values or any(code.below for code in one.below):
            continue
        # Where the issues are not in a branch of their own, it may be one of them.
        if issues or _SIDES.search(one.name):
            return one
    under = [code for one in issues or free for code in one.all_below()]
    under += free if not issues else []
    if _paired([one.name for one in under]):
        return SIGNS
    return BELOW if any(one.below for one in under) else NO_STANCES


def _paired(names: Sequence[str]) -> bool:
    """Return whether a name is there with a plus and with a minus."""
    signs: dict[str, set[bool]] = {}
    for name in names:
        if found := SIGN.fullmatch(name.strip()):
            signs.setdefault(found[1].casefold(), set()).add(found[2] == "+")
    return any(len(found) == 2 for found in signs.values())
