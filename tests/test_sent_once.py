"""A form that is sent twice, as by a double click, is done once, on every page that has one."""

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, connections
from django.http import HttpResponse
from django.test import Client

from astana.actions import members
from astana.middleware import SentOnce
from astana.models import (
    Actor,
    Article,
    Assignment,
    Challenge,
    Class,
    Comment,
    Dossier,
    Evidence,
    Invitation,
    Issue,
    Link,
    Membership,
    Merge,
    Position,
    Pupil,
    SavedComparison,
    User,
)
from astana.models.revised import StaleRecord
from tests.a_class import a_class, a_token

TALKS = "/dossiers/talks"
CODING = {
    "start": "0",
    "end": "9",
    "actor": "Russia",
    "issue": "cease-fire",
    "stance": "supports",
    "voice": "reported-speech",
    "said": "2017-01-25",
    "do": "save",
}
ARTICLE = {
    "source": "gazette",
    "title": "Talks",
    "published": "2017-01-23",
    "language": "en",
    "coverage": "full",
    "rights": "members",
    "text": "They met again.",
    "do": "save",
}
ISSUE = {
    "title": "Costs",
    "question": "Who pays?",
    "scale": "ordered",
    "kind": "preference",
    "stances-TOTAL_FORMS": "2",
    "stances-INITIAL_FORMS": "0",
    "stances-0-label": "Yes",
    "stances-1-label": "No",
}
ACTOR = {
    "slug": "china",
    "name": "China",
    "kind": "state",
    "revision": "1",
    "names-TOTAL_FORMS": "0",
    "names-INITIAL_FORMS": "0",
    "affiliations-TOTAL_FORMS": "0",
    "affiliations-INITIAL_FORMS": "0",
}

# What each form makes, where it is, and what is sent; `{...}` stands for the number of a record.
CREATING: list[tuple[type, str, dict[str, str]]] = [
    (Position, f"{TALKS}/articles/gazette-2017-01-25/code/", CODING | {"rendition": "{text}"}),
    (
        Evidence,
        f"{TALKS}/articles/gazette-2017-01-25/code/",
        {"rendition": "{text}", "start": "10", "end": "16", "position": "{newest}", "do": "add"},
    ),
    (Comment, f"{TALKS}/positions/p900/comments/", {"text": "Really?"}),
    (Comment, f"{TALKS}/articles/gazette-2017-01-25/comments/", {"text": "Really?"}),
    (Link, f"{TALKS}/positions/p900/links/", {"kind": "repeats", "key": "{newest}"}),
    (Challenge, f"{TALKS}/positions/p900/challenge/", {"kind": "misread", "text": "Not so."}),
    (Issue, f"{TALKS}/issues/new/", ISSUE),
    (Article, f"{TALKS}/articles/new/", ARTICLE),
    (Dossier, "/dossiers/new/", {"title": "Another"}),
    (Invitation, f"{TALKS}/members/", {"email": "new@example.org", "role": "coder"}),
    (
        SavedComparison,
        "/comparisons/new/?dossier=talks",
        {"title": "Mine", "note": "", "visibility": "private"},
    ),
    (Class, "/classes/new/?set={blind}", {}),
    (Pupil, "/class/{code}/", {"guess-A": "turkey"}),
    (
        Assignment,
        f"{TALKS}/coding/assignments/",
        {"article": "gazette-2017-01-25", "coder": "alice"},
    ),
    (
        Actor,
        f"{TALKS}/merges/new/?do=split&noun=actor&kept=russia",
        {"name": "Soviet Union", "slug": "", "rows": "position.{position}.actor"},
    ),
    (Merge, f"{TALKS}/merges/new/?do=merge&noun=actor&kept=turkey&other=turkiye", {}),
    (Actor, "/admin/astana/actor/add/", ACTOR | {"dossier": "{dossier}"}),
    (Membership, "/invitations/{token}/", {}),
]


@pytest.fixture
def at_once(tmp_path: Path) -> Iterator[Callable]:
    """Return what does several acts at once, in threads; on SQLite in a file, as the site does."""
    settings = connection.settings_dict
    name, file = settings["NAME"], str(tmp_path / "at_once.sqlite3")

    def run(*acts: Callable[[], object]) -> list[object]:
        start = threading.Barrier(len(acts))

        def one(act: Callable[[], object]) -> object:
            try:
                start.wait(30)
                return act()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    if connection.vendor == "sqlite":
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        connection.close()
        kept, connections["default"].connection = connections["default"].connection, None
        settings["NAME"] = file
        yield run
        connections["default"].close()
        connections["default"].connection = kept
        settings["NAME"] = name
    else:
        yield run


