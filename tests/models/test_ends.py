"""The ends of a scale are named in the issue's own words, wherever it is drawn."""

import re

import pytest
from django.urls import reverse

from astana.models import Issue
from astana.models.ends import ends_by_issue
from astana.templatetags.ends import scale_ends
from tests.a_large_dossier import a_large_dossier
from tests.addresses import page_url
from tests.pages.rows import in_words
from tests.permissions import TABLE
from tests.site_pages import pages

pytestmark = pytest.mark.django_db


def meant(issue: Issue) -> list[tuple[str, str]]:
    found = ends_by_issue(issue.dossier, [issue.slug])[issue.slug]
    return [(end.step, end.label) for end in found.ends]


def test_the_ends_are_the_lowest_and_the_highest_value(an_issue):
    assert meant(an_issue()) == [("minus-2", "Opposes"), ("plus-2", "Supports")]


def test_a_scale_of_one_answer_has_one_end(an_issue):
    issue = an_issue()
    issue.stances.exclude(slug="supports").delete()
    assert meant(issue) == [("plus-2", "Supports")]


def test_answers_without_an_order_have_no_ends_and_are_all_named(an_issue):
    issue = an_issue(scale="nominal")
    issue.stances.update(value=None)
    labels = [label for _step, label in meant(issue)]
    assert labels == ["Supports", "Neither", "Opposes", "Declines"]
    words = in_words(scale_ends(ends_by_issue(issue.dossier, [issue.slug])[issue.slug]))
    assert words.startswith("Answers without an order")


def test_an_issue_without_answers_has_nothing_to_name(an_issue):
    issue = an_issue()
    issue.stances.all().delete()
    assert scale_ends(ends_by_issue(issue.dossier, [issue.slug])[issue.slug]) == ""


def test_the_words_of_ends_are_escaped(an_issue):
    issue = an_issue()
    issue.stances.filter(slug="supports").update(label="<b>Yes</b>")
    assert "<b>" not in scale_ends(ends_by_issue(issue.dossier, [issue.slug])[issue.slug])


PAGES = {
    "compare": ("compare:matrix", {}),
    "compare, actors in rows": ("compare:matrix", {"transpose": "1"}),
    "timeline of an issue": ("timeline:index", {"issue": "cease-fire"}),
    "timeline of an actor": ("timeline:index", {"by": "actor", "actor": "russia"}),
    "common ground": ("common_ground:index", {}),
    "issues": ("issues:index", {}),
    "overview": ("dossiers:detail", {}),
    "blind reading": ("compare:matrix", {"blind": "1"}),
    "worksheet": ("compare:matrix", {"blind": "worksheet"}),
}


@pytest.mark.parametrize(("name", "query"), PAGES.values(), ids=PAGES)
def test_a_picture_names_both_ends_and_what_marks_and_words_mean(client, a_position, name, query):
    a_position(actor="russia", stance="neither")
    a_position(actor="turkey", stance="supports")
    is_paper = query.get("blind") == "worksheet"
    query = query | {"blind": "1"} if is_paper else query
    response = client.get(reverse(name, args=["talks"], query=query), follow=not is_paper)
    if is_paper:
        address = f"/dossiers/talks/blind/{response['Location'].removeprefix('../blind/')}"
        response = client.get(address.replace("blind/?", "blind/worksheet/?"))
    html = response.content.decode()
    before, _, after = html.partition('class="ends from-to"')
    assert "Opposes" in after.split("</div>")[0]
    assert "Supports" in after.split("</div>")[0]
    for words in ("Orange squares and purple circles", "Reported", "By an act", "Two voices"):
        assert words in html
    assert 'class="legend"' in before


def test_agreement_says_what_its_ends_are_before_the_table_and_those_of_each_issue_of_a_pair(
    client, a_position
):
    for actor, stance in (("russia", "supports"), ("turkey", "neither")):
        a_position(actor=actor, stance=stance)
    query = {"least": "1", "pair": "russia.turkey"}
    html = client.get(reverse("agreement:index", args=["talks"], query=query)).content.decode()
    before, _, after = html.partition('class="agreement-table"')
    assert "0: at opposite ends of every shared issue" in before
    assert "1: the same on every shared issue" in before
    ends = after.partition('class="ends from-to"')[2].split("</div>")[0]
    assert "Opposes" in ends
    assert "Supports" in ends


def test_the_pages_of_an_issue_and_of_an_actor_and_the_first_page_do_so_too(client, a_position):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="opposes")
    for address in ("/dossiers/talks/issues/cease-fire/", "/dossiers/talks/actors/russia/", "/"):
        html = client.get(address).content.decode()
        assert 'class="ends from-to"' in html, address
        assert "By an act" in html, address


def test_every_public_page_that_draws_a_stance_says_what_its_mark_means(client):
    a_large_dossier("talks", size=3)
    drawn = set()
    for name in pages():
        if TABLE[name].get not in ("seen", "anonymous") or name.startswith(
            ("invitations:", "classes:", "comparisons:")
        ):
            continue
        query = "?q=issue" if name == "search:index" else ""
        html = client.get(page_url(name) + query).content.decode()
        if re.search(r'class="(stance|mark)[ "]', html):
            drawn.add(name)
            assert 'class="legend"' in html, name
    assert {"search:index", "positions:detail", "articles:detail", "events:detail"} <= drawn
