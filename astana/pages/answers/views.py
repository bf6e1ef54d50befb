"""Answer first: a reader takes a stance on some issues, then sees who is near and who far."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.pages.answers.forms import MOST_ISSUES, AnswersForm
from astana.pages.answers.presenter import LEAST, found_for
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Ask for the reader's own stances, and show whose are nearest to them and whose farthest."""
    found = dossier_seen(request, dossier)
    form = AnswersForm(request.GET, dossier=found, user=request.user)
    is_valid = form.is_valid()
    given = form.cleaned_data
    context = {"dossier": found, "form": form, "least": LEAST, "most": MOST_ISSUES}
    if is_valid and given["answers"]:
        context["found"] = found_for(
            given["answers"],
            dossier=found,
            issues=given["issues"],
            counts=form.counts,
            as_of=given["as_of"],
            user=request.user,
        )
    return page(request, "answers/index.html", context, status=200 if is_valid else 400)
