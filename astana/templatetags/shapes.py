"""The shape of a stance, beside words and in a picture, which are the same.

Filled: first-hand. Hollow: second-hand. A half filled one stands nearer the middle than the end.
"""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CIRCLE = '<circle class="mark{}" r="6"/>'
_SQUARE = '<rect class="mark{}" x="-6" y="-6" width="12" height="12" rx="2"/>'
_BAR = '<rect class="mark{}" x="-7" y="-2.5" width="14" height="5" rx="1.5"/>'
_HALF_CIRCLE = '<path class="mark" d="M0-6a6 6 0 0 0 0 12z"/>'
_HALF_SQUARE = '<rect class="mark" x="-6" y="-6" width="6" height="12"/>'
_RING = '<circle class="mark ring" r="6"/>'
_CORE = '<circle class="mark" r="1.5"/>'
# Of answers without an order, by their signs.
_ANSWERS = {
    "answer-1": "M0-7.5 7.5 6h-15z",
    "answer-2": "M0-8 8 0 0 8-8 0z",
    "answer-3": "M0 7.5 7.5-6h-15z",
    "answer-4": "M-2.5-7h5v4.5H7v5H2.5V7h-5V2.5H-7v-5h4.5z",
    "answer-5": "M0-8 2-2.6 7.6-2.5 3.2 1 4.7 6.5 0 3.3-4.7 6.5-3.2 1-7.6-2.5-2-2.6z",
    "answer-6": "M-7-7H7L-7 7H7z",
}


def shape(step: str, *, is_hollow: bool = False) -> str:
    """Return the shape of a step or sign as SVG around the point 0, 0."""
    hollow = " hollow" if is_hollow else ""
    if step in _ANSWERS:
        return f'<path class="mark{hollow}" d="{_ANSWERS[step]}"/>'
    if step == "zero":
        return _BAR.format(hollow)
    if step == "off":
        return _RING if is_hollow else _RING + _CORE
    whole, half = (_CIRCLE, _HALF_CIRCLE) if step.startswith("plus") else (_SQUARE, _HALF_SQUARE)
    if step.endswith("-1") and not is_hollow:
        return whole.format(" half") + half
    return whole.format(hollow)


def stance_html(stance: Any) -> str:
    """Return a stance, or what has its step and label, as shape, colour and word."""
    # What was searched for is marked in it.
    label = conditional_escape(stance.label)
    return f'<span class="stance {stance.step}"><i></i><span>{label}</span></span>'


@register.simple_tag
def stance_mark(stance: Any) -> SafeString:
    """Return the same for a template, with a blank between it and the words beside it."""
    return mark_safe(f" {stance_html(stance)} ")


@register.simple_tag
def shape_alone(step: str, is_hollow: bool, paper: str) -> SafeString:
    """Return the same shape for a picture without a style sheet, on paper of a colour."""
    drawn = shape(step, is_hollow=is_hollow)
    for name in (" hollow", " half", " ring"):
        drawn = drawn.replace(f'class="mark{name}"', f'fill="{paper}" stroke-width="1.8"')
    return mark_safe(drawn.replace('class="mark"', 'stroke="none"'))
