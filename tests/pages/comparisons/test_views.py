"""Saved comparisons: whoever saved one keeps it, and nobody else knows of it without its link."""

import re
from html import unescape

import pytest

from astana.models import Dossier, Membership, SavedComparison, User
from astana.models.comparison import MOST_OF_ONE_USER
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

NEW = "/comparisons/new/?dossier=talks&actor=turkey&actor=russia"
WRITTEN = {"title": "Two sponsors", "note": "Who <b>moved</b>?", "visibility": "private"}


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice")


@pytest.fixture
def bob(db):
    return User.objects.create_user("bob")


@pytest.fixture
def talks(a_position, a_dossier):
    a_position(actor="russia")
    a_position(actor="turkey", stance="opposes")
    return a_dossier()


@pytest.fixture
def saved(talks, alice):
    """Return a builder of saved comparisons of Alice."""

    def build(**values) -> SavedComparison:
        values = {"title": "Two sponsors", "query": "actor=turkey&actor=russia"} | values
        return SavedComparison.objects.create(**{"dossier": talks, "user": alice} | values)

    return build


# Saving.


def test_a_comparison_is_saved_from_the_compare_page_and_opened_again(client, talks, alice):
    client.force_login(alice)
    page = client.get("/dossiers/talks/compare/?actor=turkey&actor=russia&first_hand=1&choose=more")
    address = re.search(r'href="(/comparisons/new/[^"]*)"', page.content.decode())[1]
    response = client.post(unescape(address), WRITTEN, follow=True)
    assert response.redirect_chain[0][1] == 302
    assert "Two sponsors" in words_of(response)
    assert "2 actors on 1 issue as of 24 Jan 2017" in words_of(response)
    link = re.search(r'href="(/dossiers/talks/compare/\?[^"]*)"', response.content.decode())[1]
    opened = client.get(unescape(link))
    assert "first-hand only" in words_of(opened)
    heads = re.findall(r'<th scope="col".*?</th>', opened.content.decode(), re.DOTALL)
    assert "Turkey" in heads[1]
    assert "Russia" in heads[2]


def test_what_is_saved_names_everything_so_that_no_default_changes_it(client, talks, alice):
    client.force_login(alice)
    client.post("/comparisons/new/?dossier=talks", WRITTEN)
    query = SavedComparison.objects.get().query
    for pair in ("actor=russia", "actor=turkey", "issue=cease-fire", "as_of=2017-01-24"):
        assert pair in query
    assert "recorded_as_of" not in query
    assert "dossier=" not in query


def test_a_permalink_is_saved_as_one(client, talks, alice):
    client.force_login(alice)
    client.post(f"{NEW}&recorded_as_of=2017-03-01", WRITTEN)
    assert "recorded_as_of=2017-03-01T23%3A59%3A59Z" in SavedComparison.objects.get().query


def test_notes_are_words_and_no_markup(client, talks, alice):
    client.force_login(alice)
    page = client.post(NEW, WRITTEN, follow=True).content.decode()
    assert "Who &lt;b&gt;moved&lt;/b&gt;?" in page


