"""Draft, submitted, published, rejected."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from astana.actions.history import bring_back
from astana.actions.workflow import (
    WrongStep,
    delete_draft,
    is_finished_by,
    may_edit,
    next_key,
    publish,
    reject,
    submit,
    take_back,
)
from astana.models import Assignment, Evidence, Notice, Position, User
from astana.models.revised import StaleRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(a_member):
    return {role: a_member(role, role=role) for role in ("reader", "coder", "reviewer", "owner")}


@pytest.fixture
def a_draft(a_position, team):
    def build(*, coder: User | None = None, **values) -> Position:
        values = {"status": "draft", "coded_at": timezone.now()} | values
        return a_position(coder=coder or team["coder"], **values)

    return build


def test_a_draft_is_submitted_and_published_by_another(a_draft, team):
    position = a_draft()
    submit(position=position, by=team["coder"])
    assert not Position.objects.visible_to(team["reader"]).exists()
    publish(position=position, by=team["reviewer"])
    stored = Position.objects.visible_to(team["reader"]).get()
    assert (stored.reviewer, stored.published_at is not None) == (team["reviewer"], True)


def test_reviewers_are_told_once_and_the_coder_of_the_outcome(a_draft, team):
    for position in (a_draft(), a_draft()):
        submit(position=position, by=team["coder"])
    reject(position=position, by=team["reviewer"], reason="Not said there.")
    told = {(notice.user.username, notice.kind) for notice in Notice.objects.all()}
    assert told == {("reviewer", "submitted"), ("owner", "submitted"), ("coder", "rejected")}
    assert Notice.objects.count() == 3
    outcome = Notice.objects.get(kind="rejected")
    assert (outcome.by, outcome.position) == (team["reviewer"], position)


def test_nobody_publishes_their_own_coding_unless_the_rules_say_so(a_draft, team):
    position = a_draft(coder=team["reviewer"], status="submitted")
    with pytest.raises(PermissionDenied):
        publish(position=position, by=team["reviewer"])
    position.dossier.own_publishing = True
    assert publish(position=position, by=team["reviewer"]).status == "published"


def test_a_draft_is_its_coders_and_the_reviewers_to_hand_on(a_draft, team, a_member):
    position, other = a_draft(), a_member("other", role="coder")
    for step in (submit, take_back):
        with pytest.raises(PermissionDenied, match=r"^Only its coder or a reviewer may do this"):
            step(position=position, by=other)
    assert submit(position=position, by=team["reviewer"]).status == "submitted"
    assert take_back(position=position, by=team["reviewer"]).status == "draft"


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_only_reviewers_decide(a_draft, team, role):
    position = a_draft(status="submitted")
    with pytest.raises(PermissionDenied):
        publish(position=position, by=team[role])
    with pytest.raises(PermissionDenied):
        reject(position=position, by=team[role], reason="No.")
    assert Position.objects.get().status == "submitted"


def test_a_rejection_needs_a_reason(a_draft, team):
    with pytest.raises(WrongStep):
        reject(position=a_draft(status="submitted"), by=team["reviewer"], reason=" ")


def test_a_rejected_position_can_be_worked_on_again(a_draft, team):
    position = a_draft(status="submitted")
    reject(position=position, by=team["reviewer"], reason="Not said there.")
    take_back(position=position, by=team["coder"])
    assert (position.status, position.reason) == ("draft", "Not said there.")


def test_a_step_that_does_not_fit_is_refused(a_draft, team):
    with pytest.raises(WrongStep, match=r"^The position is draft\. Somebody else may have decided"):
        publish(position=a_draft(), by=team["reviewer"])
    with pytest.raises(WrongStep):
        submit(position=a_draft(status="submitted"), by=team["coder"])


def test_coders_edit_their_own_until_it_is_published(a_draft, team, a_member):
    position = a_draft()
    other = a_member("other", role="coder")
    assert may_edit(team["coder"], position)
    assert not may_edit(other, position)
    assert not may_edit(team["reader"], position)
    position.status = "published"
    assert not may_edit(team["coder"], position)
    assert may_edit(team["reviewer"], position)


def test_a_running_round_is_decided_on_side_by_side_only(a_draft, team, a_rendition):
    assignment = Assignment.objects.create(
        dossier=a_draft().dossier,
        article=a_rendition().article,
        coder=team["coder"],
        assigned_by=team["owner"],
        is_independent=True,
    )
    position = a_draft(assignment=assignment)
    submit(position=position, by=team["coder"])
    assert not Notice.objects.exists()
    with pytest.raises(WrongStep, match=r"^The article is being coded independently\."):
        publish(position=position, by=team["reviewer"])
    with pytest.raises(WrongStep):
        reject(position=position, by=team["reviewer"], reason="Not said there.")
    assert Position.objects.get(pk=position.pk).status == "submitted"


@pytest.fixture
def finished(a_draft, team, a_rendition):
    """A draft in an independent round, which its coder has said to have finished."""
    article = a_rendition().article
    assignment = Assignment.objects.create(
        dossier=article.dossier,
        article=article,
        coder=team["coder"],
        assigned_by=team["owner"],
        is_independent=True,
        finished_at=timezone.now(),
    )
    return a_draft(assignment=assignment)


def test_what_a_coder_has_finished_in_a_round_stays_as_it_is(finished, team):
    assert not may_edit(team["coder"], finished)
    assert may_edit(team["reviewer"], finished)
    for step in (submit, take_back, delete_draft):
        with pytest.raises(WrongStep, match="You have finished coding this article"):
            step(position=finished, by=team["coder"])
    assert Position.objects.get().status == "draft"


def test_a_reviewer_who_codes_in_a_round_is_held_by_it_too(finished, team):
    Assignment.objects.update(coder=team["reviewer"])
    Position.objects.update(coder=team["reviewer"])
    assert not may_edit(team["reviewer"], Position.objects.get())


def test_what_was_settled_stays_as_its_coder_made_it(finished, team):
    Assignment.objects.update(settled_at=timezone.now(), settled_by=team["owner"])
    stored = Position.objects.get()
    assert not may_edit(team["coder"], stored)
    assert may_edit(team["reviewer"], stored)
    for step in (submit, take_back, delete_draft):
        with pytest.raises(WrongStep, match="A curator has settled"):
            step(position=stored, by=team["coder"])


def test_nobody_is_held_by_a_round_once_it_is_settled(finished, team):
    settled = {"settled_at": timezone.now(), "settled_by": team["owner"]}
    Assignment.objects.update(coder=team["reviewer"], **settled)
    Position.objects.update(coder=team["reviewer"])
    stored = Position.objects.get()
    assert not is_finished_by(team["reviewer"], stored)
    assert may_edit(team["reviewer"], stored)


def test_an_assignment_that_is_not_independent_holds_nobody(finished, team):
    Assignment.objects.update(is_independent=False)
    stored = Position.objects.get()
    assert may_edit(team["coder"], stored)
    submit(position=stored, by=team["coder"])
    assert publish(position=stored, by=team["reviewer"]).status == "published"


def test_a_round_that_is_reopened_can_be_worked_on_again(finished, team):
    Assignment.objects.update(finished_at=None)
    stored = Position.objects.get()
    assert may_edit(team["coder"], stored)
    assert submit(position=stored, by=team["coder"]).status == "submitted"


def test_a_coder_deletes_an_own_draft_and_brings_it_back(a_draft, a_rendition, team):
    position = a_draft(rendition=a_rendition(), quote="Russia supports")
    pk = position.pk
    delete_draft(position=position, by=team["coder"])
    assert not Position.objects.exists()
    assert not Evidence.objects.exists()
    bring_back(model=Position, pk=pk, by=team["coder"])
    assert Position.objects.get().evidence.get().exact == "Russia supports"


@pytest.mark.parametrize("status", ["submitted", "published", "rejected"])
def test_only_drafts_are_deleted(a_draft, team, status):
    with pytest.raises(WrongStep):
        delete_draft(position=a_draft(status=status, reason="Why not."), by=team["coder"])
    assert Position.objects.exists()


def test_a_draft_that_was_published_before_is_not_deleted(a_draft, team):
    position = a_draft(status="published")
    reject(position=position, by=team["reviewer"], reason="Not said there.")
    take_back(position=position, by=team["coder"])
    with pytest.raises(WrongStep):
        delete_draft(position=position, by=team["coder"])


@pytest.mark.parametrize("role", ["reader", "reviewer", "owner"])
def test_nobody_deletes_the_draft_of_another(a_draft, team, role):
    with pytest.raises(PermissionDenied):
        delete_draft(position=a_draft(), by=team[role])
    assert Position.objects.exists()


def test_a_draft_that_was_changed_meanwhile_is_not_deleted(a_draft, team):
    position = a_draft()
    Position.objects.update(summary="Changed.")
    with pytest.raises(StaleRecord):
        delete_draft(position=position, by=team["coder"])


def test_a_deleted_draft_leaves_its_key_to_itself(a_draft, team):
    position = a_draft(key="p700")
    delete_draft(position=position, by=team["coder"])
    assert next_key(position.dossier) == "p701"


def test_keys_are_counted_by_their_number_in_one_dossier(a_draft, a_dossier, team):
    assert next_key(a_dossier()) == "p001"
    first, *others = [a_draft(key=key) for key in ("p998", "p999", "p1000")]
    delete_draft(position=first, by=team["coder"])
    delete_draft(position=others[0], by=team["coder"])
    assert next_key(a_dossier()) == "p1001"
    delete_draft(position=others[1], by=team["coder"])
    assert next_key(a_dossier()) == "p1001"
    assert next_key(a_dossier("congress")) == "p001"


def test_of_deleted_keys_the_highest_counts(a_draft, a_dossier, team):
    for position in (a_draft(key="p008"), a_draft(key="p009")):
        delete_draft(position=position, by=team["coder"])
    assert next_key(a_dossier()) == "p010"


def test_a_key_that_is_there_is_not_given_again(a_draft, a_dossier):
    for key, following in (("p0008", "p009"), ("p009", "p010"), ("p010", "p011")):
        a_draft(key=key)
        assert next_key(a_dossier()) == following


def test_a_key_that_was_changed_is_free_again(a_draft, a_dossier):
    position = a_draft(key="p800")
    position.key = "p003"
    position.save()
    assert next_key(a_dossier()) == "p004"
