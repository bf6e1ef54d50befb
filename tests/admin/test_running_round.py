"""Data entry tells who codes in a running round nothing of what the others have coded in it."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astana.models import (
    Actor,
    Anchor,
    Article,
    Assignment,
    Comment,
    Dossier,
    Evidence,
    Issue,
    Notice,
    Position,
    Rendition,
    Stance,
    User,
)
from tests.admin.conftest import admin_url
from tests.admin.forms import send

pytestmark = pytest.mark.django_db

CANARY = "Zanzibar"


@pytest.fixture
def hidden(a_member, a_rendition, a_position, client) -> Position:
    """What another coder has coded in a round, with all that hangs on it."""
    text = a_rendition()
    article, coder = text.article, a_member("coder", role="coder")
    assignment = Assignment.objects.create(
        dossier=article.dossier,
        article=article,
        coder=coder,
        assigned_by=coder,
        is_independent=True,
    )
    found = a_position(
        key="p012",
        status="draft",
        summary=CANARY,
        condition=CANARY,
        coder=coder,
        coded_at=timezone.now(),
        assignment=assignment,
        rendition=text,
        quote="Russia supports",
    )
    comment = Comment.objects.create(
        dossier=article.dossier, article=article, author=coder, text=CANARY
    )
    Comment.objects.create(dossier=article.dossier, position=found, author=coder, text=CANARY)
    Notice.objects.create(
        dossier=article.dossier, user=coder, by=coder, kind="commented", comment=comment
    )
    other = a_rendition("Another wording.", kind="excerpt")
    Anchor.objects.create(
        evidence=found.evidence.get(), rendition=other, start=0, end=7, sha256="0" * 64
    )
    return found


@pytest.fixture(params=["reviewer", "superuser"])
def takes_part(request, hidden, a_member, superuser) -> Client:
    """The browser of somebody who codes in the round too, and may otherwise see all."""
    user = superuser
    if request.param == "reviewer":
        user = a_member("rita", role="reviewer")
        user.is_staff = True
        user.save()
        user.user_permissions.set(Permission.objects.all())
    Assignment.objects.create(
        dossier=hidden.dossier,
        article=hidden.assignment.article,
        coder=user,
        assigned_by=hidden.coder,
        is_independent=True,
    )
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def _names(response) -> bool:
    """Return whether an answer tells of the hidden position."""
    page = response.content.decode()
    return CANARY in page or "p012" in page


@pytest.mark.parametrize("model", [Position, Evidence, Anchor, Comment, Notice])
def test_lists_and_pages_leave_out_what_the_others_made(takes_part, hidden, model):
    page = takes_part.get(admin_url(model, "changelist"))
    assert not _names(page)
    assert page.context["cl"].result_count == 0
    for one in model.objects.all():
        for name in ("change", "delete", "history"):
            answer = takes_part.get(admin_url(model, name, one.pk))
            assert answer.status_code in (302, 403)
            assert not _names(answer)


def test_a_search_in_a_form_finds_nothing_of_the_others(takes_part):
    values = {"app_label": "astana", "model_name": "evidence", "field_name": "position"}
    found = takes_part.get(f"{reverse('admin:autocomplete')}?{urlencode(values | {'term': ''})}")
    assert found.json()["results"] == []


def test_a_file_taken_away_has_nothing_of_the_others(takes_part):
    answer = takes_part.post(admin_url(Position, "export"), {"format": "0", "resource": ""})
    assert answer.status_code == 200
    assert not _names(answer)


def test_a_loaded_file_neither_shows_nor_overwrites_what_the_others_made(takes_part, hidden):
    text = "dossier,key,actor,issue,stance,said,voice,summary\n"
    text += "talks,p012,russia,cease-fire,opposes,2017-01-24,act,Mine.\n"
    file = SimpleUploadedFile("table.csv", text.encode(), content_type="text/csv")
    preview = takes_part.post(admin_url(Position, "import"), {"format": "0", "import_file": file})
    assert CANARY not in preview.content.decode()
    assert preview.context.get("confirm_form") is None
    hidden.refresh_from_db()
    assert (hidden.summary, hidden.stance.slug) == (CANARY, "supports")


@pytest.mark.parametrize("model", [Actor, Issue, Stance, Article, Rendition, Dossier])
def test_what_the_others_may_use_is_not_deleted_and_nothing_is_named(takes_part, hidden, model):
    records = model.objects.all()
    for one in records:
        answer = takes_part.get(admin_url(model, "delete", one.pk))
        assert answer.status_code == 403
    pks = [one.pk for one in records]
    asked = {"action": "delete_selected", "_selected_action": pks}
    for values in (asked, asked | {"post": "yes"}):
        assert not _names(takes_part.post(admin_url(model, "changelist"), values))
    assert model.objects.count() == len(pks)


def test_whether_an_actor_is_used_is_not_told_either(takes_part, an_actor):
    an_actor("unused")
    answers = {
        takes_part.get(admin_url(Actor, "delete", one.pk)).status_code
        for one in Actor.objects.all()
    }
    assert answers == {403}


def test_a_stance_that_the_others_may_use_is_not_taken_from_its_issue(takes_part, hidden):
    address = admin_url(Issue, "change", hidden.issue_id)
    answer = send(takes_part, address, stances__0__DELETE="on")
    assert not _names(answer)
    assert hidden.issue.stances.count() == 4


def test_a_new_text_tells_of_no_passages_of_the_others(takes_part, hidden):
    stored = hidden.evidence.get().rendition
    address = admin_url(Rendition, "change", stored.pk)
    answer = send(takes_part, address, text=f"{stored.text}\n\nMore.")
    assert answer.status_code == 302
    assert hidden.evidence.get().anchors.filter(rendition__version=2).exists()
    assert "Passages of evidence" not in takes_part.get(answer["Location"]).content.decode()


def test_an_assignment_of_the_round_is_not_deleted(takes_part):
    for one in Assignment.objects.all():
        assert takes_part.get(admin_url(Assignment, "delete", one.pk)).status_code == 403


def test_the_page_of_an_account_to_delete_names_nothing_of_the_others(takes_part, hidden):
    page = takes_part.get(admin_url(User, "delete", hidden.coder_id))
    assert page.status_code == 200
    assert not _names(page)
    assert not _names(takes_part.post(page.request["PATH_INFO"], {"post": "yes"}))
    assert User.objects.filter(pk=hidden.coder_id).exists()


def test_the_page_of_an_account_to_delete_names_no_dossier_out_of_reach(
    hidden, a_member, a_dossier
):
    secret = a_dossier("secret", visibility="members", title=CANARY)
    somebody = a_member("somebody", role="owner", dossier=secret)
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.all())
    client = Client()
    client.force_login(clerk)
    page = client.get(admin_url(User, "delete", somebody.pk)).content.decode()
    assert CANARY not in page
    assert "secret" not in page


def test_once_all_have_finished_it_is_there_again(takes_part, hidden):
    Assignment.objects.update(finished_at=timezone.now())
    assert _names(takes_part.get(admin_url(Position, "changelist")))
    page = takes_part.get(admin_url(Actor, "delete", hidden.actor_id))
    assert page.status_code == 200
    assert _names(page) or "Russia" in page.content.decode()
