"""Tags and labels by which teams say who holds what: `actor:turkey`, `stance:against`."""

from collections.abc import Iterable

from astana.formats.coded import ROLES
from astana.formats.known import Known

# What a tag says of the article it is in.
OF_ARTICLES = ("published", "source", "language")
# What it says of a passage: which one it was here, and whether it disputes.
OF_PASSAGES = ("astana", "role")
_ALL = (*ROLES, *OF_ARTICLES, *OF_PASSAGES)


def values_of(tags: Iterable[str], known: Known) -> tuple[dict[str, list[str]], list[str]]:
    """Return what tags say by role, and those that were guessed, with what they were taken for.

    A tag without a role is taken for the issue, else for the actor, that is called so.
    """
    values: dict[str, list[str]] = {}
    bare: list[str] = []
    for tag in map(str.strip, tags):
        role, mark, value = tag.partition(":")
        if mark and value.strip() and role.strip().casefold() in _ALL:
            values.setdefault(role.strip().casefold(), []).append(value.strip())
        elif tag:
            bare.append(tag)
    guesses = []
    for tag in bare:
        for role, names in (("issue", known.issues), ("actor", known.actors)):
            if found := names.find(tag):
                values.setdefault(role, []).append(found)
                guesses.append(f"{tag} was read as the {role} {found}")
                break
        else:
            values.setdefault("", []).append(tag)
    return values, guesses
