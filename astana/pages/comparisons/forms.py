"""What a user writes on a saved comparison."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from astana.models import SavedComparison
from astana.models.comparison import MOST_OF_ONE_USER
from astana.pages.shared.selection import CompareForm, Selection


class SavedComparisonForm(forms.ModelForm):
    """Title, note and visibility; with a `selection`, of a comparison that is new."""

    class Meta:
        model = SavedComparison
        fields = ["title", "note", "visibility"]
        widgets = {"note": forms.Textarea(attrs={"rows": 5}), "visibility": forms.RadioSelect}
        error_messages = {"title": {"required": _("Give it a title.")}}

    def __init__(
        self, data: Any, *, instance: SavedComparison, selection: Selection | None = None
    ) -> None:
        super().__init__(data, instance=instance)
        self.selection = selection

    def clean(self) -> dict[str, Any]:
        """Refuse one more than a user may keep."""
        cleaned = super().clean() or {}
        if self.selection:
            self.instance.query = self.selection.everything(open=None).removeprefix("?")
            kept = SavedComparison.objects.filter(user=self.instance.user).count()
            if kept >= MOST_OF_ONE_USER:
                raise ValidationError(
                    _("You have %(number)s saved comparisons, the most allowed. Delete one first.")
                    % {"number": kept}
                )
        return cleaned


def compare_form(saved: SavedComparison, *, user: Any) -> CompareForm:
    """Return the form of the compare page for what was saved; it may name what is gone."""
    return CompareForm(QueryDict(saved.query), dossier=saved.dossier, user=user)
