"""Adding an article: read, look over, store."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from astana.models import Article

pytestmark = pytest.mark.django_db

WORDS = "The delegations met in the capital on Monday and spoke of a truce for many hours."


@pytest.fixture
def desk(client, a_member, a_source):
    a_source()
    client.force_login(a_member("coder", role="coder"))
    return client


URL = "/dossiers/talks/articles/new/"


def _filled_in(**values) -> dict:
    return {
        "source": "gazette",
        "title": "Talks",
        "published": "2017-01-23",
        "language": "en",
        "coverage": "full",
        "rights": "members",
        "text": WORDS,
        "do": "save",
    } | values


def test_nothing_is_stored_before_somebody_has_looked(desk):
    answer = desk.post(URL, {"text": WORDS, "do": "read"})
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
    assert not Article.objects.exists()


def test_an_uploaded_page_is_shown_with_what_it_says_of_itself(desk):
    page = f"""<!doctype html><html lang="en"><head><title>Truce talks</title>
    <meta property="og:site_name" content="Gazette"></head>
    <body><article><h1>Truce talks</h1><p>{WORDS}</p><script>alert(1)</script></article></body>"""
    file = SimpleUploadedFile("talks.html", page.encode())
    html = desk.post(URL, {"file": file, "do": "read"}).content.decode()
    assert 'value="Truce talks"' in html
    assert '<option value="gazette" selected>' in html
    assert "alert(1)" not in html


def test_what_cannot_be_read_is_refused(desk):
    file = SimpleUploadedFile("talks.exe", b"MZ")
    answer = desk.post(URL, {"file": file, "do": "read"})
    assert answer.status_code == 422
    assert "can be read" in answer.content.decode()


def test_a_saved_article_leads_on_to_coding_it(desk):
    answer = desk.post(URL, _filled_in())
    article = Article.objects.get()
    assert answer["Location"] == reverse("codings:article", args=["talks", article.slug])
    assert article.renditions.get().text == WORDS


def test_what_is_not_complete_keeps_everything(desk):
    answer = desk.post(URL, _filled_in(published="", byline="<b>A. Reporter</b>"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert WORDS in html
    assert "&lt;b&gt;A. Reporter&lt;/b&gt;" in html
    assert not Article.objects.exists()


def test_an_article_with_the_same_wording_is_named(desk, a_rendition):
    a_rendition(WORDS)
    html = desk.post(URL, {"text": WORDS + " So it went.", "do": "read"}).content.decode()
    assert "/dossiers/talks/articles/gazette-2017-01-25/" in html
    assert "% of this text" in html


def test_foreign_fields_change_nothing(desk):
    desk.post(URL, _filled_in(slug="mine", dossier="99", id="7"))
    assert Article.objects.get().slug == "gazette-2017-01-23"


def test_a_body_too_large_is_refused_unread(client, settings):
    settings.BODY_MAX_BYTES = 1_000
    answer = client.post(URL, {"text": "x" * 2_000})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize(
    ("stored", "is_asked"),
    [
        ({}, True),
        ({"title": "The talks beginn"}, True),
        ({"title": "Something else"}, False),
        ({"published": "2017-01-24"}, False),
        ({"title": "Something else", "published": "2016-01-01", "has_text": True}, True),
    ],
)
def test_an_article_that_is_there_already_is_asked_about_before_it_is_saved(
    desk, a_rendition, stored, is_asked
):
    stored = dict(stored)
    has_text = stored.pop("has_text", False)
    sent = _filled_in(title="The talks begin", do="save")
    words = sent["text"] if has_text else "Other words altogether."
    there = a_rendition(words, article="there").article
    values = {"title": "The talks begin", "published": sent["published"]} | stored
    Article.objects.filter(pk=there.pk).update(**values)
    answer = desk.post(URL, sent)
    assert (answer.status_code == 422) == is_asked
    if is_asked:
        html = answer.content.decode()
        assert "Perhaps this article is already stored" in html
        assert 'name="confirmed" value="there"' in html
        # What was typed is there; sent once more, it is stored, and named where it is coded.
        assert "The talks begin" in html
        saved = desk.post(URL, sent | {"confirmed": "there"}, follow=True)
        assert "Perhaps this article is already stored" in saved.content.decode()
    assert Article.objects.count() == 2
