"""A dossier that is there is loaded once more, and dumped, by command."""

import pytest
from django.core.management import CommandError

from astana.exchange.tables import TABLES
from astana.models import (
    Affiliation,
    Dossier,
    Evidence,
    Link,
    Position,
    Rendition,
    Source,
)
from tests.a_large_dossier import made_once
from tests.exchange.packages import SEEDS, SLUG, a_copy, edit, files_of
from tests.management.load_and_dump import dump, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Load the demonstration dossier, once for all tests of this file."""
    with made_once(django_db_blocker):
        load(SEEDS)
        yield


def everything() -> dict[str, list]:
    """Return all rows of all tables of all dossiers, primary keys included."""
    models = [Dossier, *(table.model for table in TABLES)]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_renderings_that_lead_on_with_what_was_here_are_refused(tmp_path):
    """The dossier has p094 as a rendering of p093; the package makes p093 one of another."""
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
    before = everything()
    said = load(SEEDS)
    assert everything() == before
    assert "nothing changed" in said


def test_what_is_loaded_is_valid_for_the_forms_too():
    for table in TABLES:
        for record in table.model.objects.all():
            record.clean_fields(exclude=["exact"] if table.name == "anchors" else [])
            record.clean()


def test_a_dry_run_tells_what_differs_and_changes_nothing(tmp_path):
    before = everything()
    package = a_copy(tmp_path)
    edit(package, "sources.csv", "wsws", name="The same under another name")
    said = load(package, dry_run=True)
    assert ["sources", "0", "1", "28", "0"] in [line.split() for line in said.splitlines()]
    assert everything() == before


def test_only_what_differs_is_changed_and_the_version_rises_once(tmp_path):
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
    Source.objects.create(dossier=Dossier.objects.get(), slug="added-here", name="Added here")
    said = load(SEEDS)
    assert ["sources", "0", "0", "29", "1"] in [line.split() for line in said.splitlines()]
    assert Source.objects.filter(slug="added-here").exists()


def test_two_dossiers_do_not_touch_each_other(tmp_path):
    package = a_copy(tmp_path)
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace(f'"{SLUG}"', '"another"', 1))
    said = load(package)
    assert "Dossier another was created" in said
    dump(SLUG, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(SEEDS)
    assert Affiliation.objects.filter(dossier__slug="another").count() == 22


def test_a_dump_replaces_an_older_dump(tmp_path):
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
    dump(SLUG, tmp_path / "out")
    (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(CommandError, match=r"also holds .*Move that elsewhere"):
        dump(SLUG, tmp_path / "out")
    assert (tmp_path / "out" / name).read_text() == "mine"


@pytest.mark.parametrize("descriptor", ['{"name": "rainfall"}', "[]", "1", "no JSON"])
def test_another_data_package_is_not_overwritten(tmp_path, descriptor):
    (tmp_path / "datapackage.json").write_text(descriptor)
    with pytest.raises(CommandError, match="something other than a dossier"):
        dump(SLUG, tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["datapackage.json"]


def test_an_unknown_dossier_is_named_with_those_there_are(tmp_path):
    with pytest.raises(CommandError, match=f"no dossier nowhere. Name one of these: {SLUG}"):
        dump("nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_dump_that_could_not_be_loaded_says_so(tmp_path):
    Evidence.objects.filter(position__key="p001").delete()
    _said, warned = dump(SLUG, tmp_path / "out")
    assert "positions.csv, line 2, column key" in warned
    assert (tmp_path / "out" / "positions.csv").exists()


def test_a_name_never_leads_out_of_the_folder(tmp_path):
    Rendition.objects.filter(article__slug="wsws-2017-01-25", kind="synopsis").update(
        language="/../../x"
    )
    with pytest.raises(CommandError, match="No file can have this name"):
        dump(SLUG, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
