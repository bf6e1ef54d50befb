"""A comparison as a picture: what of it is drawn, and what is said below."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.exchange.picture import ACTORS, ISSUES, Compared, Said, laid
from astana.models.coverage_words import nothing_means, nothing_words
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import (
    Table,
    asked_parts,
    asked_words,
    compare_sentence,
    counted_words,
    kept_table,
    left_out,
)
from astana.pages.shared.selection import CompareForm, Selection
from astana.web.embedded import embeddable
from astana.web.files import refused, refused_form
from astana.web.frame import form_of
from astana.web.pictured import keys_of_signs, pictured, source_words


@embeddable
def picture(request: HttpRequest, dossier: str, suffix: str) -> HttpResponse:
    """Send the table as a picture, for print or where no frame is taken."""
    form = form_of(CompareForm, request, dossier)
    if not form.is_valid():
        return refused_form(form)
    if form.cleaned_data["blind"]:
        return refused([_("The picture says who is who. Download it after the blind reading.")])
    selection = form.selection()
    if len(selection.actors) > ACTORS or len(selection.issues) > ISSUES:
        words = _("A picture has room for %(actors)s actors and %(issues)s issues. Choose fewer.")
        return refused([words % {"actors": ACTORS, "issues": ISSUES}])
    table = kept_table(selection)
    drawn = laid(compared(selection, table, request=request))
    title = compare_sentence(selection, table)
    return pictured(drawn, suffix, title=title, request=request)


def compared(selection: Selection, table: Table, *, request: HttpRequest) -> Compared:
    """Return a comparison as it is drawn, with its legend and the line that says where it is from.

    It says what the table says, but for what is folded.
    """
    page = reverse("compare:matrix", args=[selection.dossier.slug])
    return Compared(
        title=asked_words() % asked_parts(selection, table),
        columns=[column.title for column in table.columns],
        rows=[
            (
                " · ".join(filter(None, (row.heading.title, row.heading.small))),
                [(end.step, end.label) for end in row.heading.ends.ends]
                if row.heading.ends and not row.heading.ends.is_nominal
                else [],
                [[_said(voice) for voice in cell.voices] for cell in row.cells],
            )
            for row in table.rows
        ],
        silence=nothing_words(**left_out(selection)),
        two_voices=_("Two voices"),
        keys=keys_of_signs(),
        notes=[
            counted_words(selection, table),
            nothing_means(**left_out(selection)),
            source_words(selection.dossier, page, request=request),
        ],
    )


def _said(voice: Line) -> Said:
    flags = [voice.how if voice.is_second_hand else ""]
    flags += [_("disputed")] if voice.is_disputed else []
    flags += [_("on a condition")] if voice.condition else []
    flags += [_("sources disagree")] if voice.is_told_apart else []
    beside = (voice.actor, voice.said, *voice.marks)
    return Said(
        label=voice.label,
        step=voice.step,
        is_second_hand=voice.is_second_hand,
        beside=" · ".join(filter(None, beside)),
        flags=" · ".join(filter(None, flags)),
    )
