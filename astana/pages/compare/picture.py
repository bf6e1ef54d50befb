"""A comparison as a picture: what of it is drawn, and what is said below."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.exchange.picture import Compared, Said
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import Table, asked_parts, asked_words, counted_words
from astana.pages.shared.selection import Selection
from astana.web.pictured import keys_of_signs, source_words


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
        silence=_("No stated position"),
        two_voices=_("Two voices"),
        keys=keys_of_signs(),
        notes=[
            counted_words(selection, table),
            _("No stated position means that nothing was found; it never means neutral."),
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
