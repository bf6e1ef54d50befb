"""From who agrees with whom to the passage that it rests on."""

import io
import re
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.addresses import DOSSIER
from tests.browser.widths import width_of

AGREEMENT = f"{DOSSIER}agreement/?as_of=2017-01-25&first_hand=1"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_figure_to_the_passage_it_rests_on(visit, scripts):
    page = visit(AGREEMENT, scripts=scripts)
    page.locator('[id="p-syria-gov.opposition"]').click()
    page.wait_for_url(re.compile("pair=syria-gov.opposition"))
    pair = page.locator("#pair")
    expect(pair).to_contain_text("0.15 (0.3 of 2)")
    expect(pair).to_contain_text("The parts add up to 0.3; 0.3 / 2 = 0.15.")

    pair.get_by_role("link", name="Passages on The future of Bashar al-Assad").click()
    page.wait_for_url(re.compile("/compare/"))
    expect(page.locator("#evidence mark").first).to_be_visible()


def test_a_pair_opens_as_wide_as_the_page_and_closes_in_place_by_mouse_and_keys(visit):
    page = visit(f"{DOSSIER}agreement/")
    page.evaluate("window.isStillHere = true")
    box = page.locator(".agreement-grid").bounding_box()
    beside = page.locator(".agreement-map").bounding_box()
    assert beside["x"] >= box["x"] + box["width"]
    assert abs(beside["y"] - box["y"]) < 50

    # The pair with most to show.
    page.locator('[id="p-opposition.turkey"]').focus()
    page.keyboard.press("Enter")
    title = page.locator("#pair-title")
    expect(title).to_be_focused()
    expect(title).to_have_text("Syrian armed opposition and Turkey")
    expect(page.locator("#status")).to_contain_text("preference issues as of 30 Jan 2018")
    expect(title).to_be_in_viewport()
    pair = page.locator("#pair").bounding_box()
    head = page.locator("#content > header").bounding_box()
    assert pair["height"] <= 2 * 900
    assert pair["width"] > 0.95 * head["width"]
    places = page.locator("#pair > section").evaluate_all("all => all.map(one => one.className)")
    order = ["pair-differ", "pair-agree", "pair-two-voices", "pair-off-scale"]
    assert places == [*order, "pair-one", "pair-neither"]
    page.keyboard.press("Escape")
    expect(page.locator("#pair")).to_have_count(0)
    expect(page.locator('[id="p-opposition.turkey"]')).to_be_focused()

    page.locator(".findings a").first.click()
    expect(title).to_have_text("Russia and Turkey")
    page.locator("#close-pair").click()
    expect(page.locator("#pair")).to_have_count(0)
    assert page.evaluate("window.isStillHere")
    page.go_back()
    expect(title).to_have_text("Russia and Turkey")


def test_from_an_actor_to_the_pair_with_the_nearest_on_a_phone_without_scripts(visit):
    page = visit(f"{DOSSIER}actors/turkey/", scripts=False, width=390, height=844)
    page.locator(".near a").first.click()
    page.wait_for_url(re.compile(r"pair=turkey\.russia.*#pair$"))
    expect(page.locator("#pair-title")).to_have_text("Turkey and Russia")
    expect(page.locator("#pair-title")).to_be_in_viewport()
    assert width_of(page) <= 390
    top = page.locator("#content > header")
    expect(top).to_contain_text("Agreement is highest between Russia and Turkey")
    left_out = page.locator("#content > .left-out")
    expect(left_out).to_contain_text("and 13 more:")
    left_out.get_by_text("and 13 more:").click()
    expect(left_out).to_contain_text("Sergey Lavrov")
    page.locator("#close-pair").click()
    expect(page.locator("#pair")).to_have_count(0)


def test_the_table_comes_early_with_who_is_left_out_named_beside_what_it_says(visit):
    page = visit(f"{DOSSIER}agreement/")
    assert page.locator(".agreement-table").bounding_box()["y"] <= 480
    seen = page.locator(".agreement-table tbody tr").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert seen >= 5
    said, left_out = (page.locator(f".agreeing > {part}") for part in (".head", ".left-out"))
    assert left_out.bounding_box()["x"] > said.bounding_box()["x"] + said.bounding_box()["width"]
    expect(left_out).to_contain_text("United Nations")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".agreement-list").bounding_box()["y"] <= 844


def test_agreement_is_two_sheets_with_its_selection_method_and_sources(visit):
    page = visit(AGREEMENT, dark=True)
    names = page.locator(".agreement-table tbody th").all_inner_texts()
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    assert all(sheet.mediabox.width < sheet.mediabox.height for sheet in sheets)
    # Letters that the print joins, such as fi, are two again.
    first, second = (
        re.sub(r"\s+", " ", normalize("NFKC", sheet.extract_text())) for sheet in sheets
    )
    for words in (
        *names,
        "Who agrees with whom?",
        "Agreement is highest between Russia and Turkey (1.00 on 8 of the 9 issues",
        "as of 25 Jan 2017",
        "Issues The future of Bashar al-Assad",
        "0: at opposite ends of every shared issue",
        "Sergey Lavrov",
        "1.85 of 3",
    ):
        assert words in first
    for words in ("Map", "How this is counted The figure of a pair", "Agence France-Presse"):
        assert words in second
    assert "/agreement/?as_of=2017-01-25&first_hand=1" in second
    assert "Download all rows" not in first + second
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 900})  # A4 less the margins, in CSS pixels
    assert width_of(page) <= 703


def test_the_measure_is_chosen_in_place(visit):
    page = visit(AGREEMENT)
    page.get_by_label("Measure").select_option("points")
    page.wait_for_url(re.compile("measure=points"))
    expect(page.locator('[id="p-russia.opposition"]')).to_contain_text("of 8 points")


def test_on_a_phone_one_actor_is_compared_with_each(visit):
    page = visit(AGREEMENT, width=390, height=844)
    expect(page.locator(".agreement-table")).to_be_hidden()
    page.get_by_label("Agreement of").select_option("turkey")
    page.wait_for_url(re.compile("of=turkey"))
    others = page.locator(".agreement-list tbody tr")
    expect(others.first).to_contain_text("Russia")
    expect(others.first).to_contain_text("1.00 8 of 8")
    others.first.get_by_role("button").click()
    expect(page.locator("#pair-title")).to_have_text("Turkey and Russia")


def test_every_point_of_the_map_leads_to_its_actor(visit):
    page = visit(f"{DOSSIER}agreement/")
    places = page.locator(".agreement-map svg a")
    assert places.count() >= 3
    name = places.first.locator("text").text_content()
    places.first.locator("circle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_persons_are_compared_once_they_are_chosen(visit, scripts):
    page = visit(f"{DOSSIER}agreement/?least=1", scripts=scripts)
    expect(page.locator("#content > .left-out")).to_contain_text("persons are left out")
    expect(page.locator(".agreement-table")).not_to_contain_text("Lavrov")
    page.locator("#facet-actor-summary").click()
    for name in ("lavrov", "turkey"):
        page.locator(f"#actor-{name}").check()
        if scripts:
            page.wait_for_url(re.compile(f"actor={name}"))
    if not scripts:
        page.locator("#agreement-filters").get_by_role("button", name="Apply").click()
    expect(page.locator(".agreement-table")).to_contain_text("Lavrov")
    expect(page.locator("#content > .left-out")).not_to_contain_text("left out")
