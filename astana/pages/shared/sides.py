"""Sides in an address: actors that stand together, `side=turkey,russia&side=usa`."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from astana.pages.shared.fields import SlugsField

MOST_SIDES = 12
# So many of those that cannot be are named.
MOST_NAMED = 5


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
            problems.append(_("One side has nobody to meet: add an actor to a new side."))
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
            _("“%(name)s” is on two sides: take it off one of them.") % {"name": slug}
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
