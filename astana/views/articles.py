"""Pages of articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Article, Dossier
from astana.pages import page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the articles of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "articles/index.html", {"dossier": found})


@require_safe
def detail(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show an article with the passages that positions rest on."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    read = get_object_or_404(Article.objects.visible_to(request.user).of(found), slug=article)
    return page(request, "articles/detail.html", {"dossier": found, "article": read})
