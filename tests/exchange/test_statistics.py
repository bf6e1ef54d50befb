"""After a load of many rows the database knows how many there are."""

from dataclasses import replace

import pytest
from django.db import connection

from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.load import load
from astana.models import Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """Return what says how many positions PostgreSQL takes there to be; -1 is not known."""
    with connection.cursor() as cursor:

        def ask() -> float:
            cursor.execute(
                "SELECT reltuples FROM pg_class WHERE relname = %s", [Position._meta.db_table]
            )
            return cursor.fetchone()[0]

        yield ask


@pytest.mark.parametrize(
    ("many", "dry_run", "found"), [(2, False, 4), (999, False, 2), (2, True, 2)]
)
def test_a_load_of_many_rows_says_so(
    many,
    dry_run,
    found,
    a_position,
    a_rendition,
    known,
    monkeypatch,
    django_capture_on_commit_callbacks,
):
    text = a_rendition("Russia is for the cease-fire.")
    for key in ("p1", "p2"):
        a_position(key=key, rendition=text, quote="for the cease-fire")
    content = check(dump("talks"))
    content = replace(content, about=replace(content.about, slug="other"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Position._meta.db_table}")
    monkeypatch.setattr("astana.exchange.load._MANY", many)
    with django_capture_on_commit_callbacks(execute=True):
        load(content, dry_run=dry_run)
    assert Position.objects.count() == (2 if dry_run else 4)
    if connection.vendor == "postgresql":
        assert known() == found
