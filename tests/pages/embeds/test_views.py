"""What others show in their pages says what our pages say, for nobody in particular."""

import json
import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from PIL import Image

from astana.exchange.card import font
from astana.exchange.picture import Compared, Said, as_png, laid
from astana.models import Event, Position
from tests.as_a_new_process import forget

pytestmark = pytest.mark.django_db
TALKS = "/embed/dossiers/talks/"
SHOWN = ["compare/", "issues/cease-fire/", "timeline/"]
SITE = "http://testserver"


def _html(response):
    return lxml.html.fromstring(response.content.decode())


def _words(response) -> str:
    return " ".join(_html(response).text_content().split())


@pytest.fixture
def talks(a_position, a_rendition):
    a_position(said="2017-01-26", rendition=a_rendition())
    a_position(actor="turkey", said="2017-01-27", voice="characterised", stance="opposes")
    a_position(actor="iran", issue="constitution", said="2017-01-28")


def test_only_what_is_shown_elsewhere_may_be_framed_and_it_knows_nobody(
    client, talks, settings, a_member
):
    settings.CACHE_SECONDS = 60
    client.force_login(a_member(role="owner"))
    for shown in SHOWN:
        answer, page = client.get(TALKS + shown), client.get(f"/dossiers/talks/{shown}")
        assert answer.status_code == 200
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
        html = _html(answer)
        assert not html.xpath("//form | //button | //input | //script[not(@src)] | //*[@style]")
        assert html.xpath("//base/@target") == ["_top"]
        assert all(link.startswith(("/", "#")) for link in html.xpath("//a/@href"))
        anonymous = Client().get(TALKS + shown)
        assert anonymous.content == answer.content
        assert anonymous["Cache-Control"].startswith("public, max-age=60")
        assert (
            Client().get(TALKS + shown, headers={"If-None-Match": anonymous["ETag"]}).status_code
            == 304
        )


def test_a_private_dossier_is_shown_nowhere_else_even_to_its_members(
    client, talks, a_dossier, a_member
):
    a_dossier().__class__.objects.update(visibility="members")
    client.force_login(a_member(role="owner"))
    for shown in SHOWN:
        answer = client.get(TALKS + shown)
        assert answer.status_code == 404
        assert "no-store" in answer["Cache-Control"]
        assert "Talks" not in _words(answer)
        assert "not public" in _words(answer)
        page = client.get(f"/dossiers/talks/{shown}?choose=more")
        assert "oembed" not in page.content.decode()
        assert "<iframe" not in unescape(page.content.decode())
        url = f"{SITE}/dossiers/talks/{shown}"
        assert client.get("/oembed", {"url": url}).status_code == 404


def test_it_says_what_the_page_says(client, talks):
    compare = client.get(f"{TALKS}compare/")
    words = _words(compare)
    for said in ("As of 28 Jan 2017", "3 cells with a position, 3 silent; 1 article published"):
        assert said in words
    assert "characterised by the source" in words
    assert "no stated position: nothing was found" in words
    (leads,) = _html(compare).xpath("//td//a[contains(., 'Opposes')]/@href")
    assert "Turkey" in _words(client.get(leads))
    assert "open=turkey.cease-fire" in leads
    issue = _words(client.get(f"{TALKS}issues/cease-fire/"))
    assert "2 of 3 actors are heard" in issue
    assert "No stated position found: Iran" in issue
    assert "Read so far: 1 article" in issue
    timeline = _words(client.get(f"{TALKS}timeline/"))
    assert "hollow: second-hand" in timeline
    assert "As of 28 Jan 2017" in timeline
    themes = {"": [], "dark": ["only-dark"], "light": ["only-light"], '">': []}
    for theme, said in themes.items():
        page = _html(client.get(f"{TALKS}timeline/", {"theme": theme}))
        assert page.xpath("/html/@class") == said
    assert "nobody" in _words(client.get(f"{TALKS}compare/?actor=nobody"))
    assert client.get(f"{TALKS}timeline/?issue=nothing").status_code == 400


