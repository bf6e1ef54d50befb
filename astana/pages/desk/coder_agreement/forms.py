"""What a reader of the figures asks for."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.pages.desk.coder_agreement.presenter import OF
from astana.web.fields import KnownField


class CoderAgreementForm(forms.Form):
    """The query string of the page of agreement figures; what is unknown is an error."""

    issue = forms.CharField(max_length=80, required=False)
    pair = forms.CharField(max_length=320, required=False)
    of = KnownField(choices=[(name, name) for name in OF], required=False)
    measure = forms.CharField(max_length=20, required=False)

    def __init__(
        self, data: Any, *, issues: QuerySet, coders: set[str], measures: set[str]
    ) -> None:
        super().__init__(data)
        self.issues, self.coders, self.measures = issues, coders, measures
        self.chosen_issue = None

    def clean_issue(self) -> str:
        """Find the issue by its short name."""
        slug = self.cleaned_data["issue"]
        if slug:
            self.chosen_issue = self.issues.filter(slug=slug).first()
            if not self.chosen_issue:
                raise ValidationError(
                    _("There is no issue “%(slug)s” in this dossier."), params={"slug": slug}
                )
        return slug

    def clean_pair(self) -> tuple[str, str] | None:
        """Return the two coders, named with a full stop between them."""
        text = self.cleaned_data["pair"]
        for pair in permutations(sorted(self.coders), 2):
            if text == ".".join(pair):
                return pair
        if text:
            raise ValidationError(
                _("“%(pair)s” is not a pair of coders of these rounds."), params={"pair": text}
            )
        return None

    def clean_measure(self) -> str:
        """Refuse a measure that is not counted here."""
        name = self.cleaned_data["measure"]
        if name and name not in self.measures:
            raise ValidationError(
                _("“%(name)s” is not a measure. Choose one of: %(known)s."),
                params={"name": name, "known": ", ".join(sorted(self.measures))},
            )
        return name


class ConfusionForm(forms.Form):
    """Which pairs of codings are looked at; what is unknown is an error that names it.

    A round is the independent coding of one article, so `article` chooses it.
    """

    issue = KnownField(label=gettext_lazy("Issue"), required=False)
    article = KnownField(label=gettext_lazy("Article (its round)"), required=False)
    coder = KnownField(label=gettext_lazy("Coder"), required=False)
    voice = KnownField(label=gettext_lazy("Voice"), required=False)
    cell = forms.CharField(required=False, max_length=170, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, choices: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            self.fields[name].choices = [("", gettext_lazy("all")), *offered]

    def clean_cell(self) -> tuple[str, str] | None:
        """Return the two stances whose units are opened, named with a full stop between them."""
        one, stop, other = self.cleaned_data["cell"].partition(".")
        if not one:
            return None
        if not stop or not other:
            raise ValidationError(_("Name two stances with a full stop between them."))
        return (one, other) if one <= other else (other, one)

    @property
    def kept(self) -> dict[str, str]:
        """The filters that are set, as an address has them."""
        if self.errors:
            return {}
        named = ("issue", "article", "coder", "voice")
        return {name: self.cleaned_data[name] for name in named if self.cleaned_data[name]}
