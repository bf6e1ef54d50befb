"""The initials that a name of several words is also known by: US, UN, SDF."""

import re

# What is left out of initials, and what a name says of itself in brackets.
_SMALL = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "the", "to"})
_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+")
# States that are also known by the initials of a longer name than the one that is written.
_OF_LONGER_NAMES = {"us": ("USA",), "uk": ("GB",)}
_MOST = 8


def initials(name: str) -> tuple[str, ...]:
    """Return the initials of a name as capitals; none where it is one word or very many.

    Small words are left out: the Department of Defense is DD. `United States` gives USA too.
    """
    words = [word for word in _WORD.findall(_BRACKETS.sub(" ", name)) if word[0].isupper()]
    letters = [word[0] for word in words if word.lower() not in _SMALL]
    if not 1 < len(letters) <= _MOST:
        return ()
    found = "".join(letters)
    longer = _OF_LONGER_NAMES.get(found.lower(), ()) if words[0] == "United" else ()
    return found, *longer