def test_the_code_shows_what_changes_or_what_stands_now(client, talks, a_position):
    """What is published, edited or withdrawn later is told apart by the two."""
    codes = {}
    for shown in SHOWN:
        page = client.get(f"/dossiers/talks/{shown}?choose=more").content.decode()
        codes[shown] = [
            re.search(r'src="([^"]+)"', unescape(unescape(code)))[1].removeprefix(SITE)
            for code in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
        ]
    before = timezone.now() - timedelta(hours=1)
    Position.history.update(history_date=before)
    Position.objects.update(published_at=before)
    edited = Position.objects.get(actor__slug="russia")
    edited.stance = edited.issue.stances.get(slug="neither")
    edited.save()
    gone = Position.objects.get(actor__slug="turkey")
    gone.status, gone.reason = "rejected", "Misread."
    gone.save()
    a_position(actor="iran", said="2017-02-03", stance="declines")
    for shown, (live, fixed) in codes.items():
        assert "recorded_as_of" not in live
        assert "as_of" not in live
        assert live.startswith(TALKS + shown)
        now, before = _words(client.get(live)), _words(client.get(fixed))
        assert "Declines" in now
        assert "3 Feb" not in before
        assert "Neither" in re.sub("What the marks mean", "", now)
        assert "as recorded here by" in before
        assert "1 position published here by then has since been withdrawn" in before
        for html, stance in ((client.get(live), "Neither"), (client.get(fixed), "Supports")):
            assert stance in _of_russia(html)
        # The line below leads to the page as it stood too.
        (page,) = _html(client.get(fixed)).xpath("//footer/a[last()]/@href")
        assert stance in _of_russia(client.get(page))


def _of_russia(response) -> str:
    """Return what is said of Russia in a table, under a stance, or on a lane."""
    html = _html(response)
    found = html.xpath(
        "//td[.//*[contains(., 'Russia')]] | //li[contains(@class, 'lane')][.//a[. = 'Russia']]"
        " | //tr[th[contains(., 'Russia')]]"
    )
    return " ".join(one.text_content() for one in found)


def test_other_sites_find_the_code_by_the_address_alone(client, talks):
    page = client.get("/dossiers/talks/issues/cease-fire/?as_of=2017-01-27&utm_source=x")
    (link,) = _html(page).xpath("//link[@type='application/json+oembed']/@href")
    answer = client.get(link)
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = json.loads(answer.content)
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert (told["width"], told["height"]) == (800, 640)
    (frame,) = lxml.html.fragments_fromstring(told["html"])[:1]
    assert frame.get("src") == f"{SITE}{TALKS}issues/cease-fire/?as_of=2017-01-27"
    assert client.get(frame.get("src")).status_code == 200
    assert told["title"].startswith("Cease fire")
    narrow = client.get(
        link, {"url": f"{SITE}{TALKS}compare/", "maxwidth": "390", "maxheight": "9"}
    )
    assert (narrow.json()["width"], narrow.json()["height"]) == (390, 240)
    for refused, status in {
        "url=http://elsewhere.example/dossiers/talks/compare/": 404,
        f"url={SITE}/dossiers/talks/positions/": 404,
        f"url={SITE}/dossiers/talks/issues/nothing/": 404,
        f"url={SITE}/dossiers/talks/compare/?actor=nobody": 404,
        "url=http://[": 404,
        "": 404,
        f"url={SITE}/dossiers/talks/compare/&format=xml": 501,
    }.items():
        assert client.get(f"/oembed?{refused}").status_code == status, refused


