"""Every page, light, dark, in forced colours and on paper: readable by all, nothing cut off."""

from urllib.parse import unquote

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.addresses import ADDRESSES, SIGNED_IN
from tests.browser.paper import SIDEWAYS, UPRIGHT, beyond_the_margin
from tests.browser.widths import width_of
from tests.site_pages import pages

# Best practice has the order of headings, landmarks with names of their own, and the like.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
COLOURS = RULES | {"runOnly": {"type": "tag", "values": ["cat.color"]}}

each_address = pytest.mark.parametrize("name", ADDRESSES)


def violations(page, rules=RULES) -> list[str]:
    """Return what axe finds, one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("asked => axe.run(document, asked).then(all => all.violations)", rules)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found
        for node in rule["nodes"]
    ]


def barriers(page, *, wide: bool = True) -> list[str]:
    """Return what axe finds light and wide, dark and narrow, and of colours that are forced."""
    found = violations(page) if wide else []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    found += violations(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("The page is wider than its window.")
    # What differs in a further state of a page is looked at narrow and in the dark alone.
    if wide:
        page.emulate_media(forced_colors="active")
        found += violations(page, COLOURS)
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def test_every_page_is_looked_at():
    assert set(pages()) <= {name.split("-")[0] for name in ADDRESSES}


@each_address
def test_a_page_has_no_barrier_in_any_colours_or_width_and_is_whole_on_paper(visit, name):
    page = visit(ADDRESSES[name], signed_in=SIGNED_IN.get(name, False), shared=True)
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
