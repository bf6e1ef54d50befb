"""Dossiers in and out by command, as an operator meets it."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.actions.dossiers import change
from astana.exchange.tables import TABLES
from astana.models import (
    Affiliation,
    Dossier,
    Evidence,
    Issue,
    Link,
    Position,
    Rendition,
    Source,
)
from astana.models.revised import StaleRecord
from tests.exchange.packages import SEEDS, SLUG, a_copy, as_format_1, edit, files_of

pytestmark = pytest.mark.django_db


def load(path: Path, **options) -> str:
    """Return what the command says."""
    out = io.StringIO()
    call_command("load_dossier", path, stdout=out, **options)
    return out.getvalue()


def dump(slug: str, path: Path) -> tuple[str, str]:
    """Return what the command says and what it warns of."""
    out, err = io.StringIO(), io.StringIO()
    call_command("dump_dossier", slug, path, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def everything() -> dict[str, list]:
    """Return all rows of all tables of all dossiers, primary keys included."""
    models = [Dossier, *(table.model for table in TABLES)]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


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
    assert "positions.csv, line 2, column attributed_by: Who attributes this is the actor" in said
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


def test_renderings_that_lead_on_with_what_was_here_are_refused(tmp_path):
    """The dossier has p094 as a rendering of p093; the package makes p093 one of another."""
    load(SEEDS)
    Link.objects.all().delete()
    first, second = Position.objects.filter(key__in=["p093", "p094"]).order_by("key")
    third = Position.objects.get(key="p001")
    Position.objects.filter(pk=third.pk).update(
        actor=first.actor, issue=first.issue, stance=first.stance
    )
    Link.objects.create(position=second, kind="same-utterance", to=first)
    dump(SLUG, package := tmp_path / "package")
    (package / "links.csv").write_text("position,kind,to\np093,same-utterance,p001\n")
    with pytest.raises(CommandError, match="p094 is the same utterance as p093"):
        load(package)
    assert Link.objects.count() == 1


def test_a_package_that_takes_linked_renderings_apart_is_refused(tmp_path):
    """The link is here and not in the package, which moves one of the two to another issue."""
    load(SEEDS)
    fuller = Link.objects.get(position__key="p094", kind="same-utterance").to
    dump(SLUG, package := tmp_path / "package")
    (package / "links.csv").write_text("position,kind,to\n")
    rows = (package / "positions.csv").read_text().splitlines(keepends=True)
    elsewhere = Position.objects.exclude(issue=fuller.issue).exclude(actor=fuller.actor).first()
    place = next(n for n, row in enumerate(rows) if row.startswith(f"{fuller.key},"))
    row = next(row for row in rows if row.startswith(f"{elsewhere.key},"))
    rows[place] = row.replace(elsewhere.key, fuller.key, 1)
    (package / "positions.csv").write_text("".join(rows))
    with pytest.raises(CommandError, match="p094 is linked as the same utterance as p093"):
        load(package)
    assert Position.objects.get(key="p093").issue == fuller.issue


def test_loading_twice_writes_nothing(tmp_path):
    load(SEEDS)
    before = everything()
    said = load(SEEDS)
    assert everything() == before
    assert "nothing changed" in said


def test_what_is_loaded_is_valid_for_the_forms_too():
    load(SEEDS)
    for table in TABLES:
        for record in table.model.objects.all():
            record.clean_fields(exclude=["exact"] if table.name == "anchors" else [])
            record.clean()


def test_a_dry_run_tells_and_changes_nothing(tmp_path):
    said = load(SEEDS, dry_run=True)
    assert ["positions", "160", "0", "0", "0"] in [line.split() for line in said.splitlines()]
    assert "would be created" in said
    assert not Dossier.objects.exists()

    load(SEEDS)
    before = everything()
    package = a_copy(tmp_path)
    edit(package, "sources.csv", "wsws", name="The same under another name")
    said = load(package, dry_run=True)
    assert ["sources", "0", "1", "28", "0"] in [line.split() for line in said.splitlines()]
    assert everything() == before


def test_only_what_differs_is_changed_and_the_version_rises_once(tmp_path):
    load(SEEDS)
    before = everything()
    version = Dossier.objects.get().version
    package = a_copy(tmp_path)
    edit(package, "positions.csv", "p001", summary="Said in other words.")
    edit(package, "positions.csv", "p002", stance="no-future-role")
    edit(package, "actors.csv", "russia-mod", part_of="")
    load(package)
    after = everything()
    assert Dossier.objects.get().version == version + 1
    changed = [
        (name, old["id"])
        for name, rows in before.items()
        for old, new in zip(rows, after[name], strict=True)
        if old != new and name != "Dossier"
    ]
    assert [name for name, _pk in changed] == ["Actor", "Position", "Position"]
    load(SEEDS)
    assert _said(everything()) == _said(before)


def _said(tables: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Return the records without what tells of each write: the revision, and when it was edited."""
    traces = ("revision", "edited_at")
    return {
        name: [{key: value for key, value in row.items() if key not in traces} for row in rows]
        for name, rows in tables.items()
        if name != "Dossier"
    }


