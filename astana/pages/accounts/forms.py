"""What people say about themselves, and what they wish to be sent and shown."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import User


class AccountForm(forms.ModelForm):
    """A user's own name and wishes; rights, e-mail and password are not in it."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "wants_email", "digest", "wants_suggestions"]


class SignInForm(LoginForm):
    """What allauth asks on signing in, with a label that says what fits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
