"""The words of an article are looked over before they are stored."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from astana.intake.reading import ORIGINS as ORIGIN_CODES
from astana.intake.reading import REFUSALS as REFUSAL_CODES
from astana.intake.reading import WARNINGS as WARNING_CODES
from astana.models import User
from astana.models.alike import articles_like
from astana.pages.articles.forms import (
    ORIGINS,
    REFUSALS,
    WARNINGS,
    ArticleForm,
    WordsForm,
)

pytestmark = pytest.mark.django_db


def _file(name: str, data: bytes) -> dict:
    return {"file": SimpleUploadedFile(name, data)}


def test_every_refusal_and_warning_has_its_words():
    assert set(REFUSALS) == set(REFUSAL_CODES)
    assert set(WARNINGS) == set(WARNING_CODES)
    assert set(ORIGINS) == set(ORIGIN_CODES)
    for code, parameters in REFUSAL_CODES.items():
        assert REFUSALS[code] % dict.fromkeys(parameters, 7)


def test_pasted_words_keep_emoji_and_paragraphs():
    form = WordsForm({"text": "They met 🕊️.\r\n\r\nقالت روسيا نعم."})
    assert form.is_valid()
    assert form.reading.text == "They met 🕊️.\n\nقالت روسيا نعم."


def test_a_page_keeps_its_words_and_nothing_else():
    page = "<!doctype html><html><body><article><h1>Talks</h1>"
    page += "<p>They met in the capital on Monday.</p>"
    page += "<script>alert(1)</script><p onclick='x()'>They spoke.</p></article></body></html>"
    form = WordsForm({}, _file("page.html", page.encode()))
    assert form.is_valid()
    assert "They met in the capital on Monday." in form.reading.text
    assert "alert" not in form.reading.text
    assert "onclick" not in form.reading.text


@pytest.mark.parametrize(
    ("data", "files"),
    [
        ({}, {}),
        ({"text": "  "}, {}),
        ({"text": "Words."}, _file("a.txt", b"Words.")),
        ({}, _file("../../etc/passwd", b"Words.")),
        ({}, _file("a.exe", b"MZ")),
        ({}, _file("a.pdf", b"not a pdf")),
        ({}, _file("a.txt", b"x" * 10_000_001)),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, files):
    form = WordsForm(data, files)
    assert not form.is_valid()
    assert form.reading is None


def test_what_a_page_says_is_shown_with_where_it_says_so_and_else_left_empty(
    client, a_dossier, a_member
):
    client.force_login(a_member(role="coder"))
    page = (
        "<html><head><meta property='article:published_time' content='2017-01-23'>"
        "<link rel='canonical' href='https://paper.example/talks'></head>"
        "<body><h1>وصل المبعوثون إلى القاعة</h1><p>ولم يقولوا في الصباح ماذا جلبوا معهم.</p>"
    )
    address = reverse("articles:new", args=[a_dossier().slug])
    shown = client.post(address, {"do": "read"} | _file("a.html", page.encode())).content.decode()
    for name, value, origin in (
        ("published", "2017-01-23", "open-graph"),
        ("url", "https://paper.example/talks", "link"),
        ("language", "ar", "words"),
    ):
        assert re.search(
            rf'name="{name}" value="{value}"[^>]* aria-describedby="id_{name}_help', shown
        )
        assert f'id="id_{name}_helptext">{escape(ORIGINS[origin])}' in shown
    pasted = client.post(address, {"do": "read", "text": "Words"}).content.decode()
    for name in ("published", "url", "language", "title", "byline"):
        assert re.search(rf'name="{name}"(?! value)', pasted)
        assert f"id_{name}_helptext" not in pasted


@pytest.fixture
def filled_in(a_dossier, a_source):
    a_source()

    def build(**values) -> ArticleForm:
        values = {
            "source": "gazette",
            "title": "Talks",
            "published": "2017-01-23",
            "language": "en",
            "coverage": "full",
            "rights": "members",
            "text": "They met.",
        } | values
        return ArticleForm(values, dossier=a_dossier())

    return build


def test_an_article_has_one_source_known_or_new(filled_in):
    assert filled_in().is_valid()
    assert filled_in(source="", new_source="The Times").is_valid()
    assert not filled_in(source="").is_valid()
    assert not filled_in(new_source="The Times").is_valid()


@pytest.mark.parametrize(
    "values",
    [
        {"language": "English"},
        {"published": "soon"},
        {"url": "javascript:alert(1)"},
        {"text": "\n\n"},
        {"rights": "everybody"},
        {"source": "of-another-dossier"},
    ],
)
def test_what_does_not_fit_is_refused(filled_in, values):
    assert not filled_in(**values).is_valid()


def test_the_same_wording_is_found_only_in_texts_that_one_may_read(
    a_dossier, a_rendition, a_member
):
    words = "The delegations met in the capital on Monday and spoke of a truce for hours."
    a_rendition(words, rights="members")
    member, stranger = a_member(), User.objects.create_user("stranger")
    alike, is_complete = articles_like(words + " So it went.", dossier=a_dossier(), user=member)
    assert [(article.slug, is_complete) for article, _share in alike] == [
        ("gazette-2017-01-25", True)
    ]
    assert articles_like(words, dossier=a_dossier(), user=stranger) == ([], True)