def test_what_is_not_in_the_package_is_kept_and_counted():
    load(SEEDS)
    Source.objects.create(dossier=Dossier.objects.get(), slug="added-here", name="Added here")
    said = load(SEEDS)
    assert ["sources", "0", "0", "29", "1"] in [line.split() for line in said.splitlines()]
    assert Source.objects.filter(slug="added-here").exists()


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


def test_two_dossiers_do_not_touch_each_other(tmp_path):
    load(SEEDS)
    package = a_copy(tmp_path)
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace(f'"{SLUG}"', '"another"', 1))
    said = load(package)
    assert "Dossier another was created" in said
    dump(SLUG, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(SEEDS)
    assert Affiliation.objects.filter(dossier__slug="another").count() == 22


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


def test_a_dump_replaces_an_older_dump(tmp_path):
    load(SEEDS)
    dump(SLUG, tmp_path / "out")
    Source.objects.filter(slug="wsws").update(name="Renamed")
    (tmp_path / "out" / "texts" / "gone.synopsis.en.txt").write_text("Of an article that was.")
    dump(SLUG, tmp_path / "out")
    assert "wsws,Renamed," in (tmp_path / "out" / "sources.csv").read_text()
    assert not (tmp_path / "out" / "texts" / "gone.synopsis.en.txt").exists()
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "name", ["diary.txt", "texts/photo.jpg", "other/datapackage.json", ".git/config"]
)
def test_a_dump_never_overwrites_what_is_not_a_dossier(tmp_path, name):
    load(SEEDS)
    dump(SLUG, tmp_path / "out")
    (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(CommandError, match=r"also holds .*Move that away"):
        dump(SLUG, tmp_path / "out")
    assert (tmp_path / "out" / name).read_text() == "mine"


@pytest.mark.parametrize("descriptor", ['{"name": "rainfall"}', "[]", "1", "no JSON"])
def test_another_data_package_is_not_overwritten(tmp_path, descriptor):
    load(SEEDS)
    (tmp_path / "datapackage.json").write_text(descriptor)
    with pytest.raises(CommandError, match="other things than a dossier"):
        dump(SLUG, tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["datapackage.json"]


def test_an_unknown_dossier_is_named_with_those_there_are(tmp_path):
    load(SEEDS)
    with pytest.raises(CommandError, match=f"no dossier nowhere. Name one of these: {SLUG}"):
        dump("nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_dump_that_could_not_be_loaded_says_so(tmp_path):
    load(SEEDS)
    Evidence.objects.filter(position__key="p001").delete()
    _said, warned = dump(SLUG, tmp_path / "out")
    assert "positions.csv, line 2, column key" in warned
    assert (tmp_path / "out" / "positions.csv").exists()


def test_a_name_never_leads_out_of_the_folder(tmp_path):
    load(SEEDS)
    Rendition.objects.filter(article__slug="wsws-2017-01-25", kind="synopsis").update(
        language="/../../x"
    )
    with pytest.raises(CommandError, match="No file can have this name"):
        dump(SLUG, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_path_to_nowhere_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no such folder or zip"):
        load(tmp_path / "nowhere")
    (tmp_path / "plain.txt").write_text("no dossier")
    with pytest.raises(CommandError, match="neither a folder nor a zip"):
        load(tmp_path / "plain.txt")
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
