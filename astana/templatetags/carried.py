"""What goes along when a reader goes to another page of a dossier: the day, and who is compared."""

import re
from typing import Any

from django import template
from django.utils.http import urlencode

register = template.Library()

_VALUES = {
    "actor": re.compile(r"[-\w]{1,80}", re.ASCII),
    "as_of": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "first_hand": re.compile("[01]"),
}
# Where several actors are set side by side; elsewhere an actor narrows a list.
_BESIDE = {"compare", "common_ground", "agreement"}


@register.simple_tag(takes_context=True)
def carried(context: dict[str, Any], names: str) -> str:
    """Return the query string that takes these parameters of the page along, empty without any."""
    request = context.get("request")
    match = request.resolver_match if request else None
    if match is None:
        return ""
    pairs = [
        (name, value)
        for name in names.split()
        if name != "actor" or match.namespace in _BESIDE
        for value in request.GET.getlist(name)
        if _VALUES[name].fullmatch(value)
    ]
    return f"?{urlencode(pairs)}" if pairs else ""
