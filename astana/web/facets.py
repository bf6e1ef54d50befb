"""Facets: values to choose from, each with how many rows it would show."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices, Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.process_cache import held
from astana.web.named import close_matches
from astana.web.offered import Choice, Option

OPTIONS_ARE_KEPT_SECONDS = 3600


class Numbers(NamedTuple):
    """How many rows have each key; where `newest` is set, only so many newest were counted."""

    of_key: dict[int | str, int]
    newest: int = 0


class OptionsField(forms.Field):
    """Values of a facet, each a parameter of its own; an unknown one is named."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, options: Callable[[], dict[str, Option]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options_of = options

    @property
    def options(self) -> dict[str, Option]:
        """The values by their names in the URL."""
        return self.options_of()

    def clean(self, value: Any) -> list[Option]:
        """Return the options of these values, in the order given and without repetitions."""
        values = [name for name in dict.fromkeys(value or []) if name]
        if not values:
            return []
        options = self.options
        unknown = [name for name in values if name not in options]
        if unknown:
            raise ValidationError([_refusal(name, options) for name in unknown[:5]])
        return [options[name] for name in values]


def _refusal(name: str, known: Iterable[str]) -> str:
    known = list(known)
    offered = known if len(known) <= 12 else close_matches(name, known) or known[:5]
    if not offered:
        return _("“%(name)s” is unknown, and there is nothing to choose from.") % {
            "name": name[:60]
        }
    return _("“%(name)s” is unknown. Known values: %(known)s.") % {
        "name": name[:60],
        "known": ", ".join(offered) + (" …" if len(offered) < len(known) else ""),
    }


class Facet(django_filters.Filter):
    """A choice of values: any of those chosen inside the facet, all facets together.

    `field_name` is the path that rows are counted by; `options` returns the values of a dossier,
    or has the same values in all, as an enumeration.
    Where the path leads to many rows, `within` returns the condition for the chosen keys. `after`
    names the facet in which something has to be chosen before this one offers anything: the names
    of its values begin with those of the other, and a dot. With `at_desk` each person sees other
    values: `options` takes the `user` too, and they are not kept.
    """

    field_class = OptionsField

    def __init__(
        self,
        field_name: str,
        *,
        options: Callable[..., list[Option]] | type[Choices],
        within: Callable[[list[int | str]], Q] | None = None,
        after: str = "",
        hint: str = "",
        at_desk: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(field_name, **kwargs)
        self.at_desk = at_desk
        self.options_of = options
        self.within = within
        self.after = after
        self.hint = hint
        self.name = ""
        self.choices: list[Choice] = []
        self.newest = 0
        self.is_early = False
        self.dossier: Dossier | None = None
        self.user: Any = None

    def load(self, dossier: Dossier, *, name: str, user: Any, is_early: bool = False) -> None:
        """Offer the values that exist in a dossier; `name` is the parameter in the URL.

        None are needed while it is too early to choose one.
        """
        self.dossier, self.name, self.is_early = dossier, name, is_early
        self.user = user
        self.extra["options"] = lambda: self.options

    @cached_property
    def options(self) -> dict[str, Option]:
        """The values by their names in the URL; asked for where they are shown or one is chosen."""
        options = [] if self.is_early or self.dossier is None else self._options(self.dossier)
        return {option.value: option for option in options}

    def _options(self, dossier: Dossier) -> list[Option]:
        """Return the options as of the version of the dossier; the query is made once for each."""
        if isinstance(self.options_of, type):
            return [Option(value, value, str(label)) for value, label in self.options_of.choices]
        if self.at_desk:
            return self.options_of(dossier, user=self.user)
        where = f"{self.options_of.__module__}.{self.options_of.__qualname__}:{self.field_name}"
        key = f"options:{where}:{get_language()}:{dossier.pk}:{dossier.version}"
        options = held.get(key)
        if options is None:
            options = self.options_of(dossier)
            held.set(key, options, timeout=OPTIONS_ARE_KEPT_SECONDS)
        return options

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

    def offer(self, numbers: Numbers, chosen: set[str], *, under: set[str]) -> None:
        """Offer what would show something, and what is chosen.

        `under` are the values chosen in the facet that this one comes after. Where only the newest
        rows were counted, what none of them has may still show older ones: every value is offered.
        """
        self.newest = numbers.newest
        self.choices = [
            Choice(
                value=option.value,
                label=option.label,
                group=option.group,
                number=numbers.of_key.get(option.key, 0),
                is_chosen=option.value in chosen,
                is_least=bool(numbers.newest),
            )
            for option in self.options.values()
            if option.value in chosen
            or numbers.of_key.get(option.key)
            or (numbers.newest and (not under or option.value.partition(".")[0] in under))
        ]

    @property
    def chosen(self) -> list[Choice]:
        """What is applied."""
        return [choice for choice in self.choices if choice.is_chosen]
