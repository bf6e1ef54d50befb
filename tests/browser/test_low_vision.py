"""For those who see little: colours of their own, a page at 400 %, the keys past what repeats."""

import io
from itertools import combinations
from math import ceil

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES, COMPARE, DOSSIER, SIGNED_IN
from tests.browser.widths import width_of

SINCE = f"{COMPARE}&since=2017-01-10&as_of=2017-01-24"
STEPS = ("minus-2", "minus-1", "zero", "plus-1", "plus-2", "off")


class Drawn:
    """A page in black and white: what can be told without colours."""

    def __init__(self, page):
        page.evaluate("scrollTo(0, 0)")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        self.page = picture.convert("L").point(lambda shade: 255 * (shade > 200), "1")

    def cut(self, locator) -> Image.Image:
        """Return what is drawn in the place of one element, without its outermost pixels."""
        box = locator.bounding_box()
        across, down = box["x"], box["y"]
        return self.page.crop(
            (ceil(across), ceil(down), int(across + box["width"]), int(down + box["height"]))
        )


def _is_blank(picture: Image.Image) -> bool:
    return len(picture.getcolors()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/",
        SINCE,
        f"{DOSSIER}issues/assad-future/",
        f"{DOSSIER}timeline/?issue=assad-future",
        f"{DOSSIER}common-ground/",
        f"{DOSSIER}brief/?side=syria-gov&side=opposition&as_of=2017-01-24",
    ],
)
def test_in_forced_colours_marks_and_the_current_page_can_be_told_apart(visit, address):
    page = visit(address)
    page.emulate_media(forced_colors="active")
    drawn = Drawn(page)
    lines = {}
    for link in page.locator(".masthead nav a").all():
        box = drawn.cut(link)
        line = box.crop((0, box.height - 1, box.width, box.height))
        assert _is_blank(line)
        lines[link] = line.getpixel((0, 0)) == 0
    here = [link for link in lines if link.get_attribute("aria-current")]
    assert [link for link, is_lined in lines.items() if is_lined] == here
    assert len(here) == (address != "/")
    marks = [page.locator(f".{step} > i:visible") for step in STEPS]
    shapes = [drawn.cut(mark.first) for mark in marks if mark.count()]
    assert len(shapes) > 3
    for one, other in combinations(shapes, 2):
        assert one.size != other.size or one.tobytes() != other.tobytes()
    for silent in page.locator(":is(td.silent, .hatched):visible").all()[:3]:
        assert not _is_blank(drawn.cut(silent))
    for cell in page.locator("td.changed").all():
        assert not _is_blank(drawn.cut(cell).crop((0, 10, 5, 40)))


def test_in_forced_colours_no_passage_is_lost_against_its_ground(visit):
    page = visit(ADDRESSES["articles:detail-position"])
    page.emulate_media(forced_colors="active", color_scheme="dark")
    drawn = Drawn(page)
    for kind in ("is-quiet", "is-chosen"):
        assert not _is_blank(drawn.cut(page.locator(f"mark.{kind}").first))


@pytest.mark.parametrize(
    "name", ["compare:matrix-open", "coverage:index", "agreement:index", "codings:article-panel"]
)
def test_at_400_percent_half_of_the_height_is_left_to_what_is_read(visit, name):
    page = visit(ADDRESSES[name], signed_in=SIGNED_IN.get(name, False), width=320, height=256)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    held = page.evaluate(
        """() => [...Array(innerHeight).keys()].filter(y => {
            let one = document.elementFromPoint(innerWidth - 20, y);
            while (one && !["fixed", "sticky"].includes(getComputedStyle(one).position))
                one = one.parentElement;
            return one;
        }).length"""
    )
    assert held <= 128
    assert width_of(page) <= 320


def test_the_first_key_leads_past_what_every_page_repeats(visit):
    page = visit(COMPARE)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
