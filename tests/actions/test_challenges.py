"""Objections of readers, and their answers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from astana.actions.challenges import MOST_OPEN, answer, challenge
from astana.actions.workflow import WrongStep
from astana.models import Challenge, Notice, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(a_member):
    return {role: a_member(role, role=role) for role in ("reader", "coder", "reviewer", "owner")}


@pytest.fixture
def objection(a_position, team):
    def build(*, by=None, kind: str = "misread", position: Position | None = None) -> Challenge:
        position = position or a_position()
        return challenge(position=position, kind=kind, text="Not so.", by=by or AnonymousUser())

    return build


def test_the_reviewers_are_told_and_nothing_is_kept_of_who_wrote(objection):
    made = objection()
    assert made.reader is None
    told = Notice.objects.filter(kind="challenged").values_list("user__username", "by")
    assert set(told) == {("reviewer", None), ("owner", None)}


def test_only_what_is_published_is_challenged(objection, a_position):
    with pytest.raises(PermissionDenied):
        objection(position=a_position(status="submitted"))


def test_a_dossier_may_want_an_account(objection, a_position, team):
    position = a_position()
    position.dossier.open_challenges = False
    with pytest.raises(PermissionDenied):
        objection(position=position)
    assert objection(position=position, by=team["reader"]).reader == team["reader"]


def test_so_many_objections_wait_and_no_more(objection, a_position):
    position = a_position()
    for _ in range(MOST_OPEN):
        objection(position=position)
    with pytest.raises(WrongStep):
        objection(position=position)


def test_the_reader_is_told_of_the_answer(objection, team):
    made = objection(by=team["reader"])
    answer(challenge=made, status="declined", text="It does.", by=team["reviewer"])
    assert Notice.objects.filter(user=team["reader"], kind="answered", challenge=made).exists()


def test_an_objection_is_answered_once(objection, team):
    made = objection()
    answer(challenge=made, status="declined", text="It does.", by=team["reviewer"])
    with pytest.raises(WrongStep):
        answer(challenge=made, status="upheld", text="It does not.", by=team["owner"])
    made.refresh_from_db()
    assert (made.status, made.answer, made.answered_by) == (
        "declined",
        "It does.",
        team["reviewer"],
    )


@pytest.mark.parametrize("text", [" ", "x" * 2001])
def test_an_answer_has_words_and_an_end(objection, team, text):
    with pytest.raises(WrongStep):
        answer(challenge=objection(), status="upheld", text=text, by=team["reviewer"])
    assert Challenge.objects.get().status == "open"


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_only_reviewers_answer(objection, team, role):
    with pytest.raises(PermissionDenied):
        answer(challenge=objection(), status="upheld", text="So it is.", by=team[role])


def test_what_is_upheld_can_take_the_position_from_the_site(objection, team):
    made = objection()
    answer(challenge=made, status="upheld", text="So it is.", by=team["reviewer"], withdraw=True)
    stored = Position.objects.get()
    assert (stored.status, stored.reason) == ("rejected", "So it is.")


def test_what_is_declined_never_does(objection, team):
    made = objection()
    answer(challenge=made, status="declined", text="It does.", by=team["owner"], withdraw=True)
    assert Position.objects.get().status == "published"


def test_an_objection_and_its_answer_are_news_of_the_dossier(objection, a_position, team):
    position = a_position()
    position.dossier.refresh_from_db()
    before = position.dossier.version
    made = objection(position=position)
    position.dossier.refresh_from_db()
    between = position.dossier.version
    answer(challenge=made, status="declined", text="It does.", by=team["owner"])
    position.dossier.refresh_from_db()
    assert before < between < position.dossier.version


def test_the_history_of_an_objection_keeps_who_answered(objection, team):
    made = objection()
    answer(challenge=made, status="declined", text="It does.", by=team["reviewer"])
    kept = Challenge.history.order_by("history_id").values_list("history_type", "answered_by")
    assert list(kept) == [("+", None), ("~", team["reviewer"].pk)]
