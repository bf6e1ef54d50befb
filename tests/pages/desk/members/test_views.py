"""Owners run the members of a dossier; the link of an invitation is for whoever has it alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from astana.actions import assign, members
from astana.models import Dossier, Invitation, Membership
from astana.pages.desk.members import presenter, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(a_dossier, a_member, client):
    """Return an owner of a private dossier, signed in."""
    a_dossier(visibility="members", title="Quiet talks")
    olga = a_member("olga", role="owner")
    client.force_login(olga)
    return olga


def url(name, *args) -> str:
    return reverse(name, args=["talks", *args])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_owner_invites_and_sees_the_link_once(client, owner):
    page = url("members:index")
    response = client.post(page, {"email": "new@example.org", "role": "coder"}, follow=True)
    link = re.search(r"http://testserver(/invitations/[\w-]+/)", text_of(response))[1]
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["new@example.org"]
    assert link not in client.get(page).content.decode()
    assert client.get(link).status_code == 200


def test_the_link_of_an_invitation_names_the_site_of_the_settings(client, owner, settings):
    settings.SITE_URL = "https://astana.example"
    values = {"email": "new@example.org", "role": "coder"}
    page = text_of(client.post(url("members:index"), values, follow=True))
    assert "https://astana.example/invitations/" in mail.outbox[0].body
    assert "testserver" not in mail.outbox[0].body + page


def test_a_wrong_address_keeps_what_was_typed(client, owner):
    response = client.post(url("members:index"), {"email": "no address", "role": "coder"})
    assert response.status_code == 422
    assert 'value="no address"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_a_role_that_is_none_is_refused(client, owner, a_member):
    rita = Membership.objects.get(user=a_member("rita"))
    assert (
        client.post(url("members:index"), {"email": "x@example.org", "role": "x"}).status_code
        == 422
    )
    client.post(url("members:change", rita.pk), {"role": "king"})
    rita.refresh_from_db()
    assert rita.role == "reader"


def test_an_owner_changes_a_role_and_it_is_written_down(client, owner, a_member):
    rita = Membership.objects.get(user=a_member("rita"))
    response = client.post(url("members:change", rita.pk), {"role": "reviewer"}, follow=True)
    assert "olga changed the role of rita to reviewer" in text_of(response)


def test_all_that_was_done_is_written_down(client, owner, a_member):
    rita = Membership.objects.get(user=a_member("rita"))
    client.post(url("members:index"), {"email": "new@example.org", "role": "coder"})
    client.post(url("members:withdraw", Invitation.objects.get().pk))
    client.post(url("members:remove", rita.pk))
    text = text_of(client.get(url("members:index")))
    for deed in (
        "olga invited new@example.org as coder",
        "olga withdrew the invitation of new@example.org",
        "olga removed rita",
    ):
        assert deed in text


def test_a_list_of_what_was_done_that_is_cut_says_so(client, owner, a_member, monkeypatch):
    assert "Only the newest" not in text_of(client.get(url("members:index")))
    for module in (presenter, views):
        monkeypatch.setattr(module, "MOST_DEEDS", 1)
    a_member("cora", role="coder")
    assert "Only the newest 1 are shown." in text_of(client.get(url("members:index")))


def test_what_was_done_outlives_the_account_it_was_done_to(client, owner, a_member):
    a_member("rita").delete()
    response = client.get(url("members:index"))
    assert "somebody whose account was deleted" in text_of(response)


def test_who_hands_over_is_no_owner_any_more(client, owner, a_member):
    rita = a_member("rita")
    membership = Membership.objects.get(user=rita)
    page = client.post(url("members:hand_over", membership.pk), follow=True)
    assert page.redirect_chain == [("/accounts/", 302)]
    assert "rita is now the owner of “Quiet talks”, and you are a reviewer." in text_of(page)
    assert client.get(url("members:index")).status_code == 403
    client.force_login(rita)
    assert client.get(url("members:index")).status_code == 200


def test_it_is_said_what_was_done_to_whom(client, owner, a_member):
    member = Membership.objects.get(user=a_member("rita"))
    page = client.post(url("members:change", member.pk), {"role": "coder"}, follow=True)
    assert "The role of rita is now: coder." in text_of(page)
    page = client.post(url("members:remove", member.pk), follow=True)
    assert "rita is no longer a member." in text_of(page)
    one, _token = members.invite(
        dossier=member.dossier, email="x@example.org", role="coder", by=owner
    )
    page = client.post(url("members:withdraw", one.pk), follow=True)
    assert "The invitation of x@example.org is withdrawn." in text_of(page)
    a_member("olaf", role="owner")
    own = Membership.objects.get(user=owner)
    page = client.post(url("members:remove", own.pk), follow=True)
    assert "You have left “Quiet talks”." in text_of(page)


def test_what_only_an_invitation_mends_is_asked_once(client, owner, a_member):
    rita = Membership.objects.get(user=a_member("rita"))
    members_page, account = (
        client.get(address).content.decode() for address in (url("members:index"), "/accounts/")
    )
    for html, act in (
        (members_page, url("members:remove", rita.pk)),
        (members_page, url("members:hand_over", rita.pk)),
        (account, url("members:leave")),
    ):
        before, _form, after = html.partition(f'action="{act}"')
        assert before.rpartition("<details>")[2].count("</details>") == 0
        assert before.rpartition("<details>")[1]
        assert after.index("small muted") < after.index("<button")
        assert f'formaction="{act}"' not in html


def test_the_last_owner_is_told_why_leaving_is_refused(client, owner):
    assert "needs an owner" in text_of(client.post(url("members:leave"), follow=True))
    assert Membership.objects.filter(user=owner).exists()


def test_a_member_leaves(client, owner, a_member):
    rita = a_member("rita")
    client.force_login(rita)
    assert "You have left" in text_of(client.post(url("members:leave"), follow=True))
    assert client.get(url("dossiers:detail")).status_code == 404


def test_a_member_of_another_dossier_is_not_touched(client, owner, a_member, a_dossier):
    other = a_dossier("congress")
    theirs = Membership.objects.get(user=a_member("rita", dossier=other))
    for act in ("change", "remove", "hand_over"):
        response = client.post(url(f"members:{act}", theirs.pk), {"role": "owner"})
        assert response.status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == "reader"


@pytest.fixture
def link(owner) -> str:
    _invitation, token = members.invite(
        dossier=Dossier.objects.get(), email="new@example.org", role="coder", by=owner
    )
    return reverse("invitations:detail", args=[token])


def test_a_link_names_the_dossier_to_who_has_it(client, link):
    client.logout()
    assert "Quiet talks" in text_of(client.get(link))
    assert client.get(reverse("dossiers:detail", args=["talks"])).status_code == 404


def test_a_link_is_kept_nowhere_on_the_way(client, link):
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_link_that_was_never_sent_leads_nowhere(client, owner):
    assert client.get("/invitations/" + "x" * 43 + "/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accepted_at": timezone.now()}, "has been accepted"),
        ({"withdrawn_at": timezone.now()}, "has been withdrawn"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "has expired"),
    ],
    ids=["accepted", "withdrawn", "expired"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_link_says_why_and_no_more(
    client, link, changes, words, method, django_user_model
):
    Invitation.objects.update(**changes)
    client.force_login(django_user_model.objects.create_user("nina"))
    response = getattr(client, method)(link)
    assert response.status_code == 410
    assert words in text_of(response)
    assert "Quiet talks" not in text_of(response)
    assert Membership.objects.count() == 1


def test_a_link_is_accepted_by_pressing_and_not_by_opening(client, link, django_user_model):
    nina = django_user_model.objects.create_user("nina")
    client.force_login(nina)
    client.get(link)
    assert not Membership.objects.filter(user=nina).exists()
    client.post(link)
    assert Membership.objects.get(user=nina).role == "coder"


def test_a_dossier_is_begun_by_who_signed_in(client, owner):
    typed = {"title": "New talks", "description": "", "licence": "", "visibility": "public"}
    response = client.post(reverse("dossiers:new"), typed | {"slug": "mine", "version": 7})
    dossier = Dossier.objects.get(title="New talks")
    assert response["Location"] == dossier.get_absolute_url()
    assert (dossier.visibility, dossier.version < 7, dossier.slug != "mine") == (
        "members",
        True,
        True,
    )


def test_one_dossier_too_many_is_refused_and_what_was_typed_stays(client, owner, settings):
    settings.DOSSIERS_PER_PERSON = 1
    typed = {"title": "New talks", "description": "", "licence": ""}
    response = client.post(reverse("dossiers:new"), typed)
    assert response.status_code == 422
    assert "You already own 1 dossier" in response.content.decode()
    assert 'value="New talks"' in response.content.decode()
    assert not Dossier.objects.filter(title="New talks").exists()


SETTINGS = {"title": "Mine", "description": "", "licence": "", "visibility": "members"}


def test_settings_are_saved_and_the_rest_stays(client, owner):
    revision = Dossier.objects.get().revision
    typed = SETTINGS | {
        "revision": revision,
        "slug": "other",
        "version": 1,
        "open_challenges": "on",
    }
    client.post(url("dossiers:settings"), typed)
    dossier = Dossier.objects.get()
    assert (dossier.title, dossier.slug, dossier.own_publishing) == ("Mine", "talks", False)


def test_the_journal_names_the_visibility_where_it_changed(client, owner):
    for title, visibility in (("Ours", "members"), ("Ours", "public"), ("Yours", "public")):
        typed = SETTINGS | {"title": title, "visibility": visibility}
        dossier = Dossier.objects.get()
        typed |= {"revision": dossier.revision}
        page = text_of(client.post(url("dossiers:settings"), typed, follow=True))
        is_opened = (title, visibility) == ("Ours", "public")
        assert ("Anybody reads now what is published in it." in page) == is_opened
    told = [told for _when, _by, told in presenter.deeds_of(dossier) if "settings" in told]
    assert told == [
        "changed the settings",
        "changed the settings; visibility: public",
        "changed the settings",
    ]


def test_a_stale_change_of_settings_shows_both(client, owner):
    revision = Dossier.objects.get().revision
    client.post(url("dossiers:settings"), SETTINGS | {"revision": revision, "title": "Theirs"})
    response = client.post(url("dossiers:settings"), SETTINGS | {"revision": revision})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Theirs" in text
    assert 'value="Mine"' in text
    assert Dossier.objects.get().title == "Theirs"


def test_a_change_without_a_revision_is_stale(client, owner):
    assert client.post(url("dossiers:settings"), SETTINGS).status_code == 422


def test_an_owner_reads_who_assigned_removed_finished_and_reopened_what(
    client, owner, a_member, a_rendition
):
    dossier = Dossier.objects.get()
    article = a_rendition(dossier=dossier).article
    coder, second = (a_member(name, role="coder") for name in ("cora", "dan"))
    one, two = assign.assign(
        dossier=dossier, articles=[article], coders=[coder, second], is_independent=True, by=owner
    )
    finished = reverse("assignments:finish", args=["talks", one.pk])
    client.force_login(coder)
    client.post(finished)
    client.post(reverse("assignments:reopen", args=["talks", one.pk]))
    client.force_login(owner)
    client.post(reverse("assignments:remove", args=["talks", two.pk]))
    text = text_of(client.get(reverse("members:index", args=["talks"])))
    for deed in (
        f"assigned “{article.title}” independently to cora",
        f"finished the assignment of “{article.title}” to cora",
        f"reopened the assignment of “{article.title}” to cora",
        f"removed the assignment of “{article.title}” to dan",
    ):
        assert deed in text
