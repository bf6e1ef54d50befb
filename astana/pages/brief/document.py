"""A brief as a Word document: the issues in a table, then method, legend, and passages as notes."""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from astana.models.said_words import day_words
from astana.pages.brief.forms import BriefSelection
from astana.pages.brief.presenter import Brief, PointView, Section, StandView
from astana.words.characters import for_xml

# More sides than these stand below each other.
MOST_COLUMNS = 3
_A4 = (Cm(21.0), Cm(29.7))
_MARGIN = Cm(1.6)
_LETTERS = Pt(9)
_SMALL = Pt(8)
# What stands for the mark of each step of a scale, and what it means.
_MARKS = {
    "minus-2": ("■", gettext_lazy("one end of the issue's own scale")),
    "minus-1": ("◧", gettext_lazy("nearer the middle")),
    "zero": ("○", gettext_lazy("in the middle")),
    "plus-1": ("◐", gettext_lazy("nearer the middle")),
    "plus-2": ("●", gettext_lazy("the other end")),
    "off": ("◌", gettext_lazy("off the scale, such as declining to answer")),
}
_NO_ORDER = ("◆", gettext_lazy("an answer without an order"))


def brief_document(selection: BriefSelection, brief: Brief, *, address: str) -> BytesIO:
    """Return a brief as a DOCX file; `address` is where its page is."""
    document = _empty(selection)
    document.add_heading(_plain(_("Where can the sides meet?")), level=1)
    _paragraph(document, selection.dossier.title, brief.sentence)
    for number, side in enumerate(brief.sides, start=1):
        paragraph = _paragraph(document)
        _run(paragraph, _("Side %(number)s") % {"number": number}, bold=True)
        _run(paragraph, f" {side}")
    for section in brief.sections:
        document.add_heading(_plain(f"{section.title} ({len(section.points)})"), level=2)
        _paragraph(document, section.meaning)
        _table(document, section, len(brief.sides))
    document.add_heading(_plain(_("How to read this brief")), level=2)
    _paragraph(document, brief.method)
    marks = [*_MARKS.values(), _NO_ORDER]
    _paragraph(document, "   ".join(f"{mark} {meaning}" for mark, meaning in marks))
    words = _(
        "Which end has which mark is a convention, not a judgement. What is second-hand, "
        "disputed or divided is in bold."
    )
    _paragraph(document, words)
    _notes(document, brief)
    taken = _("%(address)s (retrieved on %(day)s)") % {
        "address": address,
        "day": day_words(timezone.localdate()),
    }
    _paragraph(document, taken)
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def _empty(selection: BriefSelection) -> Any:
    """Return a document without words: A4, small letters, and properties that name nobody."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    style = document.styles["Normal"]
    style.font.size = _LETTERS
    style.paragraph_format.space_after = Pt(3)
    about = document.core_properties
    about.author = about.comments = ""
    about.title = _plain(f"{_('Where can the sides meet?')} {selection.dossier.title}")[:255]
    about.language = get_language() or ""
    about.created = about.modified = timezone.now().replace(tzinfo=None, microsecond=0)
    return document


def _table(document: Any, section: Section, sides: int) -> None:
    """Add the issues of a section: a row for each, with a column for each of few sides."""
    columns = sides if sides <= MOST_COLUMNS else 1
    table = document.add_table(rows=0, cols=1 + columns, style="Table Grid")
    for point in section.points:
        cells = table.add_row().cells
        _issue(cells[0], point)
        for number, stand in enumerate(point.stands):
            cell = cells[1 + number if columns > 1 else 1]
            _stand(cell, stand)
        for cell in cells:
            # Every cell begins with a paragraph of its own, which nothing was written into.
            first = cell.paragraphs[0]._element
            if len(cell.paragraphs) > 1:
                first.getparent().remove(first)


def _issue(cell: Any, point: PointView) -> None:
    paragraph = _paragraph(cell)
    _run(paragraph, point.issue.title, bold=True)
    if point.event:
        _run(paragraph, f" {point.event}")
    _paragraph(cell, point.issue.question, size=_SMALL)
    ends = [f"{_mark(end.step)} {end.label}" for end in point.ends.ends]
    if ends:
        _paragraph(cell, " – ".join(ends), size=_SMALL)
    if point.is_clashing:
        _run(_paragraph(cell), _("The conditions differ and may clash"), bold=True, size=_SMALL)
    for remark in point.remarks:
        _paragraph(cell, remark, size=_SMALL)


def _stand(cell: Any, stand: StandView) -> None:
    paragraph = _paragraph(cell)
    _run(paragraph, _("Side %(number)s") % {"number": stand.number}, bold=True, size=_SMALL)
    _run(paragraph, f" {stand.side}", size=_SMALL)
    if stand.is_divided:
        _run(paragraph, " " + _("divided"), bold=True, size=_SMALL)
    for rows in stand.rows:
        line = rows[0][1].line
        _run(_paragraph(cell), f"{_mark(line.step)} {line.label}", bold=True)
        for names, held in rows:
            paragraph = _paragraph(cell)
            named = [name for name in ("" if stand.is_alone else names, held.whose) if name]
            _run(paragraph, " ".join([*named, held.line.said]), size=_SMALL)
            if held.line.is_second_hand:
                _run(paragraph, f" {held.line.how}", bold=True, size=_SMALL)
            if held.line.is_disputed:
                _run(paragraph, " " + _("disputed"), bold=True, size=_SMALL)
            numbers = ", ".join(str(note.number) for note in held.notes)
            _run(paragraph, f" {numbers}").font.superscript = True
            if held.line.condition:
                paragraph.runs[-1].add_break(WD_BREAK.LINE)
                _run(paragraph, f"{_('If:')} {held.line.condition}", size=_SMALL).italic = True
    if not stand.stances:
        _paragraph(cell, stand.nothing)
    if stand.silent and not stand.is_alone:
        words = f"{stand.nothing}: %(names)s" if stand.stances else _("Looked for: %(names)s")
        _paragraph(cell, words % {"names": stand.silent_words}, size=_SMALL)


def _mark(step: str) -> str:
    return _MARKS.get(step, _NO_ORDER)[0]


def _notes(document: Any, brief: Brief) -> None:
    """Add the numbered passages, and the sources that they are from."""
    document.add_heading(_plain(_("Passages")), level=2)
    for note in brief.notes:
        passage = note.passage
        paragraph = _paragraph(document)
        _run(paragraph, f"{note.number} ", bold=True, size=_SMALL)
        parts = [
            _("Disputed:") if passage.is_disputing else "",
            f"“{passage.words}”" if passage.words else "",
            f"{passage.source}, {passage.date}"
            + (f", ¶ {passage.paragraph}" if passage.paragraph else "")
            + ("." if passage.trouble else ""),
            passage.trouble,
        ]
        _run(paragraph, " ".join(filter(None, parts)), size=_SMALL)
    if brief.is_cut:
        _paragraph(document, _("Only the passages of the first issues are numbered."))
    _paragraph(document, f"{_('Sources')}: {'; '.join(brief.sources)}")


def _paragraph(parent: Any, *texts: str, size: Any = None) -> Any:
    """Add a paragraph of these texts, each on a line of its own, and return it."""
    paragraph = parent.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    for number, text in enumerate(texts):
        run = _run(paragraph, text, size=size)
        if number < len(texts) - 1:
            run.add_break(WD_BREAK.LINE)
    return paragraph


def _run(paragraph: Any, text: str, *, bold: bool = False, size: Any = None) -> Any:
    run = paragraph.add_run(_plain(text))
    run.bold = bold or None
    run.font.size = size
    return run


def _plain(text: str) -> str:
    """Return a text that XML can hold."""
    return for_xml(str(text), instead="\N{REPLACEMENT CHARACTER}")
