"""A database of version 0.1.0 is brought up to date with all that was in it."""

import csv
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from astana.actions.workflow import publish
from astana.exchange.dump import dump
from astana.models import Dossier, Position, User
from tests import a_database, version_0_1_0

DOSSIER = "syria-astana-2017"


@pytest.fixture
def of_0_1_0(request, tmp_path, transactional_db):
    """Let the tests have that database, migrated but for what it did not know at all."""
    template = a_database.upgraded(request.config.cache.mkdir("database"))
    with a_database.a_database_of_ones_own(tmp_path / "own.sqlite3", template=template):
        yield


def _hash(text: bytes) -> str:
    return sha256(text).hexdigest()[:16]


def test_an_upgrade_of_the_first_version_keeps_its_dossier_and_its_drafts(
    of_0_1_0, client, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = []
    said = StringIO()
    call_command("upgrade", stdout=said)
    assert "Database: migrated." in said.getvalue()
    assert "The search is up to date." in said.getvalue()

    now = dump(DOSSIER)
    for name, before in version_0_1_0.dumped().items():
        if isinstance(before, str):
            assert _hash(now[name]) == before, name
            continue
        rows = list(csv.DictReader(StringIO(now[name].decode(), newline="")))
        columns = {
            column: _hash("\0".join(row[column] for row in rows).encode()) for column in before
        }
        assert columns == before, name

    coder, reviewer = (User.objects.get(username=name) for name in ("coder", "reviewer"))
    mine = Position.objects.filter(coder=coder).order_by("key")
    assert list(mine.values_list("status", flat=True)) == [
        *("draft", "draft", "submitted", "rejected", "published"),
    ]  # fmt: skip
    client.force_login(coder)
    drafts = client.get(reverse("coding:index", args=[DOSSIER])).content.decode()
    assert drafts.count("before the upgrade.") >= 2
    version = Dossier.objects.get().version
    publish(position=mine.get(key="p158"), by=reviewer)
    assert Dossier.objects.get().version > version
    client.logout()
    found = client.get(reverse("search:index"), {"q": "Drafted upgrade"}).content.decode()
    assert found.count("<mark>Drafted</mark>") >= 1
    for address in (
        reverse("compare:matrix", args=[DOSSIER]) + "?actor=russia&actor=turkey",
        reverse("issues:detail", args=[DOSSIER, "assad-future"]),
        reverse("positions:detail", args=[DOSSIER, "p158"]),
    ):
        assert client.get(address).status_code == 200, address
