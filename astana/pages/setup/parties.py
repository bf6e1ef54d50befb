"""Parties by their names alone, one on a line: the quickest beginning."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, User
from astana.models.name_field import refuse_unfit_name
from astana.pages.setup.kinds import kind_named
from astana.words.normalise import normalise

MOST_NAMES = 60
LONGEST_NAME = 200


class PartiesForm(forms.Form):
    """Names of new actors of one kind."""

    names = forms.CharField(
        label=gettext_lazy("Parties, one on a line"),
        max_length=MOST_NAMES * LONGEST_NAME,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Actor.Kind.choices)

    def __init__(self, data: Any, *, dossier: Dossier, user: User) -> None:
        super().__init__(data)
        self.dossier, self.user = dossier, user

    def clean_names(self) -> list[str]:
        """Return the names; refuse too many or too long ones, and those that are there already."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list({normalise(line) or line: line for line in lines if line}.values())
        if not names or len(names) > MOST_NAMES:
            raise forms.ValidationError(
                _("Write 1 to %(most)s names, each on a line.") % {"most": MOST_NAMES}
            )
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(
                _("A name has at most %(most)s characters.") % {"most": LONGEST_NAME}
            )
        for name in names:
            refuse_unfit_name(name)
        actors = kind_named("actors")
        if there := actors.alike(names, dossier=self.dossier, user=self.user):
            # Translators: `names` is a list of names of actors.
            raise forms.ValidationError(
                _("In the dossier already, perhaps in another spelling: %(names)s.")
                % {"names": ", ".join(map(str, there))}
            )
        return names
