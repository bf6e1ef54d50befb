"""What an owner says of the members of a dossier."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Membership, User
from astana.models.roles import Act, who_may

_ROLES = Membership.Role.choices


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=_ROLES, initial=Membership.Role.CODER)


class RoleForm(forms.Form):
    """The role that a member is to have."""

    role = forms.ChoiceField(label=_("Role"), choices=_ROLES)


class MatchForm(forms.Form):
    """The account that a coder of a file is; empty: none."""

    account = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="username", required=False
    )

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data)
        self.fields["account"].queryset = who_may(Act.CODE, dossier)
