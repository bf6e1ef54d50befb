"""What an owner writes about a dossier, and decides for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier
from astana.pages.shared.revision import RevisionForm


class NewDossierForm(forms.ModelForm):
    """What a dossier begins with; it is for its members only until an owner opens it."""

    class Meta:
        model = Dossier
        fields = ["title", "description", "licence"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class DossierForm(RevisionForm, forms.ModelForm):
    """What the owners decide; the short name stays, as addresses contain it."""

    class Meta:
        model = Dossier
        fields = [
            "title",
            "description",
            "licence",
            "visibility",
            "own_publishing",
            "open_challenges",
            "additions_are_proposed",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "visibility": forms.RadioSelect,
        }
        help_texts = {
            "visibility": _(
                "Public: anybody can read what is published; texts for members stay members-only."
            )
        }

    def values(self) -> dict[str, object]:
        """Return what is to be written."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}
