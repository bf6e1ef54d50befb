"""What is searched for in the demonstration dossier, from whatever was typed."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.a_large_dossier import made_once
from tests.exchange.packages import SEEDS, SLUG
from tests.pages.search.answers import answers_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        call_command("load_dossier", str(SEEDS), stdout=StringIO())
        yield


def _page(client, words: str, **values: str) -> str:
    response = client.get("/search/", {"q": words} | values)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def _hits(html: str) -> list[str]:
    """Return the addresses of the results within the dossier, in order."""
    return re.findall(rf'<a class="read" href="/dossiers/{SLUG}/([^"]+)/"', html)


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Lavrentiev", "lavrentyev"),
        ("Lavrentyev", "lavrentyev"),
        ("Лаврентьев", "lavrentyev"),
        ("Jaafari", "jaafari"),
        ("Ja'afari", "jaafari"),
        ("الجعفري", "jaafari"),
        ("Erdogan", "erdogan"),
    ],
)
def test_an_actor_is_found_by_each_spelling(client, words, actor):
    html = _page(client, words)
    assert _hits(html)[0] == f"actors/{actor}"


def test_the_president_of_the_demonstration_spoke_for_turkey(client):
    html = _page(client, "Erdogan", kind="actor")
    words = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert "spoke for Turkey" in words
    assert ", for Turkey" in words


@pytest.mark.parametrize("words", ["USA", "U.S.", "US", "us", "United States", "U.S.A."])
def test_the_united_states_come_first_by_each_of_their_short_names(client, words):
    assert _hits(_page(client, words))[0] == "actors/usa"


@pytest.mark.parametrize(
    "words", ["who wants Assad to leave", "Who wants Assad to leave?", "assad leave"]
)
def test_a_question_leads_to_the_issue_the_stance_and_its_holders(client, words):
    html = _page(client, words)
    assert _hits(html)[0] == "issues/assad-future"
    assert answers_in(html) == [
        ("His departure is a condition of peace", ["Syrian armed opposition"])
    ]
    # A position that takes this stance is found although it does not have the word.
    assert "positions/p001" in _hits(html)


@pytest.mark.parametrize("words", ["Assad should resign", "who says that Assad should step down"])
def test_other_words_for_an_answer_lead_to_the_issue_too(client, words):
    assert _hits(_page(client, words))[0] == "issues/assad-future"
