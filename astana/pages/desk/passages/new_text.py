"""A changed text of an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Article, Rendition
from astana.words.line_ends import plain


class NewTextForm(forms.Form):
    """The words of an article as they are now: a new version of one of its texts."""

    of = forms.ModelChoiceField(
        Rendition.objects.none(), label=gettext_lazy("Which text"), empty_label=None
    )
    text = forms.CharField(
        label=gettext_lazy("The text as it is now"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=gettext_lazy("A blank line ends a paragraph. The version before stays stored."),
    )

    def __init__(self, data: Any, *, article: Article, user: Any, chosen: str = "") -> None:
        current = Rendition.objects.visible_to(user).filter(article=article).current()
        self.current = list(current.order_by("kind", "language"))
        self.chosen = next((one for one in self.current if str(one.pk) == chosen), None)
        with_words = (one for one in self.current if one.text)
        self.chosen = self.chosen or next(with_words, next(iter(self.current), None))
        start = {"of": self.chosen, "text": self.chosen.text if self.chosen else ""}
        super().__init__(data, initial=start)
        self.fields["of"].queryset = current
        self.fields["of"].label_from_instance = lambda one: (
            _("%(kind)s, %(language)s")
            % {
                "kind": one.get_kind_display(),
                "language": one.language,
            }
        )

    def clean_text(self) -> str:
        """Return the text as it is but for its line ends, of which browsers make two characters.

        A text that is stored comes back as it is stored.
        """
        words = plain(self.cleaned_data["text"])
        if not words.strip():
            raise forms.ValidationError(_("Paste the text."))
        return next((one.text for one in self.current if plain(one.text) == words), words)
