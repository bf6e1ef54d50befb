"""Every page, light and dark, wide and narrow: readable by everybody, and quiet in the console."""

from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import ADDRESSES, SIGNED_IN
from tests.site_pages import pages

AXE = Axe()
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}

each_address = pytest.mark.parametrize("name", ADDRESSES)


def violations(page) -> list[str]:
    """Return what axe finds, one line for each element."""
    return [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in AXE.run(page, options=WCAG).response["violations"]
        for node in rule["nodes"]
    ]


def test_every_page_is_looked_at():
    assert set(pages()) <= {name.split("-")[0] for name in ADDRESSES}


@each_address
def test_a_page_has_no_barrier_wide_in_light_and_narrow_in_the_dark(visit, name):
    page = visit(ADDRESSES[name], signed_in=SIGNED_IN.get(name, False))
    # What differs in a further state of a page is looked at narrow and in the dark alone.
    if "-" not in name:
        assert violations(page) == []
    names = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    links = page.locator('a[href^="#"]').evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert len(names) == len(set(names))
    assert {unquote(link) for link in links} <= set(names)
    page.emulate_media(color_scheme="dark")
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").is_visible()
    assert violations(page) == []
