"""A decision on a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from astana.actions.additions import CALLED
from astana.models import Position
from astana.models.in_passing import InPassing
from astana.models.summary import typed_in
from astana.pages.desk.proposals.presenter import others_at_desk
from astana.pages.shared.summary import asks_again, stays_words

ACCEPT, RENAME, MERGE = "accept", "rename", "merge"


class DecisionForm(forms.Form):
    """What becomes of a proposal; `revision` is what the reviewer has read.

    A valid form has `into`, the record that the proposal goes into, where it is to be merged.
    """

    do = forms.ChoiceField(choices=[(ACCEPT, ""), (RENAME, ""), (MERGE, "")], required=False)
    revision = forms.IntegerField(min_value=1)
    near = forms.CharField(required=False, max_length=80)
    into = forms.CharField(required=False, max_length=300)
    # The name of which the reviewer has been told that summaries do not follow it.
    told = forms.CharField(required=False)

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
            self.add_error(None, _("Say what should become of it."))
        if not self.errors and cleaned["do"] != ACCEPT and type(self.proposal).CALLED:
            self._ask_of_summaries(cleaned)
        return cleaned

    def _ask_of_summaries(self, cleaned: dict[str, Any]) -> None:
        """Refuse a decision, once, where summaries that somebody typed say a name that goes."""
        was = str(self.proposal)
        now = str(cleaned["into"] if cleaned["do"] == MERGE else cleaned["name"])
        if now in (was, cleaned["told"]):
            return
        seen = Position.objects.at_desk_of(self.user, dossier=self.proposal.belongs_to())
        follow = seen.filter(**{self.proposal._meta.model_name: self.proposal})
        if keys := [key for key, _summary in typed_in(follow, saying=was)]:
            self.data = self.data.copy()
            self.data["told"] = now
            self.add_error(None, f"{stays_words(keys, was)} {asks_again()}")

    def _named(self, asked: str) -> InPassing | None:
        known = others_at_desk(self.proposal, user=self.user)
        found = [one for one in known if asked == one.slug] or [
            one for one in known if asked and asked == str(one)
        ]
        if len(found) == 1:
            return found[0]
        told = _("Several have this name. Write the short name of one.") if found else ""
        self.add_error("into", told or _("Nothing else has this name. Write a name or short name."))
        return None
