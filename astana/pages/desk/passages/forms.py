"""Which passages are shown, what is done with one, and the changed text of an article."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Article, Health, Rendition
from astana.models.health import WORST_FIRST
from astana.web.fields import KnownField
from astana.words.line_ends import plain

MOST_PAGES = 10_000

_BOX = re.compile(r"(evidence|anchor)" + r"-([0-9]{1,9})" * 4, re.ASCII)


class PassageFilter(forms.Form):
    """Which passages are shown: of which health, of which article."""

    health = KnownField(
        choices=[
            ("", gettext_lazy("all")),
            *((health.value, health.label) for health in WORST_FIRST),
        ],
        required=False,
        label=gettext_lazy("Health"),
    )
    article = forms.RegexField(
        r"^[-\w]{1,80}$",
        required=False,
        label=gettext_lazy("Article"),
        error_messages={"invalid": gettext_lazy("This is not the short name of an article.")},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PAGES,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("The list has no such page.")
        ),
    )

    def chosen(self, passages: QuerySet) -> QuerySet:
        """Return the passages that are asked for."""
        asked = self.cleaned_data
        if asked["health"]:
            passages = passages.filter(health=Health(asked["health"]))
        if asked["article"]:
            passages = passages.filter(rendition__article__slug=asked["article"])
        return passages

    @property
    def number(self) -> int:
        """Return the number of the page."""
        return self.cleaned_data["page"] or 1

    def turned(self) -> str:
        """Return the query string of the next page."""
        query = self.data.copy()
        query["page"] = str(self.number + 1)
        return f"?{query.urlencode()}"


class MendForm(forms.Form):
    """What is done with a passage: it is at a place, or it is withdrawn."""

    do = forms.ChoiceField(choices=[("place", "place"), ("withdraw", "withdraw")])
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    end = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    revision = forms.IntegerField(min_value=0)


class TogetherForm(forms.Form):
    """Which passages are where they are shown: a ticked box for each."""

    # As many as a page of the list can have.
    MOST = 100

    passage = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Tick at least one passage.")}
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        boxes = dict.fromkeys(self.data.getlist("passage"))
        self.boxes = [found for box in boxes if (found := _BOX.fullmatch(box))]
        self.fields["passage"].choices = [(found[0], found[0]) for found in self.boxes]

    def clean_passage(self) -> list[tuple[str, int, int, int, int]]:
        """Return noun, number, revision, start and end of each."""
        if len(self.boxes) > self.MOST:
            raise forms.ValidationError(
                _("At most %(most)s passages at once.") % {"most": self.MOST}
            )
        return [(found[1], *(int(number) for number in found.groups()[1:])) for found in self.boxes]


class NewTextForm(forms.Form):
    """The words of an article as they are now: a new version of one of its texts."""

    of = forms.ModelChoiceField(
        Rendition.objects.none(),
        label=gettext_lazy("Which text"),
        empty_label=None,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Somebody has replaced this text since you opened the page. Read the newest "
                "version on the page of the article. To store yours as a newer one, send it again."
            )
        },
    )
    text = forms.CharField(
        label=gettext_lazy("The text as it is now"),
        strip=False,
        error_messages={"required": gettext_lazy("Paste the text.")},
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=gettext_lazy("A blank line ends a paragraph. The previous version stays stored."),
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
            _("%(kind)s, %(language)s") % {"kind": one.get_kind_display(), "language": one.language}
        )

    def clean_text(self) -> str:
        """Return the text as it is but for its line ends, of which browsers make two characters.

        A text that is stored comes back as it is stored.
        """
        words = plain(self.cleaned_data["text"])
        if not words.strip():
            raise forms.ValidationError(_("Paste the text."))
        return next((one.text for one in self.current if plain(one.text) == words), words)
