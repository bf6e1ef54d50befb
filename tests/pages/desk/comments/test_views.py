"""Comments on positions and articles: seen by those who work on the dossier, and nobody else."""

import pytest

from astana.actions.comments import add
from astana.models import Comment
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

SCRIPT = "A secret <script>alert(1)</script> word."


@pytest.fixture
def position(a_position, team):
    return a_position()


@pytest.fixture
def article(a_rendition, team):
    return a_rendition().article


@pytest.fixture(params=["position", "article"])
def about(request):
    return request.getfixturevalue(request.param)


def test_a_comment_is_added_and_its_link_leads_to_it(client, about, team):
    client.force_login(team["coder"])
    response = client.post(f"{about.get_absolute_url()}comments/", {"text": SCRIPT})
    comment = Comment.objects.get()
    assert response["Location"] == f"{about.get_absolute_url()}#comment-{comment.pk}"
    for address in (about.get_absolute_url(), f"{about.get_absolute_url()}comments/"):
        page = client.get(address).content.decode()
        assert f'id="comment-{comment.pk}"' in page
        assert "A secret &lt;script&gt;alert(1)&lt;/script&gt; word." in page
        assert "<script>alert" not in page


def test_readers_see_none(client, about, team):
    client.force_login(team["owner"])
    client.post(f"{about.get_absolute_url()}comments/", {"text": SCRIPT})
    for user in (team["reader"], None):
        client.logout()
        if user:
            client.force_login(user)
        page = words_of(client.get(about.get_absolute_url()))
        assert "secret" not in page
        assert "Comments" not in page


@pytest.mark.parametrize(("role", "status"), [("reader", 403), (None, 404)])
def test_who_may_not_code_neither_reads_nor_writes_nor_resolves(client, about, team, role, status):
    name = {"position": about} if hasattr(about, "stance") else {"article": about}
    comment = add(by=team["coder"], text="Is it?", **name)
    if role:
        client.force_login(team[role])
    address = f"{about.get_absolute_url()}comments/"
    assert client.get(address).status_code == status
    assert client.post(address, {"text": "Hello."}).status_code == status
    for deed in ("resolve", "reopen"):
        deed = f"/dossiers/talks/comments/{comment.pk}/{deed}/"
        assert client.post(deed).status_code == status
    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [("  ", "Write a comment first."), ("x" * 4001, "at most 4000 characters")],
)
def test_a_refused_comment_is_not_lost(client, position, team, text, problem):
    client.force_login(team["coder"])
    response = client.post(f"{position.get_absolute_url()}comments/", {"text": text})
    assert response.status_code == 422
    assert problem in words_of(response)
    assert f"{text.strip()}</textarea>" in response.content.decode()
    assert not Comment.objects.exists()


def test_one_comes_back_to_the_page_one_commented_on(client, position, team):
    client.force_login(team["reviewer"])
    back = f"/dossiers/talks/review/?position={position.key}"
    values = {"text": "Is it?", "next": back}
    response = client.post(f"{position.get_absolute_url()}comments/", values)
    assert response["Location"] == back
    values["next"] = "https://evil.example/"
    response = client.post(f"{position.get_absolute_url()}comments/", values)
    assert response["Location"].startswith(position.get_absolute_url())


def test_a_comment_is_resolved_and_opened_again(client, position, team):
    comment = add(by=team["coder"], text="Is it?", position=position)
    client.force_login(team["reviewer"])
    address = f"/dossiers/talks/comments/{comment.pk}/"
    done = words_of(client.post(f"{address}resolve/", follow=True))
    assert "The comment is resolved." in done
    assert "resolved by reviewer" in words_of(client.get(position.get_absolute_url()))
    done = words_of(client.post(f"{address}reopen/", follow=True))
    assert "The comment is open again." in done
    assert "1 is open." in words_of(client.get(position.get_absolute_url()))


def test_comments_on_a_draft_of_another_stay_unknown(client, a_coded, team):
    position = a_coded(status="draft")
    comment = add(by=team["coder"], text="A secret word.", position=position)
    client.force_login(team["second"])
    address = f"/dossiers/talks/positions/{position.key}/comments/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "Hello."}).status_code == 404
    assert client.post(f"/dossiers/talks/comments/{comment.pk}/resolve/").status_code == 404
