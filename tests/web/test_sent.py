"""What somebody typed is not lost with the session, nor shown where another site sent it."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from astana.models import Comment, User
from tests.a_person import words_of

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
WORDS = "The passage says it of another meeting, <b>not</b> of this one."


def _address(a_position):
    return reverse("comments:of_position", args=["talks", a_position().key])


def _sent(page):
    [form] = [one for one in page.xpath("//main//form") if one.xpath(".//*[@name='text']")]
    return {one.get("name"): one.get("value") for one in form.iter("input")}


def test_what_was_typed_survives_the_end_of_a_session(a_position, a_member):
    address, browser = _address(a_position), Client(enforce_csrf_checks=True)
    token = "a" * 32
    browser.cookies["csrftoken"] = token
    answer = browser.post(address, {"text": WORDS, "csrfmiddlewaretoken": token}, headers=HERE)
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 404
    assert "your session has ended" in words_of(page).lower()
    # Who signs in in another tab has a new token, and is asked once more.
    browser.force_login(a_member("coder", role="coder"))
    browser.cookies["csrftoken"] = "b" * 32
    answer = browser.post(address, _sent(page), headers=HERE)
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 403
    assert "it is saved as coder" in words_of(page)
    assert WORDS in words_of(page)
    assert not Comment.objects.exists()
    answer = browser.post(address, _sent(page), headers=HERE)
    assert answer.status_code == 302
    assert Comment.objects.get().text == WORDS


@pytest.mark.parametrize(
    ("address", "name"),
    [("/dossiers/new/", "title"), ("/admin/astana/position/add/", "summary")],
)
def test_who_is_asked_to_sign_in_loses_nothing(address, name):
    answer = Client().post(address, {name: WORDS}, headers=HERE)
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 403
    assert "You have signed in or out" in words_of(page)
    assert WORDS in words_of(page)
    # What a button sends leads to signing in as ever.
    answer = Client().post(address, {"_save": "Save"}, headers=HERE)
    assert answer.status_code == 302


def test_what_another_site_sends_goes_into_no_page(a_position):
    address = _address(a_position)
    for headers in ({}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        for browser in (Client(), Client(enforce_csrf_checks=True)):
            answer = browser.post(address, {"text": WORDS}, headers=headers)
            assert "another meeting" not in answer.content.decode()


def test_what_a_button_sends_is_not_called_typed(a_position):
    answer = Client().post(
        _address(a_position), {"do": "publish", "revision": "3", "next": "/a b"}, headers=HERE
    )
    assert "What you typed" not in answer.content.decode()


def test_no_password_goes_into_a_page():
    User.objects.create_user("anna", password="a long pass phrase")
    sent = {"login": "anna the first", "password": "a long pass phrase"}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", sent, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "anna the first" in page
    assert "a long pass phrase" not in page


def test_who_is_signed_in_is_not_asked_to_sign_in(client, a_member):
    client.force_login(a_member())
    page = client.get("/dossiers/none/").content.decode()
    assert "may have been removed" in page
    assert "sign in first" not in page
