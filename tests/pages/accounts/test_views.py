"""One door for all: e-mail or user name, limits on tries, invitations, and nowhere else to go."""

import re
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from astana.actions import members
from astana.models import Membership, User

pytestmark = pytest.mark.django_db
PASSWORD = "secret-word-7"


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice", "alice@example.org", PASSWORD)


def sign_in(client, login="alice", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password} | more)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["alice", "alice@example.org", "Alice@Example.org"])
def test_one_signs_in_by_user_name_or_address(client, alice, login):
    assert sign_in(client, login).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_does_not_say_whether_there_is_such_a_person(client, alice):
    wrong, nobody = (sign_in(client, login, "no-such-word") for login in ("alice", "nobody"))
    texts = [
        re.sub(r'value="[^"]*"', "", response.content.decode()) for response in (wrong, nobody)
    ]
    assert texts[0] == texts[1]
    assert not is_signed_in(client)


def test_after_some_wrong_tries_the_right_password_is_refused_too(client, alice):
    for _ in range(12):
        sign_in(client, password="no-such-word")
    sign_in(client)
    assert not is_signed_in(client)


def test_the_tries_are_counted_where_all_processes_see_them(client, alice):
    sign_in(client, password="no-such-word")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM astana_cache")
        assert cursor.fetchone()[0] > 0


def test_the_admin_has_the_same_door(client, alice):
    response = client.get(reverse("admin:login"), {"next": "/admin/"})
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    response = client.post(reverse("admin:login"), {"username": "alice", "password": PASSWORD})
    assert response.status_code == 302
    assert not is_signed_in(client)
    client.force_login(alice)
    assert client.get(reverse("admin:login")).status_code == 403


@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"],
)
@pytest.mark.parametrize("page", ["account_login", "account_logout"])
def test_no_door_leads_off_the_site(client, alice, page, next_page):
    if page == "account_logout":
        client.force_login(alice)
        response = client.post(reverse(page), {"next": next_page})
    else:
        response = sign_in(client, next=next_page)
    assert response["Location"] == "/"


def test_a_door_leads_where_one_wanted_to_go(client, alice):
    assert sign_in(client, next="/comparisons/")["Location"] == "/comparisons/"


def test_a_session_from_before_is_not_the_session_after(client, alice):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client)
    assert is_signed_in(client)
    assert client.session.session_key != session.session_key


def test_one_is_not_signed_out_by_reading(client, alice):
    client.force_login(alice)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_nobody_makes_an_account_unasked(client):
    new = {"email": "n@example.org", "username": "n", "password1": PASSWORD, "password2": PASSWORD}
    for response in (
        client.get(reverse("account_signup")),
        client.post(reverse("account_signup"), new),
    ):
        assert "password1" not in response.content.decode()
    assert not User.objects.exists()


def test_who_is_invited_makes_an_account_and_is_let_in(client, a_dossier, a_member):
    dossier = a_dossier(visibility="members")
    _invitation, token = members.invite(
        dossier=dossier, email="n@example.org", role="coder", by=a_member("olga", role="owner")
    )
    page = reverse("invitations:detail", args=[token])
    response = client.post(page, follow=True)
    assert "password1" in response.content.decode()
    new = {
        "email": "n@example.org",
        "username": "nina",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "next": page,
        "is_superuser": "on",
        "is_staff": "on",
    }
    response = client.post(reverse("account_signup"), new)
    assert response["Location"] == page
    nina = User.objects.get(username="nina")
    assert not nina.is_superuser
    assert not nina.is_staff
    # The link was also shown to the owner: it does not prove whose address it is.
    assert not EmailAddress.objects.get(user=nina).verified
    assert client.post(page)["Location"] == dossier.get_absolute_url()
    assert Membership.objects.get(user=nina).role == "coder"


def test_an_invitation_that_was_withdrawn_makes_no_account(client, a_dossier, a_member):
    owner = a_member("olga", role="owner")
    invitation, token = members.invite(
        dossier=a_dossier(), email="n@example.org", role="coder", by=owner
    )
    client.post(reverse("invitations:detail", args=[token]))
    members.withdraw(invitation=invitation, by=owner)
    assert "password1" not in client.get(reverse("account_signup")).content.decode()


def test_a_site_may_be_open_to_all(client, settings):
    settings.SIGN_UP = True
    assert "password1" in client.get(reverse("account_signup")).content.decode()


def test_a_forgotten_password_is_reset_by_mail(client, alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    (sent,) = mail.outbox
    address = re.search(r"https?://[^/]+(/\S+)", sent.body)[1]
    form = client.get(address, follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "another-word-8", "password2": "another-word-8"}
    )
    sign_in(client, password="another-word-8")
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_links_in_mails_about_accounts_begin_with_the_site_of_the_settings(
    client, alice, settings, email
):
    settings.SITE_URL = "https://astana.example"
    client.post(reverse("account_reset_password"), {"email": email})
    (sent,) = mail.outbox
    links = re.findall(r"https?://[^/\s]+/", sent.body)
    assert links
    assert set(links) == {"https://astana.example/"}


def test_asking_for_a_reset_does_not_say_who_has_an_account(client, alice):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})["Location"]
        for email in (alice.email, "nobody@example.org")
    ]
    assert answers[0] == answers[1]


