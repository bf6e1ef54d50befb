"""What a source reports in a place, ready to be drawn."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from astana.comparison.coverage import Coverage

# More columns or rows would be no picture any more: a group of issues has to be chosen.
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """What a source has in one place, and where it can be read.

    `kind` is alone, reported, looked-for, not-looked-for, none (no article of it by then) or
    nowhere (no source reports on it).
    """

    kind: str
    number: int
    words: str
    href: str = ""

    @property
    def sign(self) -> str:
        """What stands in the cell."""
        signs = {"looked-for": "0", "not-looked-for": "?", "none": "–", "nowhere": ""}
        return signs.get(self.kind, str(self.number))


def cell_of(
    number: int,
    others: int,
    read: Coverage,
    *,
    href: str = "",
    is_issue: bool = True,
    first_hand: bool = False,
) -> Cell:
    """Return the cell of a source that has so many positions in a place, as so many others do.

    `read` is what was read of the source, on the issue where the place has one: nobody looks for
    an actor by itself. Where `first_hand` alone is counted, nothing is said of the rest.
    """
    how = {"is_issue": is_issue, "first_hand": first_hand}
    kind, sign, words = _said(number, others, read, get_language(), **how)
    return Cell(kind, sign, words, "" if kind == "none" else href)


@lru_cache(maxsize=4096)
def _said(
    number: int,
    others: int,
    read: Coverage,
    _language: str | None,
    *,
    is_issue: bool,
    first_hand: bool,
) -> tuple[str, int, str]:
    """Return of which kind a cell is, its number and its words: of thousands few are different."""
    if number:
        told = (
            ngettext(
                "%(n)s first-hand position reported",
                "%(n)s first-hand positions reported",
                number,
            )
            if first_hand
            else ngettext("%(n)s position reported", "%(n)s positions reported", number)
        )
        words = f"{told % {'n': number}}, {_others_too(others)}"
        return "reported" if others else "alone", number, words
    if not read.articles:
        return "none", 0, _("no article by then")
    reported = f"; {_others_report(others)}" if others else ""
    found = _("nothing first-hand found") if first_hand else _("nothing found")
    if is_issue and read.looked_for:
        # Translators: of so many articles of a source; `found` is “nothing found”.
        told = _("looked for in %(looked)s of %(n)s, %(found)s")
        words = told % {"looked": read.looked_for, "n": read.articles, "found": found} + reported
        return "looked-for", read.looked_for, words
    if is_issue:
        # Translators: `found` is “nothing found”.
        return "not-looked-for", 0, _("%(found)s, not looked for") % {"found": found} + reported
    told = ngettext("%(found)s in %(n)s article", "%(found)s in %(n)s articles", read.articles)
    return "not-looked-for", 0, told % {"found": found, "n": read.articles} + reported


def _others_too(others: int) -> str:
    if not others:
        return _("by no other source read here")
    return ngettext(
        "by %(n)s other source too", "by %(n)s other sources too", others
    ) % {"n": others}  # fmt: skip


def _others_report(others: int) -> str:
    return ngettext(
        "%(n)s other source reports it", "%(n)s other sources report it", others
    ) % {"n": others}  # fmt: skip
