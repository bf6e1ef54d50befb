"""Pages of documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Document
from astana.models.between_texts import previous_text
from astana.pages.documents.forms import DocumentForm
from astana.pages.documents.presenter import compare_documents, document_detail, texts_of
from astana.web.frame import dossier_seen, page
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the documents of a dossier, and what each left out of the one before it."""
    found = dossier_seen(request, dossier)
    documents = Document.objects.visible_to(request.user).of(found).select_related("event")
    every = list(documents.order_by("date", "slug"))
    shown, problems = page_of(every, request)
    context = {"dossier": found, "shown": shown, "problems": problems}
    context["texts"] = texts_of(list(shown), every=every, dossier=found, user=request.user)
    return page(request, "documents/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, document: str) -> HttpResponse:
    """Show who signed a document, what it provides, and what another text left out or added."""
    found = dossier_seen(request, dossier)
    documents = Document.objects.visible_to(request.user).of(found).select_related("event")
    shown = get_object_or_404(documents, slug=document)
    form = DocumentForm(request.GET, document=shown, documents=documents)
    context = {"dossier": found, "document": shown, "form": form}
    context["detail"] = document_detail(shown, dossier=found, user=request.user)
    if not form.is_valid():
        return page(request, "documents/detail.html", context, status=400)
    other = form.cleaned_data["with"] or previous_text(shown, form.choices)
    context |= {"other": other, "is_chosen": form.cleaned_data["with"] is not None}
    if other:
        context["texts"] = compare_documents(shown, other, dossier=found, user=request.user)
    return page(request, "documents/detail.html", context)
