"""Texts of a package, and the passages in them, as rows."""

from typing import Any

from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraph_at, paragraphs_of
from astana.evidence.places import CONTEXT
from astana.formats.package import Package, TextKey


class Text:
    """A text of a package, with its words."""

    def __init__(self, package: Package, key: TextKey, words: str, *, rights: str) -> None:
        """Add it to the package; the rights hold where the dossier has no others."""
        self.words = words
        self._paragraphs = paragraphs_of(words)
        self.names: dict[str, Any] = dict(
            zip(("article", "kind", "language", "version"), key, strict=True)
        )
        package.texts[key] = words
        given = {"sha256": hash_of(words), "characters": len(words), "paragraphs": []}
        package.add("renditions", self.names | given, {"rights": rights})

    def passage(self, start: int, end: int) -> dict[str, Any] | None:
        """Return the cells of a passage without blanks around it, or None where it is blank."""
        words = self.words[start:end]
        if not words.strip():
            return None
        end -= len(words) - len(words.rstrip())
        start += len(words) - len(words.lstrip())
        return self.names | {
            "role": "supports",
            "start": start,
            "end": end,
            "paragraph": paragraph_at(self._paragraphs, start),
            "exact": self.words[start:end],
            "prefix": self.words[max(0, start - CONTEXT) : start],
            "suffix": self.words[end : end + CONTEXT],
            "sha256": "",
            "health": "",
        }