def test_saving_leaves_the_version_of_the_dossier_alone(client, talks, alice):
    client.force_login(alice)
    before = Dossier.objects.get().version
    client.post(NEW, WRITTEN)
    assert SavedComparison.objects.count() == 1
    assert Dossier.objects.get().version == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Give it a title."),
        ({"title": "   "}, "Give it a title."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"note": "x" * 2001}, "at most 2000 characters"),
        ({"visibility": "everybody"}, "Select a valid choice"),
        ({"title": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_saved_is_said(client, talks, alice, change, words):
    client.force_login(alice)
    response = client.post(NEW, WRITTEN | change)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert words in words_of(response)
    assert not SavedComparison.objects.exists()


def test_a_selection_that_the_dossier_does_not_know_is_refused_by_name(client, talks, alice):
    client.force_login(alice)
    address = "/comparisons/new/?dossier=talks&actor=atlantis"
    for response in (client.get(address), client.post(address, WRITTEN)):
        assert response.status_code == 400
        assert "atlantis" in words_of(response)
    assert not SavedComparison.objects.exists()


def test_a_user_keeps_only_so_many(client, saved, alice, bob):
    dossier = saved().dossier
    SavedComparison.objects.bulk_create(
        SavedComparison(dossier=dossier, user=alice, title=str(n), query="")
        for n in range(MOST_OF_ONE_USER - 1)
    )
    client.force_login(alice)
    response = client.post(NEW, WRITTEN)
    assert response.status_code == 422
    assert f"You have {MOST_OF_ONE_USER} saved comparisons" in words_of(response)
    client.force_login(bob)
    assert client.post(NEW, WRITTEN).status_code == 302


# Whose it is.


def test_the_list_is_one_s_own(client, saved, bob, alice):
    saved(title="Mine")
    saved(title="Of Bob", user=bob, visibility="link")
    client.force_login(alice)
    page = words_of(client.get("/comparisons/"))
    assert "You have 1 saved comparison." in page
    assert "Mine" in page
    assert "Of Bob" not in page


@pytest.mark.parametrize("visibility", ["private", "link"])
def test_the_link_opens_what_is_meant_for_it(client, saved, bob, visibility):
    address = saved(visibility=visibility).get_absolute_url()
    client.force_login(bob)
    assert client.get(address).status_code == (200 if visibility == "link" else 404)
    client.logout()
    response = client.get(address)
    assert response.status_code == (200 if visibility == "link" else 302)
    if visibility == "private":
        assert response["Location"] == f"/accounts/login/?next={address}"
    else:
        assert "Edit title" not in words_of(response)
        assert "alice" not in words_of(response)


def test_a_stranger_is_not_told_whether_a_link_leads_anywhere(client, saved):
    private = client.get(saved().get_absolute_url())
    nothing = client.get("/comparisons/nothing-of-this-name/")
    assert private.status_code == nothing.status_code == 302


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_only_its_owner_changes_it(client, saved, bob, page):
    kept = saved(visibility="link")
    address = f"{kept.get_absolute_url()}{page}/"
    for method in (client.get, client.post):
        assert method(address).status_code == 302
    client.force_login(bob)
    for method in (client.get, client.post):
        assert method(address, WRITTEN | {"title": "Stolen"}).status_code == 404
    kept.refresh_from_db()
    assert kept.title == "Two sponsors"


@pytest.mark.parametrize("page", ["/comparisons/", NEW])
def test_a_stranger_is_sent_to_sign_in(client, talks, page):
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


def test_of_a_dossier_that_one_may_no_longer_see_nothing_is_left(client, saved, talks, alice):
    address = saved(visibility="link").get_absolute_url()
    Dossier.objects.update(visibility="members")
    member = Membership.objects.create(dossier=talks, user=alice)
    client.force_login(alice)
    assert client.get(address).status_code == 200
    member.delete()
    for page in ("", "edit/", "delete/"):
        assert client.get(address + page).status_code == 404
    assert "Two sponsors" not in words_of(client.get("/comparisons/"))
    assert client.get(NEW).status_code == 404
    assert client.post(NEW, WRITTEN).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_token_is_not_guessed(saved):
    tokens = {saved().token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 43 for token in tokens)


# Changing and deleting.


def test_title_note_and_visibility_are_changed_and_the_selection_stays(client, saved, alice):
    kept = saved()
    client.force_login(alice)
    address = f"{kept.get_absolute_url()}edit/"
    assert 'value="Two sponsors"' in client.get(address).content.decode()
    response = client.post(address, WRITTEN | {"title": "New", "visibility": "link"}, follow=True)
    assert "New" in words_of(response)
    assert f'value="http://testserver{kept.get_absolute_url()}"' in response.content.decode()
    kept.refresh_from_db()
    assert (kept.visibility, kept.query) == ("link", "actor=turkey&actor=russia")


def test_deleting_asks_first(client, saved, alice):
    kept = saved()
    client.force_login(alice)
    address = f"{kept.get_absolute_url()}delete/"
    assert "Two sponsors" in words_of(client.get(address))
    assert SavedComparison.objects.exists()
    response = client.post(address, follow=True)
    assert not SavedComparison.objects.exists()
    assert "The comparison is deleted." in words_of(response)
    assert "You have no saved comparisons yet." in words_of(response)


def test_a_comparison_of_what_is_gone_says_so(client, saved, alice):
    kept = saved(query="actor=atlantis")
    client.force_login(alice)
    response = client.get(kept.get_absolute_url())
    assert response.status_code == 200
    assert "can no longer be shown" in words_of(response)
    assert "atlantis" in words_of(response)


@pytest.mark.parametrize("page", ["new", "edit", "delete"])
def test_a_form_from_elsewhere_is_refused(saved, alice, client, page):
    client.force_login(alice)
    client.handler.enforce_csrf_checks = True
    kept = saved()
    address = NEW if page == "new" else f"{kept.get_absolute_url()}{page}/"
    assert client.post(address, WRITTEN).status_code == 403
    assert list(SavedComparison.objects.values_list("title", flat=True)) == ["Two sponsors"]
