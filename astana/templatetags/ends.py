"""What the marks of an issue mean, named where they are drawn.

Written in Python, as it repeats by the hundred (docs/decisions/0009).
"""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astana.templatetags.shapes import stance_html
from astana.web.numbers import scale_value

register = template.Library()
register.filter(scale_value)


@register.simple_tag
def scale_ends(meaning: Any, *, answers: bool = True) -> SafeString:
    """Return the ends of a scale (an `Ends`) in the issue's own words, each with its mark.

    Without a scale these are its answers; where a word stands beside every mark, those without an
    order need not be listed (`answers`).
    """
    if not meaning or not meaning.ends:
        return mark_safe("")
    listed = meaning.ends
    if meaning.is_ordered:
        words, kind = _("The scale runs from one end to the other:"), "from-to"
    elif meaning.is_nominal:
        words, kind = _("Answers without an order, each with a shape:"), "answers"
        listed = listed if answers else ()
        words = words if answers else _("Answers without an order, told apart by their shapes.")
    else:
        words, kind = _("The answers:"), "answers"
    hidden = "" if meaning.is_nominal else ' class="visually-hidden"'
    named = " ".join(map(stance_html, listed))
    return mark_safe(
        f' <div class="ends {kind}"><span{hidden}>{escape(words)}</span> {named}</div>'
    )
