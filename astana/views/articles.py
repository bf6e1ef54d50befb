"""Pages of articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.forms.articles import ArticleFilter
from astana.forms.reader import ReaderForm
from astana.models import Article, Dossier
from astana.models.counts import counts_of
from astana.pages import page
from astana.tables.articles import ArticleTable, counted
from astana.tables.comments import comments_on
from astana.tables.reader_desk import reader_desk


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what was read, and what was found in it."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    articles = Article.objects.visible_to(request.user).of(found)
    filters = ArticleFilter(request, articles, dossier=found)
    table = ArticleTable(counted(filters.shown))
    problems = filters.problems or table.turn_to(request)
    context = {
        "dossier": found,
        "filters": filters,
        "facets": filters.facets,
        "table": table,
        "counts": counts_of(found),
        "problems": problems,
    }
    return page(request, "articles/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show an article with the passages that positions rest on, alone or beside another."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    articles = (
        Article.objects.visible_to(request.user).of(found).select_related("source", "dossier")
    )
    read = get_object_or_404(articles, slug=article)
    form = ReaderForm(request.GET, article=read, user=request.user)
    status = 200 if form.is_valid() else 400
    desk = reader_desk(form, user=request.user)
    context = {
        "dossier": found,
        "article": read,
        "form": form,
        "desk": desk,
        "comments": comments_on(read, user=request.user),
    }
    return page(request, "articles/detail.html", context, status=status)
