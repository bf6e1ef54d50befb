"""Caches keep what anybody may read, for the stated time; all else is kept nowhere."""

import sqlite3
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana import caching
from astana.models import Dossier, Position
from astana.models.process_cache import comparisons, pages
from astana.sqlite.kept import first_row
from tests.permissions import READ, SHOWN, TABLE

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
STATED = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
# A page, one that is read by anybody and members alike, and two files.
KEPT = ["positions/", "compare/", "feed.atom", "positions.csv"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _times(settings):
    settings.CACHE_SECONDS = 60


def _varies(response) -> set[str]:
    return set(response.get("Vary", "").split(", "))


def _is_stored_nowhere(response) -> bool:
    return {"private", "no-store"} <= set(response["Cache-Control"].split(", ")) and (
        "ETag" not in response.headers
    )


def _again(client, address: str, etag: str, **headers: str):
    return client.get(address, headers={"If-None-Match": etag, **headers})


def test_of_each_page_of_a_dossier_it_is_decided_whether_caches_keep_it():
    # Blind readings and answers are somebody's own; a citation says when it was read.
    own = {"blind:index", "blind:worksheet", "blind:key", "answers:index", "citations:index"}
    kept = caching.PAGES | caching.FILES | caching.SAME_FOR_ALL
    assert kept == {name for name, row in TABLE.items() if row in (READ, SHOWN)} - own


def test_whoever_has_the_newest_answer_is_told_so_for_one_query(client, a_position):
    a_position()
    for page in KEPT:
        whole = client.get(BASE + page)
        assert whole.status_code == 200
        assert whole["Cache-Control"] == STATED
        known = f'"another", {whole["ETag"]}'
        with CaptureQueriesContext(connection) as queries:
            short = _again(client, BASE + page, known)
        assert (short.status_code, short.content, len(queries)) == (304, b"", 1)
        for header in ("ETag", "Cache-Control"):
            assert short[header] == whole[header]
        assert _varies(short) == _varies(whole)
        assert "Content-Length" not in short.headers
        # Browsers put them in the place of those that they have, and embeds have others.
        assert not {"Content-Security-Policy", "X-Frame-Options"} & set(short.headers)
        head = client.head(BASE + page)
        assert (head["ETag"], head["Cache-Control"]) == (whole["ETag"], STATED)
        assert client.head(BASE + page, headers={"If-None-Match": known}).status_code == 304


def test_a_page_is_made_once_for_all_who_are_nobody_in_particular(client, a_position, a_member):
    position = a_position(summary="Before.")
    address = f"{BASE}positions/{position.key}/"
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address)
    assert (again.content, len(queries)) == (first.content, 1)
    assert set(again.headers) == set(first.headers)
    assert (again["ETag"], _varies(again)) == (first["ETag"], _varies(first))
    # Not what a link on the page asks for, nor what was edited, nor what members see.
    assert b"<html" not in client.get(address, headers=HTMX).content
    position.summary = "After."
    position.save()
    assert b"After." in client.get(address).content
    client.force_login(a_member("bob"))
    assert b"bob" in client.get(address).content
    client.logout()
    Dossier.objects.update(visibility="members")
    assert client.get(address).status_code == 404


def test_an_edit_a_deployment_and_a_day_make_another_answer(client, a_position, monkeypatch):
    position = a_position(summary="Before.")
    address = f"{BASE}positions/{position.key}/"
    before = client.get(address)["ETag"]
    position.summary = "After."
    position.save()
    edited = _again(client, address, before)
    assert edited.status_code == 200
    assert "After." in edited.content.decode()
    assert _again(client, address, edited["ETag"]).status_code == 304
    with monkeypatch.context() as patch:
        patch.setattr(caching.timezone, "localdate", lambda: date(2099, 1, 1))
        assert _again(client, address, edited["ETag"]).status_code == 200
    monkeypatch.setattr(caching, "release", lambda: "the next one")
    assert _again(type(client)(), address, edited["ETag"]).status_code == 200


def test_what_marks_a_dossier_is_read_off_the_file_that_is_there_now(tmp_path):
    file, other = tmp_path / "one.sqlite3", tmp_path / "other.sqlite3"
    asked = "SELECT version FROM dossier WHERE slug = ?"
    for path, version in ((file, 1), (other, 7)):
        with sqlite3.connect(path) as writer:
            writer.execute(f"CREATE TABLE dossier AS SELECT 'talks' AS slug, {version} AS version")
    assert first_row(str(file), asked, ["talks"]) == (1,)
    with sqlite3.connect(file) as writer:
        writer.execute("UPDATE dossier SET version = 2")
    assert first_row(str(file), asked, ["talks"]) == (2,)
    assert first_row(str(file), asked, ["none"]) is None
    # Nobody writes by it, nor keeps others from replacing what it read.
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        first_row(str(file), "UPDATE dossier SET version = 3 WHERE slug = ?", ["talks"])
    assert first_row(str(file), asked, ["talks"]) == (2,)
    other.replace(file)
    assert first_row(str(file), asked, ["talks"]) == (7,)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        first_row(str(file), asked, ["talks"])


def test_a_page_its_slices_and_other_questions_have_marks_of_their_own(client, a_position):
    a_position()
    asked = [
        (BASE + "compare/", {}),
        (BASE + "compare/", HTMX),
        (BASE + "compare/", HTMX | {"HX-Trigger": "choose-actors"}),
        (BASE + "compare/", HTMX | {"HX-History-Restore-Request": "true"}),
        (BASE + "compare/?first_hand=1", {}),
        (BASE + "positions/", {}),
    ]
    answers = [client.get(address, headers=headers) for address, headers in asked]
    assert len({answer["ETag"] for answer in answers}) == len(asked)
    for (_address, headers), answer in zip(asked, answers, strict=True):
        # A kept slice could be older than the page that it goes into.
        assert answer["Cache-Control"] == ("public, no-cache" if headers else STATED)
        assert {"HX-Request", "HX-Trigger", "HX-History-Restore-Request"} <= _varies(answer)
        assert {"Cookie", "Accept-Language"} <= _varies(answer)


