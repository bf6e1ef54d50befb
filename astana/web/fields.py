"""Form fields for query strings: strict, bounded, and clear about what they refuse."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models.name_field import refuse_unfit_name

# So many are compared at most.
MOST_ACTORS = 60
MOST_SIDES = 12
# So many of the words that a choice knows are named.
MOST_WORDS = 30
# So many of those that cannot be are named.
MOST_NAMED = 5
# Translators: `value` is what a reader typed, `known` a list of what it can be.
_UNKNOWN_WORD = gettext_lazy("“%(value)s” is unknown. Known values: %(known)s.")
_A_DAY = timedelta(days=1)
_SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)


class NameField(forms.CharField):
    """A new name, of an actor, a source or the like."""

    default_validators = [refuse_unfit_name]


class SlugsField(forms.Field):
    """Short names, each given once as a parameter of its own (`actor=russia&actor=turkey`)."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most = most

    def clean(self, value: Any) -> list[str]:
        """Return the names in the order given, without repetitions."""
        slugs = list(dict.fromkeys(slug for slug in value or [] if slug))
        if len(slugs) > self.most:
            raise ValidationError(
                _("%(number)s are too many to compare: choose at most %(most)s.")
                % {"number": len(slugs), "most": self.most}
            )
        for slug in slugs:
            if not _SLUG.fullmatch(slug):
                raise ValidationError(_("“%(name)s” is not a short name.") % {"name": slug[:60]})
        return slugs


class SidesField(SlugsField):
    """Sides, each a parameter of its own with the short names of its actors and commas between.

    None is no choice; one alone, an actor on two sides, and too many of either are refused.
    """

    def clean(self, value: Any) -> list[list[str]]:
        """Return the short names of the actors of each side, in the order given."""
        sides = sides_typed(value)
        slugs = [slug for side in sides for slug in side]
        super().clean(slugs)
        problems = []
        if len(sides) == 1:
            problems.append(_("A brief needs two sides: add an actor to a new side."))
        if len(sides) > MOST_SIDES:
            problems.append(
                _(
                    "%(number)s sides are too many: choose at most %(most)s, and put actors that "
                    "stand together on one side."
                )
                % {"number": len(sides), "most": MOST_SIDES}
            )
        twice = [slug for slug in dict.fromkeys(slugs) if slugs.count(slug) > 1]
        problems += [
            _("“%(name)s” is on two sides: remove it from one of them.") % {"name": slug}
            for slug in twice[:MOST_NAMED]
        ]
        if problems:
            raise ValidationError(problems)
        return sides


def sides_typed(values: Iterable[str] | None) -> list[list[str]]:
    """Return the sides that an address names, whether or not they can be, without empty ones."""
    sides = [
        list(dict.fromkeys(slug for part in value.split(",") if (slug := part.strip())))
        for value in values or []
    ]
    return [side for side in sides if side]


def sides_written(sides: Iterable[Iterable[str]]) -> list[str]:
    """Return the values of the parameter `side` that name these sides."""
    return [",".join(side) for side in sides]


class DayField(forms.Field):
    """A day in the calendar, written 2017-01-24 and nothing else."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Return the day, or None where nothing was given."""
        if not value:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(day)s” is not a day in the calendar. Write it like 2017-01-24.")
                % {"day": value[:40]}
            ) from error


def start_of(day: date) -> datetime:
    """Return the first moment of a day in the site's time zone."""
    return _moment(day, time.min)


def end_of(day: date) -> datetime:
    """Return the last moment of a day in the site's time zone."""
    return _moment(day, time.max)


def _moment(day: date, when: time) -> datetime:
    return within_calendar(datetime.combine(day, when, tzinfo=timezone.get_current_timezone()))


def within_calendar(moment: datetime) -> datetime:
    """Return a moment in UTC, no nearer to the ends of the calendar than a day.

    So every time zone has a day for it. Nothing is recorded there.
    """
    first, last = (end.replace(tzinfo=UTC) for end in (datetime.min, datetime.max))
    naive = moment.replace(tzinfo=UTC)
    if naive - first < _A_DAY:
        return first + _A_DAY
    return last - _A_DAY if last - naive < _A_DAY else moment.astimezone(UTC)


class MomentField(forms.Field):
    """A second in UTC (2026-11-23T04:10:11Z), a day, or `now`; each means its end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Return the end of it, or None where nothing was given.

        `now` is the end of the last second that is over: what comes later can no longer be in it.
        """
        if not value:
            return None
        if value == "now":
            return timezone.now().replace(microsecond=0) - timedelta(microseconds=1)
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
                return end_of(date.fromisoformat(value))
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z", value, re.ASCII):
                raise ValueError
            return within_calendar(datetime.fromisoformat(value).replace(microsecond=999_999))
        except ValueError as error:
            raise ValidationError(
                _(
                    "“%(moment)s” is not a moment in UTC. Write it like 2017-01-24T15:30:00Z, or "
                    "as a day, 2017-01-24, which means the end of that day."
                )
                % {"moment": value[:40]}
            ) from error


class FlagField(forms.Field):
    """A switch: 1 is on, 0 is off, nothing is what the page does by default."""

    def __init__(self, *, default: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.default = default

    def clean(self, value: Any) -> bool:
        """Return whether the switch is on."""
        if value in (None, ""):
            return self.default
        if value not in ("0", "1"):
            raise ValidationError(_("“%(value)s” is neither 0 nor 1.") % {"value": value[:40]})
        return value == "1"


class KnownField(forms.ChoiceField):
    """A choice in an address; another is refused with those there are."""

    def validate(self, value: str) -> None:
        """Refuse what is none of the choices."""
        if value and not self.valid_value(value):
            words = [str(word) for word, _label in self.choices if word]
            known = ", ".join(words[:MOST_WORDS]) + (", …" if len(words) > MOST_WORDS else "")
            raise ValidationError(_UNKNOWN_WORD % {"value": value[:40], "known": known or "–"})


class OneOfField(forms.ChoiceField):
    """One of a few words; nothing is the first of them. `refusal` says that another is unknown."""

    def __init__(
        self, words: Mapping[str, Any], *, refusal: Any = _UNKNOWN_WORD, **kwargs: Any
    ) -> None:
        super().__init__(choices=list(words.items()), required=False, **kwargs)
        self.words, self.refusal = words, refusal

    def clean(self, value: Any) -> str:
        """Return the word, or say which there are."""
        if value and value not in self.words:
            raise ValidationError(
                self.refusal % {"value": str(value)[:40], "known": ", ".join(self.words)}
            )
        return value or next(iter(self.words))
