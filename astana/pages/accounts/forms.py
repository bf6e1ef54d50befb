"""What people say about themselves, and what they wish to be sent and shown."""

from typing import Any

from allauth.account.adapter import get_adapter
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


class CloseForm(forms.Form):
    """The password again; who signs in without one types the user name."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        max_length=4096,
    )
    name = forms.CharField(label=_("Your user name, to confirm"), max_length=150)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        del self.fields["name" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """Refuse a wrong password; tries count as those of signing in."""
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise forms.ValidationError(_("That is not your password."))
        return self.cleaned_data["password"]

    def clean_name(self) -> str:
        """Refuse another name."""
        if self.cleaned_data["name"] != self.user.get_username():
            raise forms.ValidationError(_("That is not your user name."))
        return self.cleaned_data["name"]
