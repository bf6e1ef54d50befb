"""Blind reading: nothing that is sent tells who is who, until the reader asks."""

import re
from datetime import date
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.models import Actor, ActorName, Affiliation, Dossier, Event, Issue, Position, Source
from astana.models.process_cache import cache
from astana.pages.shared.blind_set import CANDIDATES
from tests.a_large_dossier import a_large_dossier
from tests.comparison.names import surviving
from tests.pages.rows import words_of

SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "syria-astana-2017"
SYRIA = "/dossiers/syria-astana-2017/"
TALKS = "/dossiers/talks/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def syria(django_db_setup, django_db_blocker):
    """The demonstration dossier, there for all tests of this file and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(check(read_files(SEEDS)))
        yield Dossier.objects.get(slug="syria-astana-2017")
        transaction.set_rollback(True)


@pytest.fixture
def blind(client):
    """Return a function that goes from a compare page to its blind reading: the set's token."""

    def ask(query: str = "", *, dossier: str = TALKS) -> str:
        response = client.get(f"{dossier}compare/?{query}&blind=1")
        assert response.status_code == 302
        assert response.content == b""
        assert re.fullmatch(r"\.\./blind/\?set=[\w.:-]+", response["Location"])
        return response["Location"].partition("=")[2]

    return ask


@pytest.fixture
def three(a_position, a_rendition, a_dossier):
    """Three actors on two issues in a dossier named after none of them."""
    text = "Russia's envoy spoke. The Gazette asked Turkish and Iranian delegates."
    rendition = a_rendition(text)
    a_position(actor="russia", rendition=rendition, quote="Russia's envoy spoke", summary="Yes.")
    a_position(actor="turkey", stance="opposes", rendition=rendition, quote="Turkish and Iranian")
    a_position(actor="iran", voice="attributed", attributed_by="turkey", issue="constitution")
    return a_dossier()


def _letters(client, token: str, *, dossier: str = TALKS) -> dict[str, str]:
    """Return the actor behind each letter, from the key."""
    html = client.get(f"{dossier}blind/key/?set={token}").content.decode()
    actors = re.search(r"<dl.*?</dl>", html, re.DOTALL)[0]
    pairs = re.findall(r"<dt>([A-Z])</dt><dd><bdi>(.*?)</bdi>", actors)
    return {letter: unescape(name) for letter, name in pairs}


# Nothing leaks.


def _all_that_is_sent(response, token: str) -> str:
    """Return the whole response in words: headers, cookies and page, without the token.

    The site's own name, which is on every page whatever is compared, is left out as well, and so
    are the lists to guess from, which are the same for all letters.
    """
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    page = response.content.decode().replace(token, "")
    page = re.sub(r'(?s)<a class="brand".*?</a>|· Astana</title>', "", page)
    page = re.sub(r'(?s)<select id="guess-.*?</select>', "", page)
    return unescape(f"{headers}\n{response.cookies}\n{page}")


def _kin(actors: list[Actor]) -> set[int]:
    """Return the actors, their bodies and wholes, and their people, one step after the other."""
    kin = {actor.pk for actor in actors}
    parts = list(Actor.objects.values_list("pk", "part_of"))
    bodies, wholes = set(kin), set(kin)
    for _ in parts:
        bodies |= {part for part, whole in parts if whole in bodies}
        wholes |= {whole for part, whole in parts if part in wholes and whole}
    kin |= bodies | wholes
    links = list(Affiliation.objects.values_list("person", "body"))
    people = {person for person, body in links if body in kin}
    return kin | people | {body for person, body in links if person in kin}


def _names(actors: list[Actor], dossier: Dossier) -> list[str]:
    kin = _kin(actors)
    return [
        *Actor.objects.filter(pk__in=kin).values_list("name", flat=True),
        *ActorName.objects.filter(actor__in=kin).values_list("name", flat=True),
        *Source.objects.filter(dossier=dossier).values_list("name", flat=True),
    ]