def test_signing_up_does_not_say_which_address_has_an_account(client, alice, settings):
    settings.SIGN_UP = True
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    answers = []
    for name, email in (("one", alice.email), ("two", "nobody@example.org")):
        new = {"email": email, "username": name, "password1": PASSWORD, "password2": PASSWORD}
        answer = Client().post(reverse("account_signup"), new)
        answers.append((answer.status_code, answer["Location"]))
    assert answers[0] == answers[1]
    assert [sorted(sent.to) for sent in mail.outbox] == [[alice.email], ["nobody@example.org"]]


def test_an_address_that_somebody_else_has_signed_up_with_stays_its_owners(client, alice, settings):
    settings.SIGN_UP = True
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    word = "w-7-xyz-q"
    new = {"email": alice.email, "username": "m", "password1": word, "password2": word}
    Client().post(reverse("account_signup"), new)
    sign_in(client, alice.email)
    assert client.session["_auth_user_id"] == str(alice.pk)
    client.logout()
    sign_in(client, alice.email, word)
    assert not is_signed_in(client)
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": alice.email})
    (sent,) = mail.outbox
    assert "alice" in sent.body


def test_two_factors_are_asked_for(client, alice):
    TOTP.activate(alice, generate_totp_secret())
    codes = RecoveryCodes.activate(alice).get_unused_codes()
    response = sign_in(client)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(client)


def test_one_sees_and_ends_ones_own_sessions(client, client_of, alice):
    other = client_of(alice)
    sign_in(client)
    assert "Session" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:index")).status_code == 302
    assert client.get(reverse("accounts:index")).status_code == 200


@pytest.fixture
def client_of():
    """Return a function that gives another browser, in which the user has signed in."""

    def build(user) -> Client:
        other = Client()
        sign_in(other, user.username)
        return other

    return build


def test_wishes_are_kept_and_rights_are_not_wished_for(client, alice):
    client.force_login(alice)
    wishes = {
        "first_name": "Alice",
        "wants_email": "on",
        "digest": "weekly",
        "is_superuser": "on",
        "is_staff": "on",
        "username": "root",
        "email": "root@example.org",
        "password": "x",
    }
    assert client.post(reverse("accounts:index"), wishes).status_code == 302
    now = User.objects.get(pk=alice.pk)
    assert (now.first_name, now.wants_email, now.wants_suggestions) == ("Alice", True, False)
    assert now.digest == "weekly"
    assert (now.is_superuser, now.is_staff, now.username, now.email, now.password) == (
        False,
        False,
        "alice",
        "alice@example.org",
        alice.password,
    )


def test_another_place_to_sign_in_is_known_by_settings_alone(client, settings):
    assert "oidc" not in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Example University",
                    "client_id": "astana",
                    "secret": "x",
                    "settings": {"server_url": "https://id.example"},
                }
            ]
        }
    }
    page = client.get(reverse("account_login")).content.decode()
    assert "Example University" in page
    assert "/accounts/oidc/oidc/login/" in page
    assert not SocialApp.objects.exists()


def _ways_in(response) -> set[str]:
    return set(re.findall(r'href="(/accounts/login/[^"]*)"', response.content.decode()))


def test_the_way_to_sign_in_leads_back_to_where_one_was(client, alice, a_rendition):
    article = a_rendition("They met.").article
    here = f"/dossiers/talks/articles/{article.slug}/?q=a%26b"
    assert _ways_in(client.get(here)) == {"/accounts/login/?next=" + quote(here, safe="")}
    # From there to another page of signing in, it stays the same.
    forgotten = client.get(reverse("account_reset_password") + "?next=" + quote(here, safe=""))
    assert _ways_in(forgotten) >= {"/accounts/login/?next=" + quote(here, safe="")}
    assert sign_in(client, next=here)["Location"] == here
    assert not _ways_in(client.get(here))


def test_who_is_not_signed_in_is_led_to_the_desk_by_signing_in_and_told_nothing(
    client, a_dossier, a_position
):
    a_position(key="p7")
    a_dossier("secret", visibility="members")
    desk = "positions/p7/edit/"
    pages = {
        slug: client.get(f"/dossiers/{slug}/{desk}") for slug in ("talks", "secret", "nowhere")
    }
    told = set()
    for slug, answer in pages.items():
        assert answer.status_code == 404
        way = "/accounts/login/?next=" + quote(f"/dossiers/{slug}/{desk}", safe="")
        assert _ways_in(answer) == {way}
        told.add(answer.content.decode().replace(slug, "X"))
    assert len(told) == 1
    # A form is sent to what has no page of its own: one comes back to where it was.
    step = f"/dossiers/talks/{desk}step/"
    sent = client.post(step, headers={"referer": f"http://testserver/dossiers/talks/{desk}?x=1"})
    assert _ways_in(sent) == {
        "/accounts/login/?next=" + quote(f"/dossiers/talks/{desk}?x=1", safe="")
    }
    elsewhere = client.post(step, headers={"referer": "https://elsewhere.example/trap"})
    assert _ways_in(elsewhere) == {"/accounts/login/?next=" + quote(step, safe="")}
