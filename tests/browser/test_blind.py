"""Blind reading and saved comparisons, walked through in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import COMPARE, DOSSIER
from tests.browser.barriers import barriers
from tests.browser.keys import press, tab_to
from tests.browser.paper import as_printed, on_paper
from tests.browser.widths import width_of

ASKED = f"{COMPARE}&as_of=2017-01-24"
NAMES = re.compile(r"\b(Russia|Turk|Moscow|Ankara|Erdo|Assad|Alloush|Damascus|Reuters)", re.I)

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


@both_ways
def test_from_the_comparison_to_the_score(visit, scripts):
    # What needs no script needs no wide screen either.
    page = visit(ASKED, scripts=scripts, width=1440 if scripts else 390)
    page.get_by_role("link", name="more", exact=True).click()
    page.get_by_role("link", name="Hide who is who").click()
    page.wait_for_url("**/blind/?set=*")
    lists = re.compile(r'(?s)<select id="guess-.*?</select>')
    assert not NAMES.search(lists.sub("", page.content()))

    page.get_by_label("Your guess for A").select_option("Russia")
    page.get_by_role("button", name="Check my guesses").click()
    page.wait_for_url("**guess-A=russia**")
    is_right = page.get_by_text("You recognised it.").count()
    if not is_right:
        expect(page.locator("#feedback-A")).to_have_text("No, not this one.")

    page.get_by_role("button", name="Reveal B").click()
    page.wait_for_url("**reveal=B**")
    expect(page.get_by_role("button", name="Reveal B")).to_have_count(0)
    expect(page.locator(".guesses b")).to_have_count(1 + is_right)

    page.get_by_role("button", name="Reveal all").click()
    expect(page.locator(".lede")).to_contain_text(f"You recognised {is_right} of 5 actors.")
    page.get_by_role("link", name="Open this comparison with names").click()
    page.wait_for_url("**/compare/**")
    expect(page.locator("#asked")).to_contain_text("5 actors on 2 issues as of 24 Jan 2017")


def test_one_guesses_reveals_and_checks_by_keyboard_alone(visit):
    page = visit(f"{ASKED}&blind=1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page.get_by_label("Your guess for A"))
    page.keyboard.type("Russia")
    tab_to(page.get_by_label("Your guess for B"), most=2)
    page.keyboard.type("Turkey")
    press(page.get_by_role("button", name="Reveal B"), most=1)
    page.wait_for_url("**reveal=B**")
    # What was pressed is gone: focus rests at the name that stands there now.
    expect(page.locator("#reveal-B")).to_be_focused()
    tab_to(page.get_by_label("Your guess for C"), most=1)
    with page.expect_response("**/blind/**"):
        press(check := page.get_by_role("button", name="Check my guesses"), most=7)
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    # What was pressed is there still, and has the focus.
    expect(check).to_be_focused()
    press(page.get_by_role("button", name="Reveal all"), most=1)
    expect(page.locator("#guesses")).to_be_focused()
    press(page.get_by_role("link", name="Open this comparison with names"), most=1)
    page.wait_for_url("**/compare/**")


def test_guesses_worksheet_and_key_have_no_barrier(visit):
    page = visit(f"{ASKED}&blind=1")
    page.get_by_label("Your guess for A").select_option("Iran")
    page.get_by_role("button", name="Reveal B").click()
    page.wait_for_url("**reveal=B**")
    for follow in ("Worksheet for paper", "Open the key", ""):
        page.set_viewport_size({"width": 1440, "height": 844})
        assert width_of(page) <= 1440
        assert barriers(page) == []
        if follow:
            page.get_by_role("link", name=follow).click()
            page.wait_for_load_state()
    expect(page.locator("dl.facts").first).to_contain_text("Russia")


def test_a_worksheet_on_paper_has_every_letter(visit):
    page = visit(f"{ASKED}&blind=1", width=700)
    page.get_by_role("link", name="Worksheet for paper").click()
    page.wait_for_url("**/worksheet/**")
    page.emulate_media(media="print")
    for letter in "ABCDE":
        expect(page.locator(".matrix .who", has_text=letter).first).to_be_visible()
    expect(page.get_by_role("link", name="Open the key")).to_be_hidden()
    for box in page.locator(".matrix td").all():
        place = box.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 700


def test_a_worksheet_of_five_actors_on_eight_issues_is_one_sheet_printed_on_both_sides(visit):
    page = visit(f"{DOSSIER}compare/?blind=1", dark=True)
    page.get_by_role("link", name="Worksheet for paper").click()
    page.wait_for_url("**/worksheet/**")
    titles = page.locator(".matrix tbody th").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)"
    )
    passages = page.locator(".passage mark").all_text_contents()
    sides = on_paper(page)
    assert len(sides) == 2
    assert "Your answers A is" in sides[1]
    text = " ".join(sides)
    for words in (
        *titles,
        *passages,
        "The Astana talks on Syria",
        "as of 30 Jan 2018",
        "one end of the issue's own scale",
        "Source 1",
        "How this is made This shows each actor's newest first-hand statement",
    ):
        assert as_printed(words) in text
    assert not NAMES.search(text.replace("Astana talks", ""))


def test_a_permalink_is_the_address_that_one_is_at(visit):
    page = visit(ASKED)
    page.get_by_role("link", name="more", exact=True).click()
    page.get_by_role("link", name="Permalink").click()
    page.wait_for_url("**recorded_as_of=**Z**")
    expect(page.get_by_label("Address")).to_have_value(page.url)
    expect(page.locator("#desk .lede")).to_contain_text("as recorded here by")
    page.get_by_role("link", name="more", exact=True).click()
    page.get_by_label("First-hand only").check()
    expect(page.locator("#desk .lede")).to_contain_text("first-hand only; as recorded here by")


def test_an_actor_is_moved_by_keyboard(visit):
    page = visit(f"{ASKED}&choose=actors")
    page.get_by_role("button", name="Move later: Government of Syria").focus()
    page.keyboard.press("Enter")
    heads = page.locator(".matrix thead th a")
    expect(heads.first).to_have_text("Syrian armed opposition")
    expect(heads.nth(1)).to_have_text("Government of Syria")
    assert page.url.index("actor=opposition") < page.url.index("actor=syria-gov")
    page.keyboard.press("Enter")
    expect(heads.nth(2)).to_have_text("Government of Syria")


@both_ways
def test_a_comparison_is_saved_found_and_deleted(visit, scripts):
    page = visit(ASKED, signed_in=True, scripts=scripts)
    page.get_by_role("link", name="more", exact=True).click()
    page.get_by_role("link", name="Save comparison").click()
    page.get_by_label("Title").fill("At the end of the first round")
    page.get_by_label("for whoever has the link").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/comparisons/[\w-]{43}/"))
    expect(page.get_by_label("Link")).to_have_value(page.url)
    address = page.url

    stranger = visit(re.sub(r"^https?://[^/]+", "", address), scripts=scripts)
    expect(stranger.locator("h1")).to_have_text("At the end of the first round")
    stranger.get_by_role("link", name="Open the comparison").click()
    expect(stranger.locator("#asked")).to_contain_text("5 actors on 2 issues")

    page.get_by_role("link", name="All saved comparisons").click()
    page.get_by_role("link", name="At the end of the first round").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/comparisons/")
    expect(page.get_by_text("At the end of the first round")).to_have_count(0)