def _assert_nothing_leaks(client, token: str, actors, dossier: Dossier) -> None:
    names = _names(actors, dossier)
    assert len(names) > len(actors)
    path = f"/dossiers/{dossier.slug}/blind/"
    for address in (path, f"{path}worksheet/"):
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get(f"{address}?set={token}", headers=headers)
            assert response.status_code == 200
            sent = _all_that_is_sent(response, token)
            assert surviving(names, sent) == []
            assert not re.search(r"(actors|articles|positions|issues)/[-\w]", sent)


def _query(actors, issues) -> str:
    pairs = [f"actor={actor.slug}" for actor in actors] + [f"issue={one.slug}" for one in issues]
    return "&".join(pairs)


def _spoken(dossier: Dossier) -> list[Actor]:
    return list(Actor.objects.filter(positions__dossier=dossier).distinct())


def test_all_actors_on_all_issues_leak_nothing(syria, client, blind):
    actors, issues = _spoken(syria), list(Issue.objects.of(syria))
    assert len(actors) > 10
    token = blind(_query(actors, issues), dossier=SYRIA)
    _assert_nothing_leaks(client, token, actors, syria)


def test_an_actor_alone_leaks_nothing(syria, client, blind):
    issues = list(Issue.objects.of(syria))
    for actor in _spoken(syria):
        token = blind(_query([actor], issues), dossier=SYRIA)
        _assert_nothing_leaks(client, token, [actor], syria)


def test_actors_two_by_two_leak_nothing(syria, client, blind):
    issues = list(Issue.objects.of(syria))
    for actors in list(combinations(_spoken(syria), 2))[::7]:
        token = blind(_query(actors, issues) + "&bodies=0", dossier=SYRIA)
        _assert_nothing_leaks(client, token, list(actors), syria)


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase, "\u00ad".join])
def test_hostile_writing_leaks_nothing(syria, client, blind, change):
    actors, issues = _spoken(syria)[:6], list(Issue.objects.of(syria))
    with transaction.atomic():
        for position in Position.objects.of(syria).filter(actor__in=actors):
            named = f"{position.actor.name}’s own, {position.actor.name}n: {position.summary}"
            Position.objects.filter(pk=position.pk).update(
                summary=change(named)[:500], condition=change(position.actor.name)
            )
        for issue in issues:
            Issue.objects.filter(pk=issue.pk).update(title=change(issue.title)[:200])
        token = blind(_query(actors, issues), dossier=SYRIA)
        _assert_nothing_leaks(client, token, actors, syria)
        transaction.set_rollback(True)


def test_a_dossier_named_after_an_actor_has_no_masthead_and_a_title_without_it(
    client, a_dossier, a_position, a_rendition, blind
):
    dossier = a_dossier("russia-talks", title="The Russian talks")
    a_position(dossier=dossier, actor="russia", summary="It agrees.")
    a_rendition(dossier=dossier)
    token = blind(dossier="/dossiers/russia-talks/")
    _assert_nothing_leaks(client, token, list(Actor.objects.all()), dossier)
    response = client.get(f"/dossiers/russia-talks/blind/?set={token}")
    assert "The [A] talks" in words_of(response)


def test_a_refused_guess_leaks_nothing(client, three, blind):
    token = blind()
    for query in ("reveal=Z", "guess-A=" + "x" * 81):
        response = client.get(f"{TALKS}blind/?set={token}&{query}")
        assert response.status_code == 400
        sent = _all_that_is_sent(response, token)
        actors = list(Actor.objects.all())
        assert surviving(_names(actors, three), sent) == []


def test_a_speaker_is_hidden_whoever_they_speak_for(client, three, blind, an_actor, a_position):
    envoy = an_actor("zakharova", kind="person", name="Maria Zakharova")
    a_position(actor="russia", said="2017-01-25", speaker=envoy, summary="Zakharova agrees.")
    page = words_of(client.get(f"{TALKS}blind/?set={blind()}"))
    assert "Zakharova" not in page
    assert re.search(r"\[[ABC]\] agrees\.", page)


