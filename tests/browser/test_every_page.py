"""Every page, light, dark, in forced colours and on paper: readable by all, nothing cut off."""

from urllib.parse import unquote

import pytest

from tests.browser.addresses import ADDRESSES, SIGNED_IN
from tests.browser.barriers import barriers
from tests.browser.paper import SIDEWAYS, UPRIGHT, beyond_the_margin
from tests.browser.widths import width_of
from tests.site_pages import pages

each_address = pytest.mark.parametrize("name", ADDRESSES)


def test_every_page_is_looked_at():
    assert set(pages()) <= {name.split("-")[0] for name in ADDRESSES}


@each_address
def test_a_page_has_no_barrier_in_any_colours_or_width_and_is_whole_on_paper(visit, name):
    page = visit(ADDRESSES[name], signed_in=SIGNED_IN.get(name, False))
    names = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    links = page.locator('a[href^="#"]').evaluate_all(
        "all => all.map(one => one.getAttribute('href').slice(1))"
    )
    assert len(names) == len(set(names))
    assert {unquote(link) for link in links} <= set(names)
    assert links[0] == "main"
    assert barriers(page, wide="-" not in name) == []
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert width_of(page) <= width
        assert page.locator("h1").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    is_wide = page.locator(".matrix thead .c5").count() > 0
    page.set_viewport_size({"width": SIDEWAYS if is_wide else UPRIGHT, "height": 1000})
    assert beyond_the_margin(page) == []
    assert page.locator("h1").is_visible()
