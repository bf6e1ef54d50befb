"""A comparison as programs read it, page by page."""

from django.http import HttpRequest
from django.utils import timezone

from astana.exchange.described import CELLS, columns_of
from astana.models import Dossier
from astana.pages.compare.export import COLUMNS, compare_rows
from astana.pages.shared.matrix import compare_table
from astana.pages.shared.selection import CompareForm, Selection
from astana.web.addresses import moment_words
from astana.web.api.computed import Computed
from astana.web.api.offered import ApiTable, Refused
from astana.web.api.parameters import of_fields
from astana.web.named import problems_of


def _read(request: HttpRequest, dossier: Dossier) -> Computed:
    """Return a comparison for programs."""
    form = CompareForm(request.GET, dossier=dossier, user=request.user)
    if not form.is_valid():
        raise Refused(problems_of(form))
    selection = form.selection()
    site = request.build_absolute_uri("/")[:-1]
    table = compare_table(selection)
    moment = moment_words(selection.recorded_as_of or timezone.now())
    address = selection.everything(recorded_as_of=moment, open=None)
    return Computed(
        lambda: compare_rows(
            selection, table, user=request.user, site=site, called=_called_for_programs
        ),
        known_by=tuple(map(COLUMNS.index, ("issue", "actor", "event", "position"))),
        page=f"{site}{dossier.get_absolute_url()}compare/{address}",
        as_of=selection.as_of,
        recorded_as_of=selection.recorded_as_of,
    )


def _called_for_programs(voices: int, selection: Selection) -> str:
    one_stance, two_voices, silence, not_first_hand, not_shown = CELLS
    if voices:
        return one_stance if voices == 1 else two_voices
    if selection.recorded_as_of:
        return not_shown
    return not_first_hand if selection.first_hand else silence


# These change how the page looks, and none of the rows.
_OF_THE_PAGE = ("transpose", "unfold", "row", "blind", "side", "open", "edit", "choose")
COMPARE = ApiTable(
    "compare",
    "The cells of a comparison as of a day: a row for each stance, and one for each cell without.",
    columns_of("compare", COLUMNS),
    of_fields(CompareForm.base_fields, without=_OF_THE_PAGE),
    _read,
    holds="position",
)
