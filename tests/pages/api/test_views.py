"""The API says what the files say, a page at a time, and why it refuses something."""

import csv
import io
import json
import re
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astana.exchange.tables import BY_NAME
from astana.models import Position, User
from astana.web.api.offered import TABLES
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db
HOME, API = "/dossiers/talks/", "/api/dossiers/talks/"
FORMS = ("", ".json", ".csv", ".ndjson")


@pytest.fixture
def talks():
    return a_large_dossier("talks", size=4)


def _content(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.getvalue()
    return response.getvalue().decode()


def _csv(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_content(client, address), newline="")))


def _walked(client, address: str) -> list[dict]:
    """Return the rows of all pages, from the first to the one that has no next."""
    found = []
    while address:
        body = json.loads(_content(client, address))
        assert body["ok"] is True
        found += body["rows"]
        assert (body["next"] is None) == (body["next_url"] is None)
        address = body["next_url"]
    return found


def test_rows_are_those_of_the_files_in_every_form_and_under_every_filter(client, talks):
    queries = {
        "positions": "actor=actor-1&first_hand=1&until=2017-01-20",
        "actors": "kind=state",
        "issues": "q=1",
        "articles": "source=source-1",
        "events": "actor=actor-0",
        "compare": "actor=actor-0&actor=actor-1&issue=issue-0&as_of=2017-01-04&first_hand=1",
        "agreement": "least=1&as_of=2017-02-01",
        "statements": "duplicates=month&counting=balance&normalisation=activity",
    }
    for table, query in queries.items():
        # An empty text is nothing here.
        file = [
            {name: "" if value == "None" else value for name, value in row.items()}
            for row in _csv(client, f"{HOME}{table}.csv?{query}")
        ]
        rows = _csv(client, f"{API}{table}.csv?{query}")
        assert 0 < len(rows) == len(file)
        for row, in_file in zip(rows, file, strict=True):
            if table == "compare":
                words = {"one-stance": "one stance", "two-voices": "two voices"}
                row["cell"] = words.get(row["cell"], "no stated position")
            assert {name: row[name] for name in in_file} == in_file
        paged = _walked(client, f"{API}{table}?{query}&size={max(1, len(rows) // 2)}")
        lines = _content(client, f"{API}{table}.ndjson?{query}").splitlines()
        assert paged == [json.loads(line) for line in lines]
        for row, one in zip(rows, paged, strict=True):
            for name in ("page", "api"):
                assert row.get(name) == one.get(name)


def test_tables_are_those_of_the_package(client, talks):
    with ZipFile(io.BytesIO(client.get(f"{HOME}dossier.zip").getvalue())) as package:
        for name in sorted(TABLES.keys() & BY_NAME.keys()):
            if re.fullmatch("actors|issues|positions|articles|events", name):
                continue
            text = package.read(f"talks/{name}.csv").decode()
            table, other = list(csv.DictReader(io.StringIO(text))), _csv(client, f"{API}{name}.csv")
            assert len(table) == len(_walked(client, f"{API}{name}?size=3")) > 0, name
            shared = [column for column in other[0] if column in table[0]]
            assert set(BY_NAME[name].key) <= set(shared)
            # Where blank lines separate paragraphs, a package leaves their offsets out.
            shared = [column for column in shared if column != "paragraphs"]
            number = re.compile(r"-?\d+(\.0+)?")

            def plain(row, shared=shared, number=number):
                values = [row[column].removeprefix("'") for column in shared]
                return [str(float(one)) if number.fullmatch(one) else one for one in values]

            assert sorted(map(plain, other)) == sorted(map(plain, table)), name


def test_a_silence_is_a_row_that_says_how_much_was_read(client, a_position, an_actor, a_rendition):
    an_actor("iran")
    a_position(rendition=a_rendition(), quote="They met.")
    a_position(stance="opposes", voice="attributed", attributed_by="turkey", said="2017-01-30")
    rows = _walked(client, f"{API}compare?actor=iran&actor=russia&issue=cease-fire")
    told = [(row["actor"], row["cell"], row["stance"], row["first_hand"]) for row in rows]
    # What Turkey says of it comes later, and still does not stand for Russia.
    assert told == [("iran", "silence", None, None), ("russia", "one-stance", "supports", True)]
    assert (rows[0]["articles_read"], rows[0]["value"]) == (1, None)
    assert rows[0]["as_of"] == "2017-01-30"


