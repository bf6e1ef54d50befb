"""What belongs to a record is loaded as a table too: names, stances, texts, links and so on."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from astana.admin.loading import loadable
from astana.evidence.anchor import hash_of
from astana.exchange.tables import TABLES
from astana.models import (
    Actor,
    Affiliation,
    Anchor,
    Article,
    Assignment,
    Document,
    Event,
    Import,
    Issue,
    Link,
    Position,
    Rendition,
    Stance,
)
from tests.a_worker import work
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db

# The page it is at, its place among the tables there, and a file.
NAMES = (Actor, "1", "dossier,actor,language,name\ntalks,russia,ru,Россия\ntalks,russia,ar,روسيا\n")
AFFILIATIONS = (
    Affiliation,
    "0",
    "dossier,person,body,role,start,end\ntalks,lavrov,russia,minister,2004-03-09,\n"
    "talks,lavrov,russia,envoy,,1994-01-01\n",
)
STANCES = (
    Stance,
    "0",
    "dossier,issue,slug,label,value,order\ntalks,cease-fire,partly,In part,0.5,4\n",
)
PARTICIPATIONS = (Event, "1", "dossier,event,actor,role\ntalks,round,russia,sponsor\n")
SIGNATURES = (Document, "1", "dossier,document,actor,status\ntalks,paper,russia,signed\n")
EXAMINED = (Document, "2", "dossier,document,issue\ntalks,paper,cease-fire\n")
LOOKED_FOR = (Article, "1", "dossier,article,issue\ntalks,gazette-2017-01-25,cease-fire\n")
LINKS = (Position, "1", "dossier,position,kind,to\ntalks,one,same-utterance,two\n")
TEXTS = (
    Rendition,
    "0",
    "dossier,article,kind,language,rights,text\n"
    'talks,gazette-2017-01-25,translation,de,public,"Erster Absatz.\n\nZweiter, „lang“."\n',
)


@pytest.fixture
def a_small_dossier(a_dossier, an_actor, an_issue, a_rendition, a_position):
    """A dossier with one of all that the rows name."""
    an_actor("russia")
    an_actor("lavrov", kind="person")
    an_issue("cease-fire")
    about = {"dossier": a_dossier()}
    days = {"start": "2017-01-23", "end": "2017-01-24"}
    event = Event.objects.create(slug="round", name="Round", **days, **about)
    Document.objects.create(slug="paper", title="Paper", date="2017-01-24", event=event, **about)
    text = a_rendition(article="gazette-2017-01-25")
    for key in ("one", "two", "three"):
        a_position(key=key, rendition=text, quote="Russia supports", voice="act")
    return text


def choose(client, model, table: str, text: str):
    """Choose a table and a CSV file, and return the preview."""
    file = SimpleUploadedFile("table.csv", text.encode(), content_type="text/csv")
    sent = {"format": "0", "resource": table, "import_file": file}
    return client.post(admin_url(model, "import"), sent)


def load(client, model, table: str, text: str) -> Import:
    """Choose a table and a file, confirm the preview, and let a worker work."""
    preview = choose(client, model, table, text)
    assert "confirm_form" in preview.context, preview.context["problems"]
    process = reverse(f"admin:astana_{model._meta.model_name}_process_import")
    client.post(process, preview.context["confirm_form"].initial)
    work()
    return Import.objects.latest("pk")


def taken_away(client, model, table: str) -> str:
    """Return a table as it is taken away."""
    return client.post(
        admin_url(model, "export"), {"format": "0", "resource": table}
    ).content.decode()


def test_every_table_of_a_dossier_can_be_loaded():
    # Passages come with their positions; where they stand in other texts, Astana looks for itself.
    with_others = {"evidence", "anchors"}
    nouns = {one.model._meta.model_name for one in TABLES if one.name not in with_others}
    assert set(loadable()) == nouns


def test_what_belongs_to_a_record_is_loaded_and_taken_away(desk, a_small_dossier):
    for model, table, text in (
        NAMES,
        AFFILIATIONS,
        STANCES,
        PARTICIPATIONS,
        SIGNATURES,
        EXAMINED,
        LOOKED_FOR,
        LINKS,
        TEXTS,
    ):
        found = load(desk, model, table, text)
        assert found.state == Import.State.DONE, found.problems
        rows = text.count("\ntalks,")
        assert (found.added, found.changed) == (rows, 0)
        # Taken away and loaded again, it says what is there.
        again = choose(desk, model, table, taken_away(desk, model, table))
        assert again.context["change_count"] == 0, again.context["problems"]
    actor = Actor.objects.get(slug="russia")
    assert {one.name for one in actor.names.all()} == {"Россия", "روسيا"}
    assert actor.names.first().history.get().history_user.username == "root"
    assert Stance.objects.get(slug="partly").value == 0.5
    assert str(Link.objects.get()) == "one: same utterance as two"
    text = Rendition.objects.get(kind="translation")
    assert (text.version, text.paragraphs, text.characters) == (1, [[0, 14], [16, 32]], 32)
    found = load(
        desk, Affiliation, "0", AFFILIATIONS[2].replace("2004-03-09,", "2004-03-09,2018-05-18")
    )
    assert (found.added, found.changed) == (0, 1)


def test_what_is_wrong_with_a_part_is_said_by_line_and_column(
    desk, a_member, a_small_dossier, a_position
):
    a_position(key="other", actor="iran", rendition=a_small_dossier, quote="Russia supports")
    article = a_small_dossier.article
    about = {"dossier": article.dossier, "article": article, "assigned_by": a_member("olga")}
    for name in ("ann", "bob"):
        Assignment.objects.create(coder=a_member(name, role="coder"), is_independent=True, **about)
    link = "talks,{},same-utterance,{}\n"
    for (model, table, text), rows, wrong in (
        (NAMES, "talks,nobody,en,A\ntalks,russia,en,A\u202e\ntalks,russia,ru,Россия\n",
         [(4, "actor"), (5, "name"), (6, "name")]),
        (AFFILIATIONS, "talks,lavrov,lavrov,head,,\n", [(4, "")]),
        (STANCES, "talks,cease-fire,more,More,2,1\n", [(3, "")]),
        (LOOKED_FOR, "", [(2, "article")]),
        (LINKS, link.format("two", "three") + link.format("three", "one") +
         link.format("one", "three") + link.format("three", "other"),
         [(3, "position"), (4, "to"), (5, "position"), (6, "to")]),
        (TEXTS, "talks,gazette-2017-01-25,full,en,public, \n", [(5, "text")]),
    ):  # fmt: skip
        answer = choose(desk, model, table, text + rows)
        assert [(one.line, one.column) for one in answer.context["problems"]] == wrong, rows


def test_passages_are_looked_for_in_a_text_that_is_loaded(desk, a_small_dossier):
    old = a_small_dossier
    head = "dossier,article,kind,language,text\n"
    row = f"talks,{old.article.slug},{old.kind},{old.language},"
    moved = f"A line before.\n\n{old.text}"
    found = load(desk, Rendition, "0", f'{head}{row}"{moved}"\n')
    assert found.state == Import.State.DONE, found.problems
    new = Rendition.objects.get(kind=old.kind, version=2)
    anchors = Anchor.objects.filter(rendition=new)
    assert {(one.exact, one.start, one.health) for one in anchors} == {
        ("Russia supports", 26, "moved")
    }
    assert anchors.count() == 3
    # What was known by its hash gets its words, and is no new version.
    full = "All of it.\n\nRussia supports the cease-fire."
    known = Rendition.objects.create(
        article=old.article, kind="full", language="en", sha256=hash_of(full), characters=len(full)
    )
    found = load(desk, Rendition, "0", f'{head}{row.replace(old.kind, "full")}"{full}"\n')
    assert (found.added, found.changed) == (0, 1)
    known.refresh_from_db()
    assert (known.text, known.version) == (full, 1)
    assert {one.start for one in Anchor.objects.filter(rendition=known)} == {12}


def test_a_coder_loads_links_of_own_positions_alone(client, a_member, a_small_dossier):
    coder = a_member("cora", role="coder")
    coder.is_staff = True
    coder.save()
    coder.user_permissions.set(Permission.objects.filter(codename__endswith="_link"))
    client.force_login(coder)
    # Of the tables at the page of positions, it is the only one that this person may load.
    own = Position.objects.filter(key__in=("one", "two"))
    own.update(coder=coder, status="draft", public=False, coded_at=timezone.now() - timedelta(1))
    answer = choose(client, Position, "0", LINKS[2] + "talks,one,answers,three\n")
    assert [(one.line, one.column) for one in answer.context["problems"]] == [(3, "")]
    assert load(client, Position, "0", LINKS[2]).state == Import.State.DONE
    assert Issue.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "old", "new", "told"),
    [
        (LINKS, "two", "", "to: This cell is empty. Fill it in."),
        (LINKS, "two", "four", "to: The dossier has no position “four”."),
        (LINKS, "talks", "none", "dossier: There is no dossier “none” that you work on."),
        (STANCES, "0.5", "much", "value: Write a number, such as -0.5."),
        (STANCES, ",4", ",last", "order: Write a whole number."),
        (SIGNATURES, "paper", "", "document: This cell is empty. Fill it in."),
        (PARTICIPATIONS, "sponsor", "guest", "role: “guest” is unknown. Known values: sponsor, "),
        (NAMES, ",ru,", ",<b>,", "language: Write a code of two or three letters"),
        (AFFILIATIONS, "2004-03-09", "9 March", "start: Write a day, such as 2017-01-24."),
    ],
)
def test_a_cell_says_what_can_be_in_it(desk, a_small_dossier, about, old, new, told):
    model, table, text = about
    preview = choose(desk, model, table, text.replace(old, new, 1))
    [problem, *others] = [f"{one.column}: {one.message}" for one in preview.context["problems"]]
    assert problem.startswith(told)
    # The rows after it are right, or wrong by themselves.
    assert not others


@pytest.mark.parametrize(("cell", "found"), [("yes", True), ("1", True), ("no", False)])
def test_yes_is_yes_in_a_table(desk, a_dossier, cell, found):
    a_dossier()
    text = f"dossier,slug,title,question,kind,per_event\ntalks,aid,Aid,Who may help?,fact,{cell}\n"
    load(desk, Issue, "0", text)
    assert Issue.objects.get().per_event is found


def test_what_is_neither_yes_nor_no_is_not_taken_for_no(desk, a_dossier):
    a_dossier()
    text = "dossier,slug,title,question,kind,per_event\ntalks,aid,Aid,Who may help?,fact,maybe\n"
    [problem] = choose(desk, Issue, "0", text).context["problems"]
    assert (problem.column, problem.message) == ("per_event", "Write 1 for yes or 0 for no.")
