"""Every page, light, dark, in forced colours and on paper: readable by all, nothing cut off."""

from urllib.parse import unquote

import pytest

from tests.browser.addresses import ADDRESSES, SIGNED_IN
from tests.browser.barriers import barriers
from tests.browser.paper import SIDEWAYS, UPRIGHT, beyond_the_margin
from tests.site_pages import pages

# In one question each, as every one of them goes to the browser and back.
NAMED = """() => ({
    names: [...document.querySelectorAll("[id]")].map((one) => one.id),
    links: [...document.querySelectorAll('a[href^="#"]')]
        .map((one) => one.getAttribute("href").slice(1)),
    isWide: !!document.querySelector(".matrix thead .c5"),
})"""
SEEN = """() => ({
    width: document.documentElement.scrollWidth,
    headings: [...document.querySelectorAll("h1")].map((one) => {
        const { width, height } = one.getBoundingClientRect();
        return one.checkVisibility({ visibilityProperty: true }) && width * height > 0;
    }),
})"""
each_address = pytest.mark.parametrize("name", ADDRESSES)


def test_every_page_is_looked_at():
    assert set(pages()) <= {name.split("-")[0] for name in ADDRESSES}


@each_address
def test_a_page_has_no_barrier_in_any_colours_or_width_and_is_whole_on_paper(visit, name):
    page = visit(ADDRESSES[name], signed_in=SIGNED_IN.get(name, False))
    named = page.evaluate(NAMED)
    names, links = named["names"], named["links"]
    assert len(names) == len(set(names))
    assert {unquote(link) for link in links} <= set(names)
    assert links[0] == "main"
    assert barriers(page, wide="-" not in name) == []
    # The first is a window of 1280, enlarged to 400 %.
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        seen = page.evaluate(SEEN)
        assert seen["width"] <= width
        assert seen["headings"] == [True]
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": SIDEWAYS if named["isWide"] else UPRIGHT, "height": 1000})
    assert beyond_the_margin(page) == []
    assert page.evaluate(SEEN)["headings"] == [True]
