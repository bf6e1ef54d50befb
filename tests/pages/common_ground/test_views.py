"""Common ground names who accepts what, on which condition, and who is silent."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from astana.models import Event, Evidence
from astana.pages.common_ground import presenter

pytestmark = pytest.mark.django_db


def page(client, **query) -> str:
    url = reverse("common_ground:index", args=["talks"], query=query or None)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def cards(html: str) -> str:
    """Return the list itself, without the actors to choose from."""
    return html.split('<ol class="plain grounds">')[1]


def test_the_condition_stands_beside_who_accepts(client, a_position):
    a_position(actor="russia", condition="The fighting stops first.")
    a_position(actor="turkey")
    html = page(client)
    assert "2 of 2 on one side" in html
    assert "The fighting stops first." in html


def test_the_silent_are_named_and_not_counted(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    a_position(actor="iran", issue="secular-state")
    html = page(client)
    assert "2 of 2 on one side" in html
    assert "1 actor is silent" in html


def test_who_is_only_spoken_of_is_not_called_silent(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    a_position(actor="iran", voice="characterised")
    html = page(client, first_hand="1")
    assert "1 actor without a first-hand position" in html
    assert "Actors without a first-hand position are named" in html
    assert "1 actor is silent" not in html
    assert "Silent actors" not in html


def test_a_fact_is_in_the_list_of_facts_alone(client, a_position, an_issue):
    an_issue("joint-strike", kind="fact", scale="yes-no")
    a_position(actor="russia", issue="joint-strike")
    a_position(actor="usa", issue="joint-strike", stance="opposes")
    assert "Joint strike" not in page(client)
    assert "Joint strike" not in page(client, show="contested")
    html = cards(page(client, show="facts"))
    assert html.index("Asserts") < html.index("Russia") < html.index("Denies") < html.index("Usa")


def test_a_single_source_is_warned_of(client, a_position, a_rendition, an_issue):
    an_issue("joint-strike", kind="fact")
    rendition = a_rendition()
    a_position(
        actor="russia", issue="joint-strike", rendition=rendition, quote="supports the cease-fire"
    )
    assert "rests on a single source" in page(client, show="facts")
    other = a_rendition("Another account of it.", article="herald-1", source="herald")
    a_position(
        actor="usa", issue="joint-strike", stance="opposes", rendition=other, quote="account"
    )
    assert "rests on a single source" not in page(client, show="facts")


def test_a_disputed_report_is_listed_with_both_passages(client, a_position, a_rendition):
    rendition = a_rendition("He said it. He denies that.")
    position = a_position(rendition=rendition, quote="He said it")
    start = rendition.text.index("He denies")
    Evidence.objects.create(
        position=position, number=2, role="disputes", rendition=rendition, paragraph=1,
        start=start, end=start + 9, exact="He denies",
    )  # fmt: skip
    html = page(client, show="facts")
    assert "<mark>He said it</mark>" in html
    assert "<mark>He denies</mark>" in html


def test_one_voice_is_no_common_ground(client, a_position):
    a_position(actor="russia")
    assert "There is no issue on which at least two actors are heard" in page(client)


def test_an_empty_list_says_what_it_would_hold(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    html = page(client, show="contested")
    assert "There is no issue on which both sides of the scale are taken." in html
    assert "at least two actors are heard" not in html.partition("on-paper-only small")[0]
    assert "There is no question of fact on which anybody is heard." in page(client, show="facts")
    assert "0 issues among 1 actor," in page(client, actor=["turkey"])


def test_contested_issues_come_on_their_own_list(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey", stance="opposes")
    html = page(client, show="contested")
    assert "Cease fire" in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"show": "weather"}, "weather"),
        ({"group": "None such"}, "None such"),
        ({"as_of": "x"}, "x"),
    ],
)
def test_what_is_unknown_is_named(client, a_position, query, words):
    a_position()
    response = client.get(reverse("common_ground:index", args=["talks"], query=query))
    assert response.status_code == 400
    assert words in response.content.decode()


def test_who_holds_something_leads_to_it_as_of_the_same_day(client, a_position):
    a_position(actor="russia", said="2017-01-10")
    a_position(actor="turkey", said="2017-01-10")
    html = page(client, as_of="2017-01-12", first_hand="1")
    links = [unescape(link) for link in re.findall(r'href="([^"]*open=[^"]*)"', html)]
    assert links
    for link in links:
        assert "as_of=2017-01-12" in link
        assert "first_hand=1" in link
        assert client.get(link).status_code == 200


def test_a_list_of_disputed_reports_that_is_cut_says_so(
    client, a_position, a_rendition, monkeypatch
):
    monkeypatch.setattr(presenter, "MOST_DISPUTED", 1)
    rendition = a_rendition()
    for says_so in (False, True):
        position = a_position(rendition=rendition, quote="They met.")
        Evidence.objects.filter(position=position).update(role="disputes")
        assert ("Only the newest 1 are shown." in page(client, show="facts")) == says_so


def test_a_question_of_who_has_answers_and_no_sides(client, a_position, an_issue):
    issue = an_issue("who-broke-it", kind="fact", scale="nominal")
    issue.stances.update(value=None)
    a_position(actor="russia", issue="who-broke-it")
    a_position(actor="iran", issue="who-broke-it")
    a_position(actor="usa", issue="who-broke-it", stance="opposes")
    html = cards(page(client, show="facts"))
    assert "Asserts" not in html
    assert "Denies" not in html
    assert html.index("(2)") < html.index("Iran") < html.index("(1)") < html.index("Usa")
    assert 'class="stance answer-' in html
    assert "plus-2" not in html.split("ground-head")[1]


def test_each_event_of_a_fact_has_a_card(client, a_position, an_issue, a_dossier):
    """A boycott in March leaves what was reported of the meeting in January."""
    an_issue("direct-talks", kind="fact", per_event=True)
    january, march = (
        Event.objects.create(dossier=a_dossier(), slug=slug, name=slug.title(), start=day, end=day)
        for slug, day in [("january", date(2017, 1, 23)), ("march", date(2017, 3, 14))]
    )
    a_position(issue="direct-talks", said="2017-01-23", event=january)
    a_position(issue="direct-talks", said="2017-03-14", stance="opposes", event=march)
    html = page(client, show="facts")
    # The answers that are given head the sides of a card.
    supports, opposes = html.index("Supports <span"), html.index("Opposes <span")
    assert html.index("January") < supports < html.index("March") < opposes


def test_what_a_person_said_for_another_is_counted_with_that_actor(client, a_position, an_actor):
    person = an_actor("lavrov", kind="person")
    a_position(actor="russia", speaker=person)
    a_position(actor="turkey")
    # He holds something himself on another issue, so that he is among the actors.
    a_position(actor="lavrov", issue="constitution")
    html = page(client)
    assert "2 of 2 on one side" in html


def test_only_the_chosen_actors_count(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    a_position(actor="usa", stance="opposes")
    assert "2 of 3 on one side" in page(client)
    html = page(client, actor=["russia", "turkey"])
    assert "2 of 2 on one side" in html
    assert "1 issue among 2 actors" in html
    assert "Usa" not in cards(html)


def test_a_chosen_person_counts_by_what_they_said_where_the_other_is_not_chosen(
    client, a_position, an_actor
):
    a_position(actor="russia", speaker=an_actor("lavrov", kind="person"))
    a_position(actor="turkey")
    assert "2 of 2 on one side" in page(client, actor=["lavrov", "turkey"])
    assert "2 of 2 on one side" in page(client, actor=["lavrov", "russia", "turkey"])


def test_what_a_person_said_for_another_is_no_second_voice(client, a_position, an_actor):
    a_position(actor="russia", speaker=an_actor("lavrov", kind="person"))
    a_position(actor="lavrov", issue="constitution")
    assert "There is no issue on which at least two actors are heard" in page(client)


@pytest.mark.parametrize("show", ["accepted", "contested", "facts"])
def test_a_long_list_has_pages_on_which_each_issue_stands_once(
    client, a_position, an_issue, monkeypatch, show
):
    monkeypatch.setattr(presenter, "MOST_LINES", 4)
    monkeypatch.setattr(presenter, "FEWEST_ISSUES", 1)
    slugs = [f"issue-{number}" for number in range(5)]
    for slug in slugs:
        an_issue(slug, kind="fact" if show == "facts" else "preference")
        a_position(actor="russia", issue=slug)
        a_position(actor="turkey", issue=slug, stance="opposes")
    found = []
    for number, where in enumerate(["1 to 2", "3 to 4", "5 to 5"], 1):
        html = page(client, show=show, page=number)
        assert "5 issues among 2 actors" in html
        assert f"{where} are shown" in html
        assert f"Page {number} of 3" in html
        found += re.findall(r'<h2><a href="[^"]*/issues/([^/"]+)/"', html)
    assert sorted(found) == slugs
    url = reverse("common_ground:index", args=["talks"], query={"show": show, "page": 4})
    response = client.get(url)
    assert response.status_code == 400
    assert "There is no page “4”" in unescape(response.content.decode())


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"actor": "atlantis"}, "no actor “atlantis”"),
        ({"issue": "cease-fire"}, "This page does not use “issue”."),
        ({"side": "russia,usa"}, "This page does not use “side”."),
    ],
)
def test_what_the_page_cannot_use_is_refused_and_said(client, a_position, query, says):
    a_position()
    response = client.get(reverse("common_ground:index", args=["talks"], query=query))
    assert response.status_code == 400
    assert says in unescape(response.content.decode())
