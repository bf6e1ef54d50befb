"""Titles that name whom somebody speaks for, and titles that anybody could have."""

import re

from astana.words.normalise import normalise

# A title of these words alone tells nobody: there is a foreign minister everywhere.
_WORDS = """
a acting adviser advisor affairs ambassador and chair chairman chairperson chairwoman chief colonel
commander counsellor defence defense delegate delegation deputy diplomat director envoy first for
foreign former general head interior judge king lawyer leader member minister ministry nominee
negotiator of office officer official party president press prime queen representative secretary
senior speaker special spokesman spokesperson spokeswoman the to vice
"""
_OF_ANYBODY = frozenset(_WORDS.split())
# What a body's name does not have: a delegation in Astana is none.
_NO_NAME = frozenset({"at", "for", "in", "to"})
# What a text leaves out when it gives a title.
_BEFORE = re.compile(r"^(acting|former|then|deputy|nominee for|designated)\s+", re.IGNORECASE)


def telling_titles(role: str) -> list[str]:
    """Return the titles in a role that name somebody, as State Department spokesman does.

    One that stands after another (spokesman of the State Department) comes both ways round.
    """
    found = []
    for part in re.split(r"[;,/]", role):
        title = _BEFORE.sub("", part.strip())
        if not set(normalise(title).split()) <= _OF_ANYBODY:
            found.append(title)
            head, of, body = title.partition(" of the ")
            words = set(normalise(body).split())
            if of and not words <= _OF_ANYBODY and not words & _NO_NAME:
                found += [f"{body} {head}", body]
    return found
