"""The whole state of the agreement page, read from its address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.comparison.network import OF_STATEMENTS, Network
from astana.comparison.standing import LEAST
from astana.models import Issue
from astana.models.positions.counted import Counted
from astana.pages.agreement.chosen import MOST_ISSUES, Chosen, ChosenForm
from astana.web.fields import FlagField, OneOfField, SlugsField

MEASURES = {
    "agreement": gettext_lazy("Agreement"),
    "points": gettext_lazy("Points (Wahl-O-Mat)"),
    "congruence": gettext_lazy("Congruence"),
    "conflict": gettext_lazy("Conflict"),
    "subtract": gettext_lazy("Congruence less conflict"),
    "ignore": gettext_lazy("Congruence and conflict together"),
}
NORMALISATIONS = {
    "none": gettext_lazy("None"),
    "average": gettext_lazy("By average activity"),
    "jaccard": gettext_lazy("By Jaccard"),
    "cosine": gettext_lazy("By the product of activities"),
}


@dataclass(frozen=True, kw_only=True)
class AgreementSelection(Chosen):
    """Whose agreement, on what, as of when, and how it is measured.

    `nominal` are the issues without an order, where the reader asks for them. `pair` is the open
    pair and `of` the actor whose list a narrow screen shows, by short name; None and empty where
    none is asked for.
    """

    nominal: tuple[Issue, ...]
    counts_nominal: bool
    least: int
    measure: str
    pair: tuple[str, str] | None
    of: str

    @property
    def is_of_statements(self) -> bool:
        """Whether the measure counts everything said in the range, and not headlines."""
        return self.measure in OF_STATEMENTS

    @property
    def asked(self) -> set[str]:
        """The actors considered and those of the open pair."""
        return super().asked | set(self.pair or ())

    @cached_property
    def counted(self) -> Counted:
        """The positions that count."""
        return self.counted_on(self.nominal)

    @cached_property
    def network(self) -> Network:
        """The figures of the actors by the measure asked for."""
        return Network(
            self.counted.headlines,
            self.counted.discourse,
            measure=self.measure,
            least=self.least,
            normalisation=self.normalisation,
        )


class LeastField(forms.Field):
    """The number of issues that a pair has to share; nothing is the default."""

    def clean(self, value: Any) -> int:
        """Return the number, which is at least 1."""
        if not value:
            return LEAST
        if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= MOST_ISSUES):
            raise forms.ValidationError(
                _("“%(value)s” cannot be the least number of issues: write 1 to %(most)s.")
                % {"value": value[:20], "most": MOST_ISSUES}
            )
        return int(value)


class AgreementForm(ChosenForm):
    """The query string of the agreement page."""

    nominal = FlagField(label=gettext_lazy("Count questions without an order"))
    least = LeastField(required=False, label=gettext_lazy("Shared issues, at least"))
    measure = OneOfField(MEASURES, label=gettext_lazy("Measure"))
    normalisation = OneOfField(NORMALISATIONS, label=gettext_lazy("Normalised"))
    pair = forms.RegexField(
        r"^[-\w]{1,80}\.[-\w]{1,80}$",
        required=False,
        label=gettext_lazy("Pair"),
        error_messages={"invalid": gettext_lazy("A pair is two actors with a dot between them.")},
    )
    of = SlugsField(most=1, label=gettext_lazy("Agreement of"))

    def named_beside(self, cleaned: dict[str, Any]) -> dict[str, list[str]]:
        """Return the actors of the open pair, and the one of the list of a narrow screen."""
        return {"pair": cleaned["pair"].split(".") if cleaned["pair"] else [], "of": cleaned["of"]}

    def clean_pair(self) -> str:
        """Refuse an actor with itself."""
        one, _dot, other = self.cleaned_data["pair"].partition(".")
        if one and one == other:
            raise forms.ValidationError(_("A pair is two different actors."))
        return self.cleaned_data["pair"]

    def selection(self) -> AgreementSelection:
        """Return what to compare and how; only for a valid form."""
        cleaned = self.cleaned_data
        return AgreementSelection(
            **self.chosen(),
            nominal=cleaned["apart"] if cleaned["nominal"] else (),
            counts_nominal=cleaned["nominal"],
            least=cleaned["least"],
            measure=cleaned["measure"],
            pair=tuple(cleaned["pair"].split(".")) if cleaned["pair"] else None,
            of="".join(cleaned["of"]),
        )
