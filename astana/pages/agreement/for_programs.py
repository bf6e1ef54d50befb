"""The rows of agreement as programs read them, page by page."""

from django.http import HttpRequest

from astana.exchange.described import columns_of
from astana.models import Dossier
from astana.pages.agreement import export
from astana.pages.agreement.forms import DAYS
from astana.web.api.computed import Computed
from astana.web.api.offered import ApiTable, Reading, Refused
from astana.web.api.parameters import of_fields
from astana.web.named import problems_of


def _table(
    files: export.NetworkFiles, about: str, *, known_by: tuple[str, str], at: str
) -> ApiTable:
    """Return the rows of a file as a table; `at` is its page, from that of the dossier."""

    def read(request: HttpRequest, dossier: Dossier) -> Reading:
        asked = files.form(request.GET, dossier=dossier, user=request.user)
        if not asked.is_valid():
            raise Refused(problems_of(asked))
        selection = asked.selection()
        page = f"{dossier.get_absolute_url()}{at}{selection.query()}"
        return Computed(
            lambda: files.rows(selection),
            known_by=tuple(map(files.columns.index, known_by)),
            page=request.build_absolute_uri(page),
            as_of=selection.last_day,
        )

    fields = {**files.form.base_fields, **DAYS}
    of_page = of_fields(fields, without=("pair", "of"))
    return ApiTable(files.name, about, columns_of(files.name, files.columns), of_page, read)


AGREEMENT = _table(
    export.AGREEMENT,
    "A pair of actors that shares enough issues, with its figure, on how many issues it rests, "
    "and the range that open issues leave.",
    known_by=("actor", "other"),
    at="agreement/",
)
STATEMENTS = _table(
    export.STATEMENTS,
    "An actor and an issue on which it is heard, with the figure, the statements it "
    "rests on, and how they were counted. Where nothing was found there is no row.",
    known_by=("actor", "issue"),
    at="agreement/statements/",
)
