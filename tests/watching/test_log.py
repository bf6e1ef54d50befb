"""The log tells what an operator needs, and no text and no name."""

import json
import logging

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from astana.models import Actor
from astana.pages.errors import views as errors
from astana.urls import urlpatterns as ours
from astana.watching.log import JsonLines

pytestmark = pytest.mark.django_db

SECRET = "What somebody typed"


def _fail(request, kind):
    list(Actor.objects.filter(name=SECRET))
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        if kind == "away":
            cause = OperationalError(SECRET)
            cause.sqlstate = None
            raise OperationalError("the server is away") from cause
        raise RuntimeError(SECRET) from error


def _slow(request):
    with connection.cursor() as cursor:
        # On any database, this takes more than a millisecond.
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
            "SELECT count(*) FROM n WHERE %s <> ''",
            [SECRET],
        )
    return HttpResponse()


urlpatterns = [*ours, path("fail/<kind>/", _fail), path("slow/", _slow)]
handler500 = errors.server_error


@pytest.fixture
def lines(settings):
    """Return what is logged meanwhile, as JSON."""
    settings.ROOT_URLCONF = __name__
    found = []

    class Kept(logging.Handler):
        def emit(self, record):
            found.append(json.loads(self.format(record)))

    handler = Kept()
    handler.setFormatter(JsonLines())
    requests, root = logging.getLogger("astana.requests"), logging.getLogger()
    level = requests.level
    requests.setLevel(logging.INFO)
    root.addHandler(handler)
    yield found
    root.removeHandler(handler)
    requests.setLevel(level)


def test_a_request_is_a_line_with_figures_and_without_words(client, a_member, lines):
    user = a_member("alice")
    client.force_login(user)
    client.get("/dossiers/talks/", {"q": SECRET}, headers={"X-Request-ID": "chosen-by-a-reader"})
    (line,) = lines
    assert line["view"] == "dossiers:detail"
    assert (line["dossier"], line["user"], line["status"]) == ("talks", user.pk, 200)
    assert line["queries"] > 0
    assert line["ms"] >= 0
    assert len(line["request"]) == 16
    said = json.dumps(lines)
    assert not [word for word in (SECRET, "alice", "chosen") if word in said]


def test_the_line_of_an_answer_that_is_had_already_names_the_page(client, a_position, lines):
    a_position()
    known = client.get("/dossiers/talks/")["ETag"]
    client.get("/dossiers/talks/", headers={"If-None-Match": known})
    had = lines[-1]
    assert (had["view"], had["dossier"], had["status"]) == ("dossiers:detail", "talks", 304)


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1, SLOW_QUERY_MS=1)
def test_a_slow_query_is_logged_without_what_is_filled_in(client, lines):
    answer = client.get("/slow/", headers={"X-Request-ID": "given-by-the-proxy"})
    assert answer["X-Request-ID"] == "given-by-the-proxy"
    slow, request = lines
    assert slow["message"] == "Slow query"
    assert slow["sql"].startswith("WITH RECURSIVE")
    assert slow["ms"] >= 1
    assert {slow["request"], request["request"]} == {"given-by-the-proxy"}
    assert SECRET not in json.dumps(lines)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_fault_is_logged_with_its_trace_and_the_page_names_its_number(client, lines, method):
    client.raise_request_exception = False
    answer = getattr(client, method)("/fail/it/")
    assert answer.status_code == 500
    fault, request = lines
    assert request["status"] == 500
    assert fault["message"] == f"Request {request['request']} failed"
    assert [part for part in fault["trace"] if part.endswith("_fail")]
    assert {"ValueError", "RuntimeError"} <= set(fault["trace"])
    assert SECRET not in json.dumps(lines)
    page = answer.content.decode()
    assert request["request"] in page
    assert ("nothing was changed" in page) == (method == "get")
    assert ("not certain whether" in page) == (method == "post")


def test_where_the_database_is_away_a_page_says_so_and_when_to_come_again(client, lines):
    client.raise_request_exception = False
    answer = client.get("/fail/away/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "The database is not answering" in answer.content.decode()
    assert any("OperationalError: the server is away" in part for part in lines[0]["trace"])


def test_what_others_log_is_written_without_what_they_fill_in():
    record = logging.LogRecord("other", 30, "", 1, "%s was asked for", (SECRET,), None)
    assert json.loads(JsonLines().format(record))["message"] == "%s was asked for"
    try:
        raise IntegrityError(f"not unique\nDETAIL: ({SECRET})")
    except IntegrityError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    assert json.loads(JsonLines().format(record))["trace"][-1] == "IntegrityError: not unique"
    error = DataError(f'invalid input syntax for type date: "{SECRET}"')
    record.exc_info = (type(error), error, None)
    said = json.loads(JsonLines().format(record))["trace"]
    assert said == ["DataError: invalid input syntax for type date"]


def test_no_fault_that_is_sent_elsewhere_has_words():
    from astana.watching.sentry import without_words

    event = {
        "request": {"url": SECRET},
        "user": {"id": 1},
        "exception": {"values": [{"type": "ValueError", "value": SECRET}]},
    }
    assert SECRET not in repr(without_words(event, None))
    assert event["exception"]["values"] == [{"type": "ValueError"}]
