"""What repeats by the hundred beside a text: its paragraphs with what is highlighted, and notes.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from astana.models import Dossier, Position
from astana.models.voice_words import how_known
from astana.templatetags.shapes import stance_html

register = template.Library()


@register.simple_tag
def reader_rows(reading: Any, dossier: Dossier) -> SafeString:
    """Return the paragraphs of a `Reading`, each with the notes beside it, every word escaped."""
    notes = _Notes(dossier, reading.prefix)
    language = escape(reading.rendition.language)
    return mark_safe(
        "".join(
            [
                f'<div class="reader-row">{_paragraph(row, reading, language)}'
                f"{notes.beside(row)}</div>"
                for row in reading.rows
            ]
        )
    )


@register.simple_tag
def notes_beside(row: Any, dossier: Dossier) -> SafeString:
    """Return the notes beside one paragraph (a `Row`), closed at first; nothing without any."""
    return mark_safe(_Notes(dossier).beside(row))


def _paragraph(row: Any, reading: Any, language: str) -> str:
    """Return the words of a paragraph: nothing stands between them that is not in the text."""
    prefix, number = reading.prefix, row.number
    words = "".join([_piece(piece, prefix, reading.chosen is not None) for piece in row.pieces])
    if not number:
        return f'<p class="reader-paragraph is-outside" dir="auto" lang="{language}">{words}</p>'
    # Translators: `number` is that of a paragraph of a text.
    label = escape(_("Paragraph %(number)s") % {"number": number})
    return (
        f'<p class="reader-paragraph" id="{prefix}p{number}" dir="auto" lang="{language}">'
        f'<a class="reader-number" href="#{prefix}p{number}" aria-label="{label}">{number}</a>'
        f"{words}</p>"
    )


def _piece(piece: Any, prefix: str, is_one_chosen: bool) -> str:
    begins = "".join([f'<span id="{prefix}m{note.number}"></span>' for note in piece.begins])
    words = escape(piece.words)
    if piece.depth:
        look = " is-chosen" if piece.is_chosen else " is-quiet" if is_one_chosen else ""
        current = ' aria-current="true"' if piece.is_chosen else ""
        numbers = "".join([f"{note.number} " for note in piece.notes])
        words = (
            f'<mark class="over-{piece.depth}{look}"{current} data-notes="{numbers}">{words}</mark>'
        )
    return f"{begins}{words}{note_references(piece.ends, prefix)}"


@register.simple_tag
def note_references(notes: Sequence[Any], prefix: str = "") -> SafeString:
    """Return the numbers behind a passage that lead to the notes on it."""
    if not notes:
        return SafeString("")
    named = f'<span class="visually-hidden">{escape(_("note"))} </span>'
    return mark_safe(
        "".join(
            [
                f'<a class="reader-ref" dir="ltr" href="#{prefix}n{note.number}"'
                f' data-note="{note.number}">{named}{note.number}</a>'
                for note in notes
            ]
        )
    )


class _Notes:
    """Notes beside a text of a dossier: who takes which stance on the strength of a passage."""

    def __init__(self, dossier: Dossier, prefix: str = "") -> None:
        self.prefix = prefix
        self.home = cache(lambda noun: reverse(f"{noun}:index", args=[dossier.slug]))
        self.edit = cache(lambda key: reverse("codings:edit", args=[dossier.slug, key]))
        # What repeats in every note is translated once.
        self.back = escape(_("Passage of note"))
        self.on = escape(pgettext("an actor on an issue", "on"))
        self.condition = escape(_("If:"))
        # Translators: `key` is the short name of a position, such as p161.
        self.position = _("position %(key)s")

    def beside(self, row: Any) -> str:
        """Return the notes beside a paragraph, open where one of them is chosen."""
        number = len(row.notes)
        if not number:
            return ""
        told = ngettext("%(number)s note", "%(number)s notes", number) % {"number": number}
        label = ""
        if row.number:
            # Translators: `number` is that of a paragraph of a text.
            words = _("Notes on paragraph %(number)s") % {"number": row.number}
            label = f' aria-label="{escape(words)}"'
        notes = "".join([self.note(note) for note in row.notes])
        return (
            f'<details class="reader-notes"{" open" if row.is_chosen else ""}>'
            f'<summary>{escape(told)}</summary><ol class="plain"{label}>{notes}</ol></details>'
        )

    def note(self, note: Any) -> str:
        """Return one note, which leads back to its passage."""
        number, current = note.number, ' aria-current="true"' if note.is_chosen else ""
        entries = "".join([self._entry(entry, note) for entry in note.entries])
        return (
            f'<li class="reader-note" id="{self.prefix}n{number}" data-note="{number}"{current}>'
            f'<a class="reader-back" href="#{self.prefix}m{number}">'
            f'<span class="visually-hidden">{self.back} </span>{number}</a>{entries}</li>'
        )

    def _entry(self, entry: Any, note: Any) -> str:
        """Return the positions on a passage that differ in their actor only, told together."""
        first = entry.first
        actors = ", ".join([self._actor(position) for position in entry.positions])
        issue = (
            f'<a href="{self.home("issues")}{first.issue.slug}/">{escape(first.issue.title)}</a>'
        )
        parts = [
            f'<p class="small">{actors} {self.on} {issue}</p>',
            stance_html(first.stance),
        ]
        if entry.is_disputing:
            words = escape(_("This passage disputes that it was said."))
            parts.append(f'<p class="small flag">{words}</p>')
        summaries = "".join([self._summary(position) for position in entry.positions])
        parts.append(f'<p class="reader-summary">{summaries}</p>')
        if not first.is_for_readers:
            status = escape(first.get_status_display())
            parts.append(f'<p class="small"><span class="coding-status">{status}</span></p>')
        parts.append(f'<p class="meta">{_about(first, note)}</p>')
        return f'<div class="reader-entry {first.stance.step}">{"".join(parts)}</div>'

    def _actor(self, position: Position) -> str:
        actor = position.actor
        name = f"<bdi>{escape(actor.name)}</bdi>"
        if not actor.public:
            return name
        return f'<a href="{self.home("actors")}{actor.slug}/">{name}</a>'

    def _summary(self, position: Position) -> str:
        condition = ""
        if position.condition:
            condition = f" <i>{self.condition} <bdi>{escape(position.condition)}</bdi></i>"
        if position.is_for_readers:
            href = f"{self.home('positions')}{position.key}/"
        else:
            href = self.edit(position.key)
        label = escape(self.position % {"key": position.key})
        return (
            f'<bdi>{escape(position.summary)}</bdi>{condition} <a class="small" href="{href}"'
            f' aria-label="{label}">{escape(position.key)}</a> '
        )


def _about(first: Position, note: Any) -> str:
    """Return when it was said, by whom, and how we know."""
    parts = [f"<span>{escape(first.said_words)}</span>"]
    if first.spoken_by and first.speaker_id != first.actor_id:
        # Translators: `name` is a person.
        words = _("spoken by <bdi>%(name)s</bdi>") % {"name": escape(first.spoken_by.name)}
        parts.append(f"<span>{words}</span>")
    parts.append(how_known(first))
    if note.is_moved:
        parts.append(f'<span class="flag">{escape(_("moved"))}</span>')
    if note.is_reset:
        words = escape(_("intact in another setting"))
        parts.append(f'<span class="flag">{words}</span>')
    return "".join(parts)
