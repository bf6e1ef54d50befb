"""Readers who are nobody in particular read pages from the replica; all else is the primary's."""

from http.cookies import SimpleCookie

import pytest
from django.db import DatabaseError, connection, connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from astana import replica
from astana.models import Dossier
from astana.models.process_cache import pages
from astana.replica import WRITTEN, Replica
from astana.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db
PAGE = "/dossiers/talks/positions/"
BOUND = 30


class Servers:
    """Two databases that say, as PostgreSQL does, how far they are in the log of the first."""

    def __init__(self) -> None:
        self.places: dict[str, str | None] = {"default": "0/10", "replica": "0/10"}
        names = {"default": "pg_current_wal_lsn", "replica": "pg_last_wal_replay_lsn"}
        for alias, name in names.items():
            connections[alias].ensure_connection()
            self._answer(connections[alias].connection, alias, name)

    def _answer(self, database, alias: str, name: str) -> None:
        # One that is away has no place, which SQLite says as an error of the database.
        database.create_function(name, 0, lambda: self.places[alias] or 1 / 0)


@pytest.fixture
def servers(settings):
    """Give a second database, which is called the replica."""
    connections["replica"] = DatabaseWrapper(
        connection.settings_dict | {"NAME": ":memory:", "OPTIONS": {}}, alias="replica"
    )
    settings.DATABASE_REPLICA_SECONDS = BOUND
    yield Servers()
    del connections["replica"]


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that is moved by hand."""
    at = [1000.0]
    monkeypatch.setattr(replica, "monotonic", lambda: at[0])
    return at


def _alias(_request=None) -> HttpResponse:
    return HttpResponse(connection.alias)


def _asked(middleware, path: str = PAGE, *, method: str = "GET", cookie: str = "", **heads) -> str:
    """Return which database is asked for a page."""
    request = RequestFactory().generic(method, path, headers=heads)
    request.COOKIES = {cookie: "1"} if cookie else {}
    asked = middleware(request).content.decode()
    assert connection.alias == "default"
    return asked


def test_only_pages_of_nobody_in_particular_are_read_from_the_replica(servers):
    middleware = Replica(_alias)
    for ours in ({}, {"method": "HEAD"}, {"cookie": "csrftoken"}, {"path": "/search/?q=a"}):
        assert _asked(middleware, **ours) == "replica", ours
    for others in (
        {"cookie": "sessionid"},
        {"cookie": WRITTEN},
        {"Authorization": "Bearer 1"},
        {"method": "POST"},
        {"path": "/dossiers/talks/positions.csv"},
        {"path": "/accounts/login/"},
        {"path": "/nowhere"},
    ):
        assert _asked(middleware, **others) == "default", others


def test_who_has_written_reads_from_the_primary_for_longer_than_the_replica_may_be_behind(servers):
    middleware = Replica(_alias)
    kept: SimpleCookie = middleware(RequestFactory().post("/accounts/logout/")).cookies
    assert kept[WRITTEN]["max-age"] > BOUND
    assert not middleware(RequestFactory().get(PAGE)).cookies


def test_a_replica_that_is_away_or_too_far_behind_is_left_alone_until_it_is_back(servers, clock):
    middleware = Replica(_alias)
    assert _asked(middleware) == "replica"
    # It stays where it is while the primary goes on: what it has is BOUND old, and then older.
    servers.places["default"] = "0/20"
    clock[0] += BOUND
    assert _asked(middleware) == "replica"
    clock[0] += 1
    assert _asked(middleware) == "default"
    servers.places |= {"default": "1/0", "replica": "0/FFFFFFFF"}
    clock[0] += 1
    # It has gone through what was written a second ago, though not through all.
    assert _asked(middleware) == "replica"
    servers.places["replica"] = None
    clock[0] += 1
    assert _asked(middleware) == "default"
    servers.places["replica"] = "1/0"
    clock[0] += 4
    assert _asked(middleware) == "default"
    clock[0] += 1
    assert _asked(middleware) == "replica"


def test_what_the_replica_fails_at_or_does_not_know_yet_the_primary_answers(servers, clock):
    def failing(_request) -> HttpResponse:
        if connection.alias == "replica":
            try:
                connection.cursor().execute("SELECT * FROM astana_dossier")
            except DatabaseError:
                return HttpResponse(status=500)
        return _alias()

    middleware = Replica(failing)
    assert _asked(middleware) == "default"
    middleware.get_response = _alias
    assert _asked(middleware) == "default"
    clock[0] += 5
    assert _asked(middleware) == "replica"

    def unknown(_request) -> HttpResponse:
        return HttpResponse(connection.alias, status=404 if connection.alias == "replica" else 200)

    middleware.get_response = unknown
    assert _asked(middleware) == "default"

    def older(request) -> HttpResponse:
        request.etag = 'W/"5-old"' if connection.alias == "replica" else 'W/"6-new"'
        return _alias()

    middleware.get_response = older
    assert _asked(middleware, **{"If-None-Match": 'W/"5-old"'}) == "replica"
    assert _asked(middleware, **{"If-None-Match": 'W/"6-new"'}) == "default"


def test_a_page_is_read_from_the_replica_as_a_whole_with_its_version(
    servers, settings, client, a_member, a_position, monkeypatch
):
    place = settings.MIDDLEWARE.index("astana.bounds.no_waiting_in_vain")
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:place],
        "astana.replica.Replica",
        *settings.MIDDLEWARE[place:],
    ]
    a_position(summary="Said before.")
    connections["replica"].connection.deserialize(connection.connection.serialize())
    was = Dossier.objects.get()
    a_position(summary="Said since.")
    now = Dossier.objects.get()
    assert was.version < now.version

    page = client.get(PAGE)
    assert b"Said before" in page.content
    assert b"Said since" not in page.content
    assert page["ETag"].startswith(f'W/"{was.version}-')
    client.force_login(a_member("reader"))
    assert b"Said since" in client.get(PAGE).content
    # Signed out, and so somebody who has just sent something.
    client.post("/accounts/logout/")
    assert b"Said since" in client.get(PAGE).content
    # A cache that has the newer page is not given the older one.
    client.cookies.clear()
    assert b"Said since" not in client.get(PAGE).content
    newer = f'W/"{now.version}-of-the-primary"'
    assert b"Said since" in client.get(PAGE, headers={"If-None-Match": newer}).content
    # What is dear to make, and what is kept of the older version, are asked for as by another:
    # nobody waits for a page that this very request makes.
    monkeypatch.setattr("time.sleep", pytest.fail)
    for page, most in ((PAGE, 5), ("/dossiers/talks/timeline/", 9)):
        for made_before in (False, True):
            given = {"If-None-Match": newer}
            if made_before:
                pages.clear()
                client.get(page)
            answer = client.get(page, headers=given)
            assert answer["ETag"].startswith(f'W/"{now.version}-'), page
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page, headers=given).content == answer.content
            assert len(queries) <= most, (page, len(queries))
