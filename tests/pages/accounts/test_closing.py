"""Who closes an account leaves nothing of a person behind, and takes nothing from the work of all.

The test of what is left looks through every table for the person's names.
"""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from astana.actions import members
from astana.models import (
    Assignment,
    Coder,
    Comment,
    Invitation,
    Membership,
    Notice,
    Position,
    SavedComparison,
    Upload,
    User,
)
from astana.models.of_people import GOES, STAYS, is_history, naming_people

pytestmark = pytest.mark.django_db
PASSWORD = "secret-word-7"
CLOSE = "/accounts/close/"


def where_named(*names: str) -> set[str]:
    """Return the models in whose rows one of the names is written."""
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values_list()
        if any(name in str(row).lower() for name in names)
    }


@pytest.fixture
def zelda(a_member, a_position, a_dossier, an_actor, client) -> User:
    """Make somebody of whom there is something of each kind, and sign her in."""
    owner = a_member("olga", role="owner")
    zelda = User.objects.create_user("zelda", "zelda@quux.example", PASSWORD, last_name="Quux")
    EmailAddress.objects.create(user=zelda, email=zelda.email, verified=True, primary=True)
    TOTP.activate(zelda, generate_totp_secret())
    client.login(username="zelda", password=PASSWORD)
    dossier = a_dossier()
    invitation, _token = members.invite(
        dossier=dossier, email="Zelda@quux.example", role="coder", by=owner
    )
    members.accept(invitation=invitation, by=zelda)
    other = a_dossier("others")
    otto = a_member("otto", role="owner", dossier=other)
    members.invite(dossier=other, email=zelda.email, role="reader", by=otto)
    Coder.objects.create(dossier=dossier, slug="zelda-q", name="Zelda Q.", user=zelda)
    Coder.objects.create(dossier=dossier, slug="zelda-2", name="Zelda", user=zelda).delete()
    told = {"tables": [["actors", 1, 0, 0, 0]], "losses": [["coders", 1, "Zelda Q."]]}
    loaded = {"dossier": dossier, "state": "done", "is_loading": True, "told": told}
    Upload.objects.create(**loaded, user=zelda, file_name="quux.dna", problems=["quux.dna, line 1"])
    Upload.objects.create(**loaded, user=owner, file_name="talks.dna")
    SavedComparison.objects.create(dossier=dossier, user=zelda, title="Of Quux", query="")
    Notice.objects.create(user=zelda, by=owner, dossier=dossier, kind="role")
    coded = {"coder": zelda, "coded_at": timezone.now()}
    a_position(key="kept-1", **coded)
    for key in ("mine-1", "seen-1", "seen-2"):
        a_position(key=key, status="draft", **coded)
    Comment.objects.create(
        dossier=dossier, position=Position.objects.get(key="seen-1"), author=owner, text="Why?"
    )
    text = {"dossier": dossier, "position": Position.objects.get(key="kept-1")}
    Comment.objects.create(author=zelda, text="Because.", **text)
    for row in Position.history.all():
        row.history_user_id = owner.pk if row.key == "seen-2" else zelda.pk
        row.save()
    LogEntry.objects.create(
        user=owner,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(zelda.pk),
        object_repr="zelda",
        action_flag=CHANGE,
        change_message='[{"added": {"name": "membership", "object": "zelda: coder"}}]',
    )
    return zelda


