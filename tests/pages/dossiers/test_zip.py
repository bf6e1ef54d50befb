"""The dossier as a zip: what every reader may see, and it loads again."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.models import Position
from astana.pages.dossiers import whole

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).parents[3] / "seeds"


def _zip(client, slug: str, tmp_path: Path) -> Path:
    response = client.get(f"/dossiers/{slug}/dossier.zip")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert f'filename="{slug}.zip"' in response["Content-Disposition"]
    path = tmp_path / f"{slug}.zip"
    path.write_bytes(response.getvalue())
    return path


def test_the_demonstration_comes_back_as_it_was(client, tmp_path):
    call_command("load_dossier", SEEDS / "syria-astana-2017", verbosity=0)
    path = _zip(client, "syria-astana-2017", tmp_path)
    before = dump("syria-astana-2017")
    assert read_files(path) == before
    assert not load(check(read_files(path))).is_changed


def test_a_zip_loads_where_the_dossier_is_not_known(client, tmp_path):
    call_command("load_dossier", SEEDS / "syria-astana-2017", verbosity=0)
    files = read_files(_zip(client, "syria-astana-2017", tmp_path))
    about = files["datapackage.json"].replace(b'"syria-astana-2017"', b'"copy"')
    copied = files | {"datapackage.json": about}
    assert load(check(copied)).is_new
    assert dump("copy") == copied


def test_drafts_and_words_for_members_stay_here(
    client, a_position, a_rendition, a_member, tmp_path
):
    secret = a_rendition("They met. The canary sang at night.", rights="members")
    a_position(key="shown", rendition=secret, quote="The canary sang", reason="Why not, canary?")
    a_position(key="draft", status="draft", rendition=secret, quote="They met.", note="canary")
    client.force_login(a_member(role="owner"))
    path = _zip(client, "talks", tmp_path)
    files = read_files(path)
    everything = b"".join(files.values())
    assert b"shown" in everything
    assert b"draft" not in files["positions.csv"] + files["evidence.csv"]
    assert b"canary" not in everything
    positions = Position.objects.count()
    load(check(files))
    assert Position.objects.count() == positions


def test_the_zip_of_a_private_dossier_is_for_its_members(client, a_dossier, a_member):
    a_dossier(visibility="members")
    assert client.get("/dossiers/talks/dossier.zip").status_code == 404
    client.force_login(a_member())
    assert client.get("/dossiers/talks/dossier.zip").status_code == 200


def test_the_same_dossier_gives_the_same_zip(client, a_position, tmp_path):
    a_position()
    first, second = (_zip(client, "talks", tmp_path).read_bytes() for _ in range(2))
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None


def test_a_dossier_too_large_for_a_zip_is_refused_with_a_way_out(client, a_position, monkeypatch):
    a_position()
    monkeypatch.setattr(whole, "MOST_IN_ZIP", 0)
    response = client.get("/dossiers/talks/dossier.zip")
    assert response.status_code == 400
    assert "CSV" in response.content.decode()


def test_the_overview_offers_the_zip(client, a_dossier):
    a_dossier()
    assert 'href="/dossiers/talks/dossier.zip"' in client.get("/dossiers/talks/").content.decode()
