"""Preparing a meeting: sides, what they can agree on, and a sheet of it to take along."""

import re

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER
from tests.browser.paper import as_printed, on_paper

each_way = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
TWO_SIDES = f"{DOSSIER}brief/?side=syria-gov&side=opposition&as_of=2017-01-24"
THREE_SIDES = f"{DOSSIER}brief/?side=russia&side=turkey&side=iran"


def add(page, name: str, *, to: str) -> None:
    page.get_by_label("Add", exact=True).select_option(label=name)
    page.get_by_label("to", exact=True).select_option(label=to)
    page.get_by_role("button", name="Add to the side").click()


@each_way
@pytest.mark.parametrize("width", [1440, 390])
def test_from_two_sides_to_the_passage_on_which_they_stand(visit, scripts, width):
    page = visit(DOSSIER, scripts=scripts, width=width, height=844)
    page.get_by_role("link", name="Brief", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where can the sides meet?")
    for member in ("Government of Syria", "Syrian armed opposition"):
        if not page.get_by_role("button", name=f"Remove {member} from this side").count():
            add(page, member, to="a new side")
            expect(page.locator(".chip", has_text=member)).to_be_visible()
    for other in ("Russia", "Turkey", "Iran", "United States"):
        button = page.get_by_role("button", name=f"Remove {other} from this side")
        if button.count():
            button.click()
            expect(button).to_have_count(0)
    page.get_by_label("As of").fill("2017-01-24")
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".lede")).to_contain_text(
        "2 sides on 10 issues as of 24 Jan 2017: 4 bridgeable, 3 opposed, 3 unheard"
    )
    # What the two Syrian sides hold on Assad as of that day: dossier, p004 and p002.
    point = page.locator("#assad-future")
    expect(point).to_contain_text("His position is not up for discussion")
    expect(point).to_contain_text("His departure is a condition of peace")
    point.get_by_text("2 passages").click()
    expect(point.locator("mark").first).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    point.locator(".passage a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/[\w-]+/\?position=p00[24]"))


def test_three_sponsors_are_one_side_and_their_disagreement_is_said(visit):
    page = visit(f"{DOSSIER}brief/?side=russia,iran,turkey&side=syria-gov&as_of=2017-01-24")
    point = page.locator("#us-role")
    expect(point.locator(".brief-stand").first).to_contain_text("divided")
    expect(point).to_contain_text("Against a US presence")
    expect(page.locator("#monitoring-mechanism")).to_contain_text("Russia, Iran, Turkey 24 Jan")


def test_sides_are_changed_and_passages_opened_by_the_keyboard(visit):
    page = visit(TWO_SIDES)
    page.get_by_label("Add", exact=True).focus()
    page.keyboard.type("Russia")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove Russia from this side")).to_be_visible()
    expect(page.locator(".lede")).to_contain_text("3 sides")
    page.locator("#assad-future summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#assad-future mark").first).to_be_visible()


def test_what_cannot_be_is_said_and_the_sides_stay_to_be_mended(visit):
    page = visit(f"{DOSSIER}brief/?side=atlantis,russia&side=turkey")
    expect(page.get_by_role("alert")).to_contain_text("This dossier has no actor “atlantis”.")
    page.get_by_role("button", name="Remove atlantis from this side").click()
    expect(page.locator(".lede")).to_contain_text("2 sides on 10 issues")
    assert "side=russia&side=turkey" in page.url


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (TWO_SIDES, ("as of 24 Jan 2017", "Side 1 Government of Syria", "/brief/?side=syria-gov")),
        (THREE_SIDES, ("as of 30 Jan 2018", "Side 3 Iran", "/brief/?side=russia&side=turkey")),
        (
            f"{DOSSIER}brief/?side=russia,iran,turkey&side=opposition&side=syria-gov",
            ("Side 1 Russia, Iran, Turkey", "Side 3 Government of Syria", "side=syria-gov"),
        ),
    ],
    ids=["two sides", "three sides", "three sides of five"],
)
def test_a_brief_is_two_sheets_with_everything_on_them(visit, query, words):
    page = visit(query, dark=True)
    titles = page.locator(".brief-point h3 a").all_inner_texts()
    assert len({*titles}) == 10
    numbers = {int(one) for one in page.locator(".brief-held sup").all_inner_texts()}
    notes = page.locator(".brief-notes li").all_text_contents()
    assert len(notes) == max(numbers) == len(numbers)
    sheets = on_paper(page)
    assert len(sheets) == 2
    text = " ".join(sheets)
    for title in titles:
        assert title in text
    for note in notes:
        assert as_printed(note) in text
    for some in (
        "The Astana talks on Syria",
        "one end of the issue's own scale",
        "Sides are counted, not actors",
        "Sources Agence France-Presse",
        *words,
    ):
        assert some in text


@each_way
def test_a_brief_is_taken_away_as_a_word_document(visit, scripts):
    page = visit(TWO_SIDES, scripts=scripts)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word document").click()
    assert download.value.suggested_filename == "syria-astana-2017-brief-2017-01-24.docx"
    found = Document(download.value.path())
    assert found.paragraphs[0].text == "Where can the sides meet?"
    assert sum(len(table.rows) for table in found.tables) == 10


@each_way
def test_common_ground_of_the_chosen_actors_alone(visit, scripts):
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    page.locator("#facet-actor-summary").click()
    page.get_by_label("Russia", exact=False).first.check()
    if scripts:
        expect(page).to_have_url(re.compile("actor=russia"))
        page.locator("#actor-iran").check()
    else:
        page.locator("#actor-iran").check()
        page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".lede")).to_contain_text("among 2 actors")
