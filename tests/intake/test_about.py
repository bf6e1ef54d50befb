"""What a page says about itself is taken from where it says so; nothing is guessed."""

import json

import lxml.html
import pytest

from astana.intake.about import day_of, said_by

NOT_SAID = """<article><h1>Talks open</h1><p>It fell in 2016, and he will come on 5 May 2018.</p>
<p><time datetime="2011-02-03">A day</time> is told of. By Ann Hill</p></article>
<footer>© 2010-2024 The Paper <a href="/">Home</a></footer>
<meta property="article:modified_time" content="2019-05-05">
<meta name="revised" content="2018-01-01">
<time itemprop="dateModified" datetime="2019-05-05">"""


def said(*parts, head=""):
    page = f"<html><head>{head}</head><body>{''.join(parts)}</body></html>"
    return said_by(lxml.html.document_fromstring(page), page)


def a_graph(*nodes):
    data = json.dumps({"@context": "https://schema.org", "@graph": nodes})
    return f'<script type="application/ld+json">{data}</script>'


def test_what_is_not_said_stays_empty():
    assert said(NOT_SAID) == ({"title": ("Talks open", "heading")}, False)


def test_data_for_machines_comes_first():
    graph = a_graph(
        {"@type": "WebPage", "datePublished": "2017-02-02", "dateModified": "2019-05-05"},
        {"@id": "#ann", "@type": "Person", "name": "Ann Hill"},
        {
            "@type": ["NewsArticle"],
            "headline": "Talks &amp; tea",
            "datePublished": "2017-01-23T23:30:00-05:00",
            "author": [{"@id": "#ann"}, {"name": "Bo Lund"}, "https://paper.example/staff"],
            "publisher": {"@type": "Organization", "name": "The Paper"},
        },
    )
    meta = (
        '<meta property="og:title" content="Other"><meta name="author" content="Other">'
        '<meta property="article:published_time" content="2018-01-01">'
        '<link rel="canonical" href="https://paper.example/talks">'
    )
    assert said(NOT_SAID, head=meta + graph)[0] == {
        "title": ("Talks & tea", "json-ld"),
        "author": ("Ann Hill, Bo Lund", "json-ld"),
        "date": ("2017-01-23", "json-ld"),
        "site": ("The Paper", "json-ld"),
        "url": ("https://paper.example/talks", "link"),
    }


def test_of_several_articles_the_one_of_this_address_counts_and_else_what_they_share():
    nodes = [
        {
            "@type": "Article",
            "url": f"https://paper.example/{day}",
            "datePublished": f"2017-01-{day}",
        }
        for day in (23, 24)
    ]
    own = '<meta property="og:url" content="https://paper.example/24">'
    assert said(head=own + a_graph(*nodes))[0]["date"] == ("2017-01-24", "json-ld")
    listed = {"@type": "ItemList", "itemListElement": nodes}
    for graph in (a_graph(*nodes), a_graph(listed), a_graph() + "<script>{"):
        assert "date" not in said(head=graph)[0]


@pytest.mark.parametrize(
    ("markup", "origin"),
    [
        ('<meta property="article:published_time" content="2017-01-23T08:00Z">', "open-graph"),
        ('<meta name="DC.date.issued" content="20170123">', "meta"),
        ('<meta name="pubdate" content="Mon, 23 Jan 2017 08:00:00 GMT">', "meta"),
        ('<span itemprop="datePublished" content="2017-01-23">today</span>', "marked"),
        ('<time class="entry-date published" datetime="2017-01-23">', "marked"),
        ('<article><header><time datetime="2017-01-23">Monday</time></header></article>', "marked"),
    ],
)
def test_a_day_of_publication_is_one_that_is_marked_as_such(markup, origin):
    assert said(NOT_SAID, markup)[0]["date"] == ("2017-01-23", origin)


def test_a_day_that_can_be_read_in_two_ways_is_left_out_and_that_is_said():
    found, is_unclear = said('<meta name="date" content="03/04/2017">')
    assert ("date" in found, is_unclear) == (False, True)
    words = ["2017-13-01", "2017", "2017-01", "1970-01-01T00:00:00Z", "", "3.4.2017", "tomorrow"]
    assert [day_of(one) for one in words] == [""] * len(words)
    assert [day_of(one) for one in ("2017/01/23", "2017.01.23 9:00")] == ["2017-01-23"] * 2


def test_a_list_of_articles_has_no_day_and_no_title():
    teaser = '<h1 itemprop="headline">Talks {0}</h1><time class="published" datetime="2017-01-{0}">'
    assert said(teaser.format(23), teaser.format(24)) == ({}, False)


def test_the_name_of_the_site_is_no_part_of_the_title():
    head = (
        '<title>Talks – open | The Paper</title><meta property="og:site_name" content="The Paper">'
    )
    assert said("<h1>One</h1><h1>Two</h1>", head=head)[0]["title"] == ("Talks – open", "title-tag")


def test_addresses_are_whole_and_those_of_people_are_no_names():
    page = (
        "<!-- saved from url=(0027)https://paper.example/talks --><html lang=pt_BR>"
        '<link rel="canonical" href="/talks"><meta property="og:url" content="javascript:alert(1)">'
        '<meta property="article:author" content="https://social.example/ann">'
        '<a rel="author" href="/ann">Ann Hill</a></html>'
    )
    assert said_by(lxml.html.document_fromstring(page), page)[0] == {
        "language": ("pt-BR", "tag"),
        "author": ("Ann Hill", "marked"),
        "url": ("https://paper.example/talks", "saved-from"),
    }
