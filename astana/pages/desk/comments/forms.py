"""A comment on a position or an article."""

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Comment

TEXT_MAX_CHARACTERS = Comment._meta.get_field("text").max_length


class CommentForm(forms.Form):
    """What a member has to say."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=TEXT_MAX_CHARACTERS,
        error_messages={"required": _("Write a comment first.")},
    )
