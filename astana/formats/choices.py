"""How a file of codings is read: what can be chosen, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from astana.formats.marked import gettext_noop
from astana.formats.options import check_options, wrong_option

# What files of codings leave open.
CODED = {
    "voice": gettext_noop(
        "how the words are known where the file does not say it, such as reported-speech"
    ),
    "said": gettext_noop("before: not after the day of the article; on: on that day"),
    "published": gettext_noop(
        "the day of articles of which the file does not say it, such as 2017-01-24"
    ),
    "source": gettext_noop("who published articles of which the file does not say it"),
    "language": gettext_noop("the language of texts of which the file does not say it, such as en"),
    "values": gettext_noop(
        "where stances stand on the scale, such as for:1,against:-1; others are off it"
    ),
    "independent": gettext_noop(
        "yes: who coded the same article did not see each other's work; no"
    ),
    "prefix": gettext_noop("what keys of positions begin with, so that two files keep apart"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen, by option in `named`; `published` is None where it was not."""

    named: dict[str, str]
    published: date | None
    # By what a stance is called, in small letters.
    values: dict[str, Decimal]


def choices_of(options: Mapping[str, str], **more: str) -> Choices:
    """Return what was chosen; `more` are the options of a format alone, with what it proposes."""
    proposed = {"voice": "reported-speech", "said": "before", "published": "", "source": ""}
    proposed |= {"language": "en", "values": "", "independent": "no"} | more
    check_options(options, proposed)
    named = proposed | dict(options)
    published = None
    if named["published"]:
        published = day_in(named["published"])
        if published is None:
            raise wrong_option("published", "It is no day. Write one such as 2017-01-24.")
    return Choices(named, published, _values(named["values"]))


def day_in(text: str) -> date | None:
    """Return the day that a text begins with, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _values(text: str) -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    for pair in filter(None, map(str.strip, text.split(","))):
        name, _mark, number = pair.rpartition(":")
        try:
            value = Decimal(number.strip())
        except InvalidOperation:
            value = Decimal(2)
        if not name.strip() or not -1 <= value <= 1 or value != round(value, 2):
            raise wrong_option("values", f"“{pair[:40]}” is none. Write pairs such as against:-1.")
        values[name.strip().casefold()] = value
    return values
