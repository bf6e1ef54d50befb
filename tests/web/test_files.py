"""A file is as of one moment, whatever others write while it is sent; an error is no end."""

import csv
import io
import json
import threading

import pytest
from django.db import connection, connections

from astana.exchange import position_rows as position_file
from astana.models import Actor, Dossier, Evidence, Position

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/dossiers/talks/"


def meanwhile(write) -> None:
    """Let somebody else write, on a connection of their own."""
    failures = []

    def work():
        try:
            write()
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert not failures


@pytest.fixture
def positions(a_position, a_rendition, monkeypatch) -> list[Position]:
    """Six positions, of which a file reads two at once."""
    monkeypatch.setattr(position_file, "_AT_ONCE", 2)
    monkeypatch.setattr("astana.exchange.export._ROWS_AT_ONCE", 1)
    text = a_rendition()
    return [a_position(rendition=text, quote="They met.") for _ in range(6)]


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_source_that_is_added_meanwhile_is_not_in_the_file(
    client, positions, a_rendition, an_actor, suffix
):
    def write():
        other = a_rendition("Another text stands here.", article="times-2017", source="times")
        Evidence.objects.create(
            position=positions[0], number=2, rendition=other, start=0, end=7, exact="Another"
        )
        Position.objects.filter(pk=positions[1].pk).update(actor=an_actor("newcomer"))

    pieces = iter(client.get(f"{BASE}positions.{suffix}").streaming_content)
    # The tests' SQLite is in memory, where a writer waits for readers: it writes after the file.
    sent = [next(pieces), next(pieces)] if connection.vendor == "postgresql" else [*pieces]
    meanwhile(write)
    text = b"".join([*sent, *pieces]).decode()
    assert "newcomer" not in text
    assert "Times" not in text
    rows = json.loads(text) if suffix == "json" else list(csv.DictReader(io.StringIO(text)))
    assert [row["key"] for row in rows] == [one.key for one in reversed(positions)]
    assert Actor.objects.filter(slug="newcomer").exists()


def test_after_a_file_that_is_not_read_to_its_end_one_can_write(client, positions):
    response = client.get(f"{BASE}positions.csv")
    pieces = iter(response.streaming_content)
    next(pieces), next(pieces)
    response.close()
    Dossier.objects.update(title="Written after it.")
    assert Dossier.objects.get().title == "Written after it."


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_an_error_in_the_middle_of_a_file_is_no_end(client, positions, monkeypatch, suffix):
    def breaks(rows, names, *, only):
        if positions[0].pk in rows:
            raise KeyError("gone")
        return {}

    monkeypatch.setattr(position_file, "_passages", breaks)
    sent = []
    pieces = iter(client.get(f"{BASE}positions.{suffix}").streaming_content)
    with pytest.raises(KeyError):
        sent.extend(pieces)
    text = b"".join(sent).decode()
    assert positions[-1].key in text
    with pytest.raises(ValueError if suffix == "json" else csv.Error):
        json.loads(text) if suffix == "json" else list(csv.reader(io.StringIO(text), strict=True))
    if suffix == "csv":
        assert "This file is incomplete" in text.splitlines()[-1]


def test_an_error_in_a_workbook_comes_before_its_first_byte(client, positions, monkeypatch):
    monkeypatch.setattr(position_file, "_passages", lambda *rows, **named: {}["gone"])
    client.raise_request_exception = False
    assert client.get(f"{BASE}positions.xlsx").status_code == 500
