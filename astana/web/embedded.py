"""What others show in their pages: a comparison, an issue, a timeline, without our frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.web.addresses import moment_words
from astana.web.fields import MomentField
from astana.web.social import EMBEDS
from astana.web.travel import taken_along

_PAGES = {embed: page for page, embed in EMBEDS.items()}
# A page that is always light, or always dark, can ask for the same.
THEMES = ("light", "dark")
# So high is a frame whose page does not run the script that fits it to what it shows.
HEIGHT = 640


def embeddable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view of which others may show the answer in their pages.

    Whoever asks is nobody in particular, so that only what is public is shown, and no click that
    others lead to does anything. What is not there is said in the frame too.
    """

    @require_safe
    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    @wraps(view)
    def answer(request: HttpRequest, **names: str) -> HttpResponse:
        request.user = AnonymousUser()
        try:
            return view(request, **names)
        except Http404:
            return render(request, "embed.html", status=404)

    return answer


def embedded(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    asked: str,
    under: list[str],
) -> HttpResponse:
    """Return what others show under a title, with a line that says where it is from.

    `asked` is the query of the page that shows the same, `under` are words on what is shown. The
    answer has its `title`, for who shows it by the address alone.
    """
    dossier, match = context["dossier"], request.resolver_match
    page = _PAGES[match.view_name]  # type: ignore[union-attr]
    address = reverse(page, kwargs=match.kwargs)  # type: ignore[union-attr]
    theme = request.GET.get("theme")
    source = {"page": f"{address}{asked}", "title": title, "under": under}
    source["theme"] = theme if theme in THEMES else ""
    response = render(request, template, source | context)
    html = taken_along(response.content.decode(), request, dossier, is_refused=False, page=page)
    response.content = html
    response.title = f"{title} · {dossier}"  # type: ignore[attr-defined]
    return response


def not_understood(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return in words what of an address (its `form`) cannot be understood."""
    return render(request, "embed.html", context, status=400)


def code_of(
    request: HttpRequest, dossier: Dossier, *, title: str, asked: Callable[..., str]
) -> dict[str, str] | None:
    """Return the code to copy into a page of one's own, None where that may not be.

    It shows what is there as it changes (`live`), or as it stands now (`fixed`). `asked` returns
    the query of what the page shows, with changes.
    """
    if dossier.visibility != Dossier.Visibility.PUBLIC:
        return None
    match = request.resolver_match
    address = reverse(EMBEDS[match.view_name], kwargs=match.kwargs)  # type: ignore[union-attr]
    moment = MomentField().clean(request.GET.get("recorded_as_of") or "now")
    # What changes goes on to later days, unless one was chosen.
    days: dict[str, None] = {} if "as_of" in request.GET else {"as_of": None}
    live, fixed = (
        frame_of(request, f"{address}{query}", title=f"{title} · {dossier}")
        for query in (
            asked(recorded_as_of=None, **days),
            asked(recorded_as_of=moment_words(moment)),
        )
    )
    return {"live": live, "fixed": fixed}


def frame_of(
    request: HttpRequest, address: str, *, title: str, width: str = "100%", height: int = HEIGHT
) -> str:
    """Return the element that shows an address of ours, and the script that fits its height.

    The script has the address without a mark of its content, so that the code keeps working.
    """
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0">'
        '</iframe>\n<script async src="{}"></script>',
        request.build_absolute_uri(address),
        title,
        width,
        height,
        request.build_absolute_uri(f"/{settings.STATIC_URL.lstrip('/')}js/embed.js"),
    )
