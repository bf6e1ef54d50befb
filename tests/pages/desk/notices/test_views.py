"""Notices: what concerns a person, in whole sentences."""

import pytest

from astana.actions import assign
from astana.actions.notices import notify
from astana.models import Challenge, Comment, Membership, Notice
from astana.pages.shared.notices import SENTENCES
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

NOTICES = "/notices/"


@pytest.fixture
def told(a_position, a_rendition, team):
    """Tell the coder of something of each kind; return the position."""
    position = a_position(summary="He <b>agrees</b>.")
    article = a_rendition().article
    dossier = position.dossier
    comment = Comment.objects.create(
        dossier=dossier, position=position, author=team["owner"], text="Does he?"
    )
    challenge = Challenge.objects.create(dossier=dossier, position=position, text="No.")
    about = {
        "commented": {"comment": comment, "position": position},
        "challenged": {"challenge": challenge, "position": position},
        "answered": {"challenge": challenge, "position": position},
        "role": {},
    }
    about |= {kind: {"article": article} for kind in ("assigned", "finished", "settled")}
    for kind in Notice.Kind:
        values = about.get(kind.value, {"position": position})
        notify([team["coder"]], kind, dossier=dossier, by=team["owner"], **values)
    return position


def test_each_kind_has_a_sentence_and_leads_somewhere(client, told, team):
    assert set(SENTENCES) == set(Notice.Kind)
    client.force_login(team["coder"])
    response = client.get(NOTICES)
    page = words_of(response)
    assert f"{len(Notice.Kind)} notices are unread." in page
    assert "owner published your position: “He &lt;b&gt;agrees&lt;/b&gt;.”" in page
    assert "owner commented on “He &lt;b&gt;agrees&lt;/b&gt;.” Does he?" in page
    assert "owner changed your role in “Talks”" in page
    assert "{" not in page
    assert "A reader objects to a position" in page
    assert "<b>agrees</b>" not in response.content.decode()
    client.force_login(team["owner"])
    for row in response.context["rows"]:
        address = row["href"].split("#")[0]
        # The article has no round to look at here; all else is there for who runs the dossier.
        expected = 404 if "/rounds/" in address else 200
        assert client.get(address).status_code == expected, address


def test_a_reviewer_who_finishes_for_a_coder_is_not_called_the_last_coder(
    client, a_rendition, team
):
    article, reviewer = a_rendition().article, team["reviewer"]
    given = {"dossier": article.dossier, "articles": [article], "coders": [team["coder"]]}
    (one,) = assign.assign(**given, is_independent=False, by=reviewer)
    assign.finish(assignment=one, by=reviewer)
    client.force_login(team["owner"])
    told = f"“{article.title}” is coded: reviewer marked its last assignment as finished."
    assert told in words_of(client.get(NOTICES))


def test_who_did_it_may_be_gone(client, told, team):
    Notice.objects.update(by=None)
    client.force_login(team["coder"])
    assert "Somebody published your position" in words_of(client.get(NOTICES))


def test_one_is_read_then_all(client, told, team):
    client.force_login(team["coder"])
    first = Notice.objects.first()
    assert client.post(f"{NOTICES}{first.pk}/read/")["Location"] == NOTICES
    assert f"{len(Notice.Kind) - 1} notices are unread." in words_of(client.get(NOTICES))
    client.post(f"{NOTICES}read/")
    assert "0 notices are unread." in words_of(client.get(NOTICES))


def test_unread_ones_come_first_and_their_number_stands_above_every_page(client, told, team):
    client.force_login(team["coder"])
    newest = Notice.objects.first()
    client.post(f"{NOTICES}{newest.pk}/read/")
    rows = client.get(NOTICES).context["rows"]
    assert rows[-1]["notice"].pk == newest.pk
    assert f"Notices {len(Notice.Kind) - 1} unread" in words_of(client.get("/"))


def test_notices_are_one_s_own(client, told, team):
    notice = Notice.objects.first()
    client.force_login(team["second"])
    assert "0 notices are unread." in words_of(client.get(NOTICES))
    assert client.post(f"{NOTICES}{notice.pk}/read/").status_code == 404
    client.post(f"{NOTICES}read/")
    notice.refresh_from_db()
    assert notice.read_at is None
    client.logout()
    for address in (f"{NOTICES}{notice.pk}/read/", f"{NOTICES}read/"):
        assert client.post(address)["Location"].startswith("/accounts/login/")
    assert client.get(NOTICES)["Location"].startswith("/accounts/login/")


def test_of_a_dossier_that_one_has_left_nothing_is_told(client, told, team):
    told.dossier.visibility = "members"
    told.dossier.save()
    Membership.objects.filter(user=team["coder"]).delete()
    client.force_login(team["coder"])
    page = words_of(client.get(NOTICES))
    assert "agrees" not in page
    assert "0 notices are unread." in page
