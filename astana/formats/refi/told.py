"""What Astana writes into descriptions beside what the tools know, so that it comes back.

Other tools keep descriptions as they are. Below a line of its own each has a line `name: value`;
what goes on in a further line begins with two blanks there.
"""

import re
from collections.abc import Mapping
from typing import Any

_MARK = "[Astana]"
_MARKED = re.compile(r"(?:\A|\n)\[Astana\][ \t\r]*(?:\n|\Z)")

# Columns by what they are told of, but for what the tools have a place for.
ACTOR = ("slug", "kind", "wikidata", "foreign_id")
ISSUE = (
    "slug",
    "question",
    "kind",
    "scale",
    "group",
    "order",
    "examples",
    "counter_examples",
    "foreign_id",
)
ARTICLE = ("coverage", "foreign_id")
SOURCE = ("kind", "country", "language", "homepage")
POSITION = (
    "summary",
    "condition",
    "said",
    "held",
    "certainty",
    "attributed_by",
    "authority",
    "speaker",
    "note",
    "foreign_id",
    "suggested_by",
    "suggestion",
)
STANCE = ("slug", "value", "order", "examples", "counter_examples")


def written(text: str, told: Mapping[str, Any]) -> str:
    """Return a description that holds a text, and what is told below it."""
    lines = [
        f"{name}: {_indented(value)}" for name, value in told.items() if value not in ("", None)
    ]
    return "\n".join([*([text, ""] if text else []), _MARK, *lines])


def _indented(value: Any) -> str:
    return str(value).replace("\n", "\n  ")


def parted(description: str) -> tuple[str, dict[str, str] | None]:
    """Return the text of a description, and what is told below it if it is one of ours.

    Lines that somebody has added below belong to the text.
    """
    marks = list(_MARKED.finditer(description))
    if not marks:
        return description.strip(), None
    mark = marks[-1]
    text = description[: mark.start()].removesuffix("\n")
    told: dict[str, str] = {}
    added: list[str] = []
    name = ""
    for line in description[mark.end() :].rstrip("\n").split("\n"):
        found = re.match(r"([a-z_ ]+): (.*)", line, re.DOTALL)
        if name and (line.startswith("  ") or not line):
            told[name] += f"\n{line[2:]}"
        elif found:
            name = found[1]
            told[name] = found[2]
        elif line.strip():
            added.append(line)
    return "\n".join([*([text] if text else []), *added]), told


def carried(told: Mapping[str, str], columns: tuple[str, ...]) -> dict[str, Any]:
    """Return what is told of some columns, but for the short name."""
    return {name: told[name] for name in columns if told.get(name) and name != "slug"}


def called(told: Mapping[str, str] | None, *guids: str) -> dict[str, str]:
    """Return what a row is called outside of the file, if the file is not one of ours."""
    return {} if told else {"foreign_id": ":".join(("refi", *guids))}
