"""What an owner says of the members of a dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Membership

_ROLES = Membership.Role.choices


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=_ROLES, initial=Membership.Role.CODER)


class RoleForm(forms.Form):
    """The role that a member is to have."""

    role = forms.ChoiceField(label=_("Role"), choices=_ROLES)
