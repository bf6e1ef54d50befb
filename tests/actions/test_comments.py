"""Comments: who may say something, and who is told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from astana.actions.comments import add, reopen, resolve
from astana.models import Assignment, Comment, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(a_member):
    return {role: a_member(role, role=role) for role in ("reader", "coder", "reviewer", "owner")}


@pytest.fixture
def position(a_position, team):
    position = a_position(status="submitted")
    position.coder, position.coded_at = team["coder"], position.dossier.created_at
    position.save()
    return position


def _told() -> set[str]:
    return set(Notice.objects.filter(kind="commented").values_list("user__username", flat=True))


def test_the_coder_and_who_commented_before_are_told(position, team):
    add(by=team["owner"], text="Is it?", position=position)
    assert _told() == {"coder"}
    add(by=team["reviewer"], text="It is.", position=position)
    assert _told() == {"coder", "owner"}
    assert not Notice.objects.filter(user=team["reviewer"]).exists()


def test_who_lost_the_right_to_see_a_position_is_not_told(position, team):
    add(by=team["owner"], text="Is it?", position=position)
    team["owner"].membership_set.update(role="reader")
    add(by=team["reviewer"], text="It is.", position=position)
    assert _told() == {"coder"}


def test_readers_do_not_comment(position, team):
    with pytest.raises(PermissionDenied):
        add(by=team["reader"], text="Hello.", position=position)
    assert not Comment.objects.exists()


def test_nobody_comments_on_work_that_a_running_round_hides(position, team, a_member, a_rendition):
    other = a_member("other", role="reviewer")
    article = a_rendition().article
    for coder in (team["coder"], other):
        made = Assignment.objects.create(
            dossier=position.dossier,
            article=article,
            coder=coder,
            assigned_by=team["owner"],
            is_independent=True,
        )
        position.assignment = position.assignment or made
    position.save()
    with pytest.raises(PermissionDenied):
        add(by=other, text="I see it otherwise.", position=position)


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_a_comment_has_words_and_an_end(position, team, text):
    with pytest.raises(ValidationError):
        add(by=team["coder"], text=text, position=position)


def test_a_comment_is_resolved_once_and_opened_again(position, team):
    comment = add(by=team["coder"], text="Is it?", position=position)
    assert resolve(comment=comment, by=team["reviewer"]).resolved_by == team["reviewer"]
    assert resolve(comment=comment, by=team["owner"]).resolved_by == team["reviewer"]
    assert reopen(comment=comment, by=team["owner"]).resolved_at is None
    with pytest.raises(PermissionDenied):
        resolve(comment=comment, by=team["reader"])


def test_a_link_to_a_comment_leads_where_the_position_can_be_read(position, team):
    comment = add(by=team["coder"], text="Is it?", position=position)
    at_desk = f"/dossiers/talks/coding/positions/{position.key}/#comment-{comment.pk}"
    assert comment.get_absolute_url() == at_desk
    position.status = "published"
    assert comment.get_absolute_url().startswith(f"/dossiers/talks/positions/{position.key}/#")


def test_each_change_of_a_comment_is_kept_once(position, team):
    comment = add(by=team["owner"], text="Is it?", position=position)
    for step in (resolve, resolve, reopen, reopen):
        step(comment=comment, by=team["coder"])
    comment.delete()
    kept = Comment.history.order_by("history_id").values_list("history_type", "resolved_by")
    assert list(kept) == [("+", None), ("~", team["coder"].pk), ("~", None), ("-", None)]
