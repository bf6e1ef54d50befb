"""Journeys through change and common ground, with and without scripts."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER
from tests.browser.paper import on_paper
from tests.browser.widths import width_of

each_way = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def show(page, scripts: bool) -> None:
    """Send the form, where no script does so by itself."""
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).click()


def wait_for(page, address: str) -> None:
    """Wait until the page has the address, and htmx has taken over what it put there."""
    expect(page).to_have_url(re.compile(address))
    expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)


@each_way
def test_from_a_move_to_the_position_that_made_it(visit, scripts):
    page = visit(f"{DOSSIER}timeline/", scripts=scripts)
    page.get_by_label("Issue", exact=True).select_option("assad-future")
    show(page, scripts)
    expect(page).to_have_url(re.compile("issue=assad-future"))
    # Damascus is the one that moved: an interview by 9 January, the talks two weeks later. Turkey
    # did not, as what its minister is reported to have said is disputed.
    moves = page.locator(".timeline li a[aria-label*='moved from']")
    expect(moves).to_have_count(1)
    # A mark is drawn in a picture that one part of it may cover: it is opened by keyboard.
    mark = moves.first
    moved = mark.get_attribute("aria-label")
    assert "from “Open to discussion, through the constitution”" in moved
    assert "to “His position is not up for discussion”" in moved
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/positions/"))
    expect(page.locator("main")).to_contain_text("The government refuses to discuss the position")


@each_way
def test_a_range_of_days_is_in_the_address_and_in_the_table_below(visit, scripts):
    page = visit(f"{DOSSIER}timeline/?issue=assad-future", scripts=scripts)
    rows = page.locator("#content table tbody tr")
    before = rows.count()
    page.get_by_label("From", exact=True).fill("2017-01-20")
    if scripts:
        # Each change is shown at once; the next one begins from what it shows.
        wait_for(page, "from=2017-01-20")
    page.get_by_label("To", exact=True).fill("2017-01-24")
    if scripts:
        wait_for(page, "to=2017-01-24")
    page.get_by_label("First-hand only").check()
    show(page, scripts)
    expect(page).to_have_url(re.compile("from=2017-01-20.*to=2017-01-24.*first_hand=1"))
    expect(page.locator(".lede")).to_contain_text("from 20 Jan 2017 to 24 Jan 2017")
    assert 0 < rows.count() < before
    assert rows.count() == page.locator(".lane-marks a").count()


@each_way
def test_the_lanes_of_one_actor_are_issues(visit, scripts):
    page = visit(f"{DOSSIER}timeline/", scripts=scripts)
    page.get_by_role("link", name="Issues of one actor").click()
    wait_for(page, "by=actor")
    page.get_by_label("Actor", exact=True).select_option("turkey")
    show(page, scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Turkey over time")
    page.locator(".timeline").get_by_role(
        "link", name="The future of Bashar al-Assad"
    ).first.click()
    expect(page).to_have_url(re.compile("/issues/assad-future/"))


@each_way
@pytest.mark.parametrize("width", [1440, 390])
def test_a_crowded_week_gets_room_and_an_event_is_zoomed_into_by_keyboard(visit, scripts, width):
    page = visit(f"{DOSSIER}timeline/?issue=assad-future", scripts=scripts, width=width, height=844)
    expect(page.get_by_text("All days are equally wide.")).to_be_visible()
    # On a phone what the lines mean is folded, as what the marks mean is.
    meanings = page.get_by_role("list", name="What the lines mean")
    expect(meanings).to_be_visible(visible=width > 390)
    page.get_by_label("Width of days").select_option("Room for crowded weeks")
    show(page, scripts)
    wait_for(page, "axis=ranked")
    expect(page.get_by_text("crowded weeks have room")).to_be_visible()
    # Each number of the picture is in the list beside it, on a phone below it.
    numbers = page.locator(".timeline-numbers text").all_text_contents()
    assert numbers == page.locator(".timeline-events .number").all_text_contents()
    meeting = page.get_by_role("link", name="Zoom in on First Astana meeting")
    expect(meeting).to_be_visible()
    event = page.locator(".timeline-events").get_by_role(
        "link", name="First Astana meeting", exact=True
    )
    event.focus()
    page.keyboard.press("Tab")
    expect(meeting).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("axis=ranked.*from=2017-01-16&to=2017-01-31"))
    expect(page.locator(".lede")).to_contain_text("from 16 Jan 2017 to 31 Jan 2017")
    expect(meeting).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Show the whole period").click()
    expect(page).to_have_url(re.compile("axis=ranked$"))


def test_the_picture_can_be_skipped_by_keyboard(visit):
    page = visit(f"{DOSSIER}timeline/?issue=assad-future")
    link = page.get_by_role("link", name="Skip the picture")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # The first stop behind the heading of the table.
    assert page.evaluate("!!document.activeElement.closest('[aria-labelledby=as-table]')")


@pytest.mark.parametrize("axis", ["even", "ranked"])
def test_no_two_marks_numbers_or_dates_meet(visit, axis):
    page = visit(f"{DOSSIER}timeline/?by=actor&actor=turkey&axis={axis}", height=844)
    for width in (1440, 1025, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        for kind in (".lane-marks .target", ".timeline-numbers circle", ".timeline-dates text"):
            boxes = page.locator(kind).evaluate_all(
                "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width)"
                ".map(box => [box.left, box.top, box.right, box.bottom])"
            )
            assert len(boxes) > 1
            for one, other in combinations(boxes, 2):
                apart = max(one[0], other[0]) - min(one[2], other[2])
                above = max(one[1], other[1]) - min(one[3], other[3])
                # A pixel is what the place of a mark is rounded to.
                assert apart > -1 or above > -1, (width, kind, one, other)
        assert width_of(page) <= width


def test_numbers_dates_and_marks_are_turned_alike_where_the_page_runs_from_the_right(visit):
    page = visit(f"{DOSSIER}timeline/?issue=assad-future&axis=ranked")
    measured = []
    for direction in ("ltr", "rtl"):
        page.evaluate("to => document.documentElement.dir = to", direction)
        measured.append(
            page.locator(
                ".timeline-numbers circle, .lane-marks .target, .timeline-dates text"
            ).evaluate_all(
                """all => all.map(one => {
                    const box = one.getBoundingClientRect();
                    const lane = document.querySelector(".timeline-lanes .lane-marks");
                    const edges = lane.getBoundingClientRect();
                    const middle = (box.left + box.right) / 2;
                    return Math.round(
                        document.documentElement.dir === "rtl"
                            ? edges.right - middle : middle - edges.left
                    );
                })"""
            )
        )
    assert measured[0] == pytest.approx(measured[1], abs=1)


def test_the_timeline_on_paper_is_whole_and_lies_on_one_side(visit):
    page = visit(
        f"{DOSSIER}timeline/?issue=assad-future&axis=ranked&first_hand=1&to=2017-12-31", dark=True
    )
    summaries = page.locator("#content table td:nth-child(4)").all_inner_texts()
    events = page.locator(".timeline-events bdi").all_inner_texts()
    sheets = on_paper(page, sideways=True)
    assert len(sheets) <= 3
    first, text = sheets[0], " ".join(sheets)
    for words in (
        "The future of Bashar al-Assad over time",
        "The Astana talks on Syria",
        "to 31 Dec 2017",
        "Only what was said first-hand is drawn.",
        "His staying is a red line",
        "upright line: a move",
        "crowded weeks have room",
        "13 Jul 2017",
        "Government of Syria",
    ):
        assert words in first
    for words in (*events, *summaries):
        assert words in text


@each_way
def test_from_a_condition_to_the_issue_it_is_attached_to(visit, scripts):
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    card = page.locator(".ground", has_text="Trilateral monitoring mechanism").first
    expect(card).to_contain_text("5 of 6 on one side")
    expect(card).to_contain_text("If: As far as it reduces violence.")
    card.get_by_text("actors are silent").click()
    expect(card.get_by_text("High Negotiations Committee")).to_be_visible()
    card.get_by_role("link", name="Trilateral monitoring mechanism").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trilateral monitoring mechanism")


@each_way
def test_disputed_facts_are_a_list_of_their_own(visit, scripts):
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    page.locator("#show-facts").check()
    show(page, scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which facts are disputed?")
    expect(page.get_by_text("rests on a single source").first).to_be_visible()
    expect(page.get_by_role("heading", name="Reports that are disputed")).to_be_visible()
