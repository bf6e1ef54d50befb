"""What a source reports in a place, ready to be drawn, and the query string of its picture."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.comparison.coverage import Coverage
from astana.models import Dossier, Issue
from astana.models.counts import counts_of
from astana.pages.shared.fields import DayField, FlagField

# More columns or rows would be no picture any more: a group of issues has to be chosen.
MOST_PLACES = 60


class CoverageForm(forms.Form):
    """As of when, whether first-hand alone, and of which group of issues."""

    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.counts = counts_of(dossier)
        self.issues = Issue.objects.visible_to(user).of(dossier)
        self.groups = self.issues.groups()

    def clean_as_of(self) -> date:
        """Return the day chosen; by default the last one of the dossier."""
        return self.cleaned_data["as_of"] or self.counts.last_day or timezone.localdate()

    def clean_group(self) -> str:
        """Return a group that the dossier has, or nothing for all."""
        group = self.cleaned_data["group"]
        if group and group not in self.groups:
            # Translators: `name` is what a reader typed, `names` a list of groups.
            raise ValidationError(
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": ", ".join(self.groups)}
            )
        return group

    @property
    def state(self) -> dict[str, str]:
        """What goes along to another page of the picture, as parameters."""
        chosen = self.cleaned_data
        given = {"as_of": chosen["as_of"].isoformat(), "group": chosen["group"]}
        given["first_hand"] = "1" if chosen["first_hand"] else ""
        return {name: value for name, value in given.items() if value}

    @property
    def query(self) -> str:
        """What goes along, as a query string."""
        return urlencode(self.state)


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
