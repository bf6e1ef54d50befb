"""The outermost middleware: it answers who watches the site, and notes each request."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from astana.watching import health, log

_WATCHERS = {"/healthz": health.healthz, "/readyz": health.readyz}
_COUNTERS = []
if settings.METRICS_TOKEN:
    from astana.watching import metrics

    _WATCHERS["/metrics"] = metrics.metrics
    _COUNTERS.append(metrics.count_request)


def watching(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that gives each request an id, and writes its line into the log."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if watcher := _WATCHERS.get(request.path_info):
            response = watcher(request)
            response["Cache-Control"] = "private, no-store"
            return response
        since = time.perf_counter()
        is_given = bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
        with log.one_request(request, is_given=is_given):
            with log.counting(slow_ms=settings.SLOW_QUERY_MS) as queries:
                response = get_response(request)
            log.log_request(request, response, since=since, queries=queries.number)
        for count in _COUNTERS:
            count(request, response, since=since)
        # What a cache gives on is no answer to this request.
        if "no-store" in response.get("Cache-Control", ""):
            response["X-Request-ID"] = request.request_id
        return response

    return middleware
