"""An owner brings in a file of another tool, looks at what it would do, and loads it."""

import json
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from astana.actions.assign import assign, finish
from astana.exchange import uploads
from astana.exchange.conversion import write_as
from astana.formats.package import Losses
from astana.management.told import lines_of_losses
from astana.models import Actor, Dossier, Issue, Position, Upload, User
from astana.pages.desk.uploads.forms import MOST_KEPT
from astana.pages.desk.uploads.presenter import preview_of
from tests.a_worker import work
from tests.management.test_conversion import a_study, change  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client, a_dossier, a_member):
    study = a_dossier("study", visibility="members")
    client.force_login(a_member("olga", dossier=study, role="owner"))
    return client


def at(what: str, *parts: object) -> str:
    return reverse(f"uploads:{what}", args=["study", *parts])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@contextmanager
def somebody_writes(dossier: Dossier, *, times: int, **values: str):
    """Raise the version of a dossier so often when it was read; yield how often it is read.

    It gets the values too.
    """
    reads = []

    def execute(run, sql, params, many, context):
        if "astana_columnmapping" in sql and sql.startswith("SELECT"):
            reads.append(len(reads) + 1)
            if len(reads) <= times:
                Dossier.objects.filter(pk=dossier.pk).touch()
                if values:
                    Dossier.objects.filter(pk=dossier.pk).update(**values)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield reads


def bring(client, name: str, content: bytes):
    """Send a file, let the worker look at it, and return its page."""
    sent = client.post(at("index"), {"file": SimpleUploadedFile(name, content), "format": ""})
    waiting = client.get(sent.url)
    assert "It is being read." in text_of(waiting)
    assert f'href="{sent.url}"' in waiting.content.decode()
    work()
    return client.get(sent.url)


def test_a_file_is_looked_at_read_in_another_way_and_then_loaded_as_a_whole(
    owner,
    a_study,  # noqa: F811
):
    change(a_study, "DELETE FROM SETTINGS WHERE Property = 'astana'")
    page = bring(owner, "talks.dna", a_study.read_bytes())
    said = text_of(page)
    assert "This is what it would do. Nothing is loaded yet." in said
    assert "Discourse Network Analyzer (.dna)" in said
    assert "4 positions are new and wait to be submitted" in said
    assert "other variables (kept as lines of notes)" in said
    # What only drafts name is seen at the desk alone; that somebody is of a body, readers see.
    assert "Readers see 2 of them as soon as the file is loaded." in said
    # The choice of variables is proposed out of the file.
    assert 'name="option-concept" value="concept"' in page.content.decode()
    assert not Position.objects.filter(dossier__slug="study").exists()
    (upload,) = Upload.objects.all()
    assert upload.content

    chosen = {"format": "dna", "option-concept": "concept", "option-prefix": "a"}
    owner.post(at("detail", upload.pk), chosen)
    with somebody_writes(Dossier.objects.get(slug="study"), times=1) as versions:
        work()
    # What is only shown need not be of the newest version.
    assert versions == [1]
    owner.post(at("load", upload.pk))
    with somebody_writes(Dossier.objects.get(slug="study"), times=3) as versions:
        work()
    # What was read beside another version was read anew, however often that is needed.
    assert versions == [1, 2, 3, 4]
    said = text_of(owner.get(at("detail", upload.pk)))
    assert "It is loaded. The file is deleted." in said
    upload.refresh_from_db()
    assert bytes(upload.content) == b""
    positions = Position.objects.filter(dossier__slug="study")
    assert {one.key for one in positions} == {"a-1", "a-2", "a-3", "a-4"}
    assert {one.status for one in positions} == {"draft"}
    public = Actor.objects.filter(dossier__slug="study", public=True)
    assert public.count() == 2 < Actor.objects.filter(dossier__slug="study").count()
    assert not Issue.objects.filter(dossier__slug="study", public=True).exists()
    assert Actor.history.filter(dossier__slug="study").first().history_user.username == "olga"
    assert "talks.dna" in text_of(owner.get(at("index")))


def test_a_file_publishes_nothing_and_what_it_changes_for_readers_is_said_before(
    owner, a_position, a_rendition
):
    """Such as a file that was written here, and by somebody else since."""
    study = Dossier.objects.get(slug="study")
    text = a_rendition(dossier=study)
    a_position(dossier=study, key="mine", rendition=text, quote="Russia")
    told = json.loads(write_as("web-annotation", "study").content)
    (item,) = told["first"]["items"]
    other = json.loads(json.dumps(item).replace("mine", "theirs"))
    item["body"][0]["value"] = "Another summary."
    item["record"]["status"] = "draft"
    told["first"]["items"].append(other)

    said = text_of(bring(owner, "talks.jsonld", json.dumps(told).encode()))
    assert "that would change for readers at once: 1 (mine)." in said
    assert "1 position is new and waits to be submitted and reviewed." in said
    owner.post(at("load", Upload.objects.get().pk))
    work()
    found = Position.objects.filter(dossier=study).order_by("key")
    assert [(one.key, one.status) for one in found] == [
        ("mine", "published"),
        ("theirs", "submitted"),
    ]


