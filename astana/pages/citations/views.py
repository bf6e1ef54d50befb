"""How to cite what a page shows."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from astana.exchange.citation import Citation, apa, chicago, mla
from astana.exchange.citation_files import bibtex, csl_json, ris
from astana.exchange.cited import (
    cite_article,
    cite_comparison,
    cite_dossier,
    cite_issue,
    cite_position,
)
from astana.pages.citations.forms import CitationForm
from astana.pages.shared.matrix import compare_sentence, compare_table
from astana.web.addresses import moment_words
from astana.web.frame import dossier_seen, page

STYLES = (("apa", "APA", apa), ("chicago", "Chicago", chicago), ("mla", "MLA", mla))
FILES = {
    "bibtex": ("BibTeX", bibtex, "bib", "application/x-bibtex"),
    "ris": ("RIS", ris, "ris", "application/x-research-info-systems"),
    "csl": ("CSL-JSON", csl_json, "json", "application/vnd.citationstyles.csl+json"),
}
_CITE = {"position": cite_position, "issue": cite_issue, "article": cite_article}


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show how a position, an issue, an article, a comparison or the dossier is cited."""
    found = dossier_seen(request, dossier)
    form = CitationForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "citations/index.html", context, status=400)
    cited = _cited(form, request)
    if name := form.cleaned_data["format"]:
        return _file(cited, name)
    context |= {
        "cited": cited,
        "what": dict(form.fields["of"].choices)[form.cleaned_data["of"]],
        "styles": [(name, label, write(cited)) for name, label, write in STYLES],
        "files": [(name, label, write(cited)) for name, (label, write, *_) in FILES.items()],
    }
    return page(request, "citations/index.html", context)


def _cited(form: CitationForm, request: HttpRequest) -> Citation:
    site, today = request.build_absolute_uri("/")[:-1], timezone.localdate()
    dossier, of = form.dossier, form.cleaned_data["of"]
    if of == "dossier":
        return cite_dossier(dossier, site=site, today=today)
    if of != "compare":
        return _CITE[of](form.cleaned_data["record"], site=site, today=today)
    selection = form.cleaned_data["selection"]
    moment = moment_words(selection.recorded_as_of or timezone.now())
    address = selection.everything(recorded_as_of=moment, open=None)
    return cite_comparison(
        dossier,
        as_of=selection.as_of,
        sentence=compare_sentence(selection, compare_table(selection)),
        url=f"{site}{dossier.get_absolute_url()}compare/{address}",
        today=today,
    )


def _file(cited: Citation, name: str) -> HttpResponse:
    _label, write, suffix, content_type = FILES[name]
    response = HttpResponse(write(cited), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{cited.key}.{suffix}"'
    return response
