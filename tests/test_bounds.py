"""Nobody holds the site down: costly pages have a limit, and large files are made one at a time."""

import gzip
import io
import threading
import time
from datetime import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from openpyxl import load_workbook

from astana import bounds
from astana.exchange import kept_files
from astana.exchange.kept_files import in_turn, kept_file
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.web import files, listing, pictured

BASE = "/dossiers/talks/"


@pytest.fixture
def large(a_position, monkeypatch):
    """A dossier whose list of positions makes a large file."""
    for module in (files, listing):
        monkeypatch.setattr(module, "LARGE", 1)
    return [a_position() for _ in range(2)]


@pytest.mark.django_db
def test_what_costs_much_has_a_limit_of_its_own_for_each_client(client, settings, a_position):
    a_position()
    settings.FILES_PER_MINUTE, settings.COSTLY_PER_MINUTE = 3, 1
    file = f"{BASE}positions.csv"
    first = client.get(file)
    for other in (f"{BASE}agreement.graphml", "/api/dossiers/talks/positions.csv"):
        assert client.get(other).status_code == 200
    # Whoever has it already is answered for nothing.
    assert client.get(file, headers={"If-None-Match": first["ETag"]}).status_code == 304
    refused = client.get(file)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert f"{refused['Retry-After']} s" in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    program = client.get("/api/dossiers/talks/positions.csv")
    assert (program.status_code, program["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(program["Retry-After"]) <= 60
    # A page that was just made is given again for nothing; another one is not.
    pages = (f"{BASE}timeline/", f"{BASE}timeline/", f"{BASE}timeline/?axis=ranked")
    assert [client.get(page).status_code for page in pages] == [200, 200, 429]
    # Nor is it asked for free by way of the code that shows it elsewhere.
    assert client.get(f"/oembed?url=http://testserver{BASE}timeline/").status_code == 429
    for free in (f"{BASE}positions/", "/api/dossiers/talks/positions"):
        assert client.get(free).status_code == 200
    # Who has one address of IPv6 has all that begin as it does.
    for other, status in {
        "192.0.2.8": 200,
        **dict.fromkeys(("2001:db8::1", "2001:db8::2", "2001:db8::3"), 200),
        "2001:db8::4": 429,
        "2001:db8:0:1::1": 200,
        **{f"::ffff:192.0.2.{number}": 200 for number in range(10, 14)},
    }.items():
        assert client.get(file, REMOTE_ADDR=other).status_code == status, other
    settings.FILES_PER_MINUTE = settings.API_PER_MINUTE = 0
    for free in (file, "/api/dossiers/talks/positions"):
        assert client.get(free).status_code == 200
    page = client.get("/api/docs/")
    assert (page.status_code, "requests a minute" in page.content.decode()) == (200, False)


@pytest.mark.django_db
def test_a_large_file_is_made_once_for_a_version_and_its_address(client, large, monkeypatch):
    made = []
    monkeypatch.setattr(files, "csv_lines", _noted(made, files.csv_lines))
    monkeypatch.setattr(files, "workbook", _noted(made, files.workbook))
    # Heads that change nothing in a file make no other one.
    csv = [
        client.get(f"{BASE}positions.csv", headers={"HX-Trigger": one}).getvalue() for one in "12"
    ]
    assert csv[0] == csv[1]
    assert csv[0].count(b"\n") == 3
    for _ in "12":
        book = load_workbook(io.BytesIO(client.get(f"{BASE}positions.xlsx").getvalue()))
        assert len([*book["rows"].rows]) == 3
    assert len(made) == 2
    # Of some of it another one, and of a newer version too.
    assert client.get(f"{BASE}positions.csv?actor={large[0].actor.slug}").status_code == 200
    large[0].summary = "After."
    large[0].save()
    assert b"After." in client.get(f"{BASE}positions.csv").getvalue()


@pytest.mark.django_db
def test_kept_files_go_with_their_version_and_when_a_dossier_is_made_private(
    client, large, a_member
):
    def kept():
        return [*kept_files._folder().glob(f"{large[0].dossier_id}.talks.*")]

    for left in kept():
        left.unlink()
    address = f"{BASE}positions.csv"
    client.get(address)
    (before,) = kept()
    # Written on another machine, or by a command: whoever watches this one asks whether it serves.
    large[0].save()
    client.get(address)
    assert client.get("/readyz").status_code == 200
    assert before not in kept()
    assert len(kept()) == 1
    client.force_login(a_member("olga", role="owner"))
    settings_page = f"{BASE}settings/"
    form = client.get(settings_page).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"visibility": "members"}
    assert client.post(settings_page, {k: v for k, v in sent.items() if v}).status_code == 302
    assert not kept()


@pytest.mark.django_db
def test_whoever_asks_while_a_large_file_is_made_is_told_when_to_come_again(
    client, a_member, large, monkeypatch
):
    monkeypatch.setattr(kept_files, "_PATIENCE", 0)
    with in_turn():
        answer = client.get(f"{BASE}positions.xlsx")
        assert answer.status_code == 503
        assert answer["Retry-After"] == answer["Refresh"] == "5"
        assert "no-store" in answer["Cache-Control"]
        client.force_login(a_member())
        assert client.get(f"{BASE}positions.xlsx").status_code == 503
    assert client.get(f"{BASE}positions.xlsx").status_code == 200


@pytest.mark.django_db
def test_a_large_picture_is_drawn_one_at_a_time_and_a_larger_one_not_at_all(
    client, a_position, monkeypatch
):
    a_position()
    picture = f"/embed{BASE}compare.png"
    monkeypatch.setattr(kept_files, "_PATIENCE", 0)
    with in_turn():
        assert client.get(picture).status_code == 200
        monkeypatch.setattr(pictured, "LARGE_PICTURE", 1)
        assert client.get(picture).status_code == 503
    assert client.get(picture).status_code == 200
    monkeypatch.setattr(pictured, "MOST_PIXELS", 1)
    refused = client.get(picture)
    assert (refused.status_code, "use the SVG" in refused.content.decode()) == (400, True)
    assert client.get(f"/embed{BASE}compare.svg").status_code == 200


def test_of_several_who_ask_for_one_file_one_makes_it_and_the_others_get_it():
    name, made, got, may_end = datetime.now(), [], [], threading.Event()

    def make(path):
        made.append(path)
        may_end.wait(5)
        path.write_bytes(b"whole")

    def ask():
        with kept_file(Dossier(pk=1), name, "txt", make) as file:
            got.append(file.read())

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert (len(made), got) == (1, [b"whole"] * 3)


def test_what_fails_to_be_made_is_not_kept_and_holds_nobody_up():
    name = datetime.now()

    def fail(path):
        path.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept_file(Dossier(pk=1), name, "txt", fail)
    with kept_file(Dossier(pk=1), name, "txt", lambda path: path.write_bytes(b"whole")) as file:
        assert file.read() == b"whole"


def _noted(made, make):
    def noted(*args, **kwargs):
        made.append(make)
        return make(*args, **kwargs)

    return noted


def test_nobody_waits_for_a_database_for_which_somebody_just_waited_in_vain(rf, monkeypatch):
    monkeypatch.setattr(bounds, "_IN_VAIN", 0)
    monkeypatch.setattr(bounds, "_AFTERWARDS", 0.2)
    asked = []

    def away(request):
        asked.append(request)
        response = HttpResponse(status=503)
        response.is_away = len(asked) == 1
        return response

    ask = bounds.no_waiting_in_vain(away)
    ask(rf.get("/"))
    spared = ask(rf.post("/"))
    assert (spared.status_code, spared["Retry-After"], len(asked)) == (503, "5", 1)
    assert "database is not answering" in spared.content.decode()
    time.sleep(0.2)
    # What fails in another way keeps nobody from asking.
    ask(rf.get("/"))
    ask(rf.get("/"))
    assert len(asked) == 3


@pytest.mark.django_db
def test_a_page_is_compressed_and_no_two_times_to_the_same_length(client, a_position):
    a_position()
    zipped = {"Accept-Encoding": "gzip"}
    pages = [client.get(f"{BASE}compare/", headers=zipped) for _ in range(6)]
    plain = client.get(f"{BASE}compare/")
    for page in pages:
        assert page["Content-Encoding"] == "gzip"
        assert gzip.decompress(page.content) == plain.content
        assert page["ETag"] == plain["ETag"]
    assert len({len(page.content) for page in pages}) > 1
    assert len(pages[0].content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]
    again = client.get(f"{BASE}compare/", headers={"If-None-Match": plain["ETag"], **zipped})
    assert again.status_code == 304
    assert {*again["Vary"].split(", ")} == {*plain["Vary"].split(", ")}
    assert "Content-Encoding" not in client.get(f"{BASE}positions.xlsx", headers=zipped)


@pytest.mark.django_db(transaction=True)
def test_a_statement_of_a_reader_is_ended_and_one_of_a_member_is_not(
    client, a_member, a_position, settings, monkeypatch
):
    a_position()
    settings.READER_STATEMENT_SECONDS = 1
    is_bounded = connection.vendor == "postgresql"
    asked = []

    def counts(dossier):
        with connection.cursor() as cursor:
            if is_bounded:
                cursor.execute("SELECT current_setting('statement_timeout')")
                asked.append(cursor.fetchone()[0])
                if asked[-1] != "0":
                    cursor.execute("SELECT pg_sleep(3)")
        return counts_of(dossier)

    monkeypatch.setattr(listing, "counts_of", counts)
    answer = client.get(f"{BASE}positions/")
    assert answer.status_code == (503 if is_bounded else 200)
    assert ("too much at once" in answer.content.decode()) == is_bounded
    client.force_login(a_member())
    assert client.get(f"{BASE}positions/").status_code == 200
    assert asked == (["1s", "0"] if is_bounded else [])
