"""Tables as files: previewed before they are loaded, within what the person may do."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from astana.models import Actor, Article, Issue, Position, Source, Stance
from tests.a_worker import work
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, a_member):
    """Return a builder of staff with a role, signed in."""

    def build(role: str):
        user = a_member(f"a-{role}", role=role)
        user.is_staff = True
        user.save()
        user.user_permissions.set(Permission.objects.all())
        client.force_login(user)
        return user

    return build


def _load(client, model, text: str, *, confirm: bool = True):
    """Choose a CSV file, look at its preview, confirm it and let a worker work.

    Return the last answer to the person.
    """
    file = SimpleUploadedFile("table.csv", text.encode(), content_type="text/csv")
    address = admin_url(model, "import")
    preview = client.post(address, {"format": "0", "import_file": file})
    assert preview.status_code == 200, preview
    form = preview.context.get("confirm_form")
    if form is None or not confirm:
        return preview
    process = reverse(f"admin:astana_{model._meta.model_name}_process_import")
    answer = client.post(process, form.initial)
    work()
    return answer


def test_a_preview_shows_the_difference_and_changes_nothing(desk, an_actor):
    an_actor("russia", name="Russia")
    text = "dossier,slug,name,kind\ntalks,russia,Russia <b>now</b>,state\ntalks,iran,Iran,state\n"
    preview = _load(desk, Actor, text, confirm=False)
    html = preview.content.decode()
    assert "<ins> &lt;b&gt;now&lt;/b&gt;</ins>" in html
    assert "style=" not in html.split('<table class="import-preview">')[1]
    assert Actor.objects.get().name == "Russia"


def test_a_table_that_changes_nothing_is_not_offered_to_be_loaded(desk, an_actor):
    actor = an_actor("russia")
    same = f"dossier,slug,name,kind\ntalks,russia,{actor.name},{actor.kind}\n"
    page = _load(desk, Actor, same, confirm=False).content.decode()
    assert "Nothing is to be loaded" in page
    assert "Confirm import" not in page
    other = _load(desk, Actor, same.replace(actor.name, "Another"), confirm=False)
    assert "Confirm import" in other.content.decode()


def test_a_confirmed_table_is_loaded_with_its_history(desk, superuser, an_actor):
    actor = an_actor("russia", name="Russia")
    text = (
        "dossier,slug,name,kind,part_of\ntalks,russia,Россия,state,\ntalks,mfa,MFA,office,russia\n"
    )
    assert _load(desk, Actor, text).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.revision) == ("Россия", 2)
    assert actor.history.first().history_user == superuser
    assert Actor.objects.get(slug="mfa").part_of == actor


def test_one_wrong_row_stops_the_whole_table(desk, a_source):
    a_source()
    text = "dossier,slug,source,title,published,language,coverage\n"
    text += "talks,one,gazette,One,2017-01-25,en,full\n"
    text += "talks,two,nobody,Two,2017-01-25,en,full\n"
    preview = _load(desk, Article, text)
    assert "has no source “nobody”" in preview.content.decode()
    assert not Article.objects.exists()


def test_loaded_positions_are_drafts_of_who_loads_them(client, clerk, an_actor, an_issue):
    coder = clerk("coder")
    an_actor()
    an_issue()
    text = "dossier,key,actor,issue,stance,said,voice,summary,status\n"
    text += "talks,p1,russia,cease-fire,opposes,2017-01,act,Russia acted.,published\n"
    assert _load(client, Position, text).status_code == 302
    position = Position.objects.get()
    assert (position.status, position.coder, position.stance.slug) == ("draft", coder, "opposes")


def test_a_coder_loads_nothing_over_what_is_published(client, clerk, a_position):
    clerk("coder")
    position = a_position(summary="As it was.")
    text = "dossier,key,actor,issue,stance,said,voice,summary\n"
    text += f"talks,{position.key},russia,cease-fire,supports,2017-01-24,act,Changed.\n"
    preview = _load(client, Position, text)
    assert "Your role in this dossier" in preview.content.decode()
    position.refresh_from_db()
    assert position.summary == "As it was."


def test_a_coder_adds_sources_but_no_issues(client, clerk, a_dossier):
    clerk("coder")
    row = "dossier,slug,name,kind,language\ntalks,gazette,Gazette,wire,en\n"
    assert _load(client, Source, row).status_code == 302
    assert Source.objects.get().name == "Gazette"
    assert client.get(admin_url(Issue, "import")).status_code == 403


def test_a_dossier_out_of_reach_is_unknown(client, clerk, a_dossier):
    clerk("reviewer")
    a_dossier("hidden", visibility="members")
    text = "dossier,slug,name,kind,language\nhidden,gazette,Gazette,wire,en\n"
    assert "There is no dossier “hidden”" in _load(client, Source, text).content.decode()
    assert not Source.objects.exists()


def test_what_is_taken_away_is_what_one_sees(client, clerk, a_position, a_dossier):
    clerk("coder")
    a_position(key="p1", summary="Seen.")
    a_position(key="p2", status="draft", summary="Zanzibar")
    a_position(key="p3", summary="Zanzibar", dossier=a_dossier("hidden", visibility="members"))
    response = client.post(admin_url(Position, "export"), {"format": "0", "resource": ""})
    text = response.content.decode()
    assert "Seen." in text
    assert "Zanzibar" not in text


def test_what_looks_like_a_formula_is_none_in_a_file(desk, a_position):
    a_position(summary="=HYPERLINK(1)")
    response = desk.post(admin_url(Position, "export"), {"format": "0", "resource": ""})
    (row,) = csv.DictReader(io.StringIO(response.content.decode()))
    assert row["summary"] == "'=HYPERLINK(1)"
    response = desk.post(admin_url(Position, "export"), {"format": "1", "resource": ""})
    assert json.loads(response.content)[0]["summary"] == "=HYPERLINK(1)"


def test_a_number_is_one_in_a_table_that_is_taken_away(desk, an_issue):
    an_issue()
    taken = desk.post(admin_url(Stance, "export"), {"format": "0", "resource": ""})
    rows = csv.DictReader(io.StringIO(taken.content.decode(), newline=""))
    assert [row["value"] for row in rows] == ["1.00", "0.00", "-1.00", ""]


@pytest.mark.parametrize(
    "words", ["=1+1", " =1+1", "+1", "-1 of 2", "@here", "'t Hooft", "\u00a0=1"]
)
def test_a_formula_of_any_sign_or_after_blanks_is_text_in_a_file_and_comes_back(
    desk, a_position, words
):
    position = a_position(condition=words)
    taken = desk.post(admin_url(Position, "export"), {"format": "0", "resource": ""})
    text = taken.content.decode()
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["condition"] == f"'{words}"
    position.condition = "Other."
    position.save()
    assert _load(desk, Position, text).status_code == 302
    position.refresh_from_db()
    assert position.condition == words


def test_a_preview_that_is_no_longer_kept_is_not_found(desk, a_dossier):
    address = reverse("admin:astana_source_process_import")
    data = {"import_file_name": "../../etc/passwd", "original_file_name": "x.csv", "format": "0"}
    assert desk.post(address, data).status_code == 404
