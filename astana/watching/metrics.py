"""Figures for Prometheus, at `/metrics`: an extra (requirements-watch.txt), for who has the token.

Where several processes serve, `PROMETHEUS_MULTIPROC_DIR` names a folder that they share, empty at
the start; each then tells the figures of all.
"""

import os
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, Min, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views import View
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client import multiprocess as several
from prometheus_client.core import GaugeMetricFamily

from astana.exchange.backups import backup
from astana.models import Challenge, Evidence, Health
from astana.models.process_cache import cache as of_process

_ARE_KEPT_SECONDS = 30
_METHODS = frozenset(name.upper() for name in View.http_method_names)

_requests = Counter("astana_requests", "Requests answered", ["method", "view", "status"])
_seconds = Histogram("astana_request_seconds", "Time until the answer began", ["view"])


def count_request(request: HttpRequest, response: HttpResponse, *, since: float) -> None:
    """Count a request and its time."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    # Who asks can make up methods, and each label is kept for good.
    method = request.method if request.method in _METHODS else "other"
    _requests.labels(method, view, response.status_code).inc()
    _seconds.labels(view).observe(time.perf_counter() - since)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures, or 403 for who has not the token."""
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse("The token of METRICS_TOKEN is needed.\n", status=403)
    text = generate_latest(_processes()) + generate_latest(_dossiers())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _processes() -> CollectorRegistry:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        several.MultiProcessCollector(registry)
    else:
        registry.register(_requests)
        registry.register(_seconds)
    return registry


def _dossiers() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Gauges())
    return registry


class _Gauges:
    """What the database says, asked for at most every half minute."""

    def collect(self) -> Iterator[Any]:
        found = of_process.get_or_set("metrics", _gauges, _ARE_KEPT_SECONDS)
        for name, (words, value) in found.items():
            yield GaugeMetricFamily(f"astana_{name}", words, value=value)


def _gauges() -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {
        "open_objections": ("Objections nobody answered", Challenge.objects.open().count()),
        "lost_passages": (
            "Passages not found in their text",
            Evidence.objects.filter(health=Health.LOST).count(),
        ),
        "queue_age_seconds": ("How long the oldest task waits for a worker", _queue_age()),
    }
    if last := cache.get(backup.LAST):
        found["backup_age_seconds"] = ("Since the last backup", time.time() - last)
    return found


def _queue_age() -> float:
    now = timezone.now()
    # What is to be done at a certain time waits from then on.
    due = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    since = DBTaskResult.objects.ready().aggregate(since=Min(due))["since"]
    return (now - since).total_seconds() if since else 0
