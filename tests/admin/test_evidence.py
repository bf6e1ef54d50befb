"""The person types words; Astana finds their place or says why it cannot."""

import pytest

from astana.models import Evidence
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send

TEXT = "A truce holds. They met.\n\nThey met again. A truce is near; a truce.\n\nNobody spoke."


@pytest.fixture
def enter(desk, a_position, a_rendition):
    """Return a function that enters words as evidence of a position."""
    position, rendition = a_position(), a_rendition(TEXT)

    def send_words(words: str, **values):
        values = {"position": position, "rendition": rendition} | values
        return send(desk, admin_url(Evidence, "add"), exact=words, **values)

    return send_words


def test_words_that_stand_once_are_placed(enter):
    response = enter("Nobody\r\nspoke.")
    assert response.status_code == 302, errors_of(response)
    evidence = Evidence.objects.get()
    assert (evidence.exact, evidence.paragraph) == ("Nobody spoke.", 3)
    assert TEXT[evidence.start : evidence.end] == "Nobody spoke."


def test_words_that_stand_in_two_paragraphs_need_the_paragraph(enter):
    message = errors_of(enter("They met"))
    assert "occur 2 times: in paragraphs 1 and 2. Say which paragraph is meant" in message
    response = enter("They met", paragraph=2)
    assert response.status_code == 302, errors_of(response)
    assert Evidence.objects.get().start == TEXT.rindex("They met")


def test_words_that_stand_twice_in_a_paragraph_need_more_words(enter):
    assert "occur 2 times in paragraph 2. Add the words before or after" in errors_of(
        enter("truce", paragraph=2)
    )


def test_words_that_stand_nowhere_are_refused_without_quoting_them(enter):
    words = "They never met in any town at all. " * 20
    message = errors_of(enter(words))
    assert "are not in “gazette-2017-01-25: synopsis (en), 1”" in message
    assert "any town" not in message


def test_words_that_stand_in_another_paragraph_are_refused(enter):
    message = errors_of(enter("Nobody spoke", paragraph=1))
    assert "are not in paragraph 1, but in paragraph 3" in message


def test_words_need_a_text_that_is_stored(enter, a_rendition):
    known_by_hash = a_rendition("Other words.", kind="full")
    type(known_by_hash).objects.filter(pk=known_by_hash.pk).update(text="")
    assert "are not stored here" in errors_of(enter("Other words", rendition=known_by_hash))


def test_words_of_an_article_of_another_dossier_are_refused(enter, a_rendition, a_dossier):
    foreign = a_rendition("Nobody spoke.", dossier=a_dossier("other"))
    assert "Choose one of the same dossier." in errors_of(enter("spoke", rendition=foreign))


def test_empty_words_are_refused(enter):
    assert "This field is required." in errors_of(enter("  \r\n "))


def test_passages_are_numbered_in_the_order_of_entering(enter):
    enter("Nobody spoke.")
    enter("A truce holds.")
    assert list(Evidence.objects.values_list("number", "exact")) == [
        (1, "Nobody spoke."),
        (2, "A truce holds."),
    ]


def test_other_words_get_another_place_and_health(enter, desk):
    enter("Nobody spoke.")
    Evidence.objects.update(start=None, end=None, health="lost")
    evidence = Evidence.objects.get()
    address = admin_url(Evidence, "change", evidence.pk)
    send(desk, address, role="disputes")
    evidence.refresh_from_db()
    assert (evidence.role, evidence.health, evidence.start) == ("disputes", "lost", None)
    response = send(desk, address, exact="A truce holds.")
    assert response.status_code == 302, errors_of(response)
    evidence.refresh_from_db()
    assert (evidence.start, evidence.paragraph, evidence.health) == (0, 1, "intact")


def test_a_passage_stays_with_its_position(enter, desk, a_position):
    enter("Nobody spoke.")
    evidence = Evidence.objects.get()
    send(desk, admin_url(Evidence, "change", evidence.pk), position=a_position(), role="disputes")
    assert Evidence.objects.get().position == evidence.position


def test_a_passage_anchored_elsewhere_keeps_its_words(enter, desk, a_rendition):
    enter("Nobody spoke.")
    evidence = Evidence.objects.get()
    other = a_rendition("Nobody spoke at all.", kind="full")
    evidence.anchors.create(rendition=other, start=0, end=6, sha256="0" * 64)
    address = admin_url(Evidence, "change", evidence.pk)
    assert "anchored in other renditions too" in errors_of(send(desk, address, exact="They met."))
    assert send(desk, address, role="disputes").status_code == 302


def test_a_passage_known_by_its_hash_can_be_saved_without_words(desk, a_position, a_rendition):
    rendition = a_rendition("Other words.", kind="full")
    evidence = a_position().evidence.create(
        rendition=rendition, start=0, end=5, exact="", sha256="0" * 64
    )
    response = send(desk, admin_url(Evidence, "change", evidence.pk), role="disputes")
    assert response.status_code == 302, errors_of(response)
    evidence.refresh_from_db()
    assert (evidence.role, evidence.exact, evidence.end) == ("disputes", "", 5)
