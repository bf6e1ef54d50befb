"""Two articles side by side, aligned by issue, and articles to put there."""

import re

import pytest

from astana.models import Rendition
from tests.pages.articles.read import (
    TEXT,
    URL,
    html_of,
    paragraph,
    words_of,
)

pytestmark = pytest.mark.django_db


def test_two_articles_stand_side_by_side_aligned_by_issue(client, a_rendition, a_position):
    here = a_rendition(TEXT)
    beside = a_rendition("Nobody came.\n\nRussia refuses.", article="herald-2017-01-26")
    a_position(rendition=here, quote="They met")
    a_position(rendition=here, quote="Iran", actor="iran", issue="only-here")
    a_position(rendition=beside, quote="Russia refuses", stance="opposes")
    html = html_of(client.get(f"{URL}?beside=herald-2017-01-26"))
    assert "both report on 1 issue." in words_of(html)
    table = re.search(r"<table.*?</table>", html, re.DOTALL)[0]
    assert "Cease fire" in table
    assert "the same actor with other stances" in table
    assert "Only here" not in table
    assert 'href="#n1"' in table
    assert 'href="#b-n1"' in table
    assert words_of(paragraph(html, 2, "b-")) == "2Russia refusesnote 1."
    assert len(re.findall(r'<section class="reader-pane" aria-labelledby', html)) == 2
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_those_who_say_the_same_are_not_said_to_differ(client, a_rendition, a_position):
    a_position(rendition=a_rendition(TEXT), quote="They met")
    a_position(rendition=a_rendition("Same.", article="herald-2017-01-26"), quote="Same")
    html = html_of(client.get(f"{URL}?beside=herald-2017-01-26"))
    assert "the same actor with other stances" not in html


def test_articles_that_share_most_issues_are_offered_first(client, a_rendition, a_position):
    here = a_rendition(TEXT)
    for issue in ("cease-fire", "elections"):
        a_position(rendition=here, quote="They met", issue=issue)
    one = a_rendition("One.", article="one-shared")
    a_position(rendition=one, quote="One", issue="cease-fire")
    a_position(rendition=one, quote="One", issue="cease-fire", actor="iran")
    two = a_rendition("Two.", article="two-shared")
    for issue in ("cease-fire", "elections"):
        a_position(rendition=two, quote="Two", issue=issue)
    a_position(rendition=a_rendition("None.", article="none-shared"), quote="None", issue="water")
    html = html_of(client.get(f"{URL}?beside="))
    offers = re.search(
        r'<section class="section sheet reader-choose".*?</section>', html, re.DOTALL
    )
    offers = offers[0]
    assert re.findall(r'href="\?beside=([\w-]+)"', offers) == ["two-shared", "one-shared"]
    assert re.findall(r"(\d) shared issues?", offers) == ["2", "1"]


def test_an_unknown_second_article_is_named_with_close_matches(client, a_rendition, a_position):
    a_position(rendition=a_rendition(TEXT), quote="They met")
    a_position(rendition=a_rendition("One.", article="herald-2017-01-26"), quote="One")
    response = client.get(f"{URL}?beside=herald-2017-01-27")
    assert response.status_code == 400
    problem = re.search(r'<div class="problem.*?</div>', html_of(response), re.DOTALL)[0]
    assert "“herald-2017-01-27”" in problem
    assert 'href="?beside=herald-2017-01-26"' in problem
    assert client.get(f"{URL}?beside=gazette-2017-01-25").status_code == 400


def test_an_article_of_a_hidden_dossier_cannot_stand_beside(client, a_rendition, a_dossier):
    a_rendition(TEXT)
    hidden = a_dossier("closed", visibility="members")
    a_rendition("Hidden.", article="hidden-one", dossier=hidden)
    assert client.get(f"{URL}?beside=hidden-one").status_code == 400


def test_who_works_on_the_dossier_may_attach_the_text_that_is_missing_beside(
    client, a_rendition, a_member
):
    a_rendition(TEXT)
    beside = a_rendition("Gone.", article="courier-2017-01-26")
    Rendition.objects.filter(pk=beside.pk).update(text="")
    html = client.get(f"{URL}?beside=courier-2017-01-26").content.decode()
    assert "members can attach their copy" in html
    client.force_login(a_member())
    html = client.get(f"{URL}?beside=courier-2017-01-26").content.decode()
    assert "attach_text courier-2017-01-26" in html
    assert "members can attach their copy" not in html
