"""Deny by default: what a reader may not see is in no QuerySet's `visible_to`."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from astana.models import Dossier, Evidence, Membership, Position, Rendition, User
from astana.models.record import Record
from tests.a_large_dossier import a_large_dossier, made_once

pytestmark = pytest.mark.django_db

RECORDS = [
    model for model in apps.get_app_config("astana").get_models() if issubclass(model, Record)
]
each_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield _readers()


@pytest.fixture
def readers(_made, db):
    """A public dossier and one for members, and everybody who may come by."""
    return _made


def _readers():
    a_large_dossier("open", size=3)
    Rendition.objects.filter(article__dossier__slug="open").update(rights="public")
    closed = a_large_dossier("closed", size=3, visibility="members")
    other = Dossier.objects.create(slug="other", title="Other", visibility="members")
    people = {
        name: User.objects.create_user(name, is_superuser=name == "superuser")
        for name in ("member", "stranger", "superuser")
    }
    Membership.objects.create(dossier=closed, user=people["member"])
    Membership.objects.create(dossier=other, user=people["stranger"], role="owner")
    return people | {"anonymous": AnonymousUser()}


def dossiers_of(model, user) -> set[str]:
    found = {record.belongs_to().slug for record in model.objects.visible_to(user)}
    assert "open" in found
    return found


@each_record
@pytest.mark.parametrize(
    ("reader", "sees_closed"),
    [("anonymous", False), ("stranger", False), ("member", True), ("superuser", True)],
)
def test_the_records_of_a_closed_dossier_are_there_for_its_members(
    readers, model, reader, sees_closed
):
    assert ("closed" in dossiers_of(model, readers[reader])) == sees_closed


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("anonymous", {"open"}),
        ("stranger", {"open", "other"}),
        ("member", {"open", "closed"}),
        ("superuser", {"open", "closed", "other"}),
    ],
)
def test_dossiers_are_visible_to_their_readers(readers, reader, seen):
    found = Dossier.objects.visible_to(readers[reader])
    assert {dossier.slug for dossier in found} == seen


@pytest.mark.parametrize("reader", ["anonymous", "stranger", "member", "superuser"])
@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_only_what_is_published_is_visible_even_to_members(readers, reader, status):
    position = Position.objects.filter(dossier__slug="closed").first()
    Position.objects.filter(pk=position.pk).update(status=status)
    user = readers[reader]
    assert position not in Position.objects.visible_to(user)
    assert not Evidence.objects.visible_to(user).filter(position=position).exists()
    anchors = position.evidence.first().anchors.model.objects.visible_to(user)
    assert not anchors.filter(evidence__position=position).exists()


@pytest.mark.parametrize(
    ("reader", "sees_them"),
    [("anonymous", False), ("stranger", False), ("member", True), ("superuser", True)],
)
def test_words_for_members_are_visible_to_members_of_that_dossier_alone(
    a_dossier, a_rendition, a_position, a_member, reader, sees_them
):
    members = a_rendition("For members.", rights="members", kind="full")
    position = a_position(rendition=members, quote="For members")
    user = {
        "anonymous": AnonymousUser,
        "stranger": lambda: a_member("eve", dossier=a_dossier("other")),
        "member": a_member,
        "superuser": lambda: User.objects.create_superuser("root"),
    }[reader]()
    assert Rendition.objects.visible_to(user).filter(pk=members.pk).exists() == sees_them
    evidence = Evidence.objects.visible_to(user).filter(position=position)
    assert evidence.exists() == sees_them
    # The position itself, with its summary, is public.
    assert Position.objects.visible_to(user).filter(pk=position.pk).exists()


def test_evidence_in_a_text_of_a_closed_dossier_stays_closed(a_dossier, a_rendition, a_position):
    """Nothing keeps a text of another dossier from being cited; its words stay where they are."""
    closed = a_rendition("A canary.", dossier=a_dossier("closed", visibility="members"))
    position = a_position(rendition=closed, quote="canary")
    assert not Evidence.objects.visible_to(AnonymousUser()).filter(position=position).exists()


def test_leaving_a_dossier_closes_it(readers):
    member = readers["member"]
    Membership.objects.filter(user=member).delete()
    assert dossiers_of(Position, User.objects.get(pk=member.pk)) == {"open"}


def test_a_dossier_that_opens_is_seen_by_all(readers):
    Dossier.objects.filter(slug="closed").update(visibility="public")
    assert "closed" in dossiers_of(Position, readers["anonymous"])


def test_of_keeps_to_one_dossier(readers):
    closed = Dossier.objects.get(slug="closed")
    for model in RECORDS:
        found = model.objects.visible_to(readers["superuser"]).of(closed)
        assert {record.belongs_to() for record in found} == {closed}, model
