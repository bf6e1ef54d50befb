"""Unread notices are mailed together to who asked for it, seldom enough, and end in one click."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from astana.actions import assign, comments
from astana.actions.digests import MOST_NAMED, send_digests
from astana.actions.notices import notify
from astana.models import Notice, User

pytestmark = pytest.mark.django_db

NOW = datetime(2017, 3, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_gets_what_is_unread_once_and_no_more_often_than_asked(a_member, a_dossier):
    people = {name: a_member(name) for name in ("daily", "weekly", "never")}
    for name in ("daily", "weekly"):
        User.objects.filter(username=name).update(digest=name)
    at_times = []
    for day in range(9):
        notify(people.values(), Notice.Kind.ROLE, dossier=a_dossier(), by=None)
        # A run is a little early every other day, and run twice.
        now = NOW + day * DAY - timedelta(minutes=day % 2)
        send_digests(now=now, most=9)
        send_digests(now=now, most=9)
        at_times += [(day, sent.to[0].split("@")[0], sent.subject) for sent in mail.outbox]
        mail.outbox.clear()
    one, seven = "Astana: 1 unread notice", "Astana: 7 unread notices"
    assert [(day, subject) for day, who, subject in at_times if who == "daily"] == [
        (day, one) for day in range(9)
    ]
    assert [(day, subject) for day, who, subject in at_times if who == "weekly"] == [
        (0, one),
        (7, seven),
    ]
    assert not [who for _, who, _ in at_times if who == "never"]


def test_a_mail_ends_digests_in_one_click_without_signing_in(a_member, a_dossier, settings):
    settings.SITE_URL = "https://astana.example"
    alice, bob = a_member("alice"), a_member("bob")
    User.objects.update(digest="daily")
    dossier = a_dossier(title="Talks\r\nBcc: all@example.org")
    for _ in range(MOST_NAMED + 2):
        notify([alice, bob], Notice.Kind.ROLE, dossier=dossier, by=None)
    send_digests(now=NOW, most=1)
    (sent,) = mail.outbox
    assert sent.body.count("has changed your role") == MOST_NAMED
    assert "And 2 more." in sent.body
    heads = sent.message()
    assert heads["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https://astana\.example(/\S+)>", heads["List-Unsubscribe"])[1]
    assert f"https://astana.example{address}" in sent.body
    program = Client(enforce_csrf_checks=True)
    assert program.get(address).status_code == 200
    wanting = User.objects.filter(digest="daily")
    assert wanting.filter(username="alice").exists()
    assert program.post(f"{address[:-2]}x/").status_code == 404
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(wanting.values_list("username", flat=True)) == {"bob"}
    # Of a run for few, the others come next.
    send_digests(now=NOW + timedelta(hours=1), most=1)
    assert [one.to for one in mail.outbox[1:]] == [["bob@example.org"]]


def test_what_a_round_hides_is_in_a_digest_when_it_is_over(a_dossier, a_member, a_rendition):
    ann, bob = a_member("ann", role="coder"), a_member("bob", role="coder")
    article, owner = a_rendition().article, a_member("owner", role="owner")
    assign.assign(
        dossier=a_dossier(), articles=[article], coders=[ann, bob], is_independent=True, by=owner
    )
    comments.add(by=ann, text="Mine.", article=article)
    comments.add(by=bob, text="A word of the second.", article=article)
    User.objects.filter(username="ann").update(digest="daily")
    send_digests(now=NOW, most=9)
    assert "commented" not in mail.outbox[0].body
    article.assignments.update(finished_at=timezone.now())
    send_digests(now=NOW + DAY, most=9)
    assert "bob has commented" in mail.outbox[1].body
    assert "word of the second" not in mail.outbox[1].body


def test_a_mail_that_fails_is_tried_again_and_the_others_are_sent(a_member, a_dossier, settings):
    people = [a_member("alice"), a_member("bob")]
    User.objects.update(digest="daily")
    notify(people, Notice.Kind.ROLE, dossier=a_dossier(), by=None)
    # A server that is not there.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="2"):
        call_command("send_digests", stdout=StringIO())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    told = StringIO()
    call_command("send_digests", "--most", "5", stdout=told)
    assert told.getvalue() == "Digests sent: 2.\n"
    with pytest.raises(CommandError):
        call_command("send_digests", "--most", "0")
