"""For which issues an article was read, or a document gone through."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from astana.models import Article, Document, Dossier, Issue
from astana.models.issue import in_groups


class LookedForForm(forms.Form):
    """The issues that something was searched for, each a box; `everything` is all of them."""

    issue = forms.MultipleChoiceField(required=False, label=gettext_lazy("Issues"))
    everything = forms.BooleanField(required=False)
    # What was recorded when the form was opened.
    before = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, data: Any, *, of: Article | Document, dossier: Dossier) -> None:
        self.issues = {issue.slug: issue for issue in Issue.objects.for_readers(dossier)}
        rows = of.looked_for if isinstance(of, Article) else of.examined
        self.recorded = sorted(rows.values_list("issue__slug", flat=True))
        super().__init__(data, initial={"issue": self.recorded, "before": self.recorded})
        for name in ("issue", "before"):
            self.fields[name].choices = [(slug, str(one)) for slug, one in self.issues.items()]

    @property
    def groups(self) -> dict[str, list[Issue]]:
        """The issues under their groups, in the order of the codebook."""
        return in_groups(self.issues.values())

    @property
    def chosen(self) -> set[str]:
        """The short names of the boxes that are ticked."""
        return set(self["issue"].value() or ())

    def wanted(self) -> list[Issue]:
        """Return the issues that a valid form asks for."""
        if self.cleaned_data["everything"]:
            return list(self.issues.values())
        return [self.issues[slug] for slug in self.cleaned_data["issue"]]

    def seen(self) -> set[int]:
        """Return the primary keys of the issues that were recorded when the form was opened."""
        return {self.issues[slug].pk for slug in self.cleaned_data["before"]}