def test_closing_leaves_no_name_anywhere_and_keeps_what_others_rest_on(client, zelda, a_dossier):
    assert "Invitation" in str(where_named("zelda", "quux"))
    version = a_dossier().version
    wrong = client.post(CLOSE, {"password": "no-such-word"})
    assert wrong.status_code == 422
    assert User.objects.filter(username="zelda").exists()

    assert client.post(CLOSE, {"password": PASSWORD})["Location"] == "/"
    assert where_named("zelda", "quux") == set()
    assert client.get("/accounts/").status_code == 302
    assert not client.login(username="zelda", password=PASSWORD)

    closed = User.objects.get(pk=zelda.pk)
    assert closed.username.startswith("closed-")
    assert not closed.is_active
    assert not closed.has_usable_password()
    assert set(closed.coded_positions.values_list("key", flat=True)) == {
        "kept-1",
        "seen-1",
        "seen-2",
    }
    assert not Position.history.filter(key="mine-1").exists()
    assert closed.comments.get().text == "Because."
    for label, field in GOES.items():
        assert not apps.get_model(label)._base_manager.filter(**{field: closed}).exists(), label
    assert not Invitation.objects.open().exists()
    assert set(Invitation.history.values_list("email", flat=True)) == {closed.username}
    assert Membership.history.filter(user=closed, history_type="-").exists()
    a_dossier().refresh_from_db()
    assert a_dossier().version > version


def test_an_open_assignment_of_who_is_gone_holds_up_no_round(client, zelda, a_dossier, a_rendition):
    for name, coded in (("first", False), ("second", True)):
        one = Assignment.objects.create(
            dossier=a_dossier(), article=a_rendition(article=name).article, coder=zelda
        )
        if coded:
            Position.objects.filter(key="kept-1").update(assignment=one)
    client.post(CLOSE, {"password": PASSWORD})
    assert Assignment.objects.get(coder=zelda).article.slug == "second"
    assert not Assignment.objects.unfinished().exists()


def test_the_last_owner_is_told_what_to_do_and_stays(client, zelda, a_dossier, a_member):
    left = a_dossier("left")
    Membership.objects.create(dossier=left, user=zelda, role="owner")
    gone = a_member("gone", role="owner", dossier=left)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    page = client.get(CLOSE).content.decode()
    assert reverse("members:index", args=["left"]) in page
    assert 'name="password"' not in page
    refused = client.post(CLOSE, {"password": PASSWORD})
    assert refused.status_code == 422
    with pytest.raises(CommandError, match="Nobody else owns “Left”"):
        call_command("erase_account", "zelda", "--yes")
    assert User.objects.get(pk=zelda.pk).username == "zelda"
    Membership.objects.filter(dossier=left, user=zelda).delete()
    call_command("erase_account", "zelda", "--yes")
    assert where_named("zelda", "quux") == set()


def test_a_command_that_nobody_answers_closes_nothing(zelda, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("erase_account", "zelda")
    assert User.objects.get(pk=zelda.pk).username == "zelda"


def test_an_address_that_was_only_claimed_takes_no_invitation_away(client, zelda, a_dossier):
    EmailAddress.objects.create(user=zelda, email="rival@example.org", verified=False)
    olga = User.objects.get(username="olga")
    members.invite(dossier=a_dossier(), email="rival@example.org", role="coder", by=olga)
    client.post(CLOSE, {"password": PASSWORD})
    assert Invitation.objects.open().get().email == "rival@example.org"


def test_who_signs_in_without_a_password_types_the_name(client, zelda):
    zelda.set_unusable_password()
    zelda.save()
    client.force_login(zelda)
    assert client.post(CLOSE, {"name": "olga"}).status_code == 422
    assert client.post(CLOSE, {"name": "zelda"}).status_code == 302
    assert where_named("zelda") == set()


def test_ones_own_data_is_all_that_names_one_without_secrets_or_others(client, zelda):
    secret = zelda.authenticator_set.get().data["secret"]
    answer = client.get("/accounts/data.zip")
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        told = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    named = {one.model._meta.label for one in naming_people() if one.rows_of(zelda).exists()}
    assert set(told) == {f"{label}.json" for label in named | {"astana.User"}}
    assert {row["key"] for row in told["astana.Position.json"]} >= {"kept-1", "mine-1"}
    assert told["account.EmailAddress.json"][0]["email"] == zelda.email
    said = str(told)
    for hidden in (zelda.password, secret, client.session.session_key, "Why?", "olga"):
        assert hidden not in said


def test_every_table_that_names_people_says_what_becomes_of_it():
    tables = {one.model._meta.label for one in naming_people() if not is_history(one.model)}
    assert tables == set(GOES) | set(STAYS)