def test_whoever_codes_in_a_running_round_brings_in_nothing_until_all_have_finished(
    owner,
    a_member,
    a_rendition,
    a_study,  # noqa: F811
):
    study = Dossier.objects.get(slug="study")
    olga, fellow = (
        User.objects.get(username="olga"),
        a_member("fellow", dossier=study, role="coder"),
    )
    page = bring(owner, "talks.dna", a_study.read_bytes())
    (upload,) = Upload.objects.all()
    owner.post(at("load", upload.pk))
    assert page.status_code == 200
    assign(
        dossier=study,
        articles=[a_rendition(dossier=study).article],
        coders=[olga, fellow],
        is_independent=True,
        by=a_member("other", dossier=study, role="owner"),
    )
    work()
    upload.refresh_from_db()
    assert "You are coding in a running round" in upload.problems[0]
    assert not Position.objects.filter(dossier=study).exists()
    for answer in (owner.get(at("index")), owner.get(at("detail", upload.pk))):
        assert answer.status_code == 403
        assert "You are coding in a running round" in text_of(answer)
    for one in study.assignments.all():
        finish(assignment=one, by=one.coder)
    assert owner.get(at("detail", upload.pk)).status_code == 200


def test_a_file_of_no_kind_is_refused_with_its_place_and_deleted_on_demand(owner):
    page = bring(owner, "notes.png", b"a picture")
    assert "It cannot be loaded like this, and nothing was loaded." in text_of(page)
    # What was not read is not loaded.
    (upload,) = Upload.objects.all()
    assert "cannot be done now" in text_of(owner.post(at("load", upload.pk), follow=True))
    assert "notes.png, file: No known format has files with this ending." in text_of(page)
    owner.post(at("remove", upload.pk))
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == ("cancelled", b"")
    page = owner.post(
        at("index"), {"file": SimpleUploadedFile("a.dna", b""), "format": "no-format"}
    )
    assert page.status_code == 422


def test_a_dossier_that_was_downloaded_is_called_what_it_is(owner, a_position):
    a_position()
    whole = b"".join(owner.get("/dossiers/talks/dossier.zip").streaming_content)
    said = text_of(bring(owner, "talks.zip", whole))
    assert "datapackage.json: This is the package of a dossier, as downloaded from Astana." in said
    assert "election" not in said.partition("Read it in another way")[0]


def test_a_file_that_is_left_behind_is_deleted_by_a_worker_a_day_after_it_was_last_read(owner):
    bring(owner, "notes.png", b"a picture")
    (upload,) = Upload.objects.all()
    owner.post(at("detail", upload.pk), {"format": "dna"})
    deletions = DBTaskResult.objects.filter(task_path=uploads.forget_old.module_path)
    assert deletions.count() == 2
    day = timedelta(days=1)
    for asked, content in ((day - timedelta(minutes=1), b"a picture"), (day, b"")):
        Upload.objects.update(asked_at=timezone.now() - asked)
        # One of the two is due.
        due = deletions.filter(status="READY").first()
        deletions.filter(pk=due.pk).update(run_after=timezone.now())
        work()
        upload.refresh_from_db()
        assert bytes(upload.content) == content
    assert upload.state == "cancelled"


def test_a_file_goes_into_its_dossier_whatever_that_is_called_meanwhile(owner):
    table = b"actor,issue,stance,said\nGhana,Tax,yes,2017-01-24\n"
    bring(owner, "table.csv", table)
    owner.post(at("load", Upload.objects.get().pk))
    with somebody_writes(Dossier.objects.get(slug="study"), times=1, slug="renamed"):
        work()
    assert [one.dossier.slug for one in Position.objects.all()] == ["renamed"]
    assert Dossier.objects.count() == 1


def test_one_person_keeps_no_more_files_than_the_disk_bears(owner):
    study, olga = Dossier.objects.get(slug="study"), User.objects.get(username="olga")
    loaded = {"is_loading": True, "state": "done"}
    some = [{}] * (MOST_KEPT - 1) + [loaded, {"state": "cancelled"}]
    Upload.objects.bulk_create(Upload(dossier=study, user=olga, **one) for one in some)
    for status in (302, 422):
        file = SimpleUploadedFile("notes.png", b"a picture")
        sent = owner.post(at("index"), {"file": file, "format": ""})
        assert sent.status_code == status
    assert "Load or delete some of them." in text_of(sent)


def test_what_is_lost_is_said_in_the_language_of_its_reader():
    losses = Losses()
    for name, count in (("Home", 2), ("Delete", 1), ("Home", 1)):
        losses.lose(name, "p1", count=count)
        losses.lose("rows of %(table)s.csv", table=name)
    kept = [[one.kind, one.count, one.example, dict(one.named)] for one in losses.listed()]
    with override("de"):
        # Django itself has these words.
        shown = preview_of(Upload(told={"losses": [*kept, ["Home", 3, ""]]}))["losses"]
        told = lines_of_losses(losses.listed(), [])
    assert shown[0] == ("Start", 3, "p1") == (*shown[-1][:2], "p1")
    assert [(kind, count) for kind, count, _one in shown[1:4]] == [
        ("rows of Home.csv", 2),
        ("Löschen", 1),
        ("rows of Delete.csv", 1),
    ]
    assert told[1:3] == ["        3  Start, such as: p1", "        2  rows of Home.csv"]
