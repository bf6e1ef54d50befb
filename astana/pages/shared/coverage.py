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
    number: int, others: int, read: Coverage, *, href: str = "", is_issue: bool = True
) -> Cell:
    """Return the cell of a source that has so many positions in a place, as so many others do.

    `read` is what was read of the source, on the issue where the place has one: nobody looks for
    an actor by itself.
    """
    kind, sign, words = _said(number, others, read, get_language(), is_issue=is_issue)
    return Cell(kind, sign, words, "" if kind == "none" else href)


@lru_cache(maxsize=4096)
def _said(
    number: int, others: int, read: Coverage, _language: str | None, *, is_issue: bool
) -> tuple[str, int, str]:
    """Return of which kind a cell is, its number and its words: of thousands few are different."""
    if number:
        told = ngettext("%(n)s position reported", "%(n)s positions reported", number)
        words = f"{told % {'n': number}}, {_others_too(others)}"
        return "reported" if others else "alone", number, words
    if not read.articles:
        return "none", 0, _("no article by then")
    reported = f"; {_others_report(others)}" if others else ""
    if is_issue and read.looked_for:
        # Translators: of so many articles of a source.
        told = _("looked for in %(looked)s of %(n)s, nothing found")
        words = told % {"looked": read.looked_for, "n": read.articles} + reported
        return "looked-for", read.looked_for, words
    told = (
        _("nothing found, not looked for")
        if is_issue
        else ngettext(
            "nothing found in %(n)s article", "nothing found in %(n)s articles", read.articles
        )
        % {"n": read.articles}
    )
    return "not-looked-for", 0, told + reported


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
