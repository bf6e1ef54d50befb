"""What others need to show something of this site by its address alone (oEmbed)."""

from copy import copy
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.views.decorators.http import require_safe

from astana.web.embedded import HEIGHT, frame_of
from astana.web.social import EMBEDS

# What a frame is as wide as where nobody says how much room there is.
_WIDTH = 800
# Narrower ones cannot be read.
_LEAST = 240


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Send the code that shows the page at `url`; 404 where that is not one that can be shown."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "This site answers in JSON only."}, status=501)
    match, query = _shown(request)
    inner = copy(request)
    inner.GET, inner.resolver_match = query, match  # type: ignore[misc]
    answer = match.func(inner, **match.kwargs)
    if answer.status_code != 200:
        raise Http404
    address = reverse(match.view_name, kwargs=match.kwargs)
    width = max(_LEAST, min(_WIDTH, _number(request, "maxwidth", _WIDTH)))
    height = max(_LEAST, min(HEIGHT, _number(request, "maxheight", HEIGHT)))
    card = reverse("cards:dossier", kwargs={"dossier": match.kwargs["dossier"]})
    response = JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": "Astana",
            "provider_url": request.build_absolute_uri("/"),
            "title": answer.title,
            "width": width,
            "height": height,
            "html": frame_of(
                request,
                f"{address}?{query.urlencode()}" if query else address,
                title=answer.title,
                width=str(width),
                height=height,
            ),
            "thumbnail_url": request.build_absolute_uri(card),
            "thumbnail_width": 1200,
            "thumbnail_height": 630,
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _shown(request: HttpRequest) -> tuple[ResolverMatch, QueryDict]:
    """Return what shows the page at the address that is asked for, and with which query."""
    try:
        asked = urlsplit(request.GET.get("url", ""))
        page = resolve(asked.path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    name = EMBEDS.get(page.view_name, page.view_name)
    if asked.netloc != request.get_host() or name not in EMBEDS.values():
        raise Http404
    return resolve(reverse(name, kwargs=page.kwargs)), QueryDict(asked.query)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 6 else otherwise