# What one sees.


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
    lines = [voice.line for row in table.rows for cell in row.cells for voice in cell.voices]
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


def test_all_who_are_compared_are_candidates_and_no_more_than_a_list_holds(
    client, blind, a_dossier
):
    a_large_dossier("talks", size=60)
    actors = [f"actor-{n}" for n in range(30, 40)]
    token = blind("&".join(f"actor={slug}" for slug in actors) + "&issue=issue-0")
    candidates = client.get(f"{TALKS}blind/", {"set": token}).context["candidates"]
    assert set(actors) <= {actor.slug for actor in candidates}
    assert len(candidates) == CANDIDATES


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


def _masked(client, blind, a_position, an_actor, summary: str, *, role: str = "") -> str:
    usa = an_actor("usa", kind="state", name="United States")
    if role:
        toner = an_actor("toner", kind="person", name="Mark Toner")
        Affiliation.objects.create(dossier=usa.dossier, person=toner, body=usa, role=role)
    a_position(actor="usa", summary=summary)
    table = client.get(f"{TALKS}blind/?set={blind('actor=usa')}").context["table"]
    return table.rows[0].cells[0].voices[0].line.summary


@pytest.mark.parametrize(
    ("summary", "masked"),
    [
        ("The State Department spokesman declined.", "The [A] spokesman declined."),
        ("Washington and the White House agree.", "[A] and the [A] agree."),
        ("American troops stay.", "[A] troops stay."),
    ],
)
def test_capitals_offices_and_peoples_are_hidden(
    client, a_rendition, blind, a_position, an_actor, summary, masked
):
    assert _masked(client, blind, a_position, an_actor, summary) == masked


def test_a_country_is_hidden_by_its_names_in_the_language_of_the_text(
    client, a_rendition, blind, a_position, an_actor
):
    an_actor("state", kind="state", name="United States")
    text = "Die Vereinigten Staaten und die USA sagen, Amerikaner gehen."
    rendition = a_rendition(text=text, language="de")
    a_position(actor="state", rendition=rendition, quote=text)
    table = client.get(f"{TALKS}blind/?set={blind('actor=state')}").context["table"]
    shown = table.rows[0].cells[0].voices[0].passages[0].exact
    assert shown == "Die [A] und die [A] sagen, [A] gehen."


def test_titles_in_the_dossier_are_hidden_but_not_what_anybody_could_be(
    client, a_rendition, blind, a_position, an_actor
):
    role = "Acting spokesman of the Foggy Bureau; Foreign minister"
    said = "A Foggy Bureau spokesman and a foreign minister met."
    shown = _masked(client, blind, a_position, an_actor, said, role=role)
    assert shown == "A [A] and a foreign minister met."


def test_a_government_is_told_by_its_capital_and_not_by_its_country(
    client, a_rendition, blind, a_position, an_actor
):
    an_actor("gov", kind="government", name="Government of Syria")
    a_position(actor="gov", summary="Damascus wants talks in Syria.")
    table = client.get(f"{TALKS}blind/?set={blind('actor=gov')}").context["table"]
    line = table.rows[0].cells[0].voices[0].line
    assert line.summary == "[A] wants talks in Syria."


def test_what_cannot_be_hidden_is_said(client, three, blind):
    assert "What cannot be hidden" in words_of(client.get(f"{TALKS}blind/?set={blind()}"))


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
    assert not surviving(["Russia"], _all_that_is_sent(response, token))
    assert not surviving(["Sergey"], _all_that_is_sent(response, token))


def test_revealing_one_hides_the_others_still(client, three, blind):
    token = blind()
    letters = _letters(client, token)
    for letter, name in letters.items():
        response = client.get(f"{TALKS}blind/?set={token}&reveal={letter}")
        assert name in words_of(response)
        others = [other for other in letters.values() if other != name]
        sent = _all_that_is_sent(response, token)
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


# What it costs.


@pytest.mark.parametrize("page", ["", "worksheet/", "key/"])
def test_it_costs_the_same_queries_for_a_small_and_a_large_dossier(client, blind, page):
    counts = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
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
