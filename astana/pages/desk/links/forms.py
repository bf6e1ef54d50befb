"""A link from one position to another: which kind, and to which position."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.actions.workflow import may_edit
from astana.models import Link, Position, User
from astana.pages.desk.links.presenter import nearby


class LinkForm(forms.Form):
    """What a position is to another one, which is chosen from those near it or named by its key.

    `to` names only positions that this user may change; `named` is the position of a valid form.
    """

    kind = forms.ChoiceField(label=gettext_lazy("What this position is"))
    to = forms.ChoiceField(label=gettext_lazy("The other position"), required=False)
    key = forms.CharField(
        label=gettext_lazy("Or its key, such as p004"), required=False, max_length=40
    )

    def __init__(self, data: Any, *, position: Position, user: User) -> None:
        super().__init__(data)
        self.position, self.user = position, user
        # Each is what this position is to the other one.
        self.fields["kind"].choices = [
            ("", "–"),
            (Link.Kind.SAME_UTTERANCE, _("The same utterance as a fuller rendering")),
            (Link.Kind.REASON_FOR, _("A reason for the other one")),
            (Link.Kind.ANSWERS, _("An answer to the other one")),
            (Link.Kind.REPEATS, _("A repetition of the other one")),
        ]
        self.fields["to"].choices = [("", "–"), *nearby(position, user=user)]
        self.named: Position | None = None

    def clean(self) -> dict[str, Any]:
        """Find the other position, once."""
        cleaned = super().clean()
        if "to" in self.errors or "key" in self.errors:
            return cleaned
        chosen, key = cleaned["to"], cleaned["key"].strip()
        if chosen and key and chosen != key:
            self.add_error(
                "key", _("Either choose a position or write a key; leave the other field empty.")
            )
        elif chosen or key:
            self._find(chosen or key, field="to" if chosen else "key")
        else:
            self.add_error("to", _("Choose a position, or write its key below."))
        return cleaned

    def _find(self, key: str, *, field: str) -> None:
        dossier = self.position.dossier
        known = Position.objects.at_desk_of(self.user, dossier=dossier)
        self.named = known.select_related("assignment").filter(key=key).first()
        if self.named is None:
            # Translators: the key of a position, such as p004.
            message = _("The dossier has no position “%(key)s” that you can see. Correct the key.")
            self.add_error(field, message % {"key": key})
            return
        self.named.dossier = dossier
        if not may_edit(self.user, self.named):
            # Translators: the key of a position, such as p004.
            message = _("You may not change %(key)s. Ask a reviewer to link the two.")
            self.add_error(field, message % {"key": key})

    def refuse(self, refusal: ValidationError) -> None:
        """Show at its field what cannot be linked like this."""
        where = "to" if self.cleaned_data["to"] else "key"
        fields = {NON_FIELD_ERRORS: where, "to": where, "kind": "kind"}
        for name, messages in refusal.message_dict.items():
            self.add_error(fields.get(name, "kind"), messages)
