"""What the filters of every list share: facets with counts, chips, and clear refusals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.kept import kept
from astana.models.process_cache import held
from astana.web.facets import Facet, Numbers
from astana.web.fields import DayField, FlagField

TEXT_MAX_CHARACTERS = 200
COUNTS_ARE_KEPT_SECONDS = 3600
# The parameters that say which page of a list is shown.
PAGING = ("page", "after", "before")
# So many rows are counted at most; of more, the newest.
MOST_COUNTED = 10_000
# So many rows are sorted without an index at most.
MOST_SORTED = 1_000


@dataclass(frozen=True)
class Found:
    """How many rows there are: exactly, or where `is_more` is set more than `number`."""

    number: int
    is_more: bool = False

    @property
    def is_many(self) -> bool:
        """Whether they are too many to be sorted for each page."""
        return self.is_more or self.number > MOST_SORTED


@dataclass(frozen=True)
class Chip:
    """One applied filter, and the address without it."""

    kind: str
    label: str
    url: str


class _Filter(django_filters.Filter):
    """A filter whose field is never required, and does not take that as a question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra.pop("required")


class DayFilter(_Filter):
    """A day in the calendar as one end of a range."""

    field_class = DayField


class FlagFilter(_Filter):
    """A switch: on, only rows of which `field_name` is true are left."""

    field_class = FlagField

    def filter(self, qs: QuerySet, value: bool | None) -> QuerySet:
        """Return the rows of which it is true, or all."""
        return qs.filter(**{self.field_name: True}) if value else qs