def test_a_cursor_goes_with_its_filters(client, talks):
    first = client.get(f"{API}positions?size=1&first_hand=1").json()
    forged = ("x", first["next"][:-3], "MTIz", "é")
    for query in (
        f"size=2&after={first['next']}",
        *(f"first_hand=1&after={one}" for one in forged),
    ):
        response = client.get(f"{API}positions?{query}")
        assert response.status_code == 400, query
        assert "after" in response.json()["error"]
    # Columns, size and extras may change on the way, and rows may go.
    Position.objects.filter(key=first["rows"][-1]["key"]).delete()
    address = f"{API}positions?first_hand=1&after={first['next']}&size=1&columns=key&extra=count"
    (row,) = client.get(address).json()["rows"]
    assert row.keys() == {"key"}
    assert row["key"] not in str(first["rows"])


def test_a_row_that_nobody_knows_is_no_row_of_which_nothing_is_found(client, talks):
    keyed = [table for table in TABLES.values() if "key" in [one.name for one in table.parameters]]
    assert {"positions", "actors", "sources"} <= {table.name for table in keyed}
    for table in keyed:
        answer = client.get(f"{API}{table.name}?key=nobody")
        assert answer.status_code == 400, table.name
        assert answer.json()["error"] == "“nobody” is unknown (key)."
    draft = Position.objects.filter(public=True).first()
    assert client.get(f"{API}positions?key={draft.key}").json()["rows"]
    Position.objects.filter(pk=draft.pk).update(status="draft")
    assert client.get(f"{API}positions?key={draft.key}").status_code == 400


def test_what_is_refused_is_said_to_programs(client, talks, settings):
    refused = {
        f"{API}positions?actors=actor-0": (400, "actors"),
        f"{API}positions?actor=nobody": (400, "nobody"),
        f"{API}stances?issue=nobody": (400, "nobody"),
        f"{API}positions?since=2017-02-30": (400, "2017-02-30"),
        f"{API}positions?size=1001": (400, "1001"),
        f"{API}positions?size=²": (400, "size"),
        f"{API}positions?columns=stance,nobody": (
            400,
            "nobody” is unknown in “columns”. Known values: key, ",
        ),
        # There are more than those it names.
        f"{API}positions?columns=nobody": (400, "issue_title …."),
        f"{API}positions?extra=everything": (400, "everything"),
        f"{API}positions?q=%00": (400, "Bad Request"),
        f"{API}compare?blind=1": (400, "blind"),
        f"{API}compare?as_of=2017-02-30": (400, "2017-02-30"),
        f"{API}positions?q={'x' * 20_000}": (414, ""),
        f"{API}nothing": (404, ""),
        f"{API}nothing.xml": (404, "nothing here"),
        f"{API}positions.xml": (404, "It comes as: .json, .csv, .ndjson, .metadata.json."),
        "/api/dossiers/nothing/positions": (404, ""),
        "/api/nothing/of/this": (404, ""),
    }
    for address, (status, named) in refused.items():
        response = client.get(address)
        assert response.status_code == status, address
        assert response["Content-Type"] == "application/problem+json"
        body = response.json()
        assert (body["ok"], body["status"]) == (False, status)
        assert named in body["error"]
        assert "no-store" in response["Cache-Control"]
    assert client.post(f"{API}positions").status_code == 405
    forged = Client(enforce_csrf_checks=True).post(f"{API}positions")
    assert (forged.status_code, forged.json()["error"]) == (403, "This can only be read.")
    settings.API_PER_MINUTE = 2
    codes = [client.get(f"{API}events", headers={"X-Real-Ip": "1"}) for _time in range(3)]
    assert [one.status_code for one in codes][-1] == 429
    assert 1 <= int(codes[-1]["Retry-After"]) <= 60