@pytest.fixture
def sender(a_dossier, a_member, a_position, a_rendition, an_actor) -> dict[str, object]:
    """Make somebody who may do all of it, and return the numbers of records to name."""
    alice = a_member("alice", role="owner")
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    text, position = a_rendition(), a_position(key="p900")
    text_of = {"rendition": text, "start": 0, "end": 9, "exact": "They met."}
    Evidence.objects.create(position=position, paragraph=1, **text_of)
    a_position(actor="turkey")
    a_position(actor="turkiye")
    other = a_dossier("others")
    owner = a_member("bob", role="owner", dossier=other)
    _invitation, token = members.invite(
        dossier=other, email="alice@example.org", role="coder", by=owner
    )
    return {
        "text": text.pk,
        "position": position.pk,
        "token": token,
        "blind": a_token(a_dossier()),
        "code": a_class(a_dossier(), user=alice).code,
        "dossier": a_dossier().pk,
        "user": User.objects.get(pk=alice.pk),
    }


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_record_on_every_form_that_makes_something(sender, at_once):
    user, found = sender["user"], []
    for model, address, values in CREATING:
        address = address.format(**sender)
        # What was coded just before: keys go on from those of all tests of this process.
        newest = Position.objects.latest("pk").key
        data = {key: value.format(newest=newest, **sender) for key, value in values.items()}
        clients = [Client(raise_request_exception=False) for _click in range(2)]
        clients[0].force_login(user)
        clients[1].cookies = clients[0].cookies
        page = clients[0].get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
        data["csrfmiddlewaretoken"] = token[1] if token else "of-one-page"
        before = model.objects.count()
        done = at_once(*(lambda c=c, a=address, d=data: c.post(a, d) for c in clients))
        led_to = {one.headers.get("Location") for one in done}
        made = model.objects.count() - before
        if [one.status_code for one in done] != [302, 302] or len(led_to) != 1 or made != 1:
            found.append((model.__name__, address, [one.status_code for one in done], made))
    assert found == []


# The page that comes next is itself what was asked for.
SHOWN_AT_ONCE = {Class, Pupil}


@pytest.mark.django_db
def test_every_form_that_makes_something_says_on_the_next_page_that_it_did(client, sender):
    client.force_login(sender["user"])
    silent = []
    for model, address, values in CREATING:
        newest = Position.objects.latest("pk").key
        data = {key: value.format(newest=newest, **sender) for key, value in values.items()}
        answer = client.post(address.format(**sender), data, follow=True)
        told = re.search(r'class="(banner|messagelist)"', answer.content.decode())
        if model not in SHOWN_AT_ONCE and not told:
            silent.append((model.__name__, address))
    assert silent == []


@pytest.mark.django_db
def test_a_link_of_an_invitation_that_is_used_twice_leads_to_the_dossier_both_times(sender):
    client = Client()
    client.force_login(sender["user"])
    for _time in range(2):
        answer = client.post(f"/invitations/{sender['token']}/")
        assert (answer.status_code, answer["Location"]) == (302, "/dossiers/others/")
    assert Membership.objects.filter(dossier__slug="others", user=sender["user"]).count() == 1


@pytest.mark.django_db
def test_a_form_that_was_refused_can_be_sent_again(client, sender):
    client.force_login(sender["user"])
    data = {"title": "", "csrfmiddlewaretoken": "of-one-page"}
    for _time in range(2):
        assert client.post("/dossiers/new/", data).status_code == 422


@pytest.mark.django_db
def test_the_same_words_on_a_page_that_was_opened_anew_are_another_record(client, sender):
    client.force_login(sender["user"])
    for token in ("of-one-page", "of-another"):
        data = {"text": "Again.", "csrfmiddlewaretoken": token}
        client.post(f"{TALKS}/positions/p900/comments/", data)
    assert Comment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("error", [IntegrityError("there is one already"), StaleRecord(User())])
def test_who_comes_second_by_a_moment_is_told_on_a_page_without_words_for_it(rf, error):
    words = "Not in this passage."
    request = rf.post("/", {"text": words}, headers={"origin": "http://testserver"})
    request.user = AnonymousUser()
    answer = SentOnce(HttpResponse).process_exception(request, error)
    assert answer.status_code == 409
    assert "What you typed is kept" in answer.content.decode()
    assert f'value="{words}"' in answer.content.decode()
    assert SentOnce(HttpResponse).process_exception(request, ValueError()) is None
