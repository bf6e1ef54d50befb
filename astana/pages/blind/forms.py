"""What is read blind: a selection in an opaque token, and the reader's guesses."""

from dataclasses import dataclass
from random import Random
from string import ascii_uppercase
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.pages.shared.selection import CompareForm, Selection
from astana.pages.shared.tokens import numbers_of

ALL = "all"
MOST_LETTERS_OF_A_GUESS = 80


@dataclass(frozen=True)
class BlindSet:
    """A selection read blind: the actor behind each letter, in the order of the letters.

    The order comes from the `seed` alone, so that an address always means the same.
    """

    selection: Selection
    letters: dict[str, Actor]
    seed: int
    token: str


class BlindForm(forms.Form):
    """The query string of blind reading: a token, guesses (`guess-A`), and what is revealed."""

    set = forms.CharField(required=False, max_length=8000, label=gettext_lazy("Set"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.dossier = dossier
        self.user = user

    def clean_set(self) -> BlindSet | None:
        """Return what the token stands for; None where there is none."""
        token = self.cleaned_data["set"]
        if not token:
            return None
        numbers = numbers_of(token)
        selection = self._selection(numbers) if numbers else None
        if numbers is None or selection is None:
            raise ValidationError(
                _(
                    "This address of a blind reading is incomplete, or belongs to another dossier "
                    "or site, or what it stands for is gone. Begin again from the comparison."
                )
            )
        order = sorted(selection.actors, key=lambda actor: actor.pk)
        Random(numbers["s"]).shuffle(order)
        letters = dict(zip(ascii_uppercase, order, strict=False))
        return BlindSet(selection, letters, numbers["s"], token)

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
                    _("“%(value)s” cannot be revealed. Here are %(letters)s, and “all”.")
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

    def _selection(self, numbers: dict[str, Any]) -> Selection | None:
        """Return the selection of a token; None where a part of it is not to be seen."""
        if numbers["d"] != self.dossier.pk:
            return None
        actors = Actor.objects.visible_to(self.user).of(self.dossier).in_bulk(numbers["a"])
        issues = Issue.objects.visible_to(self.user).of(self.dossier).in_bulk(numbers["i"])
        if len(actors) < len(numbers["a"]) or len(issues) < len(numbers["i"]):
            return None
        data = QueryDict(mutable=True)
        data.setlist("actor", [actors[pk].slug for pk in numbers["a"]])
        data.setlist("issue", [issues[pk].slug for pk in numbers["i"]])
        data["as_of"], data["recorded_as_of"] = numbers["t"], numbers["r"]
        switches = ("first_hand", "differences", "silent", "bodies")
        data.update({name: str(is_on) for name, is_on in zip(switches, numbers["f"], strict=True)})
        form = CompareForm(data, dossier=self.dossier, user=self.user)
        return form.selection() if form.is_valid() else None
