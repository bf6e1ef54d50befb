"""What a reader came for: from the first page to a passage in its article, in every way."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import COMPARE, DOSSIER
from tests.browser.keys import press
from tests.browser.waiting import wait_until
from tests.browser.widths import width_of

NOT_FOR_DISCUSSION = "His position is not up for discussion"
DEPARTURE = "His departure is a condition of peace"
THROUGH_THE_CONSTITUTION = "Open to discussion, through the constitution"
SILENCE = "No stated position"


def cell(page, actor: str, issue: str = "assad-future"):
    """Return the cell of an actor and an issue in the compare table."""
    return page.locator("td", has=page.locator(f'[id="c-{actor}.{issue}"]'))


def opener(page, actor: str, issue: str = "assad-future"):
    """Return the control that opens the evidence of a cell."""
    return page.locator(f'[id="c-{actor}.{issue}"]')


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_first_page_to_the_passage(visit, scripts):
    page = visit("/", scripts=scripts)
    page.get_by_role("link", name="Compare the parties").first.click()
    page.wait_for_url(re.compile("/compare/"))

    page.locator("button.opens.stance").first.click()
    evidence = page.locator("#evidence")
    passage = evidence.locator("mark").first.inner_text()
    evidence.get_by_role("link", name="Read in context").first.click()

    page.wait_for_url(re.compile("/articles/"))
    expect(page.locator("mark.is-chosen", has_text=passage).first).to_be_in_viewport()


def test_every_cell_leads_to_its_passage_in_two_clicks(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24")
    compare = page.url
    cells = page.locator("button.opens.stance").evaluate_all("all => all.map(one => one.value)")
    assert len(cells) > 3
    for name in cells:
        page.goto(compare)
        page.locator(f'button.opens[value="{name}"]').click()
        evidence = page.locator("#evidence")
        passage = evidence.locator("mark").first.inner_text()
        evidence.get_by_role("link", name="Read in context").first.click()
        page.wait_for_url(re.compile("/articles/"))
        expect(page.locator("mark.is-chosen", has_text=passage).first).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_parties_held_on_two_days(visit, scripts):
    page = visit(f"{COMPARE}&as_of=2017-01-24", scripts=scripts)
    expect(cell(page, "syria-gov")).to_contain_text(NOT_FOR_DISCUSSION)
    expect(cell(page, "opposition")).to_contain_text(DEPARTURE)
    expect(cell(page, "russia")).to_contain_text(SILENCE)

    page = visit(f"{COMPARE}&as_of=2017-01-10", scripts=scripts)
    expect(cell(page, "syria-gov")).to_contain_text(THROUGH_THE_CONSTITUTION)
    expect(cell(page, "opposition")).to_contain_text(SILENCE)


def test_first_hand_only_drops_what_others_say(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-25")
    expect(cell(page, "usa")).to_contain_text(re.compile("characterised", re.IGNORECASE))

    page = visit(f"{COMPARE}&as_of=2017-01-25&first_hand=1")
    expect(cell(page, "usa")).to_contain_text("No first-hand position")
    expect(cell(page, "opposition")).to_contain_text(DEPARTURE)


def test_every_change_has_an_address_and_a_way_back(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24&choose=more")
    before = page.locator("#desk").inner_text()

    page.get_by_label("First-hand only").check()
    expect(page.locator("#desk .lede")).to_contain_text("first-hand only")
    assert "first_hand=1" in page.url
    after = page.locator("#desk").inner_text()
    page.reload()
    assert page.locator("#desk").inner_text() == after

    page.go_back()
    expect(page.locator("#desk .lede")).not_to_contain_text("first-hand only")
    assert "first_hand" not in page.url
    assert page.locator("#desk").inner_text() == before
    expect(page.locator("html")).to_have_count(1)
    expect(page.locator("header.masthead")).to_have_count(1)


def test_a_change_is_said_aloud(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24&choose=more")
    page.get_by_label("First-hand only").check()
    expect(page.locator("[data-announce]")).to_contain_text("first-hand only")
    sentence = page.locator("[data-announce]").inner_text()
    expect(page.locator("#status")).to_have_text(" ".join(sentence.split()))


def test_the_day_is_moved_by_keyboard(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-10&choose=day")
    expect(cell(page, "syria-gov")).to_contain_text(THROUGH_THE_CONSTITUTION)

    page.locator("#as-of-slider").focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("as_of=2017-01-24"))
    expect(cell(page, "syria-gov")).to_contain_text(NOT_FOR_DISCUSSION)
    assert page.evaluate("document.activeElement.id") == "as-of-slider"


def test_date_cell_and_passage_by_keyboard_in_at_most_25_keys(visit):
    page = visit(f"{COMPARE}&as_of=2017-02-20")
    keys = []

    def press(*pressed: str) -> None:
        for key in pressed:
            page.keyboard.press(key)
            keys.append(key)

    def at(wanted: str) -> None:
        expect(page.locator(":focus")).to_have_id(wanted)

    press("Tab", "Enter")
    press("Tab", "Tab", "Tab", "Tab")
    at("choose-day")
    press("Enter")
    at("as-of")
    press(*"01242017", "Enter")
    expect(page.locator("h1")).to_contain_text("24 Jan 2017")
    expect(page.locator(".htmx-settling, .htmx-request")).to_have_count(0)
    at("as-of")
    press("Escape")
    at("choose-day")
    # Past “more”, and the link that leaves the day.
    press("Tab", "Tab", "Tab")
    at("c-syria-gov.assad-future")
    press("Enter")
    at("evidence-title")
    press("Tab", "Enter")
    page.wait_for_url(re.compile("/articles/"))
    expect(page.locator("mark.is-chosen").first).to_be_in_viewport()
    assert len(keys) <= 25


def test_arrow_keys_walk_the_cells_and_escape_goes_back(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24")
    opener(page, "syria-gov").focus()
    stops = page.locator("[data-grid] :is(a, button)").evaluate_all(
        "all => all.filter(one => one.tabIndex === 0).length"
    )
    assert stops == 1
    focused = page.locator(":focus")
    for key, wanted in (
        ("ArrowRight", "c-opposition.assad-future"),
        ("ArrowDown", "c-opposition.iran-guarantor"),
        ("End", "c-usa.iran-guarantor"),
        ("ArrowRight", "c-usa.iran-guarantor"),
        ("ArrowUp", "c-usa.assad-future"),
        ("Control+End", "c-usa.iran-guarantor"),
    ):
        page.keyboard.press(key)
        expect(focused).to_have_id(wanted)

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(focused).to_have_id("evidence-title")
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_have_count(0)
    expect(focused).to_have_id("c-turkey.iran-guarantor")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_cell_opens_and_closes_by_keyboard_on_a_phone(visit, scripts):
    page = visit(f"{COMPARE}&as_of=2017-01-24", width=390, height=844, scripts=scripts)
    opener(page, "opposition").focus()
    page.keyboard.press("Enter")
    panel = page.locator("#evidence")
    expect(panel.get_by_role("heading", level=2)).to_be_in_viewport()
    expect(panel.locator("mark").first).to_be_visible()
    if scripts:
        expect(opener(page, "opposition")).to_be_in_viewport()
        page.keyboard.press("Escape")
    else:
        panel.get_by_role("link", name="Close").focus()
        page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    if scripts:
        expect(opener(page, "opposition")).to_be_focused()


def test_the_table_comes_before_its_controls(visit):
    page = visit(f"{DOSSIER}compare/")
    assert page.locator(".matrix").bounding_box()["y"] <= 260
    seen = page.locator(".matrix tbody tr").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert seen >= 6
    phone = visit(f"{DOSSIER}compare/", width=390, height=844)
    assert phone.locator(".matrix tbody tr").first.bounding_box()["y"] <= 200
    assert phone.locator(".matrix tbody th").first.bounding_box()["width"] >= 300
    assert width_of(phone) <= 390


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_row_unfolds_to_what_was_said_and_folds_again(visit, scripts):
    page = visit(f"{COMPARE}&as_of=2017-01-24", scripts=scripts)
    said = cell(page, "opposition").locator("p")
    expect(said).to_have_count(0)
    page.get_by_role("button", name="Unfold The future of Bashar al-Assad").click()
    expect(said.first).to_be_visible()
    expect(cell(page, "turkey", "iran-guarantor").locator("p")).to_have_count(0)
    page.get_by_role("button", name="Fold The future of Bashar al-Assad").click()
    expect(said).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_an_event_to_what_changed_around_it(visit, scripts):
    page = visit(f"{DOSSIER}events/", scripts=scripts)
    page.get_by_role("link", name="First Astana meeting").first.click()
    page.get_by_role("link", name="Compare before and after").click()
    expect(page.locator(".since")).to_contain_text("Between 22 Jan 2017 and 24 Jan 2017:")
    expect(cell(page, "opposition")).to_contain_text("first heard")
    back = page.get_by_role("link", name="Show one day alone")
    page.emulate_media(media="print")
    expect(back).to_be_hidden()
    page.emulate_media(media="screen")
    back.click()
    expect(page.locator(".since")).to_have_count(0)
    expect(cell(page, "opposition")).not_to_contain_text("first heard")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_day_and_the_actors_go_along_to_other_pages(visit, scripts):
    page = visit(f"{DOSSIER}compare/?actor=russia&actor=turkey&choose=day", scripts=scripts)
    page.get_by_role("button", name="First Astana meeting").click()
    expect(page.locator("h1")).to_contain_text("24 Jan 2017")
    page.locator(".masthead").get_by_role("link", name="Common ground").click()
    page.wait_for_url(re.compile("/common-ground/.*as_of=2017-01-24"))
    assert "actor=russia&actor=turkey" in page.url
    page.locator(".masthead").get_by_role("link", name="Compare", exact=True).click()
    expect(page.locator("h1")).to_contain_text("2 actors on")
    expect(page.locator("h1")).to_contain_text("24 Jan 2017")

    page.locator(".masthead").get_by_role("link", name="Issues").click()
    page.get_by_role("link", name="Iran as guarantor").first.click()
    expect(page.locator(".under")).to_contain_text("As of 24 Jan 2017; 2 actors to compare.")
    page.get_by_role("link", name="Compare actors on this").click()
    expect(page.locator("h1")).to_have_text(re.compile("2 actors on 1 issue as of 24 Jan 2017"))
    page.get_by_role("link", name="Show all, as of the latest day").click()
    expect(page.locator("h1")).to_have_text(re.compile("2 actors on 1 issue as of 30 Jan 2018"))


def test_by_keyboard_on_a_phone_a_day_is_left_and_the_last_actor_unticked(visit):
    page = visit(f"{DOSSIER}issues/?as_of=2017-01-24&first_hand=1", width=390, height=844)
    press(page.locator(".under a"), most=30)
    expect(page.locator(".under")).to_have_count(0)
    assert width_of(page) <= 390

    page.goto(page.url.partition("issues/")[0] + "compare/?actor=russia&choose=actors")
    note = page.locator("#none-chosen")
    expect(note).to_have_text("If you choose none, the actors most reported on are compared.")
    page.locator("#choose-russia").focus()
    page.keyboard.press("Space")
    expect(note).to_have_text("No actor is chosen, so the 5 most reported on are compared.")
    expect(page.locator("#status")).to_have_text(note.text_content())
    expect(page.locator("h1")).to_contain_text("5 actors on")


def test_the_heads_of_the_table_stay_in_view(visit):
    page = visit(f"{DOSSIER}compare/?unfold=1")
    page.mouse.wheel(0, 1500)
    wait_until(page, "scrollY > 700")
    head = page.locator(".matrix thead th").nth(1).bounding_box()
    assert 0 <= head["y"] < 5


def test_who_empties_the_day_to_begin_with_sees_one_day_alone(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24&choose=day&since=2017-01-10&changed=1")
    expect(page.locator(".since")).to_contain_text("Between 10 Jan 2017 and 24 Jan 2017")
    page.get_by_label("Changed since").fill("")
    expect(page.locator(".since")).to_have_count(0)
    expect(page.locator(".problem")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("changed=1"))


def test_on_a_phone_two_or_three_actors_at_a_time(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24", width=390, height=844)
    expect(cell(page, "syria-gov")).to_be_visible()
    expect(cell(page, "opposition")).to_be_visible()
    expect(cell(page, "usa")).to_be_hidden()

    page.locator(".shown-actors label").nth(4).click()
    expect(cell(page, "usa")).to_be_visible()
    page.locator(".shown-actors label").nth(3).click()
    shown = [
        who
        for who in ("syria-gov", "opposition", "russia", "turkey", "usa")
        if cell(page, who).is_visible()
    ]
    assert len(shown) == 3

    page.locator("button.opens:visible").first.click()
    expect(page.locator("#evidence")).to_be_in_viewport()
    assert width_of(page) <= 390


def test_a_field_of_positions_is_narrowed_and_widened_again(visit):
    page = visit(f"{DOSSIER}positions/?actor=turkey&voice=direct-quote")
    rows = page.locator("table tbody tr")
    narrowed = rows.count()
    assert narrowed > 0
    for number in range(narrowed):
        expect(rows.nth(number)).to_contain_text("Turkey")

    page.locator(".chip", has_text="Turkey").get_by_role("link").first.click()
    page.wait_for_url(lambda url: "actor=turkey" not in url)
    expect(page.locator(".chip", has_text="Turkey")).to_have_count(0)
    assert "voice=direct-quote" in page.url
    expect(rows.nth(narrowed)).to_be_attached()


def test_a_table_is_sorted_by_keyboard(visit):
    page = visit(f"{DOSSIER}positions/")
    heading = page.locator("th", has_text="Actor").get_by_role("link")
    heading.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("sort="))
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    names = page.locator("table tbody tr").all_inner_texts()
    assert len(names) > 1


def test_a_page_and_all_it_needs_are_light(visit):
    """HTML, style sheets and scripts of the compare page, compressed, are under 120 KB."""
    bodies = {}
    page = visit("/", own=True)
    page.on(
        "response",
        lambda answer: (
            answer.request.resource_type in ("document", "stylesheet", "script")
            and bodies.__setitem__(answer.url, answer)
        ),
    )
    page.goto(page.url.rstrip("/") + f"{COMPARE}&as_of=2017-01-24&open=syria-gov.assad-future")
    page.wait_for_load_state("networkidle")
    kinds = {answer.request.resource_type for answer in bodies.values()}
    assert kinds == {"document", "stylesheet", "script"}
    assert sum(len(gzip.compress(answer.body())) for answer in bodies.values()) <= 110_000


def test_an_editor_signs_in_and_finds_data_entry(visit):
    page = visit("/accounts/login/")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill("secret-word-7")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Data entry").click()
    page.wait_for_url(re.compile("/admin/"))
    expect(page.locator("#content h1")).to_be_visible()


def test_a_page_says_that_the_site_does_not_answer(browser, site):
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{site}/dossiers/syria-astana-2017/positions/")
    context.set_offline(True)
    sort = page.get_by_role("columnheader").get_by_role("link").first
    sort.click()
    expect(page.locator(".unreachable")).to_contain_text("The site is not answering.")
    context.set_offline(False)
    sort.click()
    expect(page.locator(".unreachable")).to_have_count(0)
    context.close()
