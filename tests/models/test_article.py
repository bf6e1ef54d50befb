"""Articles: which address is that of the article itself."""

import pytest

from astana.models import Article, Source

HOME = "https://www.gazette.example/en/"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://gazette.example",
        "https://gazette.example/",
        "http://www.elsewhere.example/#top",
        "https://www.gazette.example/en/",
        "http://gazette.example/en",
        "http://gazette.example/en#top",
    ],
)
def test_a_first_page_is_no_address_of_an_article(url):
    assert Article(url=url, source=Source(homepage=HOME)).original == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/en/talks",
        "https://gazette.example/?p=12",
        "https://gazette.example/#/talks/12",
        "https://gazette.example/en/?p=12",
    ],
)
@pytest.mark.parametrize("homepage", [HOME, ""])
def test_an_address_of_its_own_is_the_original(url, homepage):
    assert Article(url=url, source=Source(homepage=homepage)).original == url
