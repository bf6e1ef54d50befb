"""A step that is taken with many positions at once: what was chosen, and what is told after it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.actions.of_many import step_with_each
from astana.actions.workflow import publish, reject, submit, take_back
from astana.models import Position

MOST_AT_ONCE = 200
REASON_MAX_CHARACTERS = 2_000

STEPS: dict[str, Callable[..., object]] = {
    "submit": submit,
    "take-back": take_back,
    "publish": publish,
    "reject": reject,
}


class ManyForm(forms.Form):
    """Which positions take which of the steps that a page knows.

    A position is chosen by its key and the revision that was read, such as p004.2. With `reason`,
    which a rejection needs, all are rejected.
    """

    chosen = forms.Field(
        widget=forms.SelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one position.")},
    )
    step = forms.ChoiceField()
    reason = forms.CharField(required=False, max_length=REASON_MAX_CHARACTERS)

    def __init__(self, data: Any = None, *, steps: tuple[str, ...]) -> None:
        super().__init__(data)
        self.fields["step"].choices = [(step, "") for step in steps]

    def clean_chosen(self) -> dict[str, int]:
        """Return the revisions that were read by key."""
        pairs = [one.rpartition(".") for one in self.cleaned_data["chosen"]]
        if len(pairs) > MOST_AT_ONCE or not all(
            revision.isdecimal() and len(revision) < 10 for *_rest, revision in pairs
        ):
            raise forms.ValidationError(_("Choose the positions again."))
        return {key: int(revision) for key, _dot, revision in pairs}

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is rejected."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("step") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", no_reason())
        return cleaned

    @property
    def ticked(self) -> list[str]:
        """What was chosen, understood or not, to be chosen again."""
        return self.data.getlist("chosen") if self.is_bound else []

    def take(self, request: HttpRequest, positions: QuerySet) -> None:
        """Take the step with those that were chosen, and tell what became of each."""
        chosen, step = self.cleaned_data["chosen"], self.cleaned_data["step"]
        found = positions.filter(key__in=chosen).select_related(
            "assignment", "coder", "actor", "speaker", "attributed_by", "dossier"
        )
        rows = list(found.order_by("pk"))
        for position in rows:
            position.revision = chosen[position.key]
        tell(request, step, rows, reason=self.cleaned_data["reason"])
        if gone := sorted(set(chosen) - {position.key for position in rows}):
            _refused(request, gone, _("It is no longer there."))


def choice_of(position: Position) -> str:
    """Return how a form names a position with the revision that was read."""
    return f"{position.key}.{position.revision}"


def no_reason() -> str:
    """Return what is said where positions are rejected without a reason."""
    return _("Say why the positions are rejected: their coders see it.")


def tell(request: HttpRequest, step: str, positions: list[Position], *, reason: str) -> None:
    """Take a step with each position, and tell what became of each: refusals by reason."""
    given = {"by": request.user} | ({"reason": reason} if step == "reject" else {})
    outcome = step_with_each(positions, lambda one: STEPS[step](position=one, **given))
    if number := len(outcome.done):
        messages.success(request, _done(step, number) % {"number": number})
    for why, keys in outcome.refused.items():
        _refused(request, keys, why)


def _refused(request: HttpRequest, keys: list[str], why: str) -> None:
    # Translators: keys of positions, such as p004, p017, and why nothing was done with them.
    told = _("Not done for %(keys)s: %(why)s")
    messages.error(request, told % {"keys": ", ".join(keys), "why": why})


def _done(step: str, number: int) -> str:
    match step:
        case "submit":
            return ngettext(
                "%(number)s position is submitted.", "%(number)s positions are submitted.", number
            )
        case "publish":
            return ngettext(
                "%(number)s position is published.", "%(number)s positions are published.", number
            )
        case "reject":
            return ngettext(
                "%(number)s position is rejected.", "%(number)s positions are rejected.", number
            )
    return ngettext(
        "%(number)s position is a draft again.", "%(number)s positions are drafts again.", number
    )
