"""What is downloaded: all rows of the page, and nothing that the reader may not see."""

import csv
import io
import json
import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from astana.exchange.escape import restored
from astana.models import Position, User
from astana.web import listing
from tests.a_large_dossier import a_large_dossier, made_once
from tests.pages.rows import rows_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
LARGE, CLOSED = "/dossiers/assembly/", "/dossiers/council/"
LISTS = ("positions", "actors", "issues", "articles", "events")
SUFFIXES = ("csv", "json", "xlsx")
SIGNS = ("=", "+", "-", "@", "\t", "\r")


def _taken(client, address: str, *, base: str = BASE) -> list[dict[str, str]]:
    """Return the rows of a file, all values as text, so that the three kinds can be compared."""
    response = client.get(base + address)
    assert response.status_code == 200, response.getvalue()
    content = response.getvalue()
    suffix = re.search(r"\.(\w+)", address)[1]
    if suffix == "csv":
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    if suffix == "json":
        return [{name: _flat(value) for name, value in row.items()} for row in json.loads(content)]
    heading, *rows = load_workbook(io.BytesIO(content))["rows"].iter_rows(values_only=True)
    return [dict(zip(heading, map(_flat, row), strict=True)) for row in rows]


def _flat(value) -> str:
    if isinstance(value, list):
        parts = [_flat(one) for one in value]
        return " | ".join(parts) if any(parts) else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | int):
        return f"{value:g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


@pytest.fixture(scope="module")
def large(django_db_setup, django_db_blocker):
    """A public dossier and one for its members: those who ask for them only read."""
    with made_once(django_db_blocker):
        a_large_dossier("assembly", size=40)
        yield a_large_dossier("council", size=3, visibility="members")


@pytest.mark.parametrize("noun", LISTS)
def test_a_file_has_the_rows_of_all_pages(client, large, noun):
    pages = (len(rows_of(client.get(f"{LARGE}{noun}/?page={page}"))) for page in (1, 2))
    expected = sum(pages) if noun != "positions" else 80
    taken = {suffix: _taken(client, f"{noun}.{suffix}", base=LARGE) for suffix in SUFFIXES}
    assert {len(rows) for rows in taken.values()} == {expected}
    assert taken["csv"] == taken["json"] == taken["xlsx"]


@pytest.mark.parametrize(
    "query",
    [
        "actor=actor-1",
        "voice=attributed&voice=act",
        "issue=issue-0&stance=issue-0.supports",
        "source=source-1",
        "since=2017-01-10&until=2017-01-20",
        "first_hand=1&q=position",
        "q=nothing-has-this-word",
    ],
)
def test_the_filters_of_the_page_hold_for_the_file(client, large, query):
    html = client.get(f"{LARGE}positions/?{query}").content.decode()
    number = int(re.search(r"(\d+) of 80", html)[1])
    for suffix in SUFFIXES:
        address = f"positions.{suffix}?{query}&sort=voice&page=2"
        assert len(_taken(client, address, base=LARGE)) == number


def test_a_position_comes_with_what_it_rests_on(client, a_position, a_rendition, a_member):
    alice = a_member("alice")
    moment = datetime.fromisoformat("2017-02-01T10:00:00+00:00")
    rendition = a_rendition()
    position = a_position(
        stance="opposes", voice="attributed", attributed_by="turkey", said="../2017-01-12",
        condition="If all agree.", rendition=rendition, quote="supports the cease-fire",
        coder=alice, coded_at=moment, reviewer=alice, reviewed_at=moment,
    )  # fmt: skip
    (row,) = _taken(client, "positions.csv")
    expected = {
        "key": position.key,
        "actor": "russia",
        "issue": "cease-fire",
        "stance": "opposes",
        "value": "-1",
        "condition": "If all agree.",
        "said": "../2017-01-12",
        "earliest": "",
        "latest": "2017-01-12",
        "first_hand": "false",
        "attributed_by": "turkey",
        "disputed": "false",
        "status": "published",
        "coder": "alice",
        "coded_at": "2017-02-01T10:00:00Z",
        "reviewer": "alice",
        "sources": "Gazette",
        "articles": "gazette-2017-01-25",
        "paragraphs": "1",
        "roles": "supports",
        "words": "supports the cease-fire",
        "url": f"http://testserver{position.get_absolute_url()}",
    }
    assert {name: row[name] for name in expected} == expected


def test_several_passages_stand_in_their_order(client, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="They met.")
    one = position.evidence.get()
    one.pk, one.number, one.role, one.exact = None, 2, "disputes", "did not speak"
    one.start, one.end, one.paragraph = 49, 62, 2
    one.save()
    (row,) = _taken(client, "positions.csv")
    assert (row["paragraphs"], row["roles"]) == ("1 | 2", "supports | disputes")
    assert row["words"] == "They met. | did not speak"
    assert row["disputed"] == "true"


