"""People come into a dossier by invitation, and no dossier is left without an owner."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.utils import timezone

from astana.actions import members
from astana.models import Invitation, Membership, Notice, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(a_member):
    return a_member("olga", role="owner")


@pytest.fixture
def dossier(a_dossier, owner):
    return a_dossier()


def role_of(user, dossier) -> str | None:
    return (
        Membership.objects.filter(user=user, dossier=dossier).values_list("role", flat=True).first()
    )


def membership_of(user) -> Membership:
    return Membership.objects.get(user=user)


def an_invitation(dossier, owner, *, email="new@example.org", role="coder", **changes):
    invitation, token = members.invite(dossier=dossier, email=email, role=role, by=owner)
    Invitation.objects.filter(pk=invitation.pk).update(**changes) if changes else None
    return invitation, token


def test_an_invitation_makes_a_member_of_who_accepts_it(dossier, owner, django_user_model):
    invitation, token = an_invitation(dossier, owner)
    new = django_user_model.objects.create_user("nina")
    members.accept(invitation=Invitation.objects.by_token(token).get(), by=new)
    assert role_of(new, dossier) == "coder"
    invitation.refresh_from_db()
    assert invitation.accepted_by == new
    assert not invitation.is_open


def test_no_token_is_stored(dossier, owner):
    _invitation, token = an_invitation(dossier, owner)
    rows = [*Invitation.objects.values(), *Invitation.history.values()]
    assert token not in str(rows)
    assert len(token) >= 43


def test_a_link_works_once(dossier, owner, django_user_model):
    invitation, _token = an_invitation(dossier, owner)
    members.accept(invitation=invitation, by=django_user_model.objects.create_user("nina"))
    late = django_user_model.objects.create_user("lea")
    with pytest.raises(members.Refused):
        members.accept(invitation=invitation, by=late)
    assert role_of(late, dossier) is None


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"withdrawn_at": timezone.now()}, id="withdrawn"),
        pytest.param({"expires_at": timezone.now() - timedelta(seconds=1)}, id="expired"),
    ],
)
def test_a_closed_invitation_makes_no_member(dossier, owner, django_user_model, changes):
    invitation, _token = an_invitation(dossier, owner, **changes)
    new = django_user_model.objects.create_user("nina")
    with pytest.raises(members.Refused):
        members.accept(invitation=invitation, by=new)
    assert role_of(new, dossier) is None


def test_accepting_never_lowers_a_role(dossier, owner):
    invitation, _token = an_invitation(dossier, owner, role="reader")
    members.accept(invitation=invitation, by=owner)
    assert role_of(owner, dossier) == "owner"


def test_accepting_raises_a_role(dossier, owner, a_member):
    reader = a_member("rita")
    invitation, _token = an_invitation(dossier, owner, role="reviewer")
    members.accept(invitation=invitation, by=reader)
    assert role_of(reader, dossier) == "reviewer"


def test_a_second_invitation_withdraws_the_first(dossier, owner):
    first, _token = an_invitation(dossier, owner, email="new@example.org")
    an_invitation(dossier, owner, email="New@example.org")
    first.refresh_from_db()
    assert not first.is_open
    assert Invitation.objects.open().count() == 1


def test_a_member_is_not_invited_again(dossier, owner, a_member):
    with pytest.raises(members.Refused):
        an_invitation(dossier, owner, email=a_member("rita").email.upper())


def test_a_withdrawn_invitation_is_not_withdrawn_again(dossier, owner):
    invitation, _token = an_invitation(dossier, owner)
    members.withdraw(invitation=invitation, by=owner)
    with pytest.raises(members.Refused):
        members.withdraw(invitation=invitation, by=owner)


def test_the_mail_has_the_link_and_no_second_line_in_its_subject(dossier, owner):
    dossier.title = "Talks\nBcc: all@example.org"
    dossier.save()
    invitation, token = an_invitation(dossier, owner)
    assert members.send(invitation=invitation, address=f"https://astana.example/{token}/")
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert token in sent.body
    assert "\n" not in sent.subject


@pytest.mark.parametrize("role", ["reader", "coder", "reviewer"])
def test_only_an_owner_runs_the_members(dossier, owner, a_member, role):
    member, other = a_member("mia", role=role), membership_of(owner)
    invitation, _token = an_invitation(dossier, owner)
    for deed in (
        lambda: members.invite(dossier=dossier, email="x@example.org", role="owner", by=member),
        lambda: members.withdraw(invitation=invitation, by=member),
        lambda: members.change_role(membership=membership_of(member), role="owner", by=member),
        lambda: members.remove(membership=other, by=member),
        lambda: members.hand_over(membership=membership_of(member), by=member),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert role_of(member, dossier) == role
    assert role_of(owner, dossier) == "owner"


def test_the_last_owner_stays(dossier, owner, a_member):
    a_member("rita", role="reviewer")
    for deed in (
        lambda: members.remove(membership=membership_of(owner), by=owner),
        lambda: members.change_role(membership=membership_of(owner), role="coder", by=owner),
    ):
        with pytest.raises(members.Refused):
            deed()
    assert role_of(owner, dossier) == "owner"


def test_an_owner_who_cannot_sign_in_is_none(dossier, owner, a_member):
    gone = a_member("gus", role="owner")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(members.Refused):
        members.remove(membership=membership_of(owner), by=owner)


def test_one_of_two_owners_may_leave(dossier, owner, a_member):
    a_member("rita", role="owner")
    members.remove(membership=membership_of(owner), by=owner)
    assert role_of(owner, dossier) is None


def test_a_member_may_leave(dossier, a_member):
    reader = a_member("rita")
    members.remove(membership=membership_of(reader), by=reader)
    assert role_of(reader, dossier) is None


def test_handing_over_swaps_owner_and_member(dossier, owner, a_member):
    rita = a_member("rita")
    members.hand_over(membership=membership_of(rita), by=owner)
    assert (role_of(rita, dossier), role_of(owner, dossier)) == ("owner", "reviewer")


def test_a_changed_role_is_told(dossier, owner, a_member):
    rita = a_member("rita")
    members.change_role(membership=membership_of(rita), role="coder", by=owner)
    assert Notice.objects.filter(user=rita, kind="role", by=owner).count() == 1


def test_who_is_gone_is_not_changed(dossier, owner, a_member):
    membership = membership_of(a_member("rita"))
    members.remove(membership=membership_of(membership.user), by=owner)
    with pytest.raises(members.Refused):
        members.change_role(membership=membership, role="coder", by=owner)


def test_half_a_hand_over_is_none(dossier, owner, a_member, monkeypatch):
    """What breaks between the two writes leaves both as they were."""
    rita = a_member("rita")
    whole, written = Membership.save, []

    def save(self, *args, **kwargs):
        if written:
            raise DatabaseError
        written.append(self)
        whole(self, *args, **kwargs)

    monkeypatch.setattr(Membership, "save", save)
    with pytest.raises(DatabaseError):
        members.hand_over(membership=membership_of(rita), by=owner)
    assert (role_of(rita, dossier), role_of(owner, dossier)) == ("reader", "owner")


def test_every_act_is_in_the_histories(dossier, owner, a_member):
    rita = membership_of(a_member("rita"))
    before = Membership.history.count()
    members.change_role(membership=rita, role="coder", by=owner)
    members.remove(membership=rita, by=owner)
    kinds = Membership.history.order_by("history_id").values_list("history_type", flat=True)
    assert "".join(kinds[before:]) == "~-"


def test_a_token_is_no_word_that_one_guesses(dossier, owner):
    tokens = {an_invitation(dossier, owner)[1] for _ in range(5)}
    assert len(tokens) == 5
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)
