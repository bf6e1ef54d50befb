"""What a reader takes away: a file, a citation, a page on paper."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import COMPARE, DOSSIER
from tests.browser.paper import SIDEWAYS, as_printed, on_paper


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_filtered_list_is_taken_away_as_it_is_shown(visit, scripts):
    page = visit(f"{DOSSIER}positions/?actor=turkey&voice=direct-quote", scripts=scripts)
    number = int(page.locator(".lede").inner_text().split()[0])
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "syria-astana-2017-positions.csv"
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert len(rows) == number > 0
    assert {(row["actor"], row["voice"]) for row in rows} == {("turkey", "direct-quote")}


def test_a_citation_is_copied_and_said_to_be(visit):
    page = visit(f"{DOSSIER}positions/p009/", own=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Cite", exact=True).click()
    page.wait_for_url("**/cite/**")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("status")).to_have_text("The citation is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#apa-text").inner_text()


def test_without_scripts_a_citation_is_text_and_a_file(visit):
    page = visit(f"{DOSSIER}cite/?of=position&name=p009", scripts=False)
    expect(page.locator("#apa-text")).to_contain_text("Retrieved")
    # Reported on the 21st, the day of the citation; another outlet has him deny it that day.
    expect(page.locator("#apa-text")).to_contain_text("(2017, January 21). Reported in Reuters")
    expect(page.locator("#apa-text")).to_contain_text("2017, paragraph 1 of the synopsis")
    expect(page.locator("#apa-text")).to_contain_text("Disputed in Middle East Observer")
    expect(page.get_by_role("button", name="Copy").first).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    assert download.value.suggested_filename.endswith(".bib")


def test_the_first_page_of_an_outlet_is_not_taken_for_the_original(visit):
    """Of this article no address is known but the home page of its source."""
    page = visit(f"{DOSSIER}articles/wsws-2017-01-25/", scripts=False)
    expect(page.locator(".head")).to_contain_text("The address of the original is not known.")
    expect(page.get_by_role("link", name="Original", exact=True)).to_have_count(0)
    page = visit(f"{DOSSIER}articles/afp-2017-01-24/", scripts=False)
    expect(page.get_by_role("link", name="Original", exact=True)).to_be_visible()


def test_a_comparison_is_a_handout(visit):
    page = visit(f"{COMPARE}&as_of=2017-01-24")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": SIDEWAYS, "height": 700})
    expect(page.locator("h1")).to_contain_text("as of 24 Jan 2017")
    expect(page.locator(".behind li").first).to_be_visible()
    expect(page.locator(".on-paper-only")).to_contain_text("as_of=2017-01-24")
    for hidden in (".masthead nav", ".masthead-search", "#picker", ".fold", "#fold-all"):
        expect(page.locator(hidden).first).to_be_hidden()
    for actor in range(1, 6):
        expect(page.locator(f".matrix th.c{actor}")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("unfold", ["", "?unfold=1"], ids=["folded", "unfolded"])
def test_five_actors_on_eight_issues_are_two_sheets(visit, unfold):
    page = visit(f"{DOSSIER}compare/{unfold}")
    said = page.locator(".matrix td p").all_inner_texts()
    assert bool(said) == bool(unfold)
    titles = page.locator(".matrix tbody th a").all_inner_texts()
    printed = page.locator(".behind li .paper-note")
    expect(printed.first).to_be_hidden()
    notes = printed.all_text_contents()
    led = page.locator("[data-notes]").evaluate_all("all => all.map(one => one.dataset.notes)")
    assert {int(one) for some in led for one in some.split()} == set(range(1, len(notes) + 1))
    sheets = on_paper(page, sideways=True)
    assert len(sheets) == 2
    # A word with a hyphen may break after it.
    text = " ".join(sheets).replace("- ", "-")
    assert "5 actors on 8 issues as of 30 Jan 2018" in text
    for words in (
        *titles,
        *(as_printed(some) for some in (*notes, *said)),
        "United States",
        "one end of the issue's own scale",
        "Two voices",
        "A cell shows the newest first-hand statement",
    ):
        assert words in text
    assert "Unfold" not in text


def test_common_ground_on_paper_says_among_whom_by_when_and_told_by_whom(visit):
    asked = "actor=russia&actor=turkey&actor=syria-gov&as_of=2017-01-24&first_hand=1"
    page = visit(f"{DOSSIER}common-ground/?{asked}", dark=True)
    titles = page.locator(".ground h2").all_inner_texts()
    sheets = on_paper(page)
    assert len(sheets) == 2
    text = " ".join(sheets)
    for words in (
        *titles,
        "The Astana talks on Syria",
        "among 3 actors, as of 24 Jan 2017",
        "Actors Government of Syria, Russia, Turkey First-hand only",
        "one end of the issue's own scale",
        "1 actor without a first-hand position Government of Syria",
        "3 sources: PA-X Peace Agreements Database, University of Edinburgh, Syrian Arab News",
        "How this is counted For each actor, the newest first-hand statement",
        "common-ground/?actor=russia&actor=turkey&actor=syria-gov",
        "as_of=2017-01-24",
    ):
        assert words in text
