"""What repeats by the hundred on the pages of an issue and of an actor.

Written in Python, as a template takes about ten times as long for it (docs/decisions/0009).
"""

from collections.abc import Collection, Iterable
from datetime import date
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.comparison.change import Kind
from astana.templatetags.shapes import stance_html

register = template.Library()


def _flag(words: str) -> str:
    return f'<span class="flag">{escape(words)}</span>'


@register.simple_tag
def standings(actors: Iterable[tuple[Any, bool]], dossier: str) -> SafeString:
    """Return the actors under a stance: each a `Line`, and whether it speaks with two voices."""
    start, end = reverse("positions:detail", args=[dossier, "-"]).rsplit("-", 1)
    return mark_safe(
        "".join(
            _standing(line, f"{start}{escape(line.key)}{end}", is_two_voices)
            for line, is_two_voices in actors
        )
    )


def _standing(line: Any, href: str, is_two_voices: bool) -> str:
    second_hand = " second-hand" if line.is_second_hand else ""
    spoken_by = f"<span><bdi>{escape(line.spoken_by)}</bdi></span>" if line.spoken_by else ""
    how = _flag(line.how) if line.is_second_hand else f"<span>{escape(line.how)}</span>"
    notes = (_flag(_("two voices")) if is_two_voices else "") + (
        _flag(_("disputed")) if line.is_disputed else ""
    )
    condition = (
        f'<span class="small condition"><b>{escape(_("If:"))}</b> '
        f"<bdi>{escape(line.condition)}</bdi></span>"
        if line.condition
        else ""
    )
    return (
        f'<div class="standing{second_hand}">'
        f'<a href="{escape(line.href)}"><bdi>{escape(line.actor)}</bdi></a>'
        f'<span class="meta">{spoken_by}'
        f'<span><a href="{href}">{escape(line.said)}</a></span></span>'
        f'<span class="meta">{how}<span>{escape(line.source_words)}</span>'
        f"{_said_of(line.notes)}{notes}</span>{condition}</div>"
    )


def _said_of(notes: Iterable[str]) -> str:
    return "".join(f"<span>{escape(note)}</span>" for note in notes)


_CHANGED = {
    # Translators: `before` and `after` are stances, `actor` who takes them.
    Kind.MOVED: gettext_lazy("%(actor)s moved from %(before)s to %(after)s"),
    Kind.CONDITION_CHANGED: gettext_lazy("%(actor)s: the condition changed, %(after)s"),
    Kind.FIRST_HEARD: gettext_lazy("%(actor)s first heard: %(after)s"),
    Kind.NOW_FIRST_HAND: gettext_lazy("%(actor)s now heard first-hand: %(after)s"),
    Kind.REPORTED_DIFFERENTLY: gettext_lazy(
        "%(actor)s reported differently: %(before)s, then %(after)s"
    ),
    Kind.DISPUTED: gettext_lazy("%(actor)s: disputed report, %(after)s"),
    Kind.TWO_VOICES: gettext_lazy("%(actor)s with two voices from here: %(after)s"),
    Kind.ONE_VOICE: gettext_lazy("%(actor)s with one voice now: %(after)s"),
}
# Where second-hand claims are left out, an earlier one may have been heard.
_FIRST_HEARD_FIRST_HAND = gettext_lazy("%(actor)s first heard first-hand: %(after)s")


@register.simple_tag
def changed(changes: Iterable[Any]) -> SafeString:
    """Return what happened when (steps of actors), said as what it is."""
    return mark_safe("".join(map(_change, changes)))


def _change(change: Any) -> str:
    before, after = (
        " ".join(map(stance_html, stances)) for stances in (change.before, change.after)
    )
    told = _CHANGED[change.kind]
    if change.kind is Kind.FIRST_HEARD and change.is_first_hand_only:
        told = _FIRST_HEARD_FIRST_HAND
    words = str(told) % {
        "actor": f'<a href="{escape(change.href)}"><bdi>{escape(change.actor)}</bdi></a>',
        "before": before,
        "after": after,
    }
    second_hand = f" · {_flag(_('second-hand'))}" if change.is_second_hand else ""
    event = f" · {escape(change.event)}" if change.event else ""
    return (
        f'<li><span class="muted">{escape(change.when)}{event}{second_hand}</span>'
        f"<span>{words}</span></li>"
    )


