"""Assigning articles, finishing them, and taking an assignment back."""

import pytest
from django.core.exceptions import PermissionDenied

from astana.actions.assign import assign, finish, remove, reopen
from astana.actions.workflow import WrongStep
from astana.models import Assignment, Notice, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(a_member):
    roles = {role: a_member(role, role=role) for role in ("reader", "coder", "reviewer", "owner")}
    return roles | {"second": a_member("second", role="coder")}


@pytest.fixture
def article(a_rendition):
    return a_rendition().article


@pytest.fixture
def given(article, team):
    def build(*names: str, is_independent: bool = False) -> list[Assignment]:
        return assign(
            dossier=article.dossier,
            articles=[article],
            coders=[team[name] for name in names],
            is_independent=is_independent,
            by=team["reviewer"],
        )

    return build


def test_coders_are_told_of_what_is_assigned_to_them(given):
    assert len(given("coder", "second")) == 2
    told = Notice.objects.values_list("user__username", "kind")
    assert set(told) == {("coder", "assigned"), ("second", "assigned")}


def test_what_is_assigned_already_is_not_assigned_twice(given):
    given("coder")
    assert [one.coder.username for one in given("coder", "second")] == ["second"]


def test_readers_code_nothing_and_coders_assign_nothing(given, article, team):
    with pytest.raises(PermissionDenied):
        given("reader")
    with pytest.raises(PermissionDenied):
        assign(
            dossier=article.dossier,
            articles=[article],
            coders=[team["coder"]],
            is_independent=False,
            by=team["coder"],
        )
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("first", [True, False])
def test_all_assignments_of_an_article_are_independent_or_none(given, first):
    given("coder", is_independent=first)
    with pytest.raises(WrongStep):
        given("second", is_independent=not first)
    assert Assignment.objects.count() == 1


def test_an_article_of_another_dossier_is_not_assigned(given, a_dossier, a_rendition, team):
    elsewhere = a_rendition(dossier=a_dossier("congress"), source="post").article
    with pytest.raises(PermissionDenied):
        assign(
            dossier=a_dossier(),
            articles=[elsewhere],
            coders=[team["coder"]],
            is_independent=False,
            by=team["owner"],
        )


def test_the_last_who_finishes_brings_in_the_reviewers(given, team):
    one, two = given("coder", "second", is_independent=True)
    finish(assignment=one, by=team["coder"])
    assert not Notice.objects.filter(kind="finished").exists()
    finish(assignment=two, by=team["second"])
    told = Notice.objects.filter(kind="finished").values_list("user__username", flat=True)
    assert set(told) == {"reviewer", "owner"}


def test_only_its_coder_or_a_reviewer_finishes_an_assignment(given, team):
    (one,) = given("coder")
    with pytest.raises(PermissionDenied):
        finish(assignment=one, by=team["second"])
    assert finish(assignment=one, by=team["reviewer"]).finished_at


def test_a_coder_reopens_until_all_have_finished(given, team):
    one, two = given("coder", "second", is_independent=True)
    finish(assignment=one, by=team["coder"])
    assert reopen(assignment=one, by=team["coder"]).finished_at is None
    finish(assignment=one, by=team["coder"])
    finish(assignment=two, by=team["second"])
    with pytest.raises(WrongStep):
        reopen(assignment=one, by=team["coder"])
    assert reopen(assignment=one, by=team["reviewer"]).finished_at is None


def test_a_settled_round_is_neither_reopened_nor_joined(given, team):
    (one,) = given("coder", is_independent=True)
    finish(assignment=one, by=team["coder"])
    Assignment.objects.update(settled_at=one.finished_at, settled_by=team["owner"])
    with pytest.raises(WrongStep):
        reopen(assignment=one, by=team["owner"])
    with pytest.raises(WrongStep):
        given("second", is_independent=True)


