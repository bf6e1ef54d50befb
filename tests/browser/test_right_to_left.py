"""A page whose words run from the right: nothing is cut, hidden, or points the other way."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page

from tests.browser.addresses import ADDRESSES, COMPARE, DOSSIER, OPEN
from tests.browser.widths import width_of

AGREEMENT = f"{DOSSIER}agreement/"
# Whether the first is wholly within the second, to a pixel.
WITHIN = """([one, other]) => {
    const [a, b] = [one, other].map((each) => each.getBoundingClientRect());
    return a.left >= b.left - 1 && a.right <= b.right + 1;
}"""


@pytest.fixture
def leftwards(visit) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as a reader of Arabic is shown it."""

    def open_page(path: str, *, width: int = 1440) -> Page:
        page = visit("/robots.txt", width=width)
        site = page.url.removesuffix("/robots.txt")
        chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ar", "url": site}
        page.context.add_cookies([chosen])
        page.goto(site + path)
        assert path.endswith(".svg") or page.locator("html").get_attribute("dir") == "rtl"
        return page

    with override_settings(LANGUAGES=[("en", "English"), ("ar", "Arabic")]):
        yield open_page


def test_the_names_of_a_map_stay_in_it(leftwards):
    page = leftwards(AGREEMENT)
    drawn = page.locator(".agreement-map svg")
    names = drawn.locator("text").all()
    assert names
    for name in names:
        assert page.evaluate(WITHIN, [name.element_handle(), drawn.element_handle()])


def test_what_is_low_is_drawn_where_a_line_begins(leftwards):
    page = leftwards(AGREEMENT)
    palest, deepest = (page.locator(f".agreement-scale .tint-{n}").bounding_box() for n in (0, 10))
    assert palest["x"] > deepest["x"]


@pytest.mark.parametrize(
    ("name", "width"), [("issues:index", 768), ("agreement:index-discourse", 390)]
)
def test_a_table_with_longer_words_makes_no_page_wider(leftwards, name, width):
    page = leftwards(ADDRESSES[name], width=width)
    page.evaluate(
        """document.querySelectorAll("thead th").forEach(head => head.append(" and all others"))"""
    )
    assert width_of(page) <= width


def test_what_people_wrote_ends_where_its_words_end(leftwards):
    page = leftwards(f"{COMPARE}&as_of=2017-01-24{OPEN}")
    where = page.evaluate(
        """() => {
            const words = document.querySelector("#evidence .summary bdi").firstChild;
            const box = (from, to) => {
                const range = document.createRange();
                range.setStart(words, from);
                range.setEnd(words, to);
                return range.getBoundingClientRect();
            };
            const end = words.length;
            return [words.data.at(-1), box(end - 2, end - 1).right, box(end - 1, end).left];
        }"""
    )
    assert where[0] == "."
    assert where[2] == pytest.approx(where[1], abs=1)


@pytest.mark.parametrize("width", [1440, 768])
def test_long_words_are_not_hidden_under_a_button_that_closes(leftwards, width):
    page = leftwards(f"{COMPARE}&as_of=2017-01-24{OPEN}", width=width)
    page.evaluate(
        """document.querySelector("#evidence header p").textContent = "long ".repeat(40)"""
    )
    button = page.locator("#close-evidence").bounding_box()
    lines = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector("#evidence header p"));
            const lines = [...range.getClientRects()];
            return lines.map(({ x, y, right, bottom }) => [x, y, right, bottom]);
        }"""
    )
    for x, y, right, bottom in lines:
        is_beside = x >= button["x"] + button["width"] or right <= button["x"]
        is_under = y >= button["y"] + button["height"] or bottom <= button["y"]
        assert is_beside or is_under


def test_a_day_in_a_picture_is_read_from_the_right(leftwards):
    page = leftwards("/embed/dossiers/syria-astana-2017/issues/assad-future.svg")
    days = page.evaluate(
        """() => [...document.querySelectorAll("text")]
            .filter((one) => /^\\d.*\\p{Script=Arabic}.*\\d$/u.test(one.textContent))
            .map((one) => [0, one.getNumberOfChars() - 1].map((n) => one.getExtentOfChar(n).x))"""
    )
    assert days
    assert all(first > last for first, last in days)


def test_an_arrow_leads_from_what_was_to_what_is(leftwards):
    page = leftwards("/")
    for words, looks in (("كان", "matrix(-1, 0, 0, 1, 0, 0)"), ("was", "none")):
        arrow = page.evaluate_handle(
            """(words) => {
                const line = document.querySelector("main p");
                line.dir = "auto";
                line.innerHTML = `${words} <span class="onwards">→</span> ${words}`;
                return line.querySelector("span");
            }""",
            words,
        )
        assert arrow.evaluate("(one) => getComputedStyle(one).transform") == looks
