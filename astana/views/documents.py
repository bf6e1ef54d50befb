"""Pages of documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Document, Dossier
from astana.pages import page
from astana.tables.documents import document_detail


@require_safe
def detail(request: HttpRequest, dossier: str, document: str) -> HttpResponse:
    """Show who signed a document, who did not, and what it provides."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    documents = Document.objects.visible_to(request.user).of(found).select_related("event")
    shown = get_object_or_404(documents, slug=document)
    detail = document_detail(shown, dossier=found, user=request.user)
    context = {"dossier": found, "document": shown, "detail": detail}
    return page(request, "documents/detail.html", context)
