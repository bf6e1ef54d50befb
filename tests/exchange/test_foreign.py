"""Rows of other tools: found again by what they are called there, with who suggested what."""

import pytest
from django.db import IntegrityError, transaction

from astana.exchange.cells import read_rows, write_rows
from astana.exchange.check import check
from astana.exchange.dump import dump, dump_published
from astana.exchange.foreign import names_in_dossier
from astana.exchange.load import load
from astana.exchange.problems import BrokenPackage
from astana.exchange.tables import BY_NAME
from astana.models import Actor, Dossier, Position

pytestmark = pytest.mark.django_db


def with_rows(files: dict[str, bytes], name: str, **changes: dict[str, str]) -> dict[str, bytes]:
    """Return a package in whose table rows have other cells, by the first of their key."""
    table = BY_NAME[name]
    rows = [row.values for row in read_rows(table, files[table.file])[0]]
    for row in rows:
        row |= changes.get(row[table.key[0]].replace("-", "_"), {})
    return files | {table.file: write_rows(table, rows)}


def test_what_is_the_same_elsewhere_is_the_same_row_and_nothing_else_is():
    known = {"actors": {"moscow": "a:1", "russia": "", "iran": "a:2", "us": "a:3"}}
    rows = [
        {"slug": "russia", "foreign_id": "a:1"},
        # Its name is taken by the row before, by another one of elsewhere, or by none.
        {"slug": "moscow", "foreign_id": ""},
        {"slug": "iran", "foreign_id": "b:2"},
        {"slug": "us", "foreign_id": "a:3"},
        {"slug": "iran-2", "foreign_id": ""},
    ]
    assert names_in_dossier({"actors": rows}, known) == {
        "actors": {"russia": "moscow", "moscow": "moscow-2", "iran": "iran-3"}
    }


def test_a_package_finds_its_rows_by_foreign_id_and_keeps_what_they_are_called_here(
    a_position, a_rendition
):
    position = a_position(key="p001", rendition=a_rendition(), quote="Russia")
    plain = dump("talks")
    assert b"foreign_id" not in plain["actors.csv"] + plain["positions.csv"]
    files = with_rows(plain, "actors", russia={"foreign_id": "x:1"})
    files = with_rows(files, "issues", cease_fire={"foreign_id": "x:2"})
    files = with_rows(files, "articles", talks_begin={"foreign_id": "x:3"})
    told = {"foreign_id": "x:4", "suggested_by": "rule 2.1", "suggestion": "changed"}
    files = with_rows(files, "positions", p001=told)
    assert load(check(files)).tables["positions"].changed == 1
    position.refresh_from_db()
    assert (position.foreign_id, position.suggested_by) == ("x:4", "rule 2.1")
    Actor.objects.filter(slug="russia").update(slug="moscow")
    Position.objects.filter(key="p001").update(key="mine")
    position.issue.__class__.objects.filter(slug="cease-fire").update(slug="truce")

    report = load(check(files))
    assert not any(one.created or one.changed for one in report.tables.values())
    assert dump("talks")["evidence.csv"] != files["evidence.csv"]
    # It comes back whole, into another dossier too.
    other = {**dump("talks")}
    other["datapackage.json"] = other["datapackage.json"].replace(b'"talks"', b'"copy"')
    load(check(other))
    assert dump("copy") == other
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.create(
            dossier=Dossier.objects.get(slug="talks"),
            slug="other",
            name="Other",
            kind="state",
            foreign_id="x:1",
        )


def test_a_package_that_calls_two_rows_alike_or_hides_who_suggested_is_refused(
    a_position, an_actor
):
    an_actor("iran")
    a_position(key="p001")
    same = {"foreign_id": "x:1"}
    files = with_rows(dump("talks"), "actors", iran=same, russia=same)
    with pytest.raises(BrokenPackage, match=r"actors.csv, line 3, column foreign_id: “x:1” is in"):
        check(files)
    files = with_rows(dump("talks"), "positions", p001={"suggestion": "accepted"})
    with pytest.raises(BrokenPackage, match="column suggested_by: A suggestion has an author"):
        check(files)


def test_the_page_of_a_position_says_what_suggested_it(client, a_position):
    position = a_position(key="p001", suggested_by="rule <2>", suggestion="accepted")
    page = client.get(position.get_absolute_url()).content.decode()
    assert "by <bdi>rule &lt;2&gt;</bdi>, accepted" in page


def test_readers_learn_which_tool_suggested_a_coding_and_of_no_person(
    client, a_position, a_rendition
):
    coded = {"rendition": a_rendition(), "quote": "Russia"}
    tool = a_position(key="tool", suggested_by="Model x 2.1", suggestion="accepted", **coded)
    person = a_position(key="person", suggested_by="Anna Lima", suggestion="changed", **coded)
    pages = [client.get(one.get_absolute_url()).content.decode() for one in (tool, person)]
    files = [client.get("/dossiers/talks/positions.csv").getvalue().decode()]
    packed = dump_published("talks")
    files.append(packed["positions.csv"].decode())
    assert "Model x 2.1" in pages[0]
    assert "by somebody who is not named here, changed" in " ".join(pages[1].split())
    for one in (*pages, *files):
        assert "Lima" not in one
    assert all("Model x 2.1" in one and "somebody" in one for one in files)
    # It can be loaded elsewhere.
    check(packed)
    assert b"Anna Lima" in dump("talks")["positions.csv"]


def test_a_database_record_is_shown_as_such(client, a_rendition):
    text = a_rendition(kind="record", rights="public")
    page = client.get(text.article.get_absolute_url()).content.decode()
    assert "You are reading a <b>database record</b>" in page