def test_words_for_members_are_in_the_files_of_members_alone(
    client, a_position, a_rendition, a_member
):
    secret = a_rendition("They met. The canary sang at night.", rights="members")
    a_position(rendition=secret, quote="The canary sang")
    a_position(actor="turkey", rendition=a_rendition(language="fr"), quote="They met.")
    for suffix in SUFFIXES:
        for name in ("positions", "compare"):
            rows = _taken(client, f"{name}.{suffix}")
            assert "canary" not in str(rows)
            assert "They met." in str(rows)
            assert {row["articles"] for row in rows} == {"gazette-2017-01-25"}
    client.force_login(a_member())
    assert "The canary sang" in str(_taken(client, "positions.csv"))


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected"])
def test_what_is_not_published_is_in_no_file(client, a_position, a_member, status):
    a_position(summary="The canary sang.", status=status, reason="No.", note="Canary.")
    a_position(summary="Seen.")
    client.force_login(a_member())
    for suffix in SUFFIXES:
        for name in ("positions", "compare"):
            rows = _taken(client, f"{name}.{suffix}")
            assert "anary" not in str(rows)
            assert "Seen." in str(rows)
    assert _taken(client, "actors.csv")[0]["positions"] == "1"


@pytest.mark.parametrize("name", [*LISTS, "compare", "agreement"])
def test_the_files_of_a_private_dossier_are_for_its_members(client, large, a_member, name):
    alice = a_member(dossier=large)
    for suffix in SUFFIXES:
        assert client.get(f"{CLOSED}{name}.{suffix}").status_code == 404
    client.force_login(User.objects.create_user("charlie"))
    assert client.get(f"{CLOSED}{name}.csv").status_code == 404
    client.force_login(alice)
    assert client.get(f"{CLOSED}{name}.csv").status_code == 200


@pytest.mark.parametrize("name", [*LISTS, "compare", "agreement"])
def test_a_file_of_another_kind_is_not_there(client, large, name):
    assert client.get(f"{LARGE}{name}.exe").status_code == 404
    assert client.post(f"{LARGE}{name}.csv").status_code == 405


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("positions.csv?actor=zzz-nobody", "zzz-nobody"),
        ("positions.xlsx?since=2017-02-30", "2017-02-30"),
        ("positions.json?since=2017-02-01&until=2017-01-01", "before it starts"),
        ("articles.csv?source=zzz-nobody", "zzz-nobody"),
        ("actors.csv?kind=zzz-nobody", "zzz-nobody"),
        ("issues.csv?kind=zzz-nobody", "zzz-nobody"),
        ("events.csv?actor=zzz-nobody", "zzz-nobody"),
        ("compare.csv?actor=zzz-nobody", "zzz-nobody"),
        ("agreement.csv?actor=zzz-nobody", "zzz-nobody"),
        ("compare.xlsx?as_of=2017-02-30", "2017-02-30"),
        ("compare.json?blind=1", "blind"),
    ],
)
def test_what_the_page_refuses_the_file_refuses_in_words(client, large, address, named):
    response = client.get(LARGE + address)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert named in response.content.decode()


def test_a_comparison_names_silence_and_both_of_two_voices(client, a_position, an_actor):
    a_position(actor="russia", stance="supports")
    a_position(actor="russia", stance="opposes")
    a_position(actor="turkey", stance="neither", said="2017-01-01")
    an_actor("iran")
    query = "actor=iran&actor=russia&actor=turkey&issue=cease-fire&as_of=2017-02-01"
    for suffix in SUFFIXES:
        rows = _taken(client, f"compare.{suffix}?{query}")
        assert [(row["actor"], row["cell"], row["stance"]) for row in rows] == [
            ("iran", "no stated position", ""),
            ("russia", "two voices", "opposes"),
            ("russia", "two voices", "supports"),
            ("turkey", "one stance", "neither"),
        ]
        assert {row["as_of"] for row in rows} == {"2017-02-01"}
        assert [row["value"] for row in rows] == ["", "-1", "1", "0"]


