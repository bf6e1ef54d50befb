"""The door in a real browser: passkeys under the policy, second factors, invitations."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import expect

from astana.models import User
from tests.browser.barriers import barriers, violations

PASSWORD = "secret-word-7"
PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/sessions/",
    "/accounts/3rdparty/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]


@pytest.fixture
def nina(site, django_db_blocker):
    """Return a person of this test alone, whose address is verified."""
    with django_db_blocker.unblock():
        user = User.objects.create_user("nina", "nina@example.org", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        yield user
        user.delete()


def sign_in(page) -> None:
    page.get_by_label("User name").fill("nina")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def confirm(page) -> None:
    """Answer the question for the password that stands before a change of second factors."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_the_ways_in_have_no_barriers(visit, path):
    assert barriers(visit(path, width=390)) == []


def test_the_pages_of_an_account_have_no_barriers(visit):
    page = visit("/accounts/", signed_in="reader", width=390)
    site = page.url.removesuffix("/accounts/")
    found = {}
    for path in PAGES:
        page.goto(site + path)
        found[path] = barriers(page)
    assert {path: one for path, one in found.items() if one} == {}


def test_a_passkey_opens_the_door_under_the_policy(visit, nina):
    page = visit("/accounts/login/?next=/accounts/2fa/webauthn/add/", own=True)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    confirm(page)
    page.get_by_label("Passwordless").check()
    assert violations(page) == []
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="nina")).to_be_visible()


def test_an_authenticator_app_is_added_with_the_keyboard_and_asked_for(visit, nina):
    page = visit("/accounts/login/?next=/accounts/2fa/totp/activate/")
    sign_in(page)
    confirm(page)
    assert violations(page) == []
    expect(page.locator("img.code")).to_be_visible()
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url(re.compile("recovery-codes"))
    assert violations(page) == []
    code = page.get_by_label("Unused codes").input_value().split()[0]
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page)
    expect(page.get_by_role("heading", name="Two-Factor Authentication")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="nina")).to_be_visible()


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