@register.simple_tag
def silences(dossier: str, noun: str, names: Iterable[tuple[str, str]]) -> SafeString:
    """Return the links to those of whom nothing was found; `names` are (short name, name)."""
    start, end = reverse(f"{noun}s:detail", args=[dossier, "-"]).rsplit("-", 1)
    return mark_safe(
        ", ".join(
            f'<a href="{start}{escape(slug)}{end}"><bdi>{escape(name)}</bdi></a>'
            for slug, name in names
        )
    )


@register.simple_tag
def spoken(people: Iterable[dict[str, Any]], dossier: str) -> SafeString:
    """Return those on one side of what was said for others, each with how often."""
    start, end = reverse("actors:detail", args=[dossier, "-"]).rsplit("-", 1)
    return mark_safe(
        "".join(
            f'<li><a href="{start}{escape(one["slug"])}{end}"><bdi>{escape(one["name"])}</bdi></a>'
            f' <span class="muted">{number_format(one["number"])}</span></li>'
            for one in people
        )
    )


@register.simple_tag
def held(
    issues: Iterable[Any], actor: str, dossier: str, *, disputed: Collection[str], as_of: date
) -> SafeString:
    """Return what an actor holds on some issues (each a `Held`).

    `disputed` are the short names of those on which sources disagree.
    """
    apart = escape(reverse("sources:index", args=[dossier], query={"actor": actor}))
    two_voices = escape(_("Two voices: the newest statements differ."))
    parts = {
        "lines": reverse("positions:detail", args=[dossier, "-"]).rsplit("-", 1),
        "issues": reverse("issues:detail", args=[dossier, "-"]).rsplit("-", 1),
        "apart": f'{apart}&amp;issue={{}}&amp;as_of={as_of.isoformat()}">'
        f"{escape(_('Sources disagree'))}</a></p>",
        "two": f'<p class="flag small">{two_voices}</p>',
    }
    return mark_safe("".join(_held(one, one.issue.slug in disputed, parts) for one in issues))


def _held(one: Any, is_disputed: bool, parts: dict[str, Any]) -> str:
    start, end = parts["issues"]
    slug = escape(one.issue.slug)
    event = f' <span class="muted small">{escape(one.event)}</span>' if one.event else ""
    apart = f'<p class="small flag"><a href="{parts["apart"].format(slug)}' if is_disputed else ""
    return (
        f'<li><h3><a href="{start}{slug}{end}">{escape(str(one.issue))}</a>{event}</h3>{apart}'
        f"{parts['two'] if len(one.headlines) > 1 else ''}"
        f"{''.join(_headline(line, *parts['lines']) for line in one.headlines)}</li>"
    )


@register.simple_tag
def unheard(issues: Iterable[Any], dossier: str) -> SafeString:
    """Return the issues on which nothing of an actor was found, each with its page."""
    start, end = reverse("issues:detail", args=[dossier, "-"]).rsplit("-", 1)
    return mark_safe(
        "".join(
            f'<li class="silent"><a href="{start}{escape(one.slug)}{end}">'
            f"{escape(str(one))}</a></li>"
            for one in issues
        )
    )


def _headline(line: Any, start: str, end: str) -> str:
    condition = (
        f'<p class="condition"><b>{escape(_("If:"))}</b> <bdi>{escape(line.condition)}</bdi></p>'
        if line.condition
        else ""
    )
    how = _flag(line.how) if line.is_second_hand else f"<span>{escape(line.how)}</span>"
    spoken = "".join(
        f"<span><bdi>{escape(name)}</bdi></span>" for name in (line.actor, line.spoken_by) if name
    )
    disputed = _flag(_("disputed")) if line.is_disputed else ""
    return (
        f"<div>{stance_html(line)}"
        f'<p><a href="{start}{escape(line.key)}{end}"><bdi>{escape(line.summary)}</bdi></a></p>'
        f"{condition}"
        f'<p class="meta"><span>{escape(line.said)}</span>{how}{spoken}'
        f"{_said_of(line.notes)}{disputed}</p></div>"
    )
