"""Dossiers in and out by command, as an operator meets it."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from astana.actions.dossiers import change
from astana.models import (
    Affiliation,
    Dossier,
    Issue,
    Link,
    Position,
)
from astana.models.revised import StaleRecord
from tests.exchange.packages import SEEDS, SLUG, a_copy, as_format_1, edit, files_of
from tests.management.load_and_dump import dump, load

pytestmark = pytest.mark.django_db


def test_a_dump_equals_what_was_loaded_byte_for_byte(tmp_path):
    load(SEEDS)
    said, warned = dump(SLUG, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(SEEDS)
    assert "Wrote 51 files" in said
    assert not warned


def test_what_an_actor_attributes_to_itself_is_loaded_and_named(tmp_path, a_position, a_rendition):
    passage = {"rendition": a_rendition("They back the truce."), "quote": "truce"}
    position = a_position(key="itself", voice="attributed", attributed_by="russia", **passage)
    dump("talks", tmp_path / "out")
    position.delete()
    said = load(tmp_path / "out")
    assert (
        "positions.csv, line 2, column attributed_by: The actor attributes this to itself" in said
    )
    # As with all that is attributed, the record says no more than that somebody told of it.
    assert not Position.objects.get(key="itself").first_hand


def test_a_package_of_the_first_format_loads_and_leaves_alone_what_it_does_not_know(tmp_path):
    """Certainty and links came with the second format."""
    package = as_format_1(a_copy(tmp_path))
    load(package)
    assert Position.objects.get(key="p093").certainty == "stated"
    assert Issue.objects.get(slug="iraq-oil").scale == "ordered"
    Position.objects.filter(key="p093").update(certainty="implied")
    first, second = Position.objects.filter(key__in=["p093", "p094"]).order_by("key")
    Link.objects.create(position=second, kind="same-utterance", to=first)
    assert "nothing changed" in load(package)
    assert Position.objects.get(key="p093").certainty == "implied"
    assert Link.objects.count() == 1


def test_a_dry_run_tells_and_changes_nothing(tmp_path):
    said = load(SEEDS, dry_run=True)
    assert ["positions", "160", "0", "0", "0"] in [line.split() for line in said.splitlines()]
    assert "would be created" in said
    assert not Dossier.objects.exists()


def test_published_positions_have_a_time_of_publication(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "positions.csv", "p001", status="draft")
    load(package)
    assert Position.objects.get(key="p001").published_at is None
    assert Position.objects.get(key="p002").published_at is not None
    first = Position.objects.get(key="p002").published_at
    load(SEEDS)
    assert Position.objects.get(key="p001").published_at is not None
    assert Position.objects.get(key="p002").published_at == first


def test_a_person_has_one_role_in_two_terms(tmp_path):
    package = a_copy(tmp_path)
    table = package / "affiliations.csv"
    row = next(line for line in table.read_text().splitlines() if line.startswith("trump,"))
    body, role = row.split(",")[1:3]
    table.write_text(table.read_text() + f"trump,{body},{role},2001-01-01,2002-01-01\n")
    load(package)
    assert Affiliation.objects.filter(person__slug="trump", role=role).count() == 2


def a_zip(path: Path, *, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(SEEDS).items():
            archive.writestr(folder + name, content)
    return path


@pytest.mark.parametrize("folder", ["", "syria-astana-2017/"])
def test_a_zip_is_as_good_as_the_folder(tmp_path, folder):
    load(a_zip(tmp_path / "dossier.zip", folder=folder))
    dump(SLUG, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(SEEDS)


def test_a_path_to_nowhere_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no such folder or zip"):
        load(tmp_path / "nowhere")
    (tmp_path / "plain.txt").write_text("no dossier")
    with pytest.raises(CommandError, match="neither a folder nor a zip"):
        load(tmp_path / "plain.txt")
    whole = a_zip(tmp_path / "dossier.zip", folder="").read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CommandError, match=r"short\.zip: This zip is cut short or damaged"):
        load(tmp_path / "short.zip")
    with pytest.raises(CommandError, match=r"datapackage\.json: The file is missing"):
        load(tmp_path)


def test_a_form_that_was_open_during_a_load_does_not_overwrite_it(tmp_path, a_dossier, a_member):
    opened, owner = a_dossier(), a_member(role="owner")
    dump(opened.slug, tmp_path / "talks")
    descriptor = tmp_path / "talks" / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"Talks"', '"As loaded"'))
    load(tmp_path / "talks")
    with pytest.raises(StaleRecord):
        change(dossier=opened, values={"title": "As typed"}, by=owner)
    assert Dossier.objects.get().title == "As loaded"
