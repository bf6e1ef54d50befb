"""From who agrees with whom to the passage that it rests on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER

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


def test_a_pair_opens_and_closes_in_place(visit):
    page = visit(AGREEMENT)
    page.evaluate("window.isStillHere = true")
    page.locator('[id="p-russia.opposition"]').click()
    expect(page.locator("#pair-title")).to_have_text("Russia and Syrian armed opposition")
    expect(page.locator("#status")).to_contain_text("preference issues as of 25 Jan 2017")
    page.locator("#close-pair").click()
    expect(page.locator("#pair")).to_have_count(0)
    assert page.evaluate("window.isStillHere")
    page.go_back()
    expect(page.locator("#pair-title")).to_be_visible()


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
    expect(page.locator("#content > header")).to_contain_text("persons are left out")
    expect(page.locator(".agreement-table")).not_to_contain_text("Lavrov")
    page.locator("#facet-actor-summary").click()
    for name in ("lavrov", "turkey"):
        page.locator(f"#actor-{name}").check()
        if scripts:
            page.wait_for_url(re.compile(f"actor={name}"))
    if not scripts:
        page.locator("#agreement-filters").get_by_role("button", name="Apply").click()
    expect(page.locator(".agreement-table")).to_contain_text("Lavrov")
    expect(page.locator("#content > header")).not_to_contain_text("left out")
