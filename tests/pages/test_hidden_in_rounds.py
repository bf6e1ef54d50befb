"""Whoever takes part in a running round meets nothing of what the others do in it."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from astana.actions import assign, comments, members, workflow
from astana.actions.notices import notify
from astana.models import Actor, Assignment, Comment, Dossier, Membership, Notice, Position, User
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

NOTICES = "/notices/"


@pytest.fixture
def article(a_dossier, a_rendition, a_member, team):
    """Return an article that `coder`, `second` and `reviewer` code independently."""
    article = a_rendition().article
    coders = [team[name] for name in ("coder", "second", "reviewer")]
    owner = team["owner"]
    assign.assign(
        dossier=a_dossier(), articles=[article], coders=coders, is_independent=True, by=owner
    )
    return article


def _finish(article):
    article.assignments.update(finished_at=timezone.now())


@pytest.mark.parametrize("name", ["coder", "reviewer"])
def test_a_notice_of_what_a_round_hides_waits_until_it_is_over(client, article, team, name):
    comments.add(by=team[name], text="Mine.", article=article)
    comments.add(by=team["second"], text="A word of the second.", article=article)
    client.force_login(team[name])
    page = words_of(client.get(NOTICES))
    assert "word of the second" not in page
    assert "second commented" not in page
    assert "Notices 1 unread" in words_of(client.get("/"))  # That the article was assigned.
    _finish(article)
    assert "second commented" in words_of(client.get(NOTICES))


def test_the_number_of_unread_notices_is_that_of_those_listed(
    article, team, a_position, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert Notice.objects.count_unread(team["coder"]) == 1
    comments.add(by=team["coder"], text="Mine.", article=article)
    comments.add(by=team["second"], text="Hidden.", article=article)
    position = a_position(coder=team["coder"], coded_at=timezone.now())
    comments.add(by=team["owner"], text="Seen.", position=position)
    for user in team.values():
        listed = Notice.objects.visible_to(user).unread().count()
        assert Notice.objects.count_unread(user) == listed, user
    assert Notice.objects.filter(user=team["coder"]).count() == 3
    assert Notice.objects.count_unread(team["coder"]) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("coder", [2, 3, 5, 4, 1, 0, 4, 1]),
        ("reviewer", [4, 5, 5, 4, 1, 0, 4, 1]),
        ("owner", [4, 4, 4, 4, 1, 0, 4, 1]),
    ],
)
def test_the_number_of_unread_notices_follows_what_its_reader_may_see(
    article, team, a_position, name, expected
):
    position = a_position(coder=team["second"], coded_at=timezone.now(), status="submitted")
    for about in ({"article": article}, {"position": position}):
        comment = Comment.objects.create(
            dossier=article.dossier, author=team["second"], text="A word.", **about
        )
        notify([team[name]], "commented", dossier=article.dossier, by=None, comment=comment)
    notify([team[name]], "submitted", dossier=article.dossier, by=None, position=position)
    notify([team[name]], "role", dossier=article.dossier, by=None)

    def number():
        user = User.objects.get(pk=team[name].pk)  # As each request has it anew.
        listed = Notice.objects.visible_to(user).unread().count()
        assert Notice.objects.count_unread(user) == listed
        return listed

    mine = Membership.objects.filter(user=team[name])
    me = User.objects.filter(pk=team[name].pk)
    changes = (
        lambda: None,
        lambda: _finish(article),
        lambda: Position.objects.filter(pk=position.pk).update(status="draft", coder=team[name]),
        lambda: article.assignments.update(finished_at=None),
        lambda: mine.update(role="reader"),
        lambda: (Dossier.objects.update(visibility="members"), mine.delete()),
        lambda: me.update(is_superuser=True),
        lambda: me.update(is_active=False),
    )
    found = []
    for change in changes:
        change()
        found.append(number())
    assert found == expected


def test_no_mail_tells_of_what_a_round_hides(article, team, django_capture_on_commit_callbacks):
    User.objects.update(wants_email=True)
    comments.add(by=team["coder"], text="Mine.", article=article)
    with django_capture_on_commit_callbacks(execute=True):
        comments.add(by=team["second"], text="A word of the second.", article=article)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        comments.add(by=team["owner"], text="Go on.", article=article)
    assert sorted(sent.to[0].split("@")[0] for sent in mail.outbox) == ["coder", "second"]


def test_a_comment_on_what_rests_on_the_article_is_hidden_like_one_on_the_article(
    article, team, a_position
):
    position = a_position(quote="They met.", rendition=article.renditions.get())
    comments.add(by=team["second"], text="A word of the second.", position=position)
    for name, number in {"coder": 0, "reviewer": 0, "owner": 1, "second": 1}.items():
        found = Comment.objects.visible_to(team[name], dossier=article.dossier)
        assert found.count() == number, name
        assert Comment.objects.visible_to(team[name]).count() == number, name


def test_a_round_on_one_article_hides_no_comments_on_another(article, team, a_rendition):
    other = a_rendition("Another text.", article="other").article
    comments.add(by=team["second"], text="A word of the second.", article=other)
    found = Comment.objects.visible_to(team["coder"], dossier=article.dossier)
    assert found.count() == 1


@pytest.mark.parametrize("name", ["coder", "reviewer"])
def test_the_admin_lists_no_comment_and_no_notice_that_a_round_hides(client, article, team, name):
    comments.add(by=team[name], text="Mine.", article=article)
    comments.add(by=team["second"], text="A word of the second.", article=article)
    wanted = ["view_comment", "view_notice"]
    team[name].user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    User.objects.filter(pk=team[name].pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=team[name].pk))
    page = client.get("/admin/astana/comment/").content.decode()
    assert "Mine." in page
    assert "word of the second" not in page
    listed = client.get("/admin/astana/notice/").context["cl"].queryset
    assert "commented" not in listed.values_list("kind", flat=True)


def test_the_desks_of_all_dossiers_are_the_desks_of_each(article, team, a_coded):
    round_of = {one.coder: one for one in article.assignments.all()}
    for coder, assignment in round_of.items():
        a_coded(coder=coder.username, assignment=assignment)
    for status in Position.Status.values:
        a_coded(status=status, reason="No." if status == "rejected" else "")
    for user in team.values():
        at_all = Position.objects.at_desk_of(user)
        at_one = Position.objects.at_desk_of(user, dossier=article.dossier)
        assert set(at_all) == set(at_one), user
    assert Position.objects.at_desk_of(team["reviewer"]).count() == 5
    assert Position.objects.at_desk_of(team["owner"]).count() == 7


def test_whoever_has_left_is_told_nothing_more(client, team, a_rendition):
    article = a_rendition().article
    comments.add(by=team["coder"], text="First.", article=article)
    comments.add(by=team["owner"], text="Before.", article=article)
    mine = Membership.objects.get(user=team["coder"])
    members.remove(membership=mine, by=team["owner"])
    comments.add(by=team["owner"], text="After.", article=article)
    coder = User.objects.get(pk=team["coder"].pk)
    assert Notice.objects.filter(user=coder).count() == 1
    client.force_login(coder)
    page = words_of(client.get(NOTICES))
    assert "0 notices are unread." in page
    assert "Before." not in page


def test_a_coder_who_has_left_is_not_told_of_a_decision(team, a_coded):
    position = a_coded()
    Membership.objects.filter(user=team["coder"]).delete()
    workflow.reject(position=position, by=team["reviewer"], reason="Not said there.")
    assert not Notice.objects.filter(user=team["coder"]).exists()


def test_a_reviewer_who_has_left_reads_no_draft_in_an_old_notice(client, team, a_coded):
    position = a_coded(status="draft")
    workflow.submit(position=position, by=team["coder"])
    Membership.objects.filter(user=team["reviewer"]).update(role="coder")
    position.refresh_from_db()
    position.summary = "Words of a draft."
    position.save()
    client.force_login(team["reviewer"])
    page = words_of(client.get(NOTICES))
    assert "Words of a draft" not in page
    assert "submitted a position" not in page


def test_an_answer_tells_nothing_of_what_became_of_the_position(client, team, a_position):
    position = a_position(summary="Once said.")
    reader = User.objects.create_user("guest")
    told = {"dossier": position.dossier, "position": position}
    asked = position.challenges.create(
        dossier=position.dossier, text="No.", reader=reader, status="declined", answer="It does.",
        answered_by=team["owner"], answered_at=timezone.now(),
    )  # fmt: skip
    Notice.objects.create(user=reader, kind="answered", by=team["owner"], challenge=asked, **told)
    position.status, position.summary = "draft", "Words of a draft."
    position.save()
    client.force_login(reader)
    page = words_of(client.get(NOTICES))
    assert "It does." in page
    assert position.key in page
    assert "Words of a draft" not in page


def test_an_actor_that_another_adds_in_a_round_leaves_no_trace(client, article, team, an_issue):
    dossier = f"/dossiers/{article.dossier.slug}"
    text = article.renditions.get()
    client.force_login(team["second"])
    given = {
        "do": "save",
        "rendition": text.pk,
        "start": 0,
        "end": 9,
        "issue": an_issue().slug,
        "stance": "supports",
        "new_actor": text.text.split()[0] + " Front",
        "new_actor_kind": "party",
        "voice": "reported-speech",
        "said": "2017-01-24",
    }
    address = reverse("codings:article", args=[article.dossier.slug, article.slug])
    assert client.post(address, given).status_code == 302
    name = given["new_actor"]
    assert Actor.objects.filter(name=name, public=False).count() == 1
    asked = [
        f"{dossier}/history/",
        f"{dossier}/history/?noun=actor",
        f"{address}?rendition={text.pk}&start=0&end=9&offers=actor&actor={name[:4]}",
        f"{dossier}/review/",
        f"{dossier}/merges/new/?noun=actor&kept=nobody",
    ]
    for who in ("coder", "reviewer"):
        client.force_login(team[who])
        for one in asked:
            assert name not in client.get(one).content.decode(), (who, one)
    client.force_login(team["owner"])
    assert name in client.get(asked[0]).content.decode()
    assert name in client.get(asked[2]).content.decode()


def test_the_filters_of_the_review_queue_know_nothing_of_it(client, article, team, a_coded):
    second = article.assignments.get(coder=team["second"])
    hidden = a_coded(coder="second", assignment=second, actor="hidden-party").actor
    Actor.objects.filter(pk=hidden.pk).update(public=False, added_under=second)
    page = f"/dossiers/{article.dossier.slug}/review/?actor=nobody&coder=nobody&article=nobody"
    client.force_login(team["owner"])
    told = " ".join(client.get(page).context["filters"].problems)
    assert "hidden-party" in told
    assert "second" in told
    client.force_login(team["reviewer"])
    told = " ".join(client.get(page).context["filters"].problems)
    assert "nobody" in told
    assert "hidden-party" not in told
    assert "second" not in told


def test_a_reviewer_in_a_round_is_not_told_how_much_the_others_have_coded(
    client, article, team, a_coded
):
    a_coded(coder="second", assignment=article.assignments.get(coder=team["second"]))
    page = f"/dossiers/{article.dossier.slug}/coding/assignments/"
    client.force_login(team["owner"])
    assert "second 1 position · in progress" in words_of(client.get(page))
    client.force_login(team["reviewer"])
    told = words_of(client.get(page))
    assert "second not finished" in told
    assert "Mark as finished second" not in told


def test_what_a_round_hides_is_found_anew_each_time_that_it_is_asked(article, team, a_coded):
    second = article.assignments.get(coder=team["second"])
    hidden = a_coded(coder="second", assignment=second, actor="hidden-party").actor
    Actor.objects.filter(pk=hidden.pk).update(public=False, added_under=second)
    assert len(Assignment.objects.hidden_pks(team["coder"])) == 2
    seen = Actor.objects.at_desk_of(team["coder"], dossier=article.dossier)
    assert hidden not in seen.all()
    _finish(article)
    assert not Assignment.objects.hidden_pks(team["coder"])
    assert hidden in Actor.objects.at_desk_of(team["coder"], dossier=article.dossier)
