"""How a file of codings is read: what can be chosen, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from astana.formats.marked import gettext_noop
from astana.formats.options import check_options, wrong_option

# What files of codings leave open.
CODED = {
    "voice": gettext_noop("voice, if the file does not state it, such as reported-speech"),
    "said": gettext_noop(
        "when positions without a date were said: before (not after the day of the article) or"
        " on (on that day)"
    ),
    "published": gettext_noop("day of articles, if the file does not state it, such as 2017-01-24"),
    "source": gettext_noop("publisher of articles, if the file does not state it"),
    "language": gettext_noop("language of texts, if the file does not state it, such as en"),
    "values": gettext_noop(
        "values of stances on the scale, such as for:1,against:-1; others are off the scale"
    ),
    "independent": gettext_noop(
        "yes if coders of the same article did not see each other's work; otherwise no"
    ),
    "prefix": gettext_noop("start of the keys of positions; use a different one for each file"),
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
            raise wrong_option("published", "This is not a day. Write one such as 2017-01-24.")
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
            raise wrong_option(
                "values", f"“{pair[:40]}” is not a value. Write pairs such as against:-1."
            )
        values[name.strip().casefold()] = value
    return values