def test_a_picture_says_what_the_table_does_and_where_it_is_from(client, talks, a_dossier):
    query = "as_of=2017-01-28&bodies=0"
    answer = client.get(f"{TALKS}compare.svg?{query}")
    assert answer["Content-Type"] == "image/svg+xml"
    svg = etree.fromstring(answer.content)
    words = " ".join(" ".join(svg.itertext()).split())
    for said in (
        *("3 actors on 2 issues", "Russia", "Supports", "characterised by the source"),
        *("3 cells with a position, 3 silent; 1 article", "it never means neutral"),
        "Source: Astana, Talks, http://testserver/dossiers/talks/compare/",
    ):
        assert said in words
    assert words.count("No stated position") == 3 + 1
    assert not svg.xpath("//*[@style] | //*[local-name() = 'script' or local-name() = 'style']")
    png = client.get(f"{TALKS}compare.png?{query}")
    image = Image.open(BytesIO(png.content))
    box = [round(2 * float(svg.get(side))) for side in ("width", "height")]
    assert (png["Content-Type"], list(image.size)) == ("image/png", box)
    assert client.get(f"{TALKS}compare.gif").status_code == 404
    assert client.get(f"{TALKS}compare.svg?actor=nobody").status_code == 400
    for suffix in ("svg", "png"):
        blind = client.get(f"{TALKS}compare.{suffix}?{query}&blind=1")
        said = blind.content.decode()
        assert (blind.status_code, "after the blind reading" in said) == (400, True)
        assert "Russia" not in said
    dossier = a_dossier()
    dossier.title = "阿斯塔纳 <&>"
    dossier.save()
    svg = etree.fromstring(client.get(f"{TALKS}compare.svg").content)
    assert "阿斯塔纳 <&>" in "".join(svg.itertext())
    refused = client.get(f"{TALKS}compare.png")
    assert (refused.status_code, "SVG" in refused.content.decode()) == (400, True)
    page = client.get("/dossiers/talks/compare/?choose=more").content.decode()
    assert "(PNG: Latin, Greek and Cyrillic letters alone)" in page


def test_an_issue_and_a_timeline_are_pictures_too(client, talks, a_dossier, a_position):
    days = {"start": "2017-01-27", "end": "2017-01-27"}
    Event.objects.create(dossier=a_dossier(), slug="first", name="First meeting", **days)
    a_position(stance="opposes", said="2017-01/2017-02")
    for shown, page, told in (
        (
            *("issues/cease-fire", "issues/cease-fire/"),
            ("Supports", "Russia", "Nobody", "characterised", "No stated position (1): Iran"),
        ),
        (
            *("timeline", "timeline/?by=issue&issue=cease-fire"),
            ("Cease fire over time", "Russia", "Turkey", "Events: 1 First meeting, 27 Jan 2017"),
        ),
    ):
        asked = f"{TALKS}{shown}.%s?{page.partition('?')[2]}"
        answer = client.get(asked % "svg")
        assert answer["Content-Type"] == "image/svg+xml"
        svg = etree.fromstring(answer.content)
        words = " ".join(" ".join(svg.itertext()).split())
        for said in (*told, f"Source: Astana, Talks, {SITE}/dossiers/talks/{page}"):
            assert said in words, said
        assert not svg.xpath("//*[@style] | //*[local-name() = 'script']")
        room = float(svg.get("width"))
        for place in svg.xpath("/*/*/@x | /*/*/@x1 | /*/*/@x2"):
            assert 0 <= float(place) <= room
        image = Image.open(BytesIO(client.get(asked % "png").content))
        assert image.size == (2 * room, 2 * float(svg.get("height")))
        assert client.get(asked % "gif").status_code == 404
        assert client.get(f"{asked % 'svg'}&as_of=soon&from=soon").status_code == 400
        links = _html(client.get(f"/dossiers/talks/{page}")).xpath("//a[@download]/@href")
        assert [one for one in links if one.startswith(f"{TALKS}{shown}.svg")]


def test_nothing_of_a_picture_stands_beyond_its_edge():
    for words in ("x" * 300, "", "an actor of many words " * 3):
        said = Said(words, "plus-1", True, words, words)
        row = (words, [("minus-2", words)], [[said, said], []])
        keys = [("off", False, words[:90])] * 9
        drawn = laid(Compared(words, [words] * 2, [row], words, words, keys, [words]))
        ends = [one.x + font(one.size, one.weight).getlength(one.text) for one in drawn.words]
        assert all(0 < x <= drawn.width for x in ends)
        assert all(0 < one.y < drawn.height for one in drawn.words)
    assert Image.open(BytesIO(as_png(drawn))).size == (2 * drawn.width, 2 * drawn.height)


def test_what_is_shown_elsewhere_costs_the_same_queries_for_more_of_it(client, talks, a_position):
    asked = [*SHOWN, *(f"{shown}?recorded_as_of=2099-01-01" for shown in SHOWN)]

    def queries() -> list[int]:
        found = []
        for shown in asked:
            forget()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(TALKS + shown).status_code == 200
            found.append(len(captured))
        return found

    few = queries()
    for actor in ("usa", "france", "iraq"):
        for issue in ("cease-fire", "constitution", "elections"):
            a_position(actor=actor, issue=issue)
    assert queries() == few
