"""A brief counts sides, names who is silent, loses nothing typed, and leads to its passages."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astana.models import Evidence, Rendition
from astana.pages.brief import presenter

pytestmark = pytest.mark.django_db


def ask(client, *sides: str, **query):
    query = {"side": list(sides)} | query
    return client.get(reverse("brief:index", args=["talks"], query=query))


def page(client, *sides: str, **query) -> str:
    response = ask(client, *sides, **query)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def findings(html: str) -> dict[str, list[str]]:
    """Return the issues of each section of the page, in its order."""
    found = {}
    for section in html.split('<section class="section brief-section"')[1:]:
        title = re.search(r'<h2 id="([\w-]+)"', section)[1]
        found[title] = re.findall(r'<li class="brief-point" id="([\w.-]+)"', section)
    return found


def test_three_sponsors_that_say_the_same_are_one_side(client, a_position):
    for actor in ("iran", "russia", "turkey", "usa"):
        a_position(actor=actor)
    html = page(client, "iran,russia,turkey", "usa")
    assert findings(html) == {"agreed": ["cease-fire"]}
    assert "2 sides on 1 issue as of 24 Jan 2017: 1 agreed;" in words(html)
    assert "Iran, Russia, Turkey 24 Jan 2017" in words(html)


def test_a_condition_stands_beside_the_stance_and_different_ones_are_flagged(client, a_position):
    a_position(actor="russia", condition="The fighting stops.")
    a_position(actor="usa", condition="The army leaves.")
    html = page(client, "russia", "usa")
    assert findings(html) == {"agreed-if": ["cease-fire"]}
    assert "If: The fighting stops." in words(html)
    assert "If: The army leaves." in words(html)
    assert "The conditions differ and may clash" in html


def test_neighbours_are_bridgeable_opposites_opposed_and_silence_neither(
    client, a_position, an_issue
):
    a_position(actor="russia", issue="near")
    a_position(actor="usa", issue="near", stance="neither")
    a_position(actor="russia", issue="far")
    a_position(actor="usa", issue="far", stance="opposes")
    a_position(actor="russia", issue="one-voice")
    an_issue("nobody")
    html = page(client, "russia", "usa", group="*")
    assert findings(html) == {
        "bridgeable": ["near", "one-voice"],
        "opposed": ["far"],
        "unheard": ["nobody"],
    }


def test_answers_of_yes_or_no_are_never_bridgeable(client, a_position, an_issue):
    an_issue("joint-strike", kind="fact", scale="yes-no")
    a_position(actor="russia", issue="joint-strike")
    a_position(actor="usa", issue="joint-strike", stance="neither")
    assert findings(page(client, "russia", "usa")) == {"opposed": ["joint-strike"]}


def test_a_divided_side_is_said_to_be_divided(client, a_position):
    a_position(actor="russia")
    a_position(actor="iran", stance="opposes")
    a_position(actor="usa")
    html = page(client, "russia,iran", "usa")
    assert findings(html) == {"opposed": ["cease-fire"]}
    assert "side 1 is divided" in html


def test_who_is_silent_is_named_with_where_it_was_looked_for(client, a_position, an_actor):
    an_actor("iran")
    an_actor("turkey")
    a_position(actor="russia")
    html = words(page(client, "russia", "iran,turkey"))
    assert "No stated position Looked for: Iran, Turkey" in html
    assert "looked for in 0 of 0 articles" in html
    assert "Of a silent side nothing is known." in html
    assert "No stated position: Iran" in words(page(client, "russia,iran", "turkey"))


def test_second_hand_and_disputed_reports_are_marked(client, a_position, a_rendition):
    rendition = a_rendition("He said it. He denies that.")
    a_position(actor="russia", voice="characterised")
    position = a_position(actor="usa", rendition=rendition, quote="He said it")
    Evidence.objects.create(
        position=position, number=2, role="disputes", rendition=rendition, paragraph=1,
        start=12, end=21, exact="He denies",
    )  # fmt: skip
    html = page(client, "russia", "usa")
    assert '<span class="flag">characterised by the source</span>' in html
    assert '<span class="flag">disputed</span>' in html
    assert "rests on second-hand or disputed reports" in html


def test_an_issue_opens_to_its_numbered_passages(client, a_position, a_rendition):
    rendition = a_rendition()
    a_position(actor="russia", rendition=rendition, quote="supports the cease-fire")
    a_position(actor="usa", rendition=rendition, quote="They met")
    html = page(client, "russia", "usa")
    assert html.index('id="note-1"') < html.index("<mark>supports the cease-fire</mark>")
    assert html.index('id="note-2"') < html.index("<mark>They met</mark>")
    assert '<a href="#note-2">2</a>' in html
    assert "“They met”" in words(html)


def test_the_same_words_have_one_number(client, a_position, a_rendition):
    """A text that three have signed is one passage, however many positions rest on it."""
    rendition = a_rendition()
    for actor in ("russia", "iran", "usa"):
        a_position(actor=actor, rendition=rendition, quote="They met")
    html = page(client, "russia,iran", "usa")
    assert 'id="note-1"' in html
    assert 'id="note-2"' not in html
    assert "1 passage" in words(html)


def test_words_that_a_reader_may_not_see_are_in_no_brief(client, a_position, a_rendition, a_member):
    """The passages of a text for members are shown to members, and to others as being there."""
    rendition = a_rendition("They met in secret. Nobody knows.", rights="members")
    a_position(actor="russia", rendition=rendition, quote="They met in secret")
    a_position(actor="usa")
    html = page(client, "russia", "usa")
    assert "in secret" not in html
    assert "Further passages are in texts that only members of the dossier may read." in html
    client.force_login(a_member())
    assert "<mark>They met in secret</mark>" in page(client, "russia", "usa")
    assert Rendition.objects.get(pk=rendition.pk).rights == "members"


def test_a_brief_is_as_of_its_day(client, a_position):
    a_position(actor="russia", said="2017-01-10")
    a_position(actor="usa", said="2017-01-10")
    a_position(actor="usa", said="2017-01-24", stance="opposes")
    assert findings(page(client, "russia", "usa", as_of="2017-01-12")) == {"agreed": ["cease-fire"]}
    assert findings(page(client, "russia", "usa")) == {"opposed": ["cease-fire"]}


def test_a_body_counts_for_its_whole_unless_it_is_on_a_side(client, a_position, an_actor):
    a_position(actor="russia")
    an_actor("ministry", part_of=an_actor("russia"))
    a_position(actor="ministry", stance="opposes")
    a_position(actor="usa", stance="opposes")
    assert "divided" in page(client, "russia", "usa").split("brief-section")[1]
    assert "side 1 is divided" not in page(client, "russia", "usa", bodies="0")
    html = page(client, "russia", "usa,ministry")
    assert "side 1 is divided" not in html
    assert findings(html) == {"opposed": ["cease-fire"]}


def test_without_sides_the_two_most_reported_on_are_a_side_each(client, a_position):
    a_position(actor="russia")
    a_position(actor="usa")
    a_position(actor="usa", issue="seat")
    html = page(client)
    assert "2 sides on 2 issues" in words(html)
    assert 'name="side" value="russia"' in html


def test_a_dossier_with_a_single_voice_says_that_there_are_no_sides(client, a_position):
    a_position(actor="russia")
    assert "A brief needs two sides." in page(client)


@pytest.mark.parametrize(
    ("sides", "query", "says"),
    [
        (["russia", "atlantis"], {}, "no actor “atlantis”"),
        (["russia,usa", "usa"], {}, "“usa” is on two sides"),
        (["russia"], {}, "A brief needs two sides: add an actor"),
        (["russia", "!?"], {}, "“!?” is not a short name"),
        (["russia", "usa"], {"issue": "weather"}, "no issue “weather”"),
        (["russia", "usa"], {"group": "Nonsense"}, "no group of issues “Nonsense”"),
        (["russia", "usa"], {"as_of": "2017-02-30"}, "2017-02-30"),
        (["russia", "usa"], {"add": "atlantis"}, "no actor “atlantis”"),
        (["russia", "usa"], {"remove": "turkey"}, "“turkey” is not on a side"),
        (["russia", "usa"], {"actor": "russia"}, "This page does not use “actor”."),
        ([f"a{n}" for n in range(13)], {}, "13 sides are too many"),
        ([",".join(f"a{n}" for n in range(61)), "usa"], {}, "62 are too many to compare"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_typed_is_lost(
    client, a_position, an_actor, sides, query, says
):
    a_position(actor="russia")
    a_position(actor="usa")
    an_actor("turkey")
    response = ask(client, *sides, **query)
    assert response.status_code == 400
    html = unescape(response.content.decode())
    assert says in html
    for side in sides:
        assert f'name="side" value="{side}"' in html


def test_sixty_sides_on_sixty_issues_are_refused_in_few_queries(
    client, a_position, an_actor, an_issue
):
    a_position()
    sides = [an_actor(f"actor-{n}").slug for n in range(60)]
    issues = [an_issue(f"issue-{n}").slug for n in range(60)]
    with CaptureQueriesContext(connection) as queries:
        response = ask(client, *sides, issue=issues)
    assert response.status_code == 400
    assert "60 sides are too many: choose at most 12" in response.content.decode()
    assert len(queries) < 20


def test_of_a_long_brief_the_first_passages_are_shown_and_it_says_so(
    client, a_position, a_rendition, monkeypatch
):
    monkeypatch.setattr(presenter, "MOST_WITH_PASSAGES", 1)
    a_position(actor="russia", rendition=a_rendition(), quote="They met")
    a_position(actor="usa")
    html = page(client, "russia", "usa")
    assert "<mark>They met</mark>" in html
    assert "Passages are shown for the first issues only" in html
    assert "Further passages are not shown here" in html


def followed(client, response) -> str:
    assert response.status_code == 302
    return unescape(response["Location"])


def test_an_actor_is_added_to_a_side_moved_and_taken_off(client, a_position, an_actor):
    a_position(actor="russia")
    a_position(actor="usa")
    an_actor("iran")
    added = followed(client, ask(client, "russia", "usa", add="iran", to="1"))
    assert added == "?side=russia%2Ciran&side=usa"
    new = followed(client, ask(client, "russia", "usa", add="iran", as_of="2017-01-24"))
    assert new == "?as_of=2017-01-24&side=russia&side=usa&side=iran"
    moved = followed(client, ask(client, "russia,iran", "usa", add="iran", to="2"))
    assert moved == "?side=russia&side=usa%2Ciran"
    off = followed(client, ask(client, "russia,iran", "usa", remove="iran"))
    assert off == "?side=russia&side=usa"


def test_a_second_side_can_be_added_where_there_is_one(client, a_position, an_actor):
    a_position(actor="russia")
    an_actor("usa")
    assert followed(client, ask(client, "russia", add="usa")) == "?side=russia&side=usa"


def test_a_brief_leads_to_the_comparison_with_its_sides_and_back(client, a_position):
    a_position(actor="russia")
    a_position(actor="usa")
    html = unescape(page(client, "russia", "usa"))
    link = re.search(r'href="([^"]*/compare/[^"]*)">\s*Compare these actors', html)[1]
    compare = client.get(f"{link}&choose=more")
    assert compare.status_code == 200
    back = re.search(r'href="([^"]*/brief/[^"]*side=[^"]*)"', unescape(compare.content.decode()))[1]
    assert back.count("side=") == 2
    assert client.get(back).status_code == 200


def test_a_brief_is_saved_with_a_comparison_and_opens_again(client, a_position, an_actor, a_member):
    a_position(actor="russia")
    a_position(actor="usa")
    an_actor("iran")
    client.force_login(a_member())
    html = unescape(page(client, "russia,iran", "usa"))
    save = re.search(r'href="(/comparisons/new/[^"]*)"', html)[1]
    values = {"title": "For the meeting", "note": "", "visibility": "private"}
    saved = client.post(save, values)
    detail = unescape(client.get(saved["Location"]).content.decode())
    brief = re.search(r'href="([^"]*/brief/[^"]*side=[^"]*)"', detail)[1]
    assert "2 sides on 1 issue" in words(client.get(brief).content.decode())
    assert "Iran" in client.get(brief).content.decode()
