"""A decision on a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from astana.actions.additions import CALLED
from astana.models.in_passing import InPassing
from astana.pages.desk.proposals.presenter import others_at_desk

ACCEPT, RENAME, MERGE = "accept", "rename", "merge"


class DecisionForm(forms.Form):
    """What becomes of a proposal; `revision` is what the reviewer has read.

    A valid form has `into`, the record that the proposal goes into, where it is to be merged.
    """

    do = forms.ChoiceField(choices=[(ACCEPT, ""), (RENAME, ""), (MERGE, "")], required=False)
    revision = forms.IntegerField(min_value=1)
    name = forms.CharField(required=False)
    near = forms.CharField(required=False, max_length=80)
    into = forms.CharField(required=False, max_length=300)

    def __init__(self, data: Any, *, proposal: InPassing, user: Any) -> None:
        super().__init__(data)
        self.proposal, self.user = proposal, user
        longest = proposal._meta.get_field(CALLED[type(proposal)]).max_length
        self.fields["name"] = forms.CharField(required=False, max_length=longest)

    def clean(self) -> dict[str, Any]:
        """Look up into what it goes, by short name or by name."""
        cleaned = super().clean() or {}
        if cleaned.get("near"):
            # The button of one that is called alike.
            cleaned["do"], asked = MERGE, cleaned["near"]
        else:
            asked = cleaned.get("into", "")
        if cleaned.get("do") == RENAME and not cleaned.get("name"):
            self.add_error("name", _("Write the name under which it is accepted."))
        elif cleaned.get("do") == MERGE:
            cleaned["into"] = self._named(asked)
        elif not cleaned.get("do"):
            self.add_error(None, _("Say what becomes of it."))
        return cleaned

    def _named(self, asked: str) -> InPassing | None:
        known = others_at_desk(self.proposal, user=self.user)
        found = [one for one in known if asked == one.slug] or [
            one for one in known if asked and asked == str(one)
        ]
        if len(found) == 1:
            return found[0]
        told = _("Several are called so. Write the short name of one.") if found else ""
        self.add_error("into", told or _("Nothing else is called so. Write a name or short name."))
        return None
