"""Recording what an article was read for, and for what a document was gone through."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from astana.actions.look import LookedAtMeanwhile, record_looked_for
from astana.actions.workflow import WrongStep
from astana.models import Article, Document, Dossier
from astana.models.roles import Act
from astana.pages.desk.looked_for.forms import LookedForForm
from astana.web.frame import dossier_for, page


@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Record for which issues an article was read."""
    found = dossier_for(request, dossier, act=Act.CODE)
    articles = Article.objects.visible_to(request.user).of(found).select_related("dossier")
    piece = get_object_or_404(articles, slug=article)
    return _record(request, found, piece, "looked_for/article.html")


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, dossier: str, document: str) -> HttpResponse:
    """Record for which issues a document was gone through, clause by clause."""
    found = dossier_for(request, dossier, act=Act.CODE)
    documents = Document.objects.visible_to(request.user).of(found).select_related("dossier")
    text = get_object_or_404(documents, slug=document)
    return _record(request, found, text, "looked_for/document.html")


def _record(
    request: HttpRequest, dossier: Dossier, of: Article | Document, template: str
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = LookedForForm(data, of=of, dossier=dossier)
    if data is not None and form.is_valid():
        try:
            number = record_looked_for(
                of=of, issues=form.wanted(), before=form.seen(), by=request.user
            )
        except WrongStep as error:
            form.add_error(None, str(error))
        except LookedAtMeanwhile:
            now = ", ".join(str(form.issues[slug]) for slug in form.recorded) or "–"
            text = _(
                # Translators: `now` is a list of issues.
                "Somebody else has changed this since you opened it. Recorded now: %(now)s. Your "
                "choice is kept below: open the page again, or save your choice again."
            )
            form.add_error(None, text % {"now": now})
            form.data = form.data.copy()
            form.data.setlist("before", form.recorded)
        else:
            told = ngettext(
                "Saved: %(n)s issue changed.", "Saved: %(n)s issues changed.", number
            ) % {"n": number}
            messages.success(request, told if number else _("Nothing had changed."))
            return redirect(of)
    status = 200 if data is None else 422
    return page(request, template, {"dossier": dossier, "of": of, "form": form}, status=status)
