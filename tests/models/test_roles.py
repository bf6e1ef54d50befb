"""Who may do what in a dossier."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from astana.models import Assignment, Comment, Membership, Position, User
from astana.models.roles import Act, may, require

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        ("reader", {Act.READ_TEXTS}),
        ("coder", {Act.READ_TEXTS, Act.CODE}),
        ("reviewer", {Act.READ_TEXTS, Act.CODE, Act.REVIEW}),
        ("owner", {Act.READ_TEXTS, Act.CODE, Act.REVIEW, Act.RUN}),
    ],
)
def test_each_role_may_do_what_the_one_before_may(a_dossier, a_member, role, acts):
    user = a_member(role=role)
    assert {act for act in Act if may(user, act, a_dossier())} == acts


def test_a_role_counts_in_its_own_dossier_only(a_dossier, a_member):
    user = a_member(role="owner", dossier=a_dossier("one"))
    assert not may(user, Act.READ_TEXTS, a_dossier("another"))


def test_strangers_may_nothing_and_the_sites_admins_everything(a_dossier):
    admin = User.objects.create_superuser("admin")
    stranger = User.objects.create_user("stranger")
    gone = User.objects.create_superuser("gone", is_active=False)
    for act in Act:
        assert may(admin, act, a_dossier())
        for user in (stranger, gone, AnonymousUser()):
            assert not may(user, act, a_dossier())
            with pytest.raises(PermissionDenied):
                require(user, act, a_dossier())


def seen(user, dossier) -> set[str]:
    """Return the keys of what a person sees at the desk of a dossier, and among those of all."""
    here = Position.objects.at_desk_of(user, dossier=dossier).values_list("key", flat=True)
    of_all = Position.objects.at_desk_of(user).filter(dossier=dossier)
    assert set(of_all.values_list("key", flat=True)) == set(here)
    return set(here)


def test_coders_see_their_own_work_and_reviewers_all(a_dossier, a_member, a_position):
    dossier = a_dossier()
    alice, bob = a_member("alice", role="coder"), a_member("bob", role="coder")
    carol, reader = a_member("carol", role="reviewer"), a_member("rita", role="reader")
    for key, values in {
        "published": {},
        "of-alice": {"status": "draft", "coder": alice},
        "of-bob": {"status": "submitted", "coder": bob},
    }.items():
        values = {"coded_at": "2017-01-25T00:00Z"} | values if "coder" in values else values
        a_position(key=key, **values)
    assert seen(alice, dossier) == {"published", "of-alice"}
    assert seen(bob, dossier) == {"published", "of-bob"}
    assert seen(carol, dossier) == {"published", "of-alice", "of-bob"}
    assert seen(reader, dossier) == set()


def test_at_the_desks_of_all_dossiers_a_role_counts_in_its_own(a_dossier, a_member, a_position):
    here, there, elsewhere = a_dossier("here"), a_dossier("there"), a_dossier("elsewhere")
    alice = a_member("alice", role="reviewer", dossier=here)
    Membership.objects.create(dossier=there, user=alice, role="coder")
    Membership.objects.create(dossier=elsewhere, user=alice, role="reader")
    bob = a_member("bob", role="coder", dossier=there)
    of_bob = {"status": "submitted", "coder": bob, "coded_at": "2017-01-25T00:00Z"}
    for dossier in (here, there, elsewhere):
        a_position(dossier=dossier, key=f"published-{dossier.slug}")
        a_position(dossier=dossier, key=f"of-bob-{dossier.slug}", **of_bob)
    assert seen(alice, here) == {"published-here", "of-bob-here"}
    assert seen(alice, there) == {"published-there"}
    assert seen(alice, elsewhere) == set()
    assert Position.objects.at_desk_of(alice).count() == 3


def test_independent_coders_see_each_other_only_when_all_have_finished(
    a_dossier, a_member, a_position, a_rendition
):
    dossier, article = a_dossier(), a_rendition().article
    alice, carol = a_member("alice", role="coder"), a_member("carol", role="reviewer")
    curator = a_member("dora", role="reviewer")
    rounds = {
        user: Assignment.objects.create(
            dossier=dossier, article=article, coder=user, assigned_by=curator, is_independent=True
        )
        for user in (alice, carol)
    }
    for user, assignment in rounds.items():
        a_position(
            key=f"of-{user.username}",
            status="submitted",
            coder=user,
            coded_at="2017-01-25T00:00Z",
            assignment=assignment,
        )
    assert seen(alice, dossier) == {"of-alice"}
    assert seen(carol, dossier) == {"of-carol"}
    assert seen(curator, dossier) == {"of-alice", "of-carol"}
    when = "2017-01-26T00:00Z"
    Assignment.objects.update(finished_at=when)
    assert seen(carol, dossier) == {"of-alice", "of-carol"}
    assert seen(alice, dossier) == {"of-alice"}
    Assignment.objects.update(settled_at=when, settled_by=curator)
    assert seen(alice, dossier) == {"of-alice", "of-carol"}


def test_what_is_published_is_seen_by_those_who_code_its_article_anew(
    a_dossier, a_member, a_position, a_rendition
):
    dossier, article = a_dossier(), a_rendition().article
    alice, bob = a_member("alice", role="coder"), a_member("bob", role="coder")
    for user in (alice, bob):
        assignment = Assignment.objects.create(
            dossier=dossier, article=article, coder=user, assigned_by=alice, is_independent=True
        )
    a_position(key="of-bob", coder=bob, coded_at="2017-01-25T00:00Z", assignment=assignment)
    assert seen(alice, dossier) == {"of-bob"}


def test_what_was_coded_under_an_assignment_waits_for_a_reviewer_of_its_dossier(
    a_dossier, a_member, a_position, a_rendition
):
    alice, carol = a_member("alice", role="coder"), a_member("carol", role="reviewer")
    Membership.objects.create(dossier=a_dossier("another"), user=carol, role="reviewer")
    of_alice = {"status": "submitted", "coder": alice, "coded_at": "2017-01-25T00:00Z"}
    assignment = Assignment.objects.create(
        dossier=a_dossier(), article=a_rendition().article, coder=alice, assigned_by=carol
    )
    first = a_position(assignment=assignment, **of_alice)
    second = a_position(**of_alice)
    a_position(dossier=a_dossier("another"), **of_alice)
    assert [*Position.objects.waiting_for(carol, dossier=a_dossier())] == [first, second]


def test_independent_coders_do_not_read_each_others_comments(a_dossier, a_member, a_rendition):
    dossier, article = a_dossier(), a_rendition().article
    alice, bob = a_member("alice", role="coder"), a_member("bob", role="coder")
    curator = a_member("dora", role="reviewer")
    for coder in (alice, bob):
        Assignment.objects.create(
            dossier=dossier, article=article, coder=coder, assigned_by=curator, is_independent=True
        )
    for author in (alice, bob, curator):
        Comment.objects.create(dossier=dossier, article=article, author=author, text="A word.")

    def authors(user) -> set[str]:
        comments = Comment.objects.visible_to(user, dossier=dossier)
        return set(comments.values_list("author__username", flat=True))

    assert authors(alice) == {"alice", "dora"}
    assert authors(curator) == {"alice", "bob", "dora"}
    Assignment.objects.update(finished_at="2017-01-26T00:00Z")
    assert authors(alice) == {"alice", "bob", "dora"}
