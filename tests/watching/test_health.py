"""Whoever watches the site learns whether it answers and can serve, and figures for the token."""

import shutil
import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from astana.exchange.uploads import forget_old
from astana.models import Evidence, Health
from astana.models.process_cache import cache as of_process
from astana.watching import health, metrics

pytestmark = pytest.mark.django_db


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["astana.example"])
def test_that_it_answers_is_told_under_any_name_and_without_a_query(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_that_it_can_serve_is_told_part_by_part(client):
    answer = client.get("/readyz")
    parts = dict.fromkeys(("static", "database", "migrations", "cache", "disk"), "ok")
    assert (answer.status_code, answer.json()) == (200, parts)
    # Nobody holds the site down by asking.
    with CaptureQueriesContext(connection) as queries:
        assert [client.get("/readyz").json() for _ in range(3)] == [parts] * 3
    assert len(queries) <= 5


def test_who_cannot_serve_says_which_part_is_missing(client, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'astana'")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 9, 1))
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False, raising=False)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    found = answer.json()
    assert "missing: run manage.py upgrade" in found["migrations"]
    assert found["database"] == "ok"
    if connection.vendor == "sqlite":
        assert found["disk"] == "nearly full"


def test_a_site_without_its_static_files_says_so_and_no_page_is_empty(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "astana.static_files.Storage"}
    }
    of_process.clear()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["static"] == "missing: run manage.py upgrade"
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500
    assert page["X-Request-ID"] in page.content.decode()


def test_a_part_that_fails_is_named_with_its_error_and_no_other_waits_for_it(client, monkeypatch):
    def fails():
        raise ConnectionError("10.0.0.9")

    monkeypatch.setitem(health._CHECKS, "database", fails)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "static": "ok",
        "database": "ConnectionError",
        "migrations": "not asked",
        "cache": "not asked",
        "disk": "not asked",
    }


@override_settings(METRICS_TOKEN="the-token")
def test_figures_are_told_to_whom_has_the_token(a_position, a_rendition):
    text = a_rendition()
    a_position(rendition=text, quote=text.text.split()[0])
    Evidence.objects.update(health=Health.LOST, start=None, end=None)
    cache.set(metrics.backup.LAST, time.time() - 3600)
    now = timezone.now()
    forget_old.enqueue()
    day, minute = timedelta(days=1), timedelta(minutes=1)
    DBTaskResult.objects.update(enqueued_at=now - day, run_after=now - minute)
    metrics.of_process.delete("metrics")
    for method in ("MADE-UP", "GET"):
        request = RequestFactory().generic(method, "/metrics")
        request.resolver_match = None
        metrics.count_request(request, metrics.HttpResponse(), since=time.perf_counter())
    assert metrics.metrics(request).status_code == 403
    asked = RequestFactory().get("/metrics", headers={"Authorization": "Bearer the-token"})
    said = metrics.metrics(asked).content.decode()
    figures = dict(line.rsplit(" ", 1) for line in said.splitlines() if line[0] != "#")
    assert float(figures["astana_lost_passages"]) == 1
    assert float(figures["astana_open_objections"]) == 0
    # What is put off waits only from the time at which it is to be done.
    assert 60 <= float(figures["astana_queue_age_seconds"]) < 600
    assert 3599 < float(figures["astana_backup_age_seconds"]) < 3700
    assert float(figures['astana_requests_total{method="GET",status="200",view=""}']) >= 1
    # Nobody fills the memory with names of methods.
    assert float(figures['astana_requests_total{method="other",status="200",view=""}']) >= 1
    assert "MADE-UP" not in said


@override_settings(METRICS_TOKEN="")
def test_no_figures_are_told_unasked(client):
    assert client.get("/metrics").status_code == 404
