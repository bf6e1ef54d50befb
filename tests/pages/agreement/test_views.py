"""The agreement page: figures with what they are out of, and the issues behind them."""

import io
import re
from html import unescape

import networkx
import pytest
from django.core.management import call_command

from astana.models import Evidence, Position
from tests.exchange.packages import SEEDS

URL = "/dossiers/talks/agreement/"

pytestmark = pytest.mark.django_db


def said_on(response) -> str:
    """Return the words of a page."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def cell(response, one: str, other: str) -> str:
    """Return the words of the cell of a pair."""
    found = re.search(
        rf'<td class="[^"]*"><button [^>]*id="p-{one}\.{other}".*?</td>', response.content.decode()
    )
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


@pytest.fixture
def four(a_position):
    """Russia and Turkey hold values on aid and border, Iran on aid alone, the USA on none."""
    for actor, issue, stance in (
        ("russia", "aid", "supports"),
        ("turkey", "aid", "supports"),
        ("iran", "aid", "opposes"),
        ("russia", "border", "supports"),
        ("turkey", "border", "neither"),
        ("usa", "border", "declines"),
    ):
        a_position(actor=actor, issue=issue, stance=stance)


def test_a_cell_shows_the_figure_and_what_it_is_out_of(client, four):
    """Aid 1 - |1 - 1| / 2 = 1 and the border 1 - |1 - 0| / 2 = 0.5: 1.5 of 2, 0.75."""
    assert cell(client.get(URL), "russia", "turkey").startswith("0.75 1.5 of 2")


def test_a_pair_with_fewer_issues_than_asked_for_has_no_figure(client, four):
    response = client.get(f"{URL}?actor=russia&actor=iran")
    assert cell(response, "russia", "iran") == "1 issue"
    response = client.get(f"{URL}?actor=russia&actor=iran&least=1")
    assert cell(response, "russia", "iran").startswith("0.00 0 of 1")
    response = client.get(f"{URL}?actor=russia&actor=iran&actor=turkey")
    assert "1 of 3 pairs shares at least 2 issues" in said_on(response)


def test_by_default_only_who_can_have_a_figure_is_in_the_table(client, four):
    words = said_on(client.get(URL))
    assert "2 of 4 actors on 2 preference issues as of 24 Jan 2017: 1 of 1 pair shares" in words
    assert "2 more actors of the selection are not in the table" in words


def test_facts_never_enter(client, four, an_issue, a_position):
    before = cell(client.get(URL), "russia", "turkey")
    an_issue("strike", kind="fact")
    a_position(actor="russia", issue="strike", stance="supports")
    a_position(actor="turkey", issue="strike", stance="opposes")
    assert cell(client.get(URL), "russia", "turkey") == before
    response = client.get(f"{URL}?issue=strike")
    assert response.status_code == 400
    assert "a disputed fact, which never enters" in said_on(response)


def test_second_hand_reports_can_be_left_out(client, four, a_position):
    a_position(actor="russia", issue="aid", stance="opposes", voice="characterised")
    assert cell(client.get(URL), "russia", "turkey").startswith("0.75")
    a_position(actor="iran", issue="border", stance="supports", voice="characterised")
    page = f"{URL}?actor=russia&actor=iran"
    assert cell(client.get(page), "russia", "iran").startswith("0.50 1 of 2")
    assert cell(client.get(f"{page}&first_hand=1"), "russia", "iran") == "1 issue"


def test_the_date_moves_the_figure(client, four, a_position):
    a_position(actor="turkey", issue="aid", stance="opposes", said="2017-03-01")
    assert cell(client.get(URL), "russia", "turkey").startswith("0.25 0.5 of 2")
    assert cell(client.get(f"{URL}?as_of=2017-02-01"), "russia", "turkey").startswith("0.75")
    assert cell(client.get(f"{URL}?to=2017-02-01"), "russia", "turkey").startswith("0.75")


def test_what_was_said_before_the_range_does_not_count(client, four, a_position):
    for actor, stance in (("russia", "supports"), ("turkey", "opposes")):
        a_position(actor=actor, issue="aid", stance=stance, said="2017-03-01")
    page = f"{URL}?from=2017-02-01&least=1"
    assert cell(client.get(page), "russia", "turkey").startswith("0.00 0 of 1")


def test_issues_and_groups_narrow_what_is_compared(client, four, an_issue, a_position):
    only_aid = f"{URL}?issue=aid&least=1"
    assert cell(client.get(only_aid), "russia", "turkey").startswith("1.00 1 of 1")
    an_issue("return", group="Refugees")
    a_position(actor="russia", issue="return", stance="opposes")
    a_position(actor="turkey", issue="return", stance="supports")
    grouped = f"{URL}?group=Refugees&least=1"
    assert cell(client.get(grouped), "russia", "turkey").startswith("0.00 0 of 1")


def test_drafts_are_not_counted(client, four, a_position):
    a_position(actor="russia", issue="aid", stance="opposes", said="2017-03-01", status="draft")
    assert cell(client.get(f"{URL}?as_of=2017-04-01"), "russia", "turkey").startswith("0.75")


def test_points_are_those_of_the_wahl_o_mat(client, four):
    """The same answer 2 points, the neighbouring one 1: 3 of 4."""
    response = client.get(f"{URL}?measure=points")
    assert cell(response, "russia", "turkey").startswith("3 of 4 points")


def test_what_is_said_again_can_count_again(client, four, a_position, a_rendition):
    """Russia says it again: in the range once, in two articles twice."""
    for article in ("gazette-1", "gazette-2"):
        rendition = a_rendition("It supports aid.", article=article)
        a_position(actor="russia", issue="aid", rendition=rendition, quote="supports aid")
    page = f"{URL}?measure=congruence&issue=aid&least=1"
    assert cell(client.get(page), "russia", "turkey") == "1.00 1 issue"
    for duplicates, times in (("range", "1.00"), ("article", "2.00"), ("include", "3.00")):
        response = client.get(f"{page}&duplicates={duplicates}")
        assert cell(response, "russia", "turkey") == f"{times} 1 issue"


def test_normalised_it_is_divided_by_the_average_activity(client, four):
    """Congruence 1.5; each of the two said two things: 1.5 / 2."""
    plain = client.get(f"{URL}?measure=congruence")
    assert cell(plain, "russia", "turkey") == "1.50 2 issues"
    average = client.get(f"{URL}?measure=congruence&normalisation=average")
    assert cell(average, "russia", "turkey") == "0.75 2 issues"


def test_what_is_said_again_can_count_once_in_a_week_a_month_or_a_year(client, four, a_position):
    """The weeks of 26 December, 16, 23 (with the 24th) and 30 January; two months, two years."""
    said = {"actor": "russia", "issue": "aid"}
    for day in ("2017-01-22", "2017-01-29", "2017-01-31", "2017-01-01", "2016-12-31"):
        a_position(said=day, **said)
    page = f"{URL}?measure=ignore&issue=aid&actor=russia&actor=turkey&least=1"
    for duplicates, times in (("week", "4.00"), ("month", "2.00"), ("year", "2.00")):
        response = client.get(f"{page}&duplicates={duplicates}")
        assert cell(response, "russia", "turkey") == f"{times} 1 issue"
        words = f"repeated statements count: Once in each {duplicates}; normalised: Not at all."
        assert words in said_on(response)


def test_divided_by_much_a_figure_keeps_its_digits_and_its_panel_says_by_what(client, four):
    """Together 2 pairs; alone two values of the border, alike 1 on aid: 2 / 3. Alone with Iran."""
    page = f"{URL}?measure=ignore&pair=russia.turkey&normalisation="
    assert cell(client.get(f"{page}jaccard"), "russia", "turkey") == "0.67 2 issues"
    words = said_on(client.get(f"{page}jaccard"))
    assert "Together they are 2. Divided by 3: what only one of them said" in words
    words = said_on(client.get(f"{page}cosine"))
    assert "Divided by the product of the activities of the two, 4." in words


def test_a_negative_figure_is_a_figure(client, a_position):
    for issue in ("aid", "border"):
        a_position(actor="russia", issue=issue, stance="supports")
        a_position(actor="turkey", issue=issue, stance="opposes")
    response = client.get(f"{URL}?measure=subtract")
    assert cell(response, "russia", "turkey") == "−2.00 2 issues"


def test_a_pair_opens_to_the_issues_behind_its_score(client, four, a_position):
    a_position(actor="russia", issue="return", stance="supports", condition="Only in spring.")
    response = client.get(f"{URL}?pair=russia.turkey")
    words = said_on(response)
    assert "The parts add up to 1.5; 1.5 / 2 = 0.75." in words
    assert "They differ (1) Border adds 0.5 of 1" in words
    assert "They agree (1) Aid adds 1 of 1" in words
    assert "Only one is heard (1) Return" in words
    assert "Only in spring." in words
    assert re.search(r'href="/dossiers/talks/positions/p\d+/"', response.content.decode())
    assert "compare/?actor=russia&amp;actor=turkey&amp;issue=aid" in response.content.decode()


def test_a_side_of_a_pair_says_how_it_is_known(client, four, a_position, a_rendition):
    a_position(actor="iran", issue="border", voice="attributed", attributed_by="usa")
    denied = Position.objects.get(actor__slug="russia", issue__slug="border")
    Evidence.objects.create(
        position=denied, role="disputes", rendition=a_rendition("Not so."), start=0, end=3,
        exact="Not",
    )  # fmt: skip
    words = said_on(client.get(f"{URL}?pair=russia.iran"))
    border = words[words.index("They agree (1) Border") :]
    assert (
        "Russia Supports russia supports border. reported 24 Jan 2017 disputed Position" in border
    )
    assert "Iran Supports iran supports border. attributed by Usa 24 Jan 2017 Position" in border


def test_who_of_a_pair_is_silent_has_no_stated_position(client, four):
    words = said_on(client.get(f"{URL}?pair=russia.iran"))
    border = words[words.index("Only one is heard (1) Border") :]
    assert "Iran No stated position" in border
    assert "Neither is heard" not in words


def test_stances_off_the_scale_and_what_neither_spoke_on_are_named(client, four, an_issue):
    an_issue("return")
    words = said_on(client.get(f"{URL}?pair=russia.usa"))
    assert "A stance off the scale (1) Border" in words
    assert "Only one is heard (1) Aid" in words
    assert "Neither is heard (1) Return" in words


def test_two_voices_are_shown_and_not_counted(client, four, a_position):
    a_position(actor="russia", issue="aid", stance="opposes")
    words = said_on(client.get(f"{URL}?pair=russia.turkey&least=1"))
    assert "Two voices, so no single value (1) Aid Russia Opposes" in words
    assert "0.50 (0.5 of 1)" in words


def test_a_pair_of_statements_opens_to_what_was_said(client, four):
    words = said_on(client.get(f"{URL}?measure=conflict&pair=russia.turkey"))
    assert "Congruence 1.5, conflict 0.5, the difference 1." in words
    assert "Border Russia 1 × Supports Turkey 1 × Neither Congruence 0.5 Conflict 0.5" in words


def test_a_pair_that_shares_too_little_says_so(client, four):
    words = said_on(client.get(f"{URL}?pair=russia.iran"))
    assert "The two share 1 issue; a figure needs at least 2." in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=atlantis", "This dossier has no actor “atlantis”"),
        ("issue=atlantis", "This dossier has no issue “atlantis”"),
        ("group=Atlantis", "No preference issue is in a group “Atlantis”"),
        ("pair=russia.atlantis", "This dossier has no actor “atlantis”"),
        ("pair=russia.russia", "A pair is two different actors."),
        ("pair=russia", "A pair is two actors with a dot between them."),
        ("of=atlantis", "This dossier has no actor “atlantis”"),
        ("least=0", "“0” cannot be the least number of issues"),
        ("least=-1", "“-1” cannot be the least number of issues"),
        ("least=two", "“two” cannot be the least number of issues"),
        ("measure=love", "“love” is unknown. Known values: agreement"),
        ("duplicates=some", "“some” is unknown. Known values: range"),
        ("normalisation=some", "“some” is unknown. Known values: none"),
        ("from=2017-02-30", "“2017-02-30” is not a day in the calendar."),
        ("from=2017-02-02&to=2017-02-01", "from 2017-02-02 to 2017-02-01 ends before it starts"),
        ("from=2017-02-02&as_of=2017-02-01", "from 2017-02-02 to 2017-02-01 ends before it starts"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(client, four, query, words):
    for url in (f"{URL}?{query}", f"/dossiers/talks/agreement.graphml?{query}"):
        response = client.get(url)
        assert response.status_code == 400
        assert words in said_on(response)


def test_a_dossier_without_positions_says_so(client, a_dossier):
    a_dossier()
    assert "Nothing has been published in this dossier yet" in said_on(client.get(URL))


def test_before_anything_was_said_there_is_no_pair(client, four):
    words = said_on(client.get(f"{URL}?as_of=2015-01-01"))
    assert "there is no pair to compare" in words
    assert "not disagreement" in words


def test_the_table_stops_at_thirty_and_says_so(client, a_position):
    for number in range(32):
        for issue in ("aid", "border"):
            a_position(actor=f"actor-{number}", issue=issue)
    response = client.get(URL)
    assert response.content.decode().count('<th scope="row"><a') == 30
    assert "2 more actors of the selection are not in the table." in said_on(response)


def test_a_narrow_screen_has_the_others_of_one_actor_in_order(client, four, a_position):
    for issue in ("aid", "border"):
        a_position(actor="syria", issue=issue, stance="opposes")
    html = client.get(f"{URL}?of=turkey").content.decode()
    shown = re.search(r'<table class="table">.*?</table>', html, re.DOTALL)[0]
    assert re.findall(r"<bdi>(\w+)</bdi></button>", shown) == ["Russia", "Syria"]


def test_the_network_has_the_edges_of_the_table(client, four, a_position):
    for issue, stance in (("aid", "opposes"), ("border", "opposes")):
        a_position(actor="iran", issue=issue, stance=stance, said="2017-01-25")
    response = client.get("/dossiers/talks/agreement.graphml")
    assert response["Content-Disposition"] == 'attachment; filename="talks-agreement.graphml"'
    graph = networkx.read_graphml(io.BytesIO(b"".join(response)))
    page = client.get(URL)
    pairs = {
        frozenset(pair): words
        for pair in re.findall(r'id="p-(\w+)\.(\w+)"', page.content.decode())
        if " of " in (words := cell(page, *pair))
    }
    assert {frozenset(edge) for edge in graph.edges} == set(pairs)
    for one, other, data in graph.edges(data=True):
        words = pairs[frozenset((one, other))]
        assert words.startswith(f"{data['weight']:.2f}")
        assert f"of {data['n']}" in words
    assert graph.nodes["usa"] == {"name": "Usa", "kind": "state", "issues": 0}


def test_the_network_of_a_private_dossier_is_for_its_members(client, a_dossier, a_member, four):
    dossier = a_dossier()
    dossier.visibility = "members"
    dossier.save()
    url = "/dossiers/talks/agreement.graphml"
    assert client.get(url).status_code == 404
    client.force_login(a_member())
    assert client.get(url).status_code == 200


def test_the_figures_of_the_demonstration_dossier_are_those_worked_out_by_hand(client):
    """As of 25 January 2017, first-hand only, from the values in stances.csv.

    Government of Syria and opposition share two issues: Assad (-0.8 and 1) gives
    1 - 1.8 / 2 = 0.1, Wadi Barada (0.6 and -1) gives 1 - 1.6 / 2 = 0.2. Together 0.3 of 2, 0.15.

    Russia and the opposition share four: Iran as guarantor (1 and -1) 0, Russia as guarantor
    (1 and 1) 1, a new constitution (1 and -1) 0, a political solution (1 and 1) 1: 2 of 4, 0.50.
    Of 32 preference issues 28 are open, and on each of them the likeness could be 0, as one of
    the two is silent or has two voices and the other holds 1 or -1, or nothing at all:
    2 / 32 = 0.06 at the least, (2 + 28) / 32 = 0.94 at the most.

    Russia and Turkey share eight, on all of which both hold 1: 8 of 8. Off the scale is the
    secular state, which the statement of 24 January leaves out.
    """
    call_command("load_dossier", str(SEEDS), stdout=io.StringIO())
    url = "/dossiers/syria-astana-2017/agreement/?as_of=2017-01-25&first_hand=1"
    response = client.get(url)
    assert cell(response, "syria-gov", "opposition").startswith("0.15 0.3 of 2")
    assert cell(response, "russia", "opposition") == "0.50 2 of 4 open: 0.06 to 0.94"
    assert cell(response, "russia", "turkey").startswith("1.00 8 of 8")
    words = said_on(client.get(f"{url}&pair=syria-gov.opposition"))
    assert "The future of Bashar al-Assad adds 0.1 of 1" in words
    assert "Operations in Wadi Barada adds 0.2 of 1" in words


def links_of(response, name: str) -> list[str]:
    """Return the addresses to which the links of a panel called `name` lead."""
    html = response.content.decode()
    return [unescape(found) for found in re.findall(rf'<a href="([^"]*)">{name}', html)]


@pytest.mark.parametrize("measure", ["agreement", "congruence"])
def test_the_passages_of_a_pair_are_those_of_its_range(client, a_position, measure):
    for said in ("2016-05-01", "2017-01-10", "2017-02-20"):
        for actor in ("russia", "turkey"):
            a_position(actor=actor, said=said, summary=f"{actor} in {said}.")
    a_position(actor="russia", said="2017-01-11", voice="characterised", summary="A reporter.")
    query = "pair=russia.turkey&least=1&from=2017-01-01&to=2017-01-31&first_hand=1"
    panel = client.get(f"{URL}?{query}&measure={measure}")
    (link,) = links_of(panel, "(?:Passages|Positions and passages)")
    words = said_on(client.get(link))
    assert "russia in 2017-01-10." in words
    assert "turkey in 2017-01-10." in words
    for left_out in ("in 2016-05-01.", "in 2017-02-20.", "A reporter."):
        assert left_out not in words


def test_the_passages_of_a_pair_are_as_of_its_day_and_as_first_hand(client, a_position):
    for actor in ("russia", "turkey"):
        a_position(actor=actor, said="2017-01-10")
    panel = client.get(f"{URL}?pair=russia.turkey&least=1&as_of=2017-01-12&first_hand=1")
    (link,) = links_of(panel, "Passages")
    assert "as_of=2017-01-12" in link
    assert "first_hand=1" in link
    assert client.get(link).status_code == 200


def test_the_passages_of_a_pair_leave_out_what_was_said_before_its_range(client, a_position):
    a_position(actor="russia", said="2016-05-01", summary="Long before.")
    a_position(actor="turkey", said="2017-01-10", summary="Within.")
    panel = client.get(f"{URL}?pair=russia.turkey&least=1&from=2017-01-01&to=2017-01-31")
    assert "Only one is heard (1)" in said_on(panel)
    words = said_on(client.get(*links_of(panel, "Passages")))
    assert "Within." in words
    assert "Long before." not in words
