"""A table is loaded in the background, as a whole or not at all, and says how far it has come."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from astana.admin.loading import load_table
from astana.models import Actor, Assignment, Document, Event, Import, Membership, Position, Source
from tests.a_worker import work
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db

TWO = "dossier,slug,name,kind\ntalks,russia,Russia,state\ntalks,iran,Iran,state\n"


@pytest.fixture
def clerk(client, a_member):
    """Return a coder who enters data, signed in."""
    user = a_member("clerk", role="coder")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    return user


def _choose(client, model, text: str, *, encoding: str = "utf-8"):
    """Choose a CSV file, and return its preview."""
    file = SimpleUploadedFile("table.csv", text.encode(encoding), content_type="text/csv")
    return client.post(admin_url(model, "import"), {"format": "0", "import_file": file})


def _ask(client, model, text: str) -> Import:
    """Choose a CSV file and confirm it; no worker has taken it yet."""
    form = _choose(client, model, text).context["confirm_form"]
    client.post(reverse(f"admin:astana_{model._meta.model_name}_process_import"), form.initial)
    return Import.objects.get()


def _page(client, found: Import) -> str:
    answer = client.get(admin_url(Import, "change", found.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_preview_only_reads(desk, an_actor):
    an_actor("russia", name="Rossiya")
    with CaptureQueriesContext(connection) as queries:
        assert "confirm_form" in _choose(desk, Actor, TWO).context
    asked = [query["sql"] for query in queries]
    first = next(place for place, sql in enumerate(asked) if '"astana_actor"' in sql)
    # PostgreSQL declares what it reads row by row.
    assert {sql.split()[0] for sql in asked[first:]} <= {"SELECT", "DECLARE"}


def test_the_line_that_tells_spreadsheets_what_separates_columns_is_no_row(client, clerk):
    assert "confirm_form" in _choose(client, Actor, "sep=,\r\n" + TWO).context
    wrong = _choose(client, Actor, "sep=,\n" + TWO.replace("Iran,state", "Iran,planet"))
    assert [(one.line, one.column) for one in wrong.context["problems"]] == [(4, "kind")]


def test_all_that_is_wrong_is_said_at_once_by_the_line_of_the_file(client, clerk, an_actor):
    text = (
        "dossier,slug,name,kind,description\n"
        'talks,russia,Russia,state,"Two\nlines"\n'
        "talks,russia,,planet,\n"
        "talks,iran,Iran\n"
        "nowhere,iran,Iran,state,\n"
    )
    answer = _choose(client, Actor, text)
    found = [(one.line, one.column) for one in answer.context["problems"]]
    assert found == [(4, "slug"), (4, "name"), (4, "kind"), (5, ""), (6, "dossier")]
    assert "“russia” is already in line 2." in answer.content.decode()
    assert "confirm_form" not in answer.context


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dossier,slug,name,kind,titel\ntalks,a,A,state,x\n", "The column “titel” is unknown."),
        ("dossier,slug,slug\ntalks,a,b\n", "The column “slug” occurs twice."),
        ('dossier,slug,name\ntalks,a,"A\n', "This is not CSV, from line 2 on"),
        ("slug,name,kind\na,A,state\n", "dossier"),
        ("dossier;slug;name\ntalks;a;A\n", "separated by semicolons. Save the file as CSV with"),
        ("dossier,slug\n" + "a,b\n" * 1_000_000, "The table has more than 10,000 rows."),
        ("PK\x03\x04", "This is a workbook. Save its sheet as CSV in UTF-8."),
    ],
    ids=lambda text: text[-30:],
)
def test_a_file_that_cannot_be_read_says_why(client, clerk, text, message):
    answer = _choose(client, Actor, text)
    assert message in answer.content.decode()
    assert "confirm_form" not in answer.context


def test_a_file_of_another_encoding_says_so(client, clerk):
    text = "dossier,slug,name,kind\ntalks,a,Élysée,office\n"
    answer = _choose(client, Actor, text, encoding="latin-1")
    assert "This is not UTF-8." in answer.content.decode()
    assert "confirm_form" in _choose(client, Actor, text, encoding="utf-8-sig").context


def test_json_that_is_no_table_says_why(client, clerk):
    for text, message in (
        ("[{", "This is not JSON: Expecting property name"),
        ('{"dossier": "talks"}', "Write a list of objects, one for each row."),
        ('[{"dossier": "talks"}, {"slug": "a"}]', "Row 2 has different names from the first one."),
    ):
        file = SimpleUploadedFile("table.json", text.encode())
        answer = client.post(admin_url(Actor, "import"), {"format": "1", "import_file": file})
        assert message in answer.content.decode()


def test_a_cell_of_a_spreadsheet_that_is_no_value_is_named(client, clerk):
    text = "dossier,slug,name,kind,description\ntalks,a, =A1&B1,state,#REF!\n"
    text += "talks,b,'=B,state,'#N/A\n"
    answer = _choose(client, Actor, text)
    found = [(one.line, one.column) for one in answer.context["problems"]]
    assert found == [(2, "name"), (2, "description")]
    assert "This is a formula. Write its result instead" in answer.content.decode()
    rows = text.splitlines(keepends=True)
    _ask(client, Actor, rows[0] + rows[2])
    work()
    assert (Actor.objects.get().name, Actor.objects.get().description) == ("=B", "#N/A")


def test_a_file_waits_for_a_worker_and_says_so(client, clerk):
    found = _ask(client, Actor, TWO)
    assert "is waiting for a worker" in _page(client, found)
    assert "No worker has taken it" not in _page(client, found)
    Import.objects.update(asked_at=timezone.now() - timedelta(seconds=10))
    assert "No worker has taken it" in _page(client, found)
    assert not Actor.objects.exists()
    work()
    assert "All rows are loaded: 2 in all, of which 2 new and 0 changed." in _page(client, found)
    assert Actor.objects.get(slug="iran").history.get().history_user == clerk


def test_a_cancelled_import_loads_nothing(client, clerk):
    found = _ask(client, Actor, TWO)
    client.post(reverse("admin:import_cancel", args=[found.pk]))
    work()
    assert "It was cancelled." in _page(client, found)
    assert not Actor.objects.exists()


def test_a_worker_that_was_ended_leaves_nothing_and_its_import_begins_again(client, clerk):
    found = _ask(client, Actor, TWO)
    # What a worker does first, before it is ended.
    assert found.begin()
    assert "0 of 0 rows are checked." in _page(client, found)
    Import.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert "stopped before it had finished. Nothing was loaded." in _page(client, found)
    client.post(reverse("admin:import_again", args=[found.pk]))
    # The one that was taken for dead has nothing to say any more.
    load_table.func(found.pk, found.run)
    assert not found.finish(Import.State.DONE)
    assert not Actor.objects.exists()
    work()
    assert Actor.objects.count() == 2


def test_an_import_that_no_worker_knows_of_is_asked_for_again_and_loaded_once(client, clerk):
    found = _ask(client, Actor, TWO)
    assert "Queue it again" not in _page(client, found)
    Import.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "Queue it again" in _page(client, found)
    client.post(reverse("admin:import_again", args=[found.pk]))
    # Perhaps one knew of it after all.
    work()
    assert Actor.objects.count() == 2
    assert "All rows are loaded: 2 in all, of which 2 new" in _page(client, found)


def test_what_has_changed_since_the_preview_is_checked_again(client, clerk, an_actor):
    found = _ask(client, Actor, TWO)
    an_actor("russia", name="Rossiya")
    work()
    # To change what is there is for reviewers.
    assert "Your role in this dossier does not allow that." in _page(client, found)
    assert Actor.objects.get().name == "Rossiya"


@pytest.mark.parametrize("loss", ["role", "right", "account"])
def test_who_may_no_longer_load_loads_nothing(client, clerk, loss):
    _ask(client, Source, "dossier,slug,name,kind,language\ntalks,gazette,Gazette,wire,en\n")
    if loss == "role":
        Membership.objects.all().delete()
    elif loss == "right":
        clerk.user_permissions.clear()
    else:
        clerk.is_active = False
        clerk.save()
    work()
    assert Import.objects.get().state == Import.State.REFUSED
    assert not Source.objects.exists()


def test_an_import_is_seen_by_who_asked_for_it_alone(client, clerk, a_member):
    found = _ask(client, Actor, TWO)
    other = a_member("other", role="owner")
    other.is_staff = True
    other.save()
    other.user_permissions.set(Permission.objects.all())
    client.force_login(other)
    assert client.get(admin_url(Import, "change", found.pk)).status_code == 404
    assert client.post(reverse("admin:import_cancel", args=[found.pk])).status_code == 404
    assert b"table.csv" not in client.get(admin_url(Import, "changelist")).content


def test_a_row_may_name_what_a_row_before_it_brings(client, clerk):
    text = "dossier,slug,name,kind,part_of\n"
    text += "talks,russia,Russia,state,\ntalks,mfa,MFA,office,russia\n"
    _ask(client, Actor, text)
    work()
    assert Actor.objects.get(slug="mfa").part_of.slug == "russia"


HEAD = (
    "dossier,key,actor,issue,stance,said,voice,summary,article,kind,language,exact,paragraph,role\n"
)


def _row(key: str, *passage: str) -> str:
    told = ["talks", key, "russia", "cease-fire", "supports", "2017-01-24", "act", "It acts."]
    return ",".join([*told, *passage]) + "\n"


def test_positions_are_loaded_with_their_passages(client, clerk, an_actor, an_issue, a_rendition):
    an_actor()
    an_issue()
    text = a_rendition()
    article = Assignment.objects.create(
        dossier=text.article.dossier, article=text.article, coder=clerk, assigned_by=clerk
    ).article.slug
    table = HEAD + _row("one", article, "", "", "Russia  supports", "", "")
    table += _row("two", article, "synopsis", "en", "did not speak", "2", "disputes")
    _ask(client, Position, table + _row("three", "", "", "", "", "", ""))
    work()
    one, two, three = (Position.objects.get(key=key) for key in ("one", "two", "three"))
    first, second = one.evidence.get(), two.evidence.get()
    assert (first.exact, first.start, first.role) == ("Russia supports", 10, "supports")
    assert (second.paragraph, second.role, second.suffix) == (2, "disputes", ".")
    assert first.history.get().history_user == clerk
    assert one.assignment.article == text.article
    assert not three.evidence.exists()
    # Taken away and loaded again, it says what is there.
    taken = client.post(admin_url(Position, "export"), {"format": "0", "resource": ""})
    again = _choose(client, Position, taken.content.decode())
    assert again.context["change_count"] == 0, again.context["problems"]


def test_what_an_actor_attributes_to_itself_is_named_and_loaded(client, clerk, an_actor, an_issue):
    an_actor()
    an_issue()
    head = "dossier,key,actor,issue,stance,said,voice,summary,attributed_by\n"
    row = "talks,one,russia,cease-fire,supports,2017-01-24,attributed,It says so.,russia\n"
    told = "Line 2, column attributed_by: The actor attributes this to itself."
    assert told in _choose(client, Position, head + row).content.decode()
    found = _ask(client, Position, head + row)
    work()
    assert Position.objects.get().is_by_itself
    assert told in _page(client, found)


def test_another_passage_of_a_published_position_edits_it(desk, a_rendition, a_position):
    text = a_rendition()
    position = a_position(rendition=text, quote="They met", key="one", voice="act")
    _ask(desk, Position, HEAD + _row("one", text.article.slug, "", "", "Russia supports", "", ""))
    work()
    assert [one.exact for one in position.evidence.order_by("number")] == [
        "They met",
        "Russia supports",
    ]
    position.refresh_from_db()
    assert position.edited_at is not None


def test_a_passage_that_is_not_there_says_why(client, clerk, an_actor, an_issue, a_rendition):
    an_actor()
    an_issue()
    article = a_rendition("It is. It is.").article.slug
    a_rendition("An excerpt.", kind="excerpt")
    table = HEAD + _row("one", article, "", "", "It is", "", "")
    table += _row("two", article, "synopsis", "", "Never said", "x", "doubts")
    table += _row("three", article, "synopsis", "", "It is", "", "")
    table += _row("four", "nothing", "", "", "It is", "", "")
    answer = _choose(client, Position, table + _row("five", article, "", "", "", "", ""))
    found = [(one.line, one.column) for one in answer.context["problems"]]
    assert found == [
        (2, "kind"),
        (3, "paragraph"),
        (3, "role"),
        (4, "exact"),
        (5, "article"),
        (6, "exact"),
    ]


def test_events_and_documents_are_loaded_too(desk, a_dossier):
    a_dossier()
    event = "dossier,slug,name,start,end\ntalks,round,The round,2017-01-23,2017-01-24\n"
    _ask(desk, Event, event)
    work()
    Import.objects.all().delete()
    _ask(desk, Document, "dossier,slug,title,date,event\ntalks,text,The text,2017-01-24,round\n")
    work()
    assert Document.objects.get(event__name="The round").title == "The text"
