"""The query string of the page of passages that need a look, and what is done with one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from astana.models import Dossier, Health
from astana.models.health import WORST_FIRST

MOST_PAGES = 10_000


class PassageFilter(forms.Form):
    """Which passages are shown: of which health, of which article."""

    health = forms.ChoiceField(
        choices=[
            ("", gettext_lazy("all")),
            *((health.value, health.label) for health in WORST_FIRST),
        ],
        required=False,
        label=gettext_lazy("Health"),
    )
    article = forms.SlugField(required=False, max_length=80, label=gettext_lazy("Article"))
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data)
        self.dossier = dossier

    def chosen(self, passages: QuerySet) -> QuerySet:
        """Return the passages that are asked for."""
        asked = self.cleaned_data
        if asked["health"]:
            passages = passages.filter(health=Health(asked["health"]))
        if asked["article"]:
            passages = passages.filter(rendition__article__slug=asked["article"])
        return passages

    @property
    def problems(self) -> list[str]:
        """What of the address cannot be understood."""
        return [problem for problems in self.errors.values() for problem in problems]

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
    """What is done with a passage: it stands at a place, or it is withdrawn."""

    do = forms.ChoiceField(choices=[("place", "place"), ("withdraw", "withdraw")])
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    revision = forms.IntegerField(min_value=0)
