"""Where agents read: one address for tools, and a text that says what there is."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from astana.accounts import client_of
from astana.actions.limits import seconds_to_wait
from astana.exchange.export import as_json
from astana.models import Dossier
from astana.pages.agents.guide import INSTRUCTIONS, guide
from astana.pages.agents.protocol import NO_REQUEST, Tools, Wrong, answered, read, refusal
from astana.pages.agents.tools import DECLARED, call

# No question is longer.
MOST_BYTES = 65_536
_MINUTE = 60


@csrf_exempt
@require_POST
def mcp(request: HttpRequest) -> HttpResponse:
    """Answer one message of the Model Context Protocol, for nobody in particular.

    Nothing is written and no session is read, so that no page of others can do anything with it.
    """
    request.user = AnonymousUser()
    most = settings.API_PER_MINUTE
    wait = seconds_to_wait("api", client=client_of(request), most=most, seconds=_MINUTE)
    if wait:
        words = f"More than {most} requests came within a minute. Wait {wait} s."
        response = _written(429, refusal(Wrong(NO_REQUEST, words)))
        response["Retry-After"] = str(wait)
        return response
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        words = f"The body is longer than {MOST_BYTES:,} bytes."
        return _written(413, refusal(Wrong(NO_REQUEST, words)))
    if request.content_type != "application/json":
        return _written(400, refusal(Wrong(NO_REQUEST, "The body must be application/json.")))
    tools = Tools(DECLARED, INSTRUCTIONS, lambda name, given: call(name, given, request=request))
    try:
        message = read(request.body)
    except Wrong as wrong:
        return _written(400, refusal(wrong))
    return _written(*answered(message, request.headers, tools))


def _written(status: int, answer: dict[str, Any] | None) -> HttpResponse:
    if answer is None:
        return HttpResponse(status=status)
    text = json.dumps(answer, ensure_ascii=False, default=as_json)
    return HttpResponse(text, status=status, content_type="application/json")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Send what language models are told of this site before they read it."""
    dossiers = Dossier.objects.visible_to(AnonymousUser())
    text = guide(dossiers, site=request.build_absolute_uri("/")[:-1])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