def test_what_stands_beside_rows_is_asked_for_or_beside_them(client, talks):
    address = f"{API}compare?actor=actor-0&issue=issue-0&as_of=2017-01-04"
    about = json.loads(_content(client, address.replace("?", ".metadata.json?")))
    rows = _walked(client, address)
    assert about["count"] == len(rows)
    assert [one["name"] for one in about["columns"]] == list(rows[0])
    assert all(one["description"] for one in about["columns"])
    assert about["clocks"] == {"as_of": "2017-01-04", "recorded_as_of": None}
    assert "talks" in about["citation"]
    assert "recorded_as_of" in about["page"]
    assert client.get(about["page"]).status_code == 200
    assert client.get(address).json().keys() == {"ok", "rows", "next", "next_url"}
    more = client.get(f"{API}positions?extra=count,facets,licence,citation,columns,extras").json()
    assert (more["count"], more["facets"]["voice"]["act"]) == (8, 1)
    assert set(more["extras"]) < set(more)


def test_a_dossier_for_members_is_there_for_them_alone(client, a_member):
    dossier = a_large_dossier("talks", size=2, visibility="members")
    alice = a_member(dossier=dossier)
    forms = (f"{API}positions{suffix}" for suffix in (*FORMS, ".metadata.json"))
    addresses = [API, *forms, *(f"{API}{name}?size=1" for name in TABLES)]

    def codes() -> set[int]:
        return {client.get(one).status_code for one in addresses}

    assert codes() == {404}
    client.force_login(User.objects.create_user("charlie"))
    assert codes() == {404}
    client.force_login(alice)
    assert codes() == {200}
    response = client.get(f"{API}positions")
    assert "no-store" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers
    # What the site lists is the same for all.
    assert client.get("/api/dossiers/").json()["dossiers"] == []


def test_any_site_may_read_what_is_public_and_is_told_what_belongs_to_it(client, talks):
    talks.licence = "CC-BY-4.0"
    talks.save()
    for address in (f"{API}positions?size=1", f"{HOME}positions.csv", f"{HOME}feed.atom"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response.headers
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in client.get(f"{HOME}positions/").headers
    head = client.get(f"{HOME}positions.csv?voice=document&sort=said&page=2")["Link"]
    (described,) = re.findall(r'<([^>]+)>; rel="describedby"', head)
    assert client.get(described).json()["count"] < Position.objects.filter(public=True).count()
    heads = client.get(f"{API}positions?size=1")["Link"]
    named = dict(re.findall(r'<([^>]+)>; rel="([\w-]+)"', heads)).items()
    found = {what: address for address, what in named}
    assert found.keys() == {"describedby", "license", "cite-as", "next"}
    assert all(client.get(found[what]).status_code == 200 for what in ("describedby", "next"))


def test_scripts_of_other_sites_may_send_a_mark_to_what_is_open_and_to_nothing_else(client, talks):
    asks = {
        "Origin": "https://other.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    for address in (f"{API}positions", f"{HOME}positions.csv", "/api/openapi.json"):
        answer = client.options(address, headers=asks)
        assert answer.status_code == 204
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Access-Control-Allow-Headers"] == "*"
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    for address in (f"{HOME}positions/", "/accounts/login/"):
        assert "Access-Control-Allow-Origin" not in client.options(address, headers=asks).headers


def test_a_page_of_rows_costs_the_same_queries_in_a_large_dossier(client):
    numbers = []
    for slug, size in (("talks", 3), ("congress", 20)):
        a_large_dossier(slug, size=size)
        for name in ("positions", "evidence", "actors", "events"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/api/dossiers/{slug}/{name}?size=5")
            numbers.append(len(queries))
    assert numbers[:4] == numbers[4:]


def test_everything_that_is_offered_is_found_from_its_start(client, talks):
    start = client.get("/api/").json()
    (one,) = client.get(start["dossiers"]).json()["dossiers"]
    tables = client.get(one["api"]).json()["tables"]
    assert {table["table"] for table in tables} == TABLES.keys()
    for kind in ("json", "csv", "ndjson", "metadata"):
        assert client.get(tables[-1][kind]).status_code == 200
    page = client.get(start["documentation"]).content.decode()
    described = client.get(start["openapi"]).json()["components"]["schemas"]
    for table in TABLES.values():
        for name in (*table.names, *(one.name for one in table.parameters)):
            assert f"<code>{name}</code>" in page
        assert list(described[table.name]["properties"]) == list(table.names)
