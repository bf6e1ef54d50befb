"""What a pupil types and chooses."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Actor


class GuessesForm(forms.Form):
    """A guess for each letter of a blind reading: one of the candidates, or nothing."""

    def __init__(
        self,
        data: Any,
        *,
        letters: Iterable[str],
        candidates: Iterable[Actor],
        sent: dict[str, str],
    ) -> None:
        super().__init__(data)
        choices = [("", _("I do not know"))]
        choices += [(actor.slug, actor.name) for actor in candidates]
        for letter in letters:
            self.fields[f"guess-{letter}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=letter,
                initial=sent.get(letter, ""),
                error_messages={
                    "invalid_choice": _(
                        # Translators: the placeholder is what somebody chose.
                        "“%(value)s” is not in the list. Choose again."
                    )
                },
            )

    @property
    def guesses(self) -> dict[str, str]:
        """The short name of the actor guessed for each letter, where one was; only if valid."""
        named = {name.removeprefix("guess-"): slug for name, slug in self.cleaned_data.items()}
        return {letter: slug for letter, slug in named.items() if slug}
