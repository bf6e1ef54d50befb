"""How the pages come about, what their words mean, and what may be done with them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.exchange.descriptor import LICENCES
from astana.pages.method.documents import document
from astana.web.api.offered import in_order
from astana.web.api.openapi import ABOUT
from astana.web.api.parameters import COLUMNS, EXTRA, EXTRAS, PAGING
from astana.web.frame import page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show docs/method.md."""
    return page(request, "method/index.html", {"method": document("docs/method.md")})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show docs/glossary.md."""
    return page(request, "method/glossary.html", {"glossary": document("docs/glossary.md")})


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Show docs/files.md."""
    return page(request, "method/files.html", {"files": document("docs/files.md")})


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """Show under which licence Astana is, and where its source code is."""
    text = (settings.BASE_DIR / "LICENSE").read_text(encoding="utf-8")
    context = {
        "blocks": text.split("\n\n"),
        "source_code": settings.SOURCE_CODE,
        "licences": LICENCES.values(),
    }
    return page(request, "method/licence.html", context)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Show how programs read the dossiers, from what describes it to them."""
    context = {
        "site": request.build_absolute_uri("/")[:-1],
        "about": ABOUT,
        "tables": in_order(),
        "paging": (*PAGING, COLUMNS, EXTRA),
        "extras": EXTRAS,
        "most": settings.API_PER_MINUTE,
    }
    return page(request, "method/api.html", context)