@pytest.mark.parametrize("status", ["published", "rejected"])
def test_a_round_is_not_reopened_once_its_coders_can_see_a_decision(a_round, team, status):
    theirs, own = a_round["theirs"], a_round["own"]
    finish(assignment=theirs, by=team["coder"])
    finish(assignment=own, by=team["owner"])
    when = theirs.created_at if status == "published" else None
    decided = {"status": status, "reason": "Misread.", "published_at": when}
    Position.objects.filter(assignment=theirs).update(**decided)
    for assignment in (theirs, own):
        with pytest.raises(WrongStep, match="settle the round"):
            reopen(assignment=assignment, by=team["reviewer"])
    assert not Assignment.objects.unfinished().exists()


def test_only_an_assignment_without_work_is_removed(given, team, a_position):
    one, two = given("coder", "second")
    position = a_position(status="draft")
    position.assignment = one
    position.save()
    with pytest.raises(WrongStep):
        remove(assignment=one, by=team["reviewer"])
    remove(assignment=two, by=team["reviewer"])
    assert list(Assignment.objects.all()) == [one]
    assert not Notice.objects.filter(user=team["second"]).exists()
    with pytest.raises(PermissionDenied):
        remove(assignment=one, by=team["coder"])


@pytest.fixture
def a_round(given, team, a_position):
    """A round of a coder, who has coded, and of a reviewer."""
    theirs, own = given("coder", "owner", is_independent=True)
    a_position(status="draft", coder=team["coder"], coded_at=theirs.created_at, assignment=theirs)
    return {"theirs": theirs, "own": own}


def test_who_codes_in_a_round_removes_nobody_from_it(a_round, team):
    for assignment in a_round.values():
        with pytest.raises(WrongStep, match="Ask another reviewer"):
            remove(assignment=assignment, by=team["owner"])
    remove(assignment=a_round["own"], by=team["reviewer"])
    assert Assignment.objects.get() == a_round["theirs"]


def test_who_codes_in_a_round_assigns_nobody_to_it(a_round, article, team):
    both = {"dossier": article.dossier, "articles": [article], "is_independent": True}
    with pytest.raises(WrongStep, match="Ask another reviewer"):
        assign(coders=[team["second"]], by=team["owner"], **both)
    assert assign(coders=[team["second"]], by=team["reviewer"], **both)


def test_who_codes_in_a_round_finishes_for_nobody_else(a_round, team):
    with pytest.raises(WrongStep, match="Ask another reviewer"):
        finish(assignment=a_round["theirs"], by=team["owner"])
    assert finish(assignment=a_round["own"], by=team["owner"]).finished_at
    assert finish(assignment=a_round["theirs"], by=team["reviewer"]).finished_at


def test_who_codes_in_a_round_reopens_nothing_once_all_have_finished(a_round, team):
    own, theirs = a_round["own"], a_round["theirs"]
    finish(assignment=own, by=team["owner"])
    assert reopen(assignment=own, by=team["owner"]).finished_at is None
    finish(assignment=theirs, by=team["coder"])
    with pytest.raises(WrongStep, match="Ask another reviewer"):
        reopen(assignment=theirs, by=team["owner"])
    finish(assignment=own, by=team["owner"])
    for assignment in (own, theirs):
        with pytest.raises(WrongStep, match="Ask another reviewer"):
            reopen(assignment=assignment, by=team["owner"])
    assert reopen(assignment=theirs, by=team["reviewer"]).finished_at is None


def test_who_may_have_read_the_codings_of_a_round_does_not_join_it(a_round, article, team):
    remove(assignment=a_round["own"], by=team["reviewer"])
    both = {"dossier": article.dossier, "articles": [article], "is_independent": True}
    for coder, by in (("owner", "owner"), ("owner", "reviewer"), ("reviewer", "reviewer")):
        with pytest.raises(WrongStep, match="may have read"):
            assign(coders=[team[coder]], by=team[by], **both)
    assert assign(coders=[team["second"]], by=team["reviewer"], **both)


def test_a_reviewer_begins_a_round_with_an_own_part_in_it(given, team):
    assert len(given("coder", "reviewer", is_independent=True)) == 2