@pytest.mark.parametrize(
    ("left_out", "in_file", "for_programs"),
    [
        ("first_hand=1", "no first-hand position", "no-first-hand"),
        ("recorded_as_of=2017-02-01T00:00:00Z", "no position shown", "not-shown"),
        ("recorded_as_of=2017-02-01T00:00:00Z&first_hand=1", "no position shown", "not-shown"),
    ],
)
def test_no_file_calls_silent_of_whom_a_position_is_left_out(
    client, a_position, an_actor, left_out, in_file, for_programs
):
    an_actor("turkey")
    a_position(actor="russia", voice="characterised")
    query = f"issue=cease-fire&as_of=2017-02-01&{left_out}"
    for suffix in SUFFIXES:
        (row,) = _taken(client, f"compare.{suffix}?actor=russia&{query}")
        assert (row["cell"], row["stance"]) == (in_file, "")
        (row, _other) = _taken(client, f"brief.{suffix}?side=russia&side=turkey&{query}")
        assert (row["actor"], row["cell"]) == ("russia", in_file)
    found = client.get(f"/api/dossiers/talks/compare?actor=russia&{query}").json()["rows"]
    assert [row["cell"] for row in found] == [for_programs]


def test_a_comparison_says_which_body_spoke(client, a_position, an_actor):
    whole = an_actor("russia")
    an_actor("ministry", part_of=whole)
    a_position(actor="ministry")
    (row,) = _taken(client, "compare.csv?actor=russia&issue=cease-fire")
    assert (row["actor"], row["body"], row["stance"]) == ("russia", "ministry", "supports")
    (row,) = _taken(client, "compare.csv?actor=russia&issue=cease-fire&bodies=0")
    assert (row["cell"], row["body"]) == ("no stated position", "")


def test_agreement_has_a_row_for_each_pair_that_shares_enough(client, a_position):
    for issue in ("cease-fire", "elections"):
        a_position(actor="russia", issue=issue, stance="supports")
        a_position(actor="turkey", issue=issue, stance="neither")
    a_position(actor="iran", issue="elections")
    for suffix in SUFFIXES:
        (row,) = _taken(client, f"agreement.{suffix}?as_of=2017-02-01")
        names = ("actor", "other", "measure", "figure", "issues", "as_of")
        assert sorted(row[name] for name in names[:2]) == ["russia", "turkey"]
        # Twice 1 - |1 - 0| / 2, by two.
        assert [row[name] for name in names[2:]] == ["agreement", "0.5", "2", "2017-02-01"]
        assert (row["lowest"], row["highest"]) == ("0.5", "0.5")
        assert (row["duplicates"], row["normalisation"]) == ("", "")
        assert len(_taken(client, f"agreement.{suffix}?as_of=2017-02-01&least=1")) == 3
        (row,) = _taken(client, f"agreement.{suffix}?measure=ignore&normalisation=average")
        found = [row[name] for name in ("measure", "figure", "duplicates", "normalisation")]
        assert found == ["ignore", "1", "range", "average"]


def test_no_cell_of_a_file_is_a_formula(client, a_position, a_rendition, an_actor):
    an_actor("evil", name="@SUM(1)")
    a_position(
        actor="evil", summary="=cmd|' /C calc'!A0", condition="+1", note="-1+1",
        rendition=a_rendition("=1+1 is two.", article="-a"), quote="=1+1",
    )  # fmt: skip
    for name in ("positions", "compare", "actors", "articles"):
        for suffix in ("csv", "xlsx"):
            rows = _taken(client, f"{name}.{suffix}")
            cells = [cell for row in rows for cell in row.values()]
            assert not [cell for cell in cells if cell.startswith(SIGNS)]
    (row,) = _taken(client, "positions.csv")
    assert restored(row["summary"]) == "=cmd|' /C calc'!A0"
    assert restored(row["words"]) == "=1+1"
    assert restored(row["articles"]) == "-a"


def test_a_workbook_with_too_many_rows_is_refused_with_a_way_out(client, large, monkeypatch):
    monkeypatch.setattr(listing, "MOST_ROWS", 5)
    response = client.get(f"{LARGE}positions.xlsx")
    assert response.status_code == 400
    assert "CSV" in response.content.decode()
    assert client.get(f"{LARGE}positions.csv").status_code == 200


def test_a_file_costs_queries_by_the_thousand_rows(client):
    numbers = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/dossiers/{slug}/positions.csv").getvalue()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_page_offers_its_files_with_its_filters(client, large):
    for noun in LISTS:
        html = client.get(f"{LARGE}{noun}/?q=1&sort=&page=1").content.decode()
        for suffix in SUFFIXES:
            assert f'href="{LARGE}{noun}.{suffix}?q=1"' in html


def test_a_file_is_named_by_dossier_and_content(client, large):
    for name, file in (("positions", "positions"), ("compare", "compare-2017-03-21")):
        for suffix in SUFFIXES:
            disposition = client.get(f"{LARGE}{name}.{suffix}")["Content-Disposition"]
            assert f'filename="assembly-{file}.{suffix}"' in disposition
    days = Position.objects.filter(dossier__slug="assembly", public=True).values_list(
        "latest", flat=True
    )
    assert max(days) == date(2017, 3, 21)
