"""Blind reading: nothing that is sent tells who is who, until the reader asks."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import ActorName, Affiliation, Event
from astana.models.process_cache import cache
from astana.pages.shared.blind import CANDIDATES
from tests.a_large_dossier import a_large_dossier, made_once
from tests.comparison.names import surviving
from tests.pages.blind.sent import TALKS, all_that_is_sent
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

SIZES = {"assembly": 3, "congress": 60}
LARGE = "/dossiers/congress/"


def _letters(client, token: str, *, dossier: str = TALKS) -> dict[str, str]:
    """Return the actor behind each letter, from the key."""
    html = client.get(f"{dossier}blind/key/?set={token}").content.decode()
    actors = re.search(r"<dl.*?</dl>", html, re.DOTALL)[0]
    pairs = re.findall(r"<dt>([A-Z])</dt><dd><bdi>(.*?)</bdi>", actors)
    return {letter: unescape(name) for letter, name in pairs}


# What is hidden, and said not to be.


def test_a_speaker_is_hidden_whoever_they_speak_for(client, three, blind, an_actor, a_position):
    envoy = an_actor("zakharova", kind="person", name="Maria Zakharova")
    a_position(actor="russia", said="2017-01-25", speaker=envoy, summary="Zakharova agrees.")
    page = words_of(client.get(f"{TALKS}blind/?set={blind()}"))
    assert "Zakharova" not in page
    assert re.search(r"\[[ABC]\] agrees\.", page)


# What one sees.


def test_whoever_has_no_letter_is_counted(client, a_position):
    actors = [f"actor-{number}" for number in range(28)]
    for actor in actors:
        a_position(actor=actor)
    asked = "&".join(f"actor={actor}" for actor in actors)
    page = words_of(client.get(f"{TALKS}compare/?blind=1&{asked}", follow=True))
    assert "Actors, named by letters: 26." in page
    assert "2 more actors were chosen than there are letters, and are left out." in page


def test_a_dossier_without_positions_has_nothing_to_guess(client, a_dossier):
    a_dossier()
    page = words_of(client.get(f"{TALKS}compare/?blind=1", follow=True))
    assert "there is nothing to compare" in page
    assert "recognised" not in page


def test_letters_stand_for_actors_in_texts(client, three, blind):
    token = blind()
    letters = {name: letter for letter, name in _letters(client, token).items()}
    page = unescape(words_of(client.get(f"{TALKS}blind/?set={token}")))
    assert f"[{letters['Russia']}]'s envoy spoke" in page
    assert f"[{letters['Turkey']}] and [{letters['Iran']}] delegates" in page
    assert f"attributed by [{letters['Turkey']}]" in page
    assert "The [Source 1] asked" in page


def test_an_address_always_has_the_same_letters(client, three, blind):
    token = blind()
    assert _letters(client, token) == _letters(client, token)
    orders = {tuple(_letters(client, blind()).values()) for _ in range(40)}
    assert len(orders) > 1


def test_silence_is_named(client, three, blind):
    assert "No stated position" in words_of(client.get(f"{TALKS}blind/?set={blind()}"))


@pytest.mark.parametrize("page", ["", "worksheet/"])
def test_no_letter_is_called_silent_whose_second_hand_claims_are_left_out(
    client, three, blind, page
):
    token = blind("first_hand=1")
    words = words_of(client.get(f"{TALKS}blind/{page}?set={token}")).split("Positions are what")[0]
    assert "No first-hand position" in words
    assert "o stated position" not in words


def test_a_cell_without_names_says_how_it_is_known(client, three, blind, a_position, an_actor):
    an_actor("kremlin", part_of=an_actor("russia"))
    a_position(actor="kremlin", stance="opposes", voice="characterised", condition="In spring.")
    page = words_of(client.get(f"{TALKS}blind/?set={blind('actor=russia&actor=turkey')}"))
    for words in ("Two voices", "said by one of its bodies", "characterised by the source"):
        assert words in page
    assert "If: In spring." in page


def test_a_line_without_names_has_no_key_either(client, three, blind, a_position, an_actor):
    an_actor("kremlin", part_of=an_actor("russia"))
    a_position(actor="kremlin", stance="opposes")
    table = client.get(f"{TALKS}blind/?set={blind('actor=russia&actor=turkey')}").context["table"]
    lines = [
        voice["line"] for row in table.rows for cell in row["cells"] for voice in cell["voices"]
    ]
    assert lines
    for line in lines:
        assert (line.key, line.actor, line.spoken_by, line.href) == ("", "", "", "")


def test_the_state_of_the_comparison_comes_along(client, three, blind, a_position):
    a_position(actor="russia", stance="opposes", said="2017-02-01", summary="Said later.")
    page = words_of(client.get(f"{TALKS}blind/?set={blind('as_of=2017-01-31')}"))
    assert "as of 31 Jan 2017" in page
    assert "Said later." not in page
    page = words_of(client.get(f"{TALKS}blind/?set={blind('first_hand=1')}"))
    assert "attributed by" not in page


# Guesses.


def test_a_right_guess_opens_its_letter_alone(client, three, blind):
    token = blind()
    letters = {name: letter for letter, name in _letters(client, token).items()}
    for guess in ("Russia", "  rUSSIA ", "Rusia"):
        asked = {"set": token, f"guess-{letters['Russia']}": guess}
        page = unescape(words_of(client.get(f"{TALKS}blind/", asked)))
        assert "1 recognised so far" in page
        assert "Russia's envoy spoke" in page
        assert f"[{letters['Turkey']}] and [{letters['Iran']}] delegates" in page


def test_a_guess_in_another_language_counts(client, three, blind, an_actor):
    ActorName.objects.create(actor=an_actor("russia"), name="Россия", language="ru")
    token = blind()
    letter = next(letter for letter, name in _letters(client, token).items() if name == "Russia")
    page = words_of(client.get(f"{TALKS}blind/", {"set": token, f"guess-{letter}": "россия"}))
    assert "You recognised it." in page


def test_one_chooses_from_the_same_candidates_for_each_letter(client, three, blind, a_position):
    a_position(actor="zambia", issue="costs")
    token = blind("actor=turkey&actor=russia")
    html = client.get(f"{TALKS}blind/", {"set": token}).content.decode()
    lists = re.findall(r"(?s)<select id=.guess-[AB].*?>(<option.*?)</select>", html)
    assert len(lists) == 2
    assert lists[0] == lists[1]
    assert re.findall(r"<option[^>]*>(.*?)</option>", lists[0]) == [
        "I do not know", "Iran", "Russia", "Turkey", "Zambia",
    ]  # fmt: skip


def test_what_was_chosen_stays_chosen(client, three, blind):
    token = blind()
    letter = next(one for one, name in _letters(client, token).items() if name == "Iran")
    page = client.get(f"{TALKS}blind/", {"set": token, f"guess-{letter}": "turkey"})
    assert '<option value="turkey" selected>Turkey</option>' in page.content.decode()


@pytest.mark.parametrize("guess", ["US", "usa", "America", "U.S."])
def test_a_country_is_known_by_what_people_call_it(client, three, blind, an_actor, guess):
    an_actor("us-state", kind="state", name="United States")
    page = words_of(client.get(f"{TALKS}blind/", {"set": blind(), "guess-A": guess}))
    assert "No, not this one." in page


# What gives an answer away without a name.


@pytest.mark.parametrize(
    ("guess", "feedback"),
    [
        ("turkey", "No, not this one."),
        ("xyzzyq", "No actor of this dossier has a name like that."),
        ("Lavrov", "Close: a part of it"),
        ("", ""),
    ],
)
def test_a_wrong_guess_gets_an_answer_and_names_nobody(
    client, three, blind, an_actor, guess, feedback
):
    lavrov = an_actor("lavrov", kind="person", name="Sergey Lavrov")
    Affiliation.objects.create(
        dossier=three, person=lavrov, body=an_actor("russia"), role="minister"
    )
    token = blind("actor=russia")
    response = client.get(f"{TALKS}blind/", {"set": token, "guess-A": guess})
    assert feedback in words_of(response)
    assert "0 recognised so far" in words_of(response)
    assert not surviving(["Russia"], all_that_is_sent(response, token))
    assert not surviving(["Sergey"], all_that_is_sent(response, token))


def test_revealing_one_hides_the_others_still(client, three, blind):
    token = blind()
    letters = _letters(client, token)
    for letter, name in letters.items():
        response = client.get(f"{TALKS}blind/?set={token}&reveal={letter}")
        assert name in words_of(response)
        others = [other for other in letters.values() if other != name]
        sent = all_that_is_sent(response, token)
        assert surviving((*others, "Gazette"), sent) == []
        assert "0 recognised so far" in words_of(response)


def test_in_the_end_there_is_a_score_and_every_name(client, three, blind):
    token = blind()
    letters = _letters(client, token)
    right, revealed, wrong = letters
    asked = {
        "set": token,
        f"guess-{right}": letters[right],
        f"guess-{revealed}": letters[revealed],
        f"guess-{wrong}": "xyzzyq",
        "reveal": [revealed, "all"],
    }
    response = client.get(f"{TALKS}blind/", asked)
    page = words_of(response)
    assert "You recognised 1 of 3 actors." in page
    assert "You guessed: xyzzyq" in page
    for name in (*letters.values(), "Gazette"):
        assert name in page
    named = re.search(r'href="(\.\./compare/[^"]+)"', response.content.decode())[1]
    assert "actor=russia" in unescape(named)


def test_the_key_names_actors_and_sources(client, three, blind):
    page = words_of(client.get(f"{TALKS}blind/key/?set={blind()}"))
    for words in ("Russia", "Turkey", "Iran", "Source 1 Gazette"):
        assert words in page


def test_the_worksheet_asks_and_does_not_tell(client, three, blind):
    page = words_of(client.get(f"{TALKS}blind/worksheet/?set={blind()}"))
    assert "Your answers A is B is C is" in page


def test_an_issue_that_is_asked_of_each_event_is_counted_once(
    client, three, blind, an_issue, a_position
):
    an_issue("format", per_event=True, kind="fact")
    day = {"start": date(2017, 1, 23), "end": date(2017, 1, 24)}
    for name in ("First", "Second"):
        event = Event.objects.create(dossier=three, slug=name.lower(), name=name, **day)
        a_position(issue="format", event=event)
    for page in ("", "worksheet/"):
        response = client.get(f"{TALKS}blind/{page}?set={blind()}")
        assert response.content.decode().count("Format") == 2
        assert "Issues, as of 24 Jan 2017: 3." in words_of(response)
        for name in ("First", "Second"):
            assert f"Format<small>{name}</small>" in response.content.decode()


# What is refused.


@pytest.mark.parametrize("page", ["", "worksheet/", "key/"])
def test_a_token_that_is_not_ours_is_refused(client, three, blind, a_dossier, page):
    token = blind()
    a_dossier("congress")
    for dossier, said in (
        ("talks", token[:-1]),
        ("talks", "nonsense"),
        ("talks", "x" * 9000),
        ("congress", token),
    ):
        response = client.get(f"/dossiers/{dossier}/blind/{page}?set={said}")
        assert response.status_code == 400
        assert 'role="alert"' in response.content.decode()


def test_what_is_gone_is_refused(client, three, blind, an_issue):
    token = blind()
    an_issue("constitution").positions.all().delete()
    an_issue("constitution").delete()
    assert client.get(f"{TALKS}blind/?set={token}").status_code == 400


def test_a_private_dossier_is_read_blind_by_its_members_alone(
    client, a_dossier, a_member, a_position
):
    dossier = a_dossier(visibility="members")
    a_position()
    client.force_login(a_member(dossier=dossier))
    address = client.get(f"{TALKS}compare/?blind=1")["Location"].removeprefix("../")
    assert client.get(TALKS + address).status_code == 200
    client.logout()
    assert client.get(TALKS + address).status_code == 404
    assert client.get(f"{TALKS}compare/?blind=1").status_code == 404


# What it costs, and where a list ends.


@pytest.fixture(scope="module")
def _sizes(django_db_setup, django_db_blocker):
    """Make a small and a large dossier, for those below: who stands above wants nothing there."""
    with made_once(django_db_blocker):
        for slug, size in SIZES.items():
            a_large_dossier(slug, size=size)
        yield


@pytest.mark.usefixtures("_sizes")
def test_all_who_are_compared_are_candidates_and_no_more_than_a_list_holds(client, blind):
    actors = [f"actor-{n}" for n in range(30, 40)]
    token = blind("&".join(f"actor={slug}" for slug in actors) + "&issue=issue-0", dossier=LARGE)
    candidates = client.get(f"{LARGE}blind/", {"set": token}).context["candidates"]
    assert set(actors) <= {actor.slug for actor in candidates}
    assert len(candidates) == CANDIDATES


@pytest.mark.usefixtures("_sizes")
@pytest.mark.parametrize("page", ["", "worksheet/", "key/"])
def test_it_costs_the_same_queries_for_a_small_and_a_large_dossier(client, blind, page):
    counts = []
    for slug, size in SIZES.items():
        actors = "&".join(f"actor=actor-{n}" for n in range(min(size, 20)))
        issues = "&".join(f"issue=issue-{n}" for n in range(min(size, 40)))
        token = blind(f"{actors}&{issues}", dossier=f"/dossiers/{slug}/")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            asked = {"set": token, "guess-A": "Actor 0"}
            assert client.get(f"/dossiers/{slug}/blind/{page}", asked).status_code == 200
        counts.append([query["sql"] for query in queries])
    small, large = counts
    assert len(small) == len(large), "\n".join(large)
