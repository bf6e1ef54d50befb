"""Comments on positions and articles, for those who work on the dossier."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from astana.actions import comments
from astana.models import Article, Comment, Dossier, Position
from astana.models.roles import Act
from astana.pages.shared.comments import comments_on
from astana.pages.shared.desk_position import desk_positions
from astana.web.frame import back_to, dossier_for, page

_reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


class CommentForm(forms.Form):
    """What a member has to say."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=Comment._meta.get_field("text").max_length,
        error_messages={"required": _("Write a comment first.")},
    )


@_reads_and_writes
def of_position(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show the comments on a position in whatever state, and add one."""
    found = dossier_for(request, dossier, act=Act.CODE)
    positions = desk_positions(Position.objects.at_desk_of(request.user, dossier=found))
    about = get_object_or_404(positions, key=position)
    return _comments_on(request, "comments/of_position.html", dossier=found, position=about)


@_reads_and_writes
def of_article(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show the comments on an article, and add one."""
    found = dossier_for(request, dossier, act=Act.CODE)
    articles = Article.objects.visible_to(request.user).of(found).select_related("source")
    about = get_object_or_404(articles, slug=article)
    return _comments_on(request, "comments/of_article.html", dossier=found, article=about)


@require_POST
def resolve(request: HttpRequest, dossier: str, comment: int) -> HttpResponse:
    """Mark a comment as resolved."""
    found = dossier_for(request, dossier, act=Act.CODE)
    known = Comment.objects.visible_to(request.user, dossier=found)
    resolved = get_object_or_404(known, pk=comment)
    comments.resolve(comment=resolved, by=request.user)
    messages.success(request, _("The comment is resolved."))
    return back_to(request, resolved.get_absolute_url())


@require_POST
def reopen(request: HttpRequest, dossier: str, comment: int) -> HttpResponse:
    """Open a resolved comment again."""
    found = dossier_for(request, dossier, act=Act.CODE)
    known = Comment.objects.visible_to(request.user, dossier=found)
    opened = get_object_or_404(known, pk=comment)
    comments.reopen(comment=opened, by=request.user)
    messages.success(request, _("The comment is open again."))
    return back_to(request, opened.get_absolute_url())


def _comments_on(
    request: HttpRequest, template: str, *, dossier: Dossier, **about: Article | Position
) -> HttpResponse:
    """Show the comments on the one record in `about`, and add the one that was sent."""
    (record,) = about.values()
    record.dossier = dossier
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = comments.add(by=request.user, text=form.cleaned_data["text"], **about)
        messages.success(request, _("Your comment is added."))
        return back_to(request, made.get_absolute_url())
    context = {"dossier": dossier, "comments": comments_on(record, user=request.user), "form": form}
    return page(request, template, context | about, status=422 if form.errors else 200)