def test_what_is_the_same_for_all_varies_by_no_cookie(client, a_position, a_member):
    a_position()
    pages = ("feed.atom", "card.png", "dossier.zip", "agreement.graphml")
    everybody = {page: client.get(BASE + page) for page in pages}
    assert [page for page in pages if "Cookie" in _varies(everybody[page])] == []
    client.force_login(a_member(role="owner"))
    assert _is_stored_nowhere(member := client.get(BASE + "feed.atom"))
    assert "Cookie" not in _varies(member)
    assert member.content == everybody["feed.atom"].content


def test_what_is_answered_to_a_person_is_stored_nowhere(client, a_position, a_member):
    a_position()
    marks = {page: client.get(BASE + page)["ETag"] for page in KEPT}
    for cookie in ("messages", "sessionid"):
        client.cookies[cookie] = "x"
        for page, mark in marks.items():
            answer = _again(client, BASE + page, mark)
            assert answer.status_code == 200
            assert _is_stored_nowhere(answer)
    client.cookies.clear()
    client.force_login(a_member())
    for page, mark in marks.items():
        assert _is_stored_nowhere(_again(client, BASE + page, mark))
    client.logout()
    proxy = client.get(BASE + "positions/", headers={"Authorization": "Basic eA=="})
    assert _is_stored_nowhere(proxy)


def test_a_cookie_that_is_not_ours_makes_nobody_somebody(client, a_position):
    a_position()
    whole = {page: client.get(BASE + page) for page in KEPT}
    for cookie in ("_ga", "consent", "trusted", settings.CSRF_COOKIE_NAME):
        client.cookies[cookie] = "x" * 32
    for page, answer in whole.items():
        again = client.get(BASE + page)
        assert (again["Cache-Control"], again["ETag"]) == (STATED, answer["ETag"])
        assert again.getvalue() == answer.getvalue()
        assert _again(client, BASE + page, answer["ETag"]).status_code == 304
    for cookie in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"):
        client.cookies[cookie] = "x"
        assert _is_stored_nowhere(client.get(BASE + "positions/"))
        del client.cookies[cookie]


def test_a_form_an_error_and_what_is_one_s_own_are_stored_nowhere(client, a_position):
    position = a_position()
    for page, status in {
        f"{BASE}positions/{position.key}/challenge/": 200,
        f"{BASE}blind/": 200,
        f"{BASE}answers/": 200,
        f"{BASE}cite/": 200,
        f"{BASE}compare/?recorded_as_of=now": 302,
        f"{BASE}positions/?recorded_as_of=now": 200,
        f"{BASE}compare/?actor=nobody": 400,
        f"{BASE}positions/none/": 404,
        f"{BASE}issues/new/": 404,
        "/dossiers/none/": 404,
        "/nowhere/": 404,
        f"/?q={'x' * 20_000}": 414,
        "/accounts/login/": 200,
        "/": 200,
    }.items():
        answer = client.get(page)
        assert answer.status_code == status, page
        assert _is_stored_nowhere(answer), page


def test_what_is_closed_or_withdrawn_is_not_said_to_be_as_it_was(client, a_position, a_member):
    position = a_position()
    pages = [*KEPT, f"positions/{position.key}/"]
    marks = {page: client.get(BASE + page)["ETag"] for page in pages}
    Position.objects.update(status=Position.Status.REJECTED, reason="Misread.")
    gone = _again(client, BASE + pages[-1], marks[pages[-1]])
    assert gone.status_code in (404, 410)
    assert _is_stored_nowhere(gone)
    Dossier.objects.update(visibility=Dossier.Visibility.MEMBERS)
    for page in pages:
        closed = _again(client, BASE + page, marks[page])
        assert closed.status_code == 404
        assert _is_stored_nowhere(closed)
    client.force_login(a_member())
    for page in KEPT:
        answer = client.get(BASE + page)
        assert answer.status_code == 200
        assert _is_stored_nowhere(answer)


def test_the_times_are_settings_and_none_means_to_ask_each_time(client, a_position, settings):
    a_position()
    settings.CACHE_SECONDS = 0
    answer = client.get(BASE)
    assert answer["Cache-Control"] == "public, no-cache"
    assert _again(client, BASE, answer["ETag"]).status_code == 304
    settings.DEBUG = True
    assert _is_stored_nowhere(_again(client, BASE, answer["ETag"]))


def test_who_asks_while_a_dear_page_is_made_gets_the_one_before(client, a_position, settings):
    # As if all processes shared a Redis.
    shared = {"BACKEND": "astana.held_cache.Held", "LOCATION": "of-all-processes"}
    settings.CACHES = settings.CACHES | {"shared_pages": shared}
    position, address, met = a_position(), BASE + "agreement/", []
    before = client.get(address)
    position.actor.name = "Rus"
    position.actor.save()

    def meanwhile(execute, sql, params, many, context):
        if 'FROM "astana_position"' in sql and not met:
            met.append(None)
            met[0] = type(client)().get(address)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        made = client.get(address)
    assert (met[0].content, met[0]["ETag"]) == (before.content, before["ETag"])
    assert met[0]["Cache-Control"] == "public, no-cache"
    assert made["ETag"] != before["ETag"]
    # Another process makes nothing anew.
    pages.clear()
    comparisons.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).content == made.content
    assert len(queries) == 1
    caches["shared_pages"].clear()
