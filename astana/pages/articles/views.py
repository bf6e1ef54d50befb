"""Pages of articles."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions.add_article import add_article
from astana.models import Article
from astana.models.alike import articles_like
from astana.models.roles import Act
from astana.pages.articles.forms import WARNINGS, ArticleForm, WordsForm
from astana.pages.articles.presenter import LIST, reader_desk
from astana.pages.articles.reader_form import ReaderForm
from astana.pages.shared.comments import comments_on
from astana.web.frame import dossier_for, dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what was read, and what was found in it."""
    return LIST.page(request, "articles/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the articles that the filters leave, without their words."""
    return LIST.file(request, dossier, suffix)


@require_safe
def detail(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show an article with the passages that positions rest on, alone or beside another."""
    found = dossier_seen(request, dossier)
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


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, dossier: str) -> HttpResponse:
    """Read the words of an article, show what was made of them, and store it."""
    found = dossier_for(request, dossier, act=Act.CODE)
    do = request.POST.get("do")
    context: dict[str, Any] = {"dossier": found, "is_complete": True}
    if do in ("save", "check"):
        form = ArticleForm(request.POST, dossier=found)
        if do == "save" and (stored := _store(request, form)):
            messages.success(request, _("The article is saved. Now code it."))
            return redirect("codings:article", found.slug, stored.slug)
        context |= {"form": form, "shows_errors": do == "save"}
    else:
        words = WordsForm(request.POST or None, request.FILES or None)
        context["words"] = words
        if words.is_valid() and words.reading:
            form = ArticleForm(dossier=found, reading=words.reading)
            warnings = [WARNINGS[code] for code in words.reading.warnings]
            context |= {"form": form, "warnings": warnings}
    if form := context.get("form"):
        alike, is_complete = articles_like(form.words, dossier=found, user=request.user)
        context |= {"alike": alike, "is_complete": is_complete}
    is_refused = context.get("shows_errors") or (do == "read" and "form" not in context)
    return page(request, "articles/new.html", context, status=422 if is_refused else 200)


def _store(request: HttpRequest, form: ArticleForm) -> Article | None:
    """Store the article; None if it cannot be, and then the form says why."""
    if not form.is_valid():
        return None
    values = dict(form.cleaned_data)
    source = form.sources.get(values.pop("source"))
    try:
        return add_article(dossier=form.dossier, source=source, by=request.user, **values)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return None
