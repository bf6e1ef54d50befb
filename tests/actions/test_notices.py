"""What people are told by mail."""

import pytest
from django.core import mail

from astana.actions.notices import SENTENCES, notify
from astana.models import Notice

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_sentence():
    assert set(SENTENCES) == set(Notice.Kind)


def test_a_mail_goes_to_who_wants_one_and_tells_no_words_of_the_dossier(
    a_member, a_position, django_capture_on_commit_callbacks
):
    alice, bob, carol = (a_member(name, role="reviewer") for name in ("alice", "bob", "carol"))
    alice.wants_email = True
    position = a_position(summary="A word that is a secret.", status="submitted")
    with django_capture_on_commit_callbacks(execute=True):
        for kind in Notice.Kind:
            notify([alice, bob], kind, dossier=position.dossier, by=carol, position=position)
    assert len(mail.outbox) == len(Notice.Kind)
    for sent in mail.outbox:
        assert sent.to == ["alice@example.org"]
        assert "secret" not in sent.subject + sent.body
        assert "%(" not in sent.body


def test_a_title_cannot_write_heads_of_a_mail(
    a_member, a_dossier, django_capture_on_commit_callbacks
):
    dossier = a_dossier(title="Talks\r\nBcc: all@example.org")
    alice = a_member("alice")
    alice.wants_email = True
    with django_capture_on_commit_callbacks(execute=True):
        notify([alice], Notice.Kind.ROLE, dossier=dossier, by=None)
    assert mail.outbox[0].subject.endswith("“Talks Bcc: all@example.org”")
    assert mail.outbox[0].bcc == []


def test_nobody_is_told_of_their_own_deeds(a_member, a_dossier):
    alice = a_member("alice")
    notify([alice, alice], Notice.Kind.ROLE, dossier=a_dossier(), by=alice)
    assert not Notice.objects.exists()


def test_a_mail_links_to_the_site_that_the_settings_name_and_to_no_other(
    a_member, a_position, settings, django_capture_on_commit_callbacks
):
    alice = a_member("alice", role="coder")
    alice.wants_email = True
    position = a_position()
    for site in ("", "https://astana.example"):
        settings.SITE_URL = site
        with django_capture_on_commit_callbacks(execute=True):
            kind = Notice.Kind.PUBLISHED
            notify([alice], kind, dossier=position.dossier, by=None, position=position)
    without, within = (sent.body for sent in mail.outbox)
    assert "://" not in without
    assert "Sign in and open your notices to see it." in without
    assert within.endswith(f"\n\nhttps://astana.example{position.get_absolute_url()}")
