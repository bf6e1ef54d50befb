"""The address of a blind reading: what is read, in an opaque token, and the reader's guesses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Dossier
from astana.pages.shared.blind import BlindSet, blind_set

ALL = "all"
MOST_LETTERS_OF_A_GUESS = 80


class BlindForm(forms.Form):
    """The query string of blind reading: a token, guesses (`guess-A`), and what is revealed."""

    set = forms.CharField(required=False, max_length=8000, label=gettext_lazy("Set"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.dossier = dossier
        self.user = user

    def clean_set(self) -> BlindSet | None:
        """Return what the token stands for; None if there is none."""
        token = self.cleaned_data["set"]
        if not token:
            return None
        found = blind_set(token, dossier=self.dossier, user=self.user)
        if found is None:
            raise ValidationError(
                _(
                    "The address of this blind reading is incomplete, belongs to another "
                    "dossier or site, or names something that no longer exists. Begin again "
                    "from the comparison."
                )
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Read what belongs to the letters of the set."""
        cleaned = super().clean() or {}
        blind = cleaned.get("set")
        if blind is None:
            return cleaned
        revealed = [value for value in self.data.getlist("reveal") if value]
        for value in revealed:
            if value != ALL and value not in blind.letters:
                self.add_error(
                    None,
                    _("“%(value)s” cannot be revealed. You can reveal %(letters)s, or “all”.")
                    % {"value": value[:40], "letters": ", ".join(blind.letters)},
                )
        cleaned["is_all"] = ALL in revealed
        cleaned["revealed"] = {letter for letter in blind.letters if letter in revealed}
        cleaned["guesses"] = {
            letter: " ".join(self.data.get(f"guess-{letter}", "").split())
            for letter in blind.letters
        }
        for letter, guess in cleaned["guesses"].items():
            if len(guess) > MOST_LETTERS_OF_A_GUESS:
                self.add_error(
                    None,
                    _("The guess for %(letter)s is too long: at most %(most)s letters.")
                    % {"letter": letter, "most": MOST_LETTERS_OF_A_GUESS},
                )
        return cleaned
