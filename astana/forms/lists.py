"""What the filters of every list share: facets with counts, chips, and clear refusals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from astana.forms.fields import DayField, FlagField, close_matches
from astana.models import Dossier

TEXT_MAX_CHARACTERS = 200
COUNTS_ARE_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Option:
    """One value of a facet: what rows hold, what the URL says, and the words for it."""

    key: int | str
    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Choice:
    """An option as the page offers it, with how many rows it would show."""

    value: str
    label: str
    group: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """One applied filter, and the address without it."""

    kind: str
    label: str
    url: str


class OptionsField(forms.Field):
    """Values of a facet, each a parameter of its own; an unknown one is named."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, options: dict[str, Option], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value: Any) -> list[Option]:
        """Return the options of these values, in the order given and without repetitions."""
        values = [name for name in dict.fromkeys(value or []) if name]
        unknown = [name for name in values if name not in self.options]
        if unknown:
            raise ValidationError([_refusal(name, self.options) for name in unknown[:5]])
        return [self.options[name] for name in values]


def _refusal(name: str, known: Iterable[str]) -> str:
    known = list(known)
    offered = known if len(known) <= 12 else close_matches(name[:80], known) or known[:5]
    if not offered:
        return _("“%(name)s” is unknown, and nothing is there to choose from.") % {
            "name": name[:60]
        }
    return _("“%(name)s” is unknown. There is: %(known)s.") % {
        "name": name[:60],
        "known": ", ".join(offered) + (" …" if len(offered) < len(known) else ""),
    }


