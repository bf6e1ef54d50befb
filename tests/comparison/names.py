"""A second and simpler way to look for a name in a text."""

import re
import unicodedata
from collections.abc import Iterable

LABELS = re.compile(r"\[(?:[A-Z]|…|Source \d+)\]")


def plain(text: str) -> str:
    """Return the letters and gaps of a text, without case, marks and apostrophes."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(one for one in text if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.sub(r"[\W_]+", " ", re.sub(r"['’]", "", text)).replace("ı", "i").strip()


def surviving(names: Iterable[str], text: str) -> list[str]:
    """Return the names that stand in a text as words, the last of them perhaps derived from it."""
    parts = [plain(part) for part in LABELS.split(text)]
    found = []
    for name in names:
        words = plain(name)
        end = "" if len(words.split(" ")[-1]) >= 4 else r"(?!\w)"
        pattern = re.compile(r"(?<!\w)" + re.escape(words) + end)
        if words and any(words in part and pattern.search(part) for part in parts):
            found.append(name)
    return found
