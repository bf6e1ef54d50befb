"""From words to a passage: the person types words, Astana counts the offsets."""

import re

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.evidence.anchor import Passage, passage_of
from astana.evidence.paragraphs import paragraph_at
from astana.models import Rendition

# Signs that keyboards write one way and printed texts another, each with a pattern of its like.
_SIGNS = {sign: f"[{re.escape(alike)}]" for alike in ("'’‘ʼ", '"“”„«»', "-‐‑–—") for sign in alike}


def place(words: str, *, rendition: Rendition, paragraph: int | None) -> tuple[Passage, int | None]:
    """Return the passage that words typed by a person name, and the number of its paragraph.

    White space, quotation marks and dashes may be other ones than in the text; the passage has
    the text's own. Raises ValidationError, for the field that it names, unless the words stand in
    one place of the rendition, or of the paragraph.
    """
    if rendition.is_known_by_hash_only:
        message = _(
            "The words of “%(rendition)s” are not stored here. Attach its text first, or choose "
            "another rendition."
        )
        raise ValidationError({"rendition": message % {"rendition": rendition}})
    places = [
        (match.start(), match.end(), paragraph_at(rendition.paragraphs, match.start()))
        for match in _pattern(words).finditer(rendition.text)
    ]
    if not places:
        message = _(
            "These words are not in “%(rendition)s”. Copy them from its text exactly as they are "
            "there, or choose the rendition that has them."
        )
        raise ValidationError({"exact": message % {"rendition": rendition}})
    if paragraph is not None:
        here = [found for found in places if found[2] == paragraph]
        if not here:
            message = _("These words are not in paragraph %(number)s, but in %(places)s.")
            values = {"number": paragraph, "places": _paragraphs(places)}
            raise ValidationError({"paragraph": message % values})
        places = here
    if len(places) > 1:
        raise ValidationError(_several(places))
    start, end, number = places[0]
    return passage_of(rendition.text, start, end), number


def _several(places: list[tuple[int, int, int | None]]) -> dict[str, str]:
    """Return what to say of words that stand in several places, by field."""
    values = {"count": len(places), "places": _paragraphs(places)}
    if len({number for _start, _end, number in places}) == 1:
        message = _(
            "These words occur %(count)s times in %(places)s. Add the words before or after, so "
            "that they occur only once."
        )
        return {"exact": message % values}
    message = _(
        "These words occur %(count)s times: in %(places)s. Say which paragraph is meant, or add "
        "the words before or after."
    )
    return {"paragraph": message % values}


def _paragraphs(places: list[tuple[int, int, int | None]]) -> str:
    """Return the paragraphs of places in words."""
    numbers = sorted({number for _start, _end, number in places if number is not None})
    parts = []
    if numbers:
        listed = get_text_list([str(number) for number in numbers], _("and"))
        parts.append(
            ngettext("paragraph %(numbers)s", "paragraphs %(numbers)s", len(numbers))
            % {"numbers": listed}
        )
    if any(number is None for _start, _end, number in places):
        parts.append(_("a place outside the numbered paragraphs"))
    return get_text_list(parts, _("and"))


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern of words that overlooks which white space and which signs they have."""
    return re.compile(
        r"\s+".join(
            "".join(_SIGNS.get(letter, re.escape(letter)) for letter in word)
            for word in words.split()
        )
    )
