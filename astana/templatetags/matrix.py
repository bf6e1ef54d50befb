"""What repeats by the hundred on a comparison: cells, spreads, chips, days to jump to, sources.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astana.templatetags.ends import scale_ends
from astana.templatetags.shapes import shape

register = template.Library()

_OPENS = (
    '<button class="opens{classes}" id="c-{name}" type="submit" form="picker" name="open"'
    ' value="{name}">{words}</button>'
)
# The same where nothing can be sent: it leads to the page of its cell.
_LEADS = '<a class="opens{classes}" href="{href}">{words}</a>'

_CURRENT = ' aria-current="date"'


@register.simple_tag
def asked(sentence: str, parts: dict[str, str], links: dict[str, str], chosen: str) -> SafeString:
    """Return the sentence that says what is compared; each part opens the list to choose it from.

    `sentence` has room for the parts; `chosen` is what is being chosen now, empty where nothing is.
    """
    opened = {name: opens(name, words, links[name], chosen) for name, words in parts.items()}
    return mark_safe(escape(sentence) % opened)


@register.simple_tag
def opens(what: str, words: str, href: str, chosen: str) -> SafeString:
    """Return the link that opens something to choose from, or closes it where it is open."""
    current = ' aria-current="true"' if what == chosen else ""
    return mark_safe(
        # The same page with a list open: nothing for a search engine to follow.
        f'<a class="asks" id="choose-{what}" rel="nofollow" href="{escape(href)}"'
        f' hx-get="{escape(href)}" hx-target="#desk" hx-swap="outerHTML" hx-push-url="true"'
        f"{current}>{escape(words)}</a>"
    )


@register.simple_tag
def matrix_heads(columns: Iterable[Any]) -> SafeString:
    """Return the heads of the columns of the compare table (each a `Heading`)."""
    return mark_safe(
        "".join(
            f'<th scope="col" role="columnheader" class="c{n}">'
            f"{_heading(column, f'column-{n}')}</th>"
            for n, column in enumerate(columns, 1)
        )
    )


@register.simple_tag
def matrix_rows(
    rows: Iterable[Any], *, transposed: bool = False, notes: Any = None, leads: Any = None
) -> SafeString:
    """Return the rows of the compare table (each a `RowView`), every word escaped.

    `notes` are by the key of a position the numbers of its notes on paper. `leads` are, where
    nothing can be sent, the addresses of the cells by their names.
    """
    is_fixed = leads is not None
    return mark_safe(
        "".join(
            f'<tr role="row"{_SPLIT if row.heading.is_split else ""}>'
            '<th scope="row" role="rowheader">'
            f"{_heading(row.heading, f'row-{n}', is_fixed=is_fixed)}</th>"
            f"{matrix_cells(row.cells, transposed=transposed, notes=notes, leads=leads)}</tr>"
            for n, row in enumerate(rows, 1)
        )
    )


_SPLIT = ' class="split"'


def _heading(heading: Any, key: str, *, is_fixed: bool = False) -> str:
    fold = ""
    if heading.fold and not is_fixed:
        is_unfolded = heading.fold.startswith("fold:")
        words = _("Fold %(issue)s") if is_unfolded else _("Unfold %(issue)s")
        fold = (
            f'<button class="fold" id="fold-{key}" type="submit" form="picker" name="edit"'
            f' value="{escape(heading.fold)}" aria-expanded="{"true" if is_unfolded else "false"}">'
            f'<span class="visually-hidden">{escape(words % {"issue": heading.title})}</span>'
            "</button>"
        )
    small = f"<small>{escape(heading.small)}</small>" if heading.small else ""
    marks = spread(heading.marks, heading.words) if heading.marks else ""
    differs = f'<small class="differs">{escape(heading.differs)}</small>' if heading.differs else ""
    return (
        f'{fold}<a href="{escape(heading.href)}"><bdi>{escape(heading.title)}</bdi></a>'
        f"{small}{marks}{differs}{scale_ends(heading.ends, answers=False)}"
    )


@register.simple_tag
def matrix_cells(
    cells: Iterable[Any], *, transposed: bool = False, notes: Any = None, leads: Any = None
) -> SafeString:
    """Return the cells of a row of the compare table (each a `CellView`), every word escaped.

    The first stance of a cell is the button that opens its evidence; without one words say so.
    Where a row is a card, each cell begins with what heads its column: the issue where
    `transposed`.
    With `leads` (addresses by the names of cells) a link stands in the place of the button.
    """
    words = {
        "two_voices": escape(_("Two voices")),
        "if": escape(_("If:")),
        "on_condition": escape(_("on a condition")),
        "disputed": escape(_("disputed")),
        # Translators: on a stance, where other sources report another one for the same time.
        "apart": escape(_("sources disagree")),
    }
    found = []
    for cell in cells:
        head = cell.issue_title if transposed else cell.actor_name
        found.append(_cell(cell, head, words, notes or {}, leads))
    return mark_safe("".join(found))


def _cell(cell: Any, head: str, words: dict[str, str], notes: Any, leads: Any) -> str:
    opens, at = _OPENS, {"name": escape(cell.name)}
    if leads is not None:
        opens, at = _LEADS, {"href": escape(leads[cell.name])}
    parts = [
        f'<td role="cell" class="{cell.classes}"><div class="cell">'
        f'<span class="who" aria-hidden="true">{escape(head)}</span>'
    ]
    if not cell.voices:
        parts.append(opens.format(classes="", words=escape(cell.nothing), **at))
    if len(cell.voices) > 1:
        parts.append(f'<span class="flag two">{words["two_voices"]}</span>')
    for n, voice in enumerate(cell.voices):
        stance = f"<i></i><span>{escape(voice.label)}</span>"
        if n == 0:
            parts.append(opens.format(classes=f" stance {voice.step}", words=stance, **at))
        else:
            parts.append(f'<span class="stance {voice.step}">{stance}</span>')
        noted = _noted(notes.get(voice.key, ()))
        parts.append(_voice(voice, words, noted, is_unfolded=cell.is_unfolded))
    if cell.change:
        parts.append(f'<span class="change">{escape(cell.change)}</span>')
    parts.append("</div></td>")
    return "".join(parts)


def _noted(numbers: Iterable[int]) -> str:
    """Return the attribute with the numbers of notes, which are printed behind the day."""
    said = " ".join(map(str, numbers))
    return f' data-notes="{said}"' if said else ""


def _voice(voice: Any, words: dict[str, str], noted: str, *, is_unfolded: bool) -> str:
    """Return what stands under a stance: the day and its marks, and unfolded what was said."""
    body = f"<span>{escape(voice.actor)}</span>" if voice.actor else ""
    said = how = f"<span{noted}>{escape(voice.said)}</span>"
    if is_unfolded:
        how = f"<span{noted}>{escape(voice.how)} {escape(voice.said)}</span>"
    if voice.is_second_hand:
        how = f'<span class="flag">{escape(voice.how)}</span>{said}'
    disputed = f'<span class="flag">{words["disputed"]}</span>' if voice.is_disputed else ""
    apart = _apart(words["apart"], is_unfolded=is_unfolded) if voice.is_told_apart else ""
    marks = f"{_notes(voice.notes if is_unfolded else voice.marks)}{disputed}{apart}"
    if not is_unfolded:
        # A stance on a condition is not the stance: the fold may hide the words, never that.
        condition = f'<span class="flag">{words["on_condition"]}</span>' if voice.condition else ""
        return f'<span class="meta">{body}{how}{condition}{marks}</span>'
    condition = (
        f'<p class="condition"><b>{words["if"]}</b> <bdi>{escape(voice.condition)}</bdi></p>'
        if voice.condition
        else ""
    )
    return (
        f"<p><bdi>{escape(voice.summary)}</bdi></p>{condition}"
        f'<span class="meta">{body}{how}<span>{escape(voice.source_words)}</span>{marks}</span>'
    )


def _apart(words: str, *, is_unfolded: bool) -> str:
    """Return the mark of a stance on which sources disagree: folded a sign, with its words."""
    if is_unfolded:
        return f'<span class="flag">{words}</span>'
    return (
        '<span class="flag"><b class="apart" aria-hidden="true">≠</b>'
        f'<span class="visually-hidden">{words}</span></span>'
    )


def _notes(notes: Iterable[str]) -> str:
    return "".join(f"<span>{escape(note)}</span>" for note in notes)


@register.simple_tag
def spread(marks: Iterable[Any], words: str, ends: Any = None) -> SafeString:
    """Return the picture of a spread: marks on a line from -1 to 1, and `words` that say it.

    Below it stand the `ends` of the scale (an `Ends`), in the issue's own words.
    """
    drawn = "".join(
        f'<svg class="{mark.step}" x="{mark.x}" y="9" overflow="visible">{shape(mark.step)}</svg>'
        for mark in marks
    )
    return mark_safe(
        f'<svg class="spread" role="img" aria-label="{escape(str(words))}">'
        f'<line x1="2%" x2="98%" y1="9" y2="9"/>{drawn}</svg>{scale_ends(ends, answers=False)}'
    )


@register.simple_tag
def chips(noun: str, chosen: list[tuple[str, str]]) -> SafeString:
    """Return what is chosen (short names and names), with buttons that move and remove it."""
    last = len(chosen) - 1
    earlier, later, remove = _("Move earlier:"), _("Move later:"), _("Remove:")
    found = []
    for place, (slug, name) in enumerate(chosen):
        buttons = (
            ("earlier", "‹", earlier, place > 0),
            ("later", "›", later, place < last),
            ("remove", "×", remove, last > 0),
        )
        drawn = {
            what: _move(what, sign, words, noun, slug, name) if is_there else ""
            for what, sign, words, is_there in buttons
        }
        found.append(
            f'<li class="chip">{drawn["earlier"]}<bdi>{escape(name)}</bdi>'
            f"{drawn['later']}{drawn['remove']}</li>"
        )
    return mark_safe("".join(found))


def _move(what: str, sign: str, words: str, noun: str, slug: str, name: str) -> str:
    stays = f' id="{what}-{noun}-{escape(slug)}"' if what != "remove" else ""
    return (
        f'<button class="move" type="submit" name="edit" value="{what}:{noun}:{escape(slug)}"'
        f'{stays}><span aria-hidden="true">{sign}</span>'
        f'<span class="visually-hidden">{escape(words)} {escape(name)}</span></button>'
    )


@register.simple_tag
def ticks(marks: Iterable[Any]) -> SafeString:
    """Return the events on the slider (each a `Tick`), with a label where there is room."""
    return mark_safe(
        "".join(
            f'<line x1="{tick.x}" x2="{tick.x}" y1="0" y2="7"/>'
            + (f'<text x="{tick.label_x}" y="20">{escape(tick.label)}</text>' if tick.label else "")
            for tick in marks
        )
    )


@register.simple_tag
def jumps(marks: Iterable[Any]) -> SafeString:
    """Return the list of events (each a `Tick`) to whose day one can jump."""
    return mark_safe(
        "".join(
            f'<li><button type="submit" name="edit" value="as_of:{tick.day}"'
            f"{_CURRENT if tick.is_current else ''}>"
            f'<span class="muted small">{escape(tick.when)}</span> '
            f"{escape(tick.name)}</button></li>"
            for tick in marks
        )
    )


@register.simple_tag
def sources_behind(articles: Iterable[Any], dossier: str) -> SafeString:
    """Return the articles behind a comparison (each an `Article`), with a link to each.

    Its passages stand below it as notes that are only printed.
    """
    start, end = reverse("articles:detail", args=[dossier, "-"]).rsplit("-", 1)
    disputed = escape(_("Disputed:"))
    return mark_safe(
        "".join(
            f"<li><bdi>{escape(article.source)}</bdi>, {escape(article.day)}: "
            f'<a href="{start}{escape(article.slug)}{end}" lang="{escape(article.language)}">'
            f"<bdi>{escape(article.title)}</bdi></a>{_notes_of(article.notes, disputed)}</li>"
            for article in articles
        )
    )


def _notes_of(notes: Iterable[Any], disputed: str) -> str:
    found = []
    for note in notes:
        who = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in note.who)
        words = (
            f' <span dir="auto" lang="{escape(note.language)}">“{escape(note.words)}”</span>'
            if note.words
            else ""
        )
        dispute = f" {disputed}" if note.is_disputing else ""
        place = f" ¶ {note.paragraph}" if note.paragraph else ""
        trouble = f" ({escape(note.trouble)})" if note.trouble else ""
        found.append(
            f'<span class="paper-note"><b>{note.number}</b> {who}:{dispute}{words}{place}{trouble}'
            "</span>"
        )
    return "".join(found)
