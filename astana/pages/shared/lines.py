"""One position in a line: what cells, panels and lists say of it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from astana.comparison.scale import step
from astana.models import Position
from astana.models.said_words import said_words

_HOW = {
    Position.Voice.DIRECT_QUOTE: gettext_lazy("quoted"),
    Position.Voice.REPORTED_SPEECH: gettext_lazy("reported"),
    Position.Voice.DOCUMENT: gettext_lazy("in a document"),
    Position.Voice.ACT: gettext_lazy("by a deed"),
    Position.Voice.CHARACTERISED: gettext_lazy("characterised by the source"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A position as a line shows it; `step` and `label` are those of its stance.

    `how` says in a word or two how we know, `sources` is the number of those that support it.
    `actor` and `href` are given by the page that names them, and empty elsewhere.
    """

    key: str
    step: str
    label: str
    summary: str
    condition: str
    how: str
    is_second_hand: bool
    is_disputed: bool
    said: str
    sources: int
    spoken_by: str
    actor: str = ""
    href: str = ""

    @property
    def source_words(self) -> str:
        """The number of its sources, in words."""
        return _source_words(self.sources, get_language())


def line_of(row: dict[str, Any], *, actor: str = "", href: str = "") -> Line:
    """Return the line of a row of `headline_details`."""
    return Line(
        key=row["key"],
        step=step(row["value"]),
        label=row["label"],
        summary=row["summary"],
        condition=row["condition"],
        how=how_words(row["voice"], by=row["by"] or ""),
        is_second_hand=not row["first_hand"],
        is_disputed=row["is_disputed"],
        said=said_words(row["earliest"], row["latest"], row["said"]),
        sources=row["sources"],
        spoken_by=row["spoken_by"] or "",
        actor=actor,
        href=href,
    )


@lru_cache(maxsize=256)
def _source_words(number: int, language: str | None) -> str:
    words = ngettext("%(number)s source", "%(number)s sources", number)
    return words % {"number": number}


def how_words(voice: str, *, by: str = "") -> str:
    """Return how we know, in a word or two; `by` is the actor that a claim is attributed by."""
    return _how_words(voice, by, get_language())


@lru_cache(maxsize=1024)
def _how_words(voice: str, by: str, language: str | None) -> str:
    if voice == Position.Voice.ATTRIBUTED:
        return _("attributed by %(name)s") % {"name": by}
    return str(_HOW[voice])
