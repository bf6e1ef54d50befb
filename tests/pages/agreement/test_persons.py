"""Persons count only where the reader chooses them: by what they hold and said for others."""

import re

import pytest
from django.core.management import call_command

from astana.models import Link
from tests.exchange.packages import SEEDS
from tests.pages.agreement.test_views import URL, cell, four, said_on  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def lavrov(four, an_actor, a_position):  # noqa: F811
    """He supports aid for Russia, and himself opposes the border of which he spoke before."""
    person = an_actor("lavrov", kind="person")
    spoken = {"actor": "russia", "speaker": person}
    a_position(issue="aid", stance="supports", said="2017-01-20", **spoken)
    a_position(issue="border", stance="supports", said="2017-01-20", **spoken)
    a_position(actor="lavrov", issue="border", stance="opposes", said="2017-01-22")
    return person


def test_persons_are_left_out_unless_chosen_and_the_page_says_so(client, lavrov):
    words = said_on(client.get(URL))
    assert "1 person is left out." in words
    assert "2 of 4 actors on 2 preference issues" in words
    assert "2 more actors of the selection are not in the table" in words
    assert 'id="actor-lavrov"' in client.get(URL).content.decode()
    chosen = said_on(client.get(f"{URL}?actor=lavrov&actor=turkey"))
    assert "person is left out" not in chosen


def test_a_chosen_person_counts_by_what_they_hold_and_said_for_others(client, lavrov):
    """With Turkey (1 on aid, 0 on the border): aid 1, the border 1 - |-1 - 0| / 2 = 0.5."""
    response = client.get(f"{URL}?actor=lavrov&actor=turkey&pair=lavrov.turkey")
    assert cell(response, "lavrov", "turkey").startswith("0.75 1.5 of 2")
    words = said_on(response)
    assert "for Russia : russia supports aid." in words
    assert "lavrov opposes border." in words
    assert "russia supports border." not in words


def test_what_was_said_second_hand_of_a_speaker_is_not_the_speakers(client, lavrov, a_position):
    a_position(
        actor="turkey", issue="aid", stance="opposes", said="2017-01-23", speaker=lavrov,
        voice="attributed", attributed_by="russia",
    )  # fmt: skip
    response = client.get(f"{URL}?actor=lavrov&actor=turkey")
    assert cell(response, "lavrov", "turkey").startswith("0.75 1.5 of 2")


def test_a_chosen_person_changes_no_figure_of_others(client, lavrov):
    """What Lavrov said of the border for Russia on the 20th is no headline of Russia's."""
    alone = client.get(f"{URL}?actor=russia&actor=turkey")
    beside = client.get(f"{URL}?actor=russia&actor=turkey&actor=lavrov")
    assert cell(alone, "russia", "turkey") == cell(beside, "russia", "turkey")


def test_statements_of_a_person_are_counted_once(client, lavrov):
    """Congruence with Turkey over the days: aid 1; the border, where he said both, 0.5 + 0.5."""
    page = f"{URL}?measure=congruence&actor=lavrov&actor=turkey"
    assert cell(client.get(page), "lavrov", "turkey") == "2.00 2 issues"
    every = client.get(f"{page}&duplicates=include")
    assert cell(every, "lavrov", "turkey") == "2.00 2 issues"


def test_what_a_person_says_again_counts_once_in_a_week_or_a_month(client, lavrov, a_position):
    """He supports aid on 20, 21 and 29 January and on 1 February: weeks of the 16th, 23rd, 30th."""
    for day in ("2017-01-21", "2017-01-29", "2017-02-01"):
        a_position(actor="russia", speaker=lavrov, issue="aid", stance="supports", said=day)
    page = f"{URL}?measure=ignore&issue=aid&least=1&actor=lavrov&actor=turkey"
    for duplicates, times in (("week", "3.00"), ("month", "2.00"), ("year", "1.00")):
        response = client.get(f"{page}&duplicates={duplicates}")
        assert cell(response, "lavrov", "turkey") == f"{times} 1 issue"


def test_two_renderings_of_one_utterance_are_one_voice(client, four, a_position):  # noqa: F811
    fuller = a_position(actor="iran", issue="border", stance="supports")
    other = a_position(actor="iran", issue="border", stance="opposes")
    page = f"{URL}?actor=russia&actor=iran"
    statements = f"{page}&measure=conflict&issue=border&least=1"
    assert cell(client.get(page), "russia", "iran") == "1 issue"
    assert cell(client.get(statements), "russia", "iran") == "1.00 1 issue"
    Link.objects.create(position=other, to=fuller, kind="same-utterance")
    assert cell(client.get(page), "russia", "iran").startswith("0.50 1 of 2")
    assert cell(client.get(statements), "russia", "iran") == "0.00 1 issue"


def test_alloush_and_russia_in_the_demonstration_dossier(client):
    """As of 25 January 2017, first-hand: all that Alloush says he says for the opposition.

    He shares with Russia: Iran as guarantor (-1, 1) 0, Russia as guarantor (1, 1) 1, a political
    solution (1, 1) 1, and the statement of Astana, of which he has reservations (-0.5) and which
    Russia signed (1): 1 - 1.5 / 2 = 0.25. Together 2.25 of 4, 0.56.
    """
    call_command("load_dossier", str(SEEDS), verbosity=0)
    url = "/dossiers/syria-astana-2017/agreement/?as_of=2017-01-25&first_hand=1"
    assert "alloush" not in re.findall(r'id="p-([-\w]+)\.', client.get(url).content.decode())
    response = client.get(f"{url}&actor=alloush&actor=russia")
    assert cell(response, "alloush", "russia").startswith("0.56 2.25 of 4")
