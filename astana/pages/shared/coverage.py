"""What a source reports in a place, ready to be drawn."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    if number:
        told = ngettext("%(n)s position reported", "%(n)s positions reported", number)
        words = f"{told % {'n': number}}, {_others_too(others)}"
        return Cell("reported" if others else "alone", number, words, href)
    if not read.articles:
        return Cell("none", 0, _("no article by then"))
    reported = f"; {_others_report(others)}" if others else ""
    if is_issue and read.looked_for:
        # Translators: of so many articles of a source.
        told = _("looked for in %(looked)s of %(n)s, nothing found")
        words = told % {"looked": read.looked_for, "n": read.articles} + reported
        return Cell("looked-for", read.looked_for, words, href)
    told = (
        _("nothing found, not looked for")
        if is_issue
        else ngettext(
            "nothing found in %(n)s article", "nothing found in %(n)s articles", read.articles
        )
        % {"n": read.articles}
    )
    return Cell("not-looked-for", 0, told + reported, href)


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
