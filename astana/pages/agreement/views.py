"""How far actors agree, and who said how much on what."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models.kept import kept, state_of
from astana.pages.agreement import two_mode
from astana.pages.agreement.findings import findings_of, left_out_of
from astana.pages.agreement.forms import AgreementForm
from astana.pages.agreement.pair import pair_panel
from astana.pages.agreement.presenter import agreement_sentence, drawn_of, filters_of
from astana.web.frame import form_of, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show actors x actors, a map of them, and what lies behind the figure of one pair."""
    form = form_of(AgreementForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "agreement/index.html", context, status=400)
    selection = form.selection()
    table, drawn, found = kept(
        form.dossier, "agreement", state_of(selection), lambda: drawn_of(selection)
    )
    context |= {
        "selection": selection,
        "table": table,
        "sentence": agreement_sentence(selection, table),
        "findings": findings_of(selection, found),
        "left_out": left_out_of(selection, table, drawn),
        "filters": filters_of(selection),
        "map": drawn,
        "panel": pair_panel(selection),
        "address": request.build_absolute_uri(),
    }
    return page(request, "agreement/index.html", context)


@require_safe
def statements(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who said how much on what: actors x issues."""
    form = form_of(two_mode.StatementsForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "agreement/statements.html", context, status=400)
    selection = form.selection()
    state = state_of(selection)
    table = kept(form.dossier, "statements", state, lambda: two_mode.statements_table(selection))
    context |= {
        "selection": selection,
        "table": table,
        "sentence": two_mode.statements_sentence(selection, table),
        "choices": two_mode.choices_of(selection),
    }
    return page(request, "agreement/statements.html", context)