class TextFilter(django_filters.CharFilter):
    """Words that must all be found, each in one of the fields `within`.

    `or_where` returns a further condition that a word may meet instead.
    """

    def __init__(
        self,
        *,
        within: Sequence[str] = (),
        or_where: Callable[[str, Dossier], Q] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(max_length=TEXT_MAX_CHARACTERS, **kwargs)
        self.within, self.or_where = within, or_where

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        """Return the rows in which every word is found."""
        for word in (value or "").split():
            found = self.or_where(word, self.parent.dossier) if self.or_where else Q()
            for name in self.within:
                found |= Q(**{f"{name}__icontains": word})
            qs = qs.filter(found)
        return qs


class ListFilter(django_filters.FilterSet):
    """The filters of a list, read from the query string of a request.

    `shown` is what they leave, `problems` what they refuse in words, `facets` what can be chosen
    with counts under the other filters, `chips` what is applied.
    """

    # The two day filters that are a range, and what the page says of it.
    RANGE: tuple[str, str] | None = None
    # The order in which rows are newest first, of lists so long that not all rows are counted.
    NEWEST_FIRST: tuple[str, ...] | None = None

    def __init__(self, request: HttpRequest, rows: QuerySet, *, dossier: Dossier) -> None:
        self.dossier = dossier
        super().__init__(request.GET, rows, request=request)
        for name, part in self.filters.items():
            if isinstance(part, Facet):
                is_early = bool(part.after) and not any(map(self.data.get, (part.after, name)))
                part.load(dossier, name=name, user=request.user, is_early=is_early)

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
    def found(self) -> Found:
        """How many rows are shown; one query at most."""
        return Found(0) if self.problems else self._found(self.form.cleaned_data)

    @property
    def facets(self) -> list[Facet]:
        """The facets with values, each counted under all filters but itself; one query a facet."""
        chosen = self.form.cleaned_data
        for facet in self._facets():
            is_early = facet.after and not chosen.get(facet.after) and not chosen.get(facet.name)
            numbers = Numbers({}) if is_early else self._numbers(facet)
            values, under = (
                {option.value for option in chosen.get(name) or []}
                for name in (facet.name, facet.after)
            )
            facet.offer(numbers, values, under=under)
        return [facet for facet in self._facets() if facet.options or facet.is_early]

    @property
    def drawn_facets(self) -> SafeString:
        """The facets as they are drawn; where nothing is chosen, once for a version of the dossier.

        A list is mostly turned and sorted so, and has hundreds of choices.
        """
        is_bare = not self.form.errors and not any(self.form.cleaned_data.values())
        if not is_bare or any(facet.at_desk for facet in self._facets()):
            return self._draw_facets()
        what = f"facets:{type(self).__name__}"
        return kept(self.dossier, what, (), self._draw_facets, among=held)

    def _draw_facets(self) -> SafeString:
        template = get_template("components/facet.html")
        return SafeString("".join(template.render({"facet": facet}) for facet in self.facets))

    def counted(self) -> Found | None:
        """Return how many rows there are without any filter, where that is known."""
        return None

    def counted_by(self, facet: Facet) -> dict[int | str, int] | None:
        """Return how many rows have each value without any filter, where that is known."""
        return None

    def _numbers(self, facet: Facet) -> Numbers:
        others = {
            name: value for name, value in self.form.cleaned_data.items() if name != facet.name
        }
        known = None if any(others.values()) else self.counted_by(facet)
        if known is not None:
            return Numbers(known)
        return self._kept(f"facet:{facet.name}", others, lambda: self._count(facet, others))

    def _count(self, facet: Facet, others: dict[str, Any]) -> Numbers:
        rows = self._under(others)
        found = self._found(others)
        if not self.NEWEST_FIRST or not (found.is_more or found.number > MOST_COUNTED):
            return Numbers(facet.count(rows))
        newest = rows.order_by(*self.NEWEST_FIRST).values("pk")[:MOST_COUNTED]
        some = self.queryset.model.objects.filter(pk__in=newest)
        return Numbers(facet.count(some), newest=MOST_COUNTED)

    def _found(self, values: dict[str, Any]) -> Found:
        known = None if any(values.values()) else self.counted()
        return known or self._kept("found", values, lambda: self._find(values))

    def _find(self, values: dict[str, Any]) -> Found:
        rows = self._under(values).order_by()
        if not self.NEWEST_FIRST:
            return Found(rows.count())
        number = rows[: MOST_COUNTED + 1].count()
        return Found(MOST_COUNTED, is_more=True) if number > MOST_COUNTED else Found(number)

    def _under(self, values: dict[str, Any]) -> QuerySet:
        rows = self.queryset
        for name, value in values.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def _kept(self, what: str, values: dict[str, Any], count: Callable[[], Any]) -> Any:
        """Return what was counted under these filters for this version of the dossier.

        At the desk it is counted again: each person sees other rows there, of any version.
        """
        if any(facet.at_desk for facet in self._facets()):
            return count()
        applied = sorted((name, value) for name, value in values.items() if value)
        state = sha256(repr(applied).encode()).hexdigest()
        key = f"{what}:{type(self).__name__}:{self.dossier.pk}:{self.dossier.version}:{state}"
        counted = held.get(key)
        if counted is None:
            counted = count()
            held.set(key, counted, timeout=COUNTS_ARE_KEPT_SECONDS)
        return counted

    def keys_in_order(self, name: str) -> list[int | str]:
        """Return the keys of a facet in their order: those that are chosen, or all."""
        facet = self.filters[name]
        chosen = self.form.cleaned_data.get(name)
        if chosen:
            kept = {option.key for option in chosen}
            return [option.key for option in facet.options.values() if option.key in kept]
        return [option.key for option in facet.options.values()]

    def numbers_by(self, name: str) -> dict[int | str, int]:
        """Return how many rows have each key of a facet where no filter is on; else nothing."""
        is_bare = not any(self.form.cleaned_data.values())
        return (self.counted_by(self.filters[name]) or {}) if is_bare else {}

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
        for paging in PAGING:
            query.pop(paging, None)
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
        for name in [*self.filters, *PAGING]:
            if name != "q":
                query.pop(name, None)
        return f"?{query.urlencode()}"
