"""What repeats by the hundred on the pages of an issue and of an actor.

Written in Python, as a template takes about ten times as long for it (docs/decisions/0009).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astana.comparison.change import Kind

register = template.Library()


def _flag(words: str) -> str:
    return f'<span class="flag">{escape(words)}</span>'


def _stance(label: str, step: str) -> str:
    return f'<span class="stance {step}"><i></i><span>{escape(label)}</span></span>'


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
        f'<span class="small condition"><b>{escape(_("If:"))}</b> {escape(line.condition)}</span>'
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


@register.simple_tag
def changed(changes: Iterable[Any]) -> SafeString:
    """Return what happened when (each a `Change`), said as what it is."""
    return mark_safe("".join(map(_change, changes)))


def _change(change: Any) -> str:
    before, after = (
        " ".join(_stance(one.label, one.step) for one in stances)
        for stances in (change.before, change.after)
    )
    # Translators: `before` and `after` are stances, `actor` who takes them.
    words = {
        Kind.MOVED: _("%(actor)s moved from %(before)s to %(after)s"),
        Kind.CONDITION_CHANGED: _("%(actor)s: the condition changed, %(after)s"),
        Kind.FIRST_HEARD: _("%(actor)s first heard: %(after)s"),
        Kind.NOW_FIRST_HAND: _("%(actor)s now heard first-hand: %(after)s"),
        Kind.REPORTED_DIFFERENTLY: _("%(actor)s reported differently: %(before)s, then %(after)s"),
        Kind.DISPUTED: _("%(actor)s: disputed report, %(after)s"),
        Kind.TWO_VOICES: _("%(actor)s with two voices from here: %(after)s"),
        Kind.ONE_VOICE: _("%(actor)s with one voice again: %(after)s"),
    }[change.kind] % {
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
def headlines(rows: Iterable[Any], dossier: str) -> SafeString:
    """Return what an actor holds on an issue, each a `Line`."""
    start, end = reverse("positions:detail", args=[dossier, "-"]).rsplit("-", 1)
    return mark_safe("".join(_headline(line, start, end) for line in rows))


def _headline(line: Any, start: str, end: str) -> str:
    condition = (
        f'<p class="condition"><b>{escape(_("If:"))}</b> {escape(line.condition)}</p>'
        if line.condition
        else ""
    )
    how = _flag(line.how) if line.is_second_hand else f"<span>{escape(line.how)}</span>"
    spoken = "".join(
        f"<span><bdi>{escape(name)}</bdi></span>" for name in (line.actor, line.spoken_by) if name
    )
    disputed = _flag(_("disputed")) if line.is_disputed else ""
    return (
        f"<div>{_stance(line.label, line.step)}"
        f'<p><a href="{start}{escape(line.key)}{end}">{escape(line.summary)}</a></p>{condition}'
        f'<p class="meta"><span>{escape(line.said)}</span>{how}{spoken}'
        f"{_said_of(line.notes)}{disputed}</p></div>"
    )
