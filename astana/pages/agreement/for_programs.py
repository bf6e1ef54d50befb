"""The rows of agreement as programs read them, page by page."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from astana.exchange.described import columns_of
from astana.models import Dossier
from astana.pages.agreement.chosen import DAYS, ChosenForm
from astana.pages.agreement.export import PAIRS, pair_rows
from astana.pages.agreement.forms import AgreementForm
from astana.pages.agreement.two_mode import StatementsForm
from astana.pages.agreement.two_mode_export import COLUMNS, share_rows
from astana.web.api.computed import Computed
from astana.web.api.offered import ApiTable, Reading, Refused
from astana.web.api.parameters import of_fields
from astana.web.named import problems_of


def _reads(
    form: type[ChosenForm],
    make: Callable[[Any], Iterator[tuple]],
    *,
    known_by: tuple[int, ...],
    at: str,
) -> Callable[[HttpRequest, Dossier], Reading]:
    """Return what reads the rows that `make` yields of a form's selection.

    `at` is the address of the page from that of its dossier.
    """

    def read(request: HttpRequest, dossier: Dossier) -> Computed:
        asked = form(request.GET, dossier=dossier, user=request.user)
        if not asked.is_valid():
            raise Refused(problems_of(asked))
        selection = asked.selection()
        page = f"{dossier.get_absolute_url()}{at}{selection.query()}"
        return Computed(
            lambda: make(selection),
            known_by=known_by,
            page=request.build_absolute_uri(page),
            as_of=selection.last_day,
        )

    return read


AGREEMENT = ApiTable(
    "agreement",
    "A pair of actors that shares enough issues, with its figure, on how many issues it rests, "
    "and the range that open issues leave.",
    columns_of("agreement", PAIRS),
    of_fields({**AgreementForm.base_fields, **DAYS}, without=("pair", "of")),
    _reads(
        AgreementForm,
        pair_rows,
        known_by=tuple(map(PAIRS.index, ("actor", "other"))),
        at="agreement/",
    ),
)
STATEMENTS = ApiTable(
    "statements",
    "An actor and an issue on which it said something, with the figure, the statements it "
    "rests on, and how they were counted. Where it said nothing there is no row.",
    columns_of("statements", COLUMNS),
    of_fields({**StatementsForm.base_fields, **DAYS}, without=()),
    _reads(
        StatementsForm,
        share_rows,
        known_by=tuple(map(COLUMNS.index, ("actor", "issue"))),
        at="agreement/statements/",
    ),
)
