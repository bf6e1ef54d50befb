"""Texts are pasted; a stored text is never overwritten."""

import pytest

from astana.evidence.anchor import hash_of
from astana.models import Article, Rendition
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(desk, a_rendition, a_position):
    old = a_rendition("They met.\n\nA truce holds.")
    position = a_position(rendition=old, quote="A truce holds.")
    address = admin_url(Rendition, "change", old.pk)
    page = desk.get(address).content.decode()
    assert "the old version stays, with its evidence" in page
    response = send(desk, address, text="They met.\r\n\r\nA truce is over.")
    assert response.status_code == 302, errors_of(response)
    new = Rendition.objects.get(version=2)
    assert response["Location"] == admin_url(Rendition, "change", new.pk)
    assert new.text == "They met.\n\nA truce is over."
    old.refresh_from_db()
    assert old.text == "They met.\n\nA truce holds."
    assert position.evidence.get().rendition == old


@pytest.mark.parametrize("text", ["They met.\n\nA truce.\n", "They met.\r\n\r\nA truce.\r\n"])
def test_other_rights_leave_the_text_as_it_is(text, desk, a_article_text):
    rendition = a_article_text(text)
    browser = text.replace("\r\n", "\n").replace("\n", "\r\n")
    response = send(
        desk, admin_url(Rendition, "change", rendition.pk), text=browser, rights="members"
    )
    assert response.status_code == 302, errors_of(response)
    rendition = Rendition.objects.get()
    assert (rendition.rights, rendition.text, rendition.version) == ("members", text, 1)


@pytest.fixture
def a_article_text(a_rendition):
    """Return a builder of a synopsis with a text as it came in a file."""
    return lambda text: a_rendition(text)


def test_a_text_that_is_stored_is_refused(desk, a_rendition):
    stored = a_rendition("\nThey met.\n")
    response = send(
        desk,
        admin_url(Rendition, "add"),
        article=stored.article,
        kind="synopsis",
        text="\r\nThey met.\r\n",
    )
    assert "This text is already stored as version 1." in errors_of(response)


@pytest.mark.parametrize("text", ["", " \r\n\r\n "])
def test_a_rendition_needs_a_text(text, desk, a_rendition):
    stored = a_rendition("They met.")
    response = send(
        desk, admin_url(Rendition, "add"), article=stored.article, kind="full", text=text
    )
    assert "Paste the text." in errors_of(response)
    response = send(desk, admin_url(Rendition, "change", stored.pk), text=text)
    assert "A text cannot be removed." in errors_of(response)


def test_several_texts_of_one_form_get_a_version_each(desk, a_rendition):
    article = a_rendition("They met.").article
    values = {"renditions-2-TOTAL_FORMS": 2}
    for number, text in enumerate(("They met again.", "They met once more.")):
        values |= {
            f"renditions-2__{number}__kind": "synopsis",
            f"renditions-2__{number}__language": "en",
            f"renditions-2__{number}__rights": "members",
            f"renditions-2__{number}__text": text,
        }
    response = send(desk, admin_url(Article, "change", article.pk), **values)
    assert response.status_code == 302, errors_of(response)
    assert set(article.renditions.values_list("version", "text")) == {
        (1, "They met."),
        (2, "They met again."),
        (3, "They met once more."),
    }


def test_the_same_text_twice_in_one_form_is_a_message(desk, a_rendition):
    article = a_rendition("They met.").article
    values = {"renditions-2-TOTAL_FORMS": 2}
    for number in range(2):
        values |= {
            f"renditions-2__{number}__kind": "synopsis",
            f"renditions-2__{number}__language": "en",
            f"renditions-2__{number}__rights": "members",
            f"renditions-2__{number}__text": "They met again.",
        }
    response = send(desk, admin_url(Article, "change", article.pk), **values)
    assert "This text is already stored" in errors_of(response)
    assert article.renditions.count() == 1


def _known_by_hash(rendition: Rendition) -> Rendition:
    Rendition.objects.filter(pk=rendition.pk).update(text="")
    return rendition


@pytest.mark.parametrize("page", ["add", "change"])
def test_the_text_of_a_known_hash_is_attached(page, desk, a_rendition, a_position):
    text = "They met.\n\nA truce holds.\n"
    full = a_rendition(text, kind="full")
    synopsis = a_rendition("There is a truce.")
    evidence = a_position(rendition=synopsis, quote="a truce").evidence.get()
    words = "A truce holds."
    evidence.anchors.create(
        rendition=full, start=11, end=11 + len(words), sha256=hash_of(words), paragraph=2
    )
    _known_by_hash(full)
    args = [full.pk] if page == "change" else []
    values = {} if page == "change" else {"article": full.article, "kind": "full"}
    response = send(
        desk,
        admin_url(Rendition, page, *args),
        text=text.replace("\n", "\r\n"),
        follow=None,
        **values,
    )
    assert response.status_code == 302, errors_of(response)
    stored = Rendition.objects.get(kind="full")
    assert (stored.pk, stored.text, stored.version) == (full.pk, text, 1)
    assert evidence.anchors.get().exact == words
    assert "Passages of evidence in this text: 1 intact." in (
        desk.get(admin_url(Rendition, "changelist")).content.decode()
    )


def test_another_text_than_that_of_the_hash_is_refused(desk, a_rendition):
    full = _known_by_hash(a_rendition("They met.", kind="full"))
    response = send(desk, admin_url(Rendition, "change", full.pk), text="They did not meet.")
    assert "This text does not match the stored hash" in errors_of(response)
    response = send(desk, admin_url(Rendition, "change", full.pk), rights="public")
    assert response.status_code == 302, errors_of(response)
    full.refresh_from_db()
    assert (full.text, full.rights) == ("", "public")


def test_a_text_that_the_dossier_describes_wrongly_is_refused_with_the_reason(desk, a_rendition):
    full = a_rendition("They met.", kind="full")
    full.article.renditions.all().delete()
    full = Rendition.objects.create(
        article=full.article, kind="full", sha256=hash_of("They met."), characters=8
    )
    response = send(desk, admin_url(Rendition, "change", full.pk), text="They met.")
    assert "has 8 code points, but it has 9" in errors_of(response)


def test_who_may_not_add_a_text_cannot_change_one(client, a_rendition, a_member):
    from django.contrib.auth.models import Permission

    rendition = a_rendition("They met.")
    clerk = a_member("clerk", role="reviewer")
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["view_rendition", "change_rendition"])
    )
    client.force_login(clerk)
    response = send(
        client, admin_url(Rendition, "change", rendition.pk), text="Other.", rights="members"
    )
    assert response.status_code == 302, errors_of(response)
    rendition = Rendition.objects.get()
    assert (rendition.text, rendition.rights) == ("They met.", "members")


def test_lists_do_not_read_whole_texts(desk, a_rendition):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_rendition()
    with CaptureQueriesContext(connection) as captured:
        desk.get(admin_url(Rendition, "changelist"))
    assert not [query for query in captured if '"astana_rendition"."text"' in query["sql"]]
