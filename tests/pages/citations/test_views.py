"""The page of citations: what is cited, as text and as files."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from astana.models import Article, Evidence
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"


def _item(client, query: str) -> dict:
    response = client.get(f"{BASE}cite/?{query}&format=csl")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    (item,) = json.loads(response.content)
    return item


def test_a_position_is_cited_with_its_address_and_dossier(client, a_position):
    position = a_position()
    item = _item(client, f"of=position&name={position.key}")
    # No article reports it: it has no date, and the day it was entered here is not one.
    assert "issued" not in item
    assert item["URL"] == f"http://testserver{position.get_absolute_url()}"
    assert item["container-title"] == "Talks"
    assert item["title"].startswith("Russia on “Cease fire”:")
    assert client.get(item["URL"]).status_code == 200


def test_a_position_is_cited_and_dated_by_the_articles_that_report_it(
    client, a_position, a_rendition
):
    """Outlet, article, date and paragraph of each; what disputes it dates nothing."""
    later = a_rendition("Once more.\n\nThey met.", article="times-2", source="times", kind="full")
    disputing = a_rendition("They met.", article="herald-1", source="herald")
    Article.objects.filter(slug="times-2").update(published=date(2017, 2, 3))
    Article.objects.filter(slug="herald-1").update(published=date(2017, 1, 2))
    position = a_position(rendition=a_rendition(), quote="They met.")
    passage = position.evidence.get()
    for number, (rendition, role, start) in enumerate(
        [(later, "supports", 12), (disputing, "disputes", 0)], 2
    ):
        Evidence.objects.create(
            position=position,
            number=number,
            rendition=rendition,
            role=role,
            paragraph=2 if start else 1,
            start=start,
            end=start + 9,
            exact=passage.exact,
        )
    item = _item(client, f"of=position&name={position.key}")
    assert item["issued"] == {"date-parts": [[2017, 1, 25]]}
    named = (
        "Reported in Gazette, “Gazette 2017 01 25”, January 25, 2017, paragraph 1 of the synopsis; "
        "Times, “Times 2”, February 3, 2017, paragraph 2. "
        "Disputed in Herald, “Herald 1”, January 2, 2017, paragraph 1 of the synopsis"
    )
    assert item["note"].endswith(named)
    shown = client.get(f"{BASE}cite/?of=position&name={position.key}")
    # APA and Chicago; MLA has its own way to write a day.
    assert shown.content.decode().count(f"{named}.") == 2
    assert "Gazette 2017 01 25”, 25 Jan. 2017, paragraph 1" in shown.content.decode()


def test_an_article_without_an_address_of_its_own_is_cited_as_it_is_read_here(client, a_rendition):
    article = a_rendition().article
    article.url = "https://gazette.example/"
    article.save()
    item = _item(client, f"of=article&name={article.slug}")
    assert item["URL"] == f"http://testserver{article.get_absolute_url()}"


def test_an_issue_is_cited(client, an_issue):
    an_issue("elections")
    assert _item(client, "of=issue&name=elections")["URL"].endswith("/issues/elections/")


def test_an_article_is_cited_as_its_source_published_it(client, a_rendition):
    article = a_rendition().article
    article.byline, article.url = "Ann Author", "https://gazette.example/x"
    article.save()
    item = _item(client, f"of=article&name={article.slug}")
    assert (item["URL"], item["author"]) == (article.url, [{"literal": "Ann Author"}])
    assert item["container-title"] == "Gazette"
    assert item["issued"] == {"date-parts": [[2017, 1, 25]]}
    assert article.get_absolute_url() in item["note"]


def test_a_comparison_is_cited_by_an_address_that_stays(client, a_position):
    past, future = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    a_position(actor="russia", published_at=past)
    item = _item(client, "of=compare&actor=russia&issue=cease-fire&as_of=2017-02-01")
    address = item["URL"].removeprefix("http://testserver") + "&unfold=1"
    assert "as_of=2017-02-01" in address
    assert "recorded_as_of=" in address
    a_position(actor="russia", stance="opposes", said="2017-01-31", published_at=future)
    assert "russia supports cease-fire." in words_of(client.get(address))
    assert "russia opposes cease-fire." not in words_of(client.get(address))


def test_the_dossier_is_cited_where_nothing_else_is_named(client, a_dossier):
    a_dossier()
    assert _item(client, "")["title"] == "Talks"


def test_each_style_and_file_can_be_copied(client, a_position):
    html = client.get(f"{BASE}cite/?of=position&name={a_position().key}").content.decode()
    for name in re.findall(r'data-copies="([\w-]+)"', html):
        assert html.count(f'id="{name}"') == 1
    assert len(re.findall("data-copies", html)) == 6
    assert 'src="/static/js/copy.js"' in html


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("bibtex", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("csl", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_a_download_is_what_the_page_shows(client, a_position, name, content_type):
    address = f"{BASE}cite/?of=position&name={a_position(summary='A <b> & “c”.').key}"
    response = client.get(f"{address}&format={name}")
    assert response["Content-Type"].startswith(content_type)
    shown = re.search(
        rf'<pre id="{name}-text"[^>]*>(.*?)</pre>', client.get(address).content.decode(), re.S
    )[1]
    escaped = response.content.decode().replace("\r\n", "\n")
    assert (
        shown.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        .replace("\r\n", "\n")
        == escaped
    )


@pytest.mark.parametrize("query", ["of=position&name=p1", "of=issue&name=x", "of=article&name=x"])
def test_what_is_not_there_is_named(client, a_position, query):
    a_position()
    response = client.get(f"{BASE}cite/?{query}")
    assert response.status_code == 400
    assert f"“{query.rsplit('=', 1)[1]}”" in words_of(response)


def test_a_name_that_is_missing_is_asked_for(client, a_position):
    a_position()
    words = words_of(client.get(f"{BASE}cite/?of=position"))
    assert "Add the short name of what is to be cited" in words
    assert "“”" not in words


@pytest.mark.parametrize("query", ["of=zzz", "format=pdf", "of=position", "of=compare&actor=zzz"])
def test_what_cannot_be_understood_is_refused(client, a_dossier, query):
    a_dossier()
    assert client.get(f"{BASE}cite/?{query}").status_code == 400


def test_a_draft_is_not_cited(client, a_position, a_member):
    draft = a_position(status="draft", summary="The canary sang.")
    client.force_login(a_member())
    response = client.get(f"{BASE}cite/?of=position&name={draft.key}")
    assert response.status_code == 400
    assert "canary" not in response.content.decode()


def test_pages_lead_to_their_citation(client, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="They met.")
    for address, query in (
        (position.get_absolute_url(), f"of=position&amp;name={position.key}"),
        (f"{BASE}issues/cease-fire/", "of=issue&amp;name=cease-fire"),
        (f"{BASE}articles/gazette-2017-01-25/", "of=article&amp;name=gazette-2017-01-25"),
        (f"{BASE}compare/?actor=russia&choose=more", "actor=russia&amp;of=compare"),
    ):
        assert f'href="{BASE}cite/?{query}"' in client.get(address).content.decode()