class Facet(django_filters.Filter):
    """A choice of values: any of those chosen inside the facet, all facets together.

    `field_name` is the path that rows are counted by; `options` returns the values of a dossier.
    Where the path leads to many rows, `within` returns the condition for the chosen keys. `after`
    names the facet in which something has to be chosen before this one offers anything.
    """

    field_class = OptionsField

    def __init__(
        self,
        field_name: str,
        *,
        options: Callable[[Dossier], list[Option]],
        within: Callable[[list[int | str]], Q] | None = None,
        after: str = "",
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(field_name, **kwargs)
        self.options_of = options
        self.within = within
        self.after = after
        self.hint = hint
        self.name = ""
        self.options: dict[str, Option] = {}
        self.choices: list[Choice] = []

    def load(self, dossier: Dossier, *, name: str) -> None:
        """Fetch the values that exist in a dossier; `name` is the parameter in the URL."""
        self.name = name
        self.options = {option.value: option for option in self.options_of(dossier)}
        self.extra["options"] = self.options

    def filter(self, qs: QuerySet, value: list[Option] | None) -> QuerySet:
        """Return the rows that have one of the chosen values."""
        if not value:
            return qs
        keys = [option.key for option in value]
        return qs.filter(
            self.within(keys) if self.within else Q(**{f"{self.field_name}__in": keys})
        )

    def count(self, rows: QuerySet) -> dict[int | str, int]:
        """Return how many rows have each value; one query."""
        number = Count("pk", distinct=self.within is not None)
        return dict(rows.order_by().values_list(self.field_name).annotate(number=number))

    def offer(self, numbers: dict[int | str, int], chosen: set[str]) -> None:
        """Offer what would show something, and what is chosen."""
        self.choices = [
            Choice(
                value=option.value,
                label=option.label,
                group=option.group,
                number=numbers.get(option.key, 0),
                is_chosen=option.value in chosen,
            )
            for option in self.options.values()
            if numbers.get(option.key) or option.value in chosen
        ]

    @property
    def chosen(self) -> list[Choice]:
        """What is applied."""
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices under their headings."""
        grouped = groupby(self.choices, key=lambda choice: choice.group)
        return [(group, list(choices)) for group, choices in grouped]


class DayFilter(django_filters.Filter):
    """A day in the calendar as one end of a range."""

    field_class = DayField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra.pop("required")


class FlagFilter(django_filters.Filter):
    """A switch: on, only rows of which `field_name` is true are left."""

    field_class = FlagField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra.pop("required")

    def filter(self, qs: QuerySet, value: bool | None) -> QuerySet:
        """Return the rows of which it is true, or all."""
        return qs.filter(**{self.field_name: True}) if value else qs


class TextFilter(django_filters.CharFilter):
    """Words that must all be found; `where` returns the condition for one of them."""

    def __init__(self, *, where: Callable[[str, Dossier], Q] | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=TEXT_MAX_CHARACTERS, **kwargs)
        self.where = where

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        """Return the rows in which every word is found."""
        for word in (value or "").split():
            qs = qs.filter(self.where(word, self.parent.dossier))
        return qs


class ListFilter(django_filters.FilterSet):
    """The filters of a list, read from the query string of a request.

    `shown` is what they leave, `problems` what they refuse in words, `facets` what can be chosen
    with counts under the other filters, `chips` what is applied.
    """

    # The two day filters that are a range, and what the page says of it.
    RANGE: tuple[str, str] | None = None

    def __init__(self, request: HttpRequest, rows: QuerySet, *, dossier: Dossier) -> None:
        self.dossier = dossier
        super().__init__(request.GET, rows, request=request)
        for name, part in self.filters.items():
            if isinstance(part, Facet):
                part.load(dossier, name=name)

    def _facets(self) -> list[Facet]:
        return [part for part in self.filters.values() if isinstance(part, Facet)]

    @property
    def problems(self) -> list[str]:
        """What cannot be understood, each with the name of its filter; empty if all can."""
        found = [
            f"{self.filters[name].label}: {message}"
            for name, messages in self.form.errors.items()
            for message in messages
        ]
        first, last = (self.form.cleaned_data.get(name) for name in self.RANGE or ("", ""))
        if first and last and last < first:
            found.append(_("The range of days ends before it starts."))
        return found

    @property
    def shown(self) -> QuerySet:
        """The rows that the filters leave; none where they cannot be understood."""
        return self.queryset.none() if self.problems else self.qs

    @property
    def facets(self) -> list[Facet]:
        """The facets with values, each counted under all filters but itself; one query a facet."""
        chosen = self.form.cleaned_data
        for facet in self._facets():
            is_early = facet.after and not chosen.get(facet.after) and not chosen.get(facet.name)
            numbers = {} if is_early else self._numbers(facet)
            facet.offer(numbers, {option.value for option in chosen.get(facet.name) or []})
        return [facet for facet in self._facets() if facet.options]

    def _numbers(self, facet: Facet) -> dict[int | str, int]:
        others = {
            name: value for name, value in self.form.cleaned_data.items() if name != facet.name
        }
        state = sha256(repr(sorted(others.items())).encode()).hexdigest()
        dossier = self.dossier
        key = f"facet:{type(self).__name__}:{facet.name}:{dossier.pk}:{dossier.version}:{state}"
        numbers = cache.get(key)
        if numbers is None:
            rows = self.queryset
            for name, value in others.items():
                rows = self.filters[name].filter(rows, value)
            numbers = facet.count(rows)
            cache.set(key, numbers, timeout=COUNTS_ARE_KEPT_SECONDS)
        return numbers

    @property
    def words_label(self) -> str:
        """What the field for words looks for."""
        return str(self.filters["q"].label)

    @property
    def words(self) -> str:
        """The words looked for, as they were typed."""
        return self.data.get("q", "")[:TEXT_MAX_CHARACTERS]

    @property
    def days(self) -> list[dict[str, str]]:
        """The ends of the range, as they were typed."""
        return [
            {"name": name, "label": part.label, "value": self.data.get(name, "")[:20]}
            for name, part in self.filters.items()
            if isinstance(part, DayFilter)
        ]

    @property
    def flags(self) -> list[dict[str, Any]]:
        """The switches."""
        return [
            {"name": name, "label": part.label, "is_on": self.form.cleaned_data.get(name)}
            for name, part in self.filters.items()
            if isinstance(part, FlagFilter)
        ]

    @property
    def chips(self) -> list[Chip]:
        """What is applied, each with the address without it."""
        chips = []
        for name, value in self.form.cleaned_data.items():
            part = self.filters[name]
            if isinstance(part, Facet):
                chips += [
                    Chip(str(part.label), option.label, self._without(name, option.value))
                    for option in value
                ]
            elif value:
                words = "" if value is True else str(self.data.get(name))
                chips.append(Chip(str(part.label), words, self._without(name)))
        return chips

    def _without(self, name: str, value: str | None = None) -> str:
        query = self.data.copy()
        query.pop("page", None)
        kept = [other for other in query.getlist(name) if value is not None and other != value]
        query.setlist(name, kept)
        return f"?{query.urlencode()}"

    @property
    def is_more_than_words(self) -> bool:
        """Whether anything but words is applied."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "q")

    @property
    def cleared(self) -> str:
        """The address without any filter but the text that was searched for."""
        query = self.data.copy()
        for name in [*self.filters, "page"]:
            if name != "q":
                query.pop(name, None)
        return f"?{query.urlencode()}"

    @property
    def sort(self) -> str:
        """The order that the list is in, to be kept when a filter is applied."""
        return self.data.get("sort", "")
