"""Pages of documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Document, Dossier
from astana.pages import page


@require_safe
def detail(request: HttpRequest, dossier: str, document: str) -> HttpResponse:
    """Show who signed a document and what it provides."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    text = get_object_or_404(Document.objects.visible_to(request.user).of(found), slug=document)
    return page(request, "documents/detail.html", {"dossier": found, "document": text})
