"""Pages say only what the record supports: changes, silence, answers without an order, events."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from astana.models import (
    Actor,
    Article,
    Dossier,
    Issue,
    Membership,
    Position,
    Source,
    Stance,
    User,
)
from tests.browser.addresses import DOSSIER
from tests.browser.widths import width_of


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request) -> bool:
    return request.param


def test_a_disputed_report_is_told_alike_from_the_issue_to_the_panel(visit, scripts):
    """As Turkey's minister denies the next day what he is reported to have said: p009."""
    page = visit(f"{DOSSIER}issues/assad-future/", scripts=scripts)
    changed = page.locator("section", has_text="What changed when").last
    expect(changed).to_contain_text("1 move:")
    expect(changed.locator("li", has_text="moved from")).to_contain_text("Government of Syria")
    expect(changed.locator("li", has_text="disputed report")).to_contain_text("Turkey")

    page.get_by_role("link", name="The full timeline").click()
    row = page.locator("#content tbody tr", has_text="disputed report").first
    told = "disputed report: “A settlement without him is not realistic”"
    expect(row).to_contain_text(told)
    row.locator("a[href*='/positions/']").click()
    expect(page.locator(".head")).to_contain_text("disputed")

    page.get_by_role("link", name="Open in the comparison").click()
    panel = page.locator("#evidence")
    expect(panel).to_contain_text("Disputed: it is denied that this was said.")
    expect(panel.locator(".trail")).to_contain_text(told)
    expect(panel.locator(".trail")).not_to_contain_text("moved from")


@pytest.fixture
def dossier(site, scripts, django_db_blocker) -> Dossier:
    """Return a dossier with an article: Russia and Turkey agree on borders and on who is to host.

    Who hosts is a question without an order; on the truce Turkey is silent.
    """
    slug = f"true-{'with' if scripts else 'without'}-scripts"
    with django_db_blocker.unblock():
        if found := Dossier.objects.filter(slug=slug).first():
            return found
        made = Dossier.objects.create(slug=slug, title="What was read", visibility="public")
        coder = User.objects.get(username="coder")
        Membership.objects.create(dossier=made, user=coder, role="coder")
        source = Source.objects.create(dossier=made, slug="gazette", name="Gazette", kind="agency")
        Article.objects.create(
            dossier=made, source=source, slug="first", title="A day", published=date(2017, 1, 24)
        )
        actors = {
            name: Actor.objects.create(dossier=made, slug=name, name=name.title(), kind="state")
            for name in ("russia", "turkey")
        }
        for issue, values, heard in (
            ("truce", (1, -1), ("russia",)),
            ("borders", (1, -1), ("russia", "turkey")),
            ("hosts", (None, None), ("russia", "turkey")),
        ):
            asked = Issue.objects.create(
                dossier=made, slug=issue, title=issue.title(), question="Which one?",
                scale="ordered" if values[0] else "nominal",
            )  # fmt: skip
            stances = [
                Stance.objects.create(issue=asked, slug=f"s{n}", label=f"Answer {n}", value=value)
                for n, value in enumerate(values)
            ]
            for name in heard:
                Position.objects.create(
                    dossier=made, actor=actors[name], issue=asked, stance=stances[0],
                    key=f"{issue}-{name}", said="2017-01-24", voice="act", status="published",
                    summary=f"{name.title()} gives an answer.",
                )  # fmt: skip
        return made


def test_a_silence_says_more_once_a_coder_looked_for_the_issue(visit, dossier, scripts):
    compare = reverse("compare:matrix", args=[dossier.slug])
    silence = f"{compare}?actor=russia&actor=turkey&open=turkey.truce"
    page = visit(silence, signed_in="coder", scripts=scripts)
    panel = page.locator("#evidence")
    expect(panel).to_contain_text("Nothing was found in the 1 article published by then")
    expect(panel).to_contain_text("No article was read for all that it says on the issue.")
    panel.get_by_role("link", name="What was read and looked for").click()
    expect(page.locator("main table")).to_contain_text("Gazette")
    expect(page.locator(".lede")).to_contain_text("For 3 issues, no article was read")

    page.goto(page.url.partition("/coverage/")[0] + "/articles/first/")
    page.get_by_role("link", name="Record what was looked for").click()
    page.get_by_label("Truce").check()
    page.get_by_role("button", name="Save these issues").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A day")

    page.goto(page.url.partition("/dossiers/")[0] + silence)
    expect(panel).to_contain_text("The issue was looked for in 1 of 1 article.")
    panel.get_by_role("link", name="What was read and looked for").click()
    expect(page.locator(".lede")).to_contain_text("For 2 issues, no article was read")


def test_facts_list_who_gives_which_answer_and_take_no_side(visit, scripts):
    """Each Syrian side names the other one."""
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    page.locator("#show-facts").check()
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).click()
    card = page.locator(".ground", has_text="Who breaks the cease-fire").first
    answers = card.locator(".ground-side", has=page.get_by_role("heading"))
    expect(answers.filter(has_text="Syrian armed opposition")).not_to_have_count(0)
    for words in ("Asserts:", "Denies:", "on one side", "On the other side"):
        expect(card).not_to_contain_text(words)
    card.get_by_role("link", name="Who breaks the cease-fire").click()
    expect(page.locator(".lanes").first).to_contain_text("Syrian armed opposition")


def test_answers_without_an_order_count_only_where_the_reader_asks(visit, dossier, scripts):
    page = visit(reverse("agreement:index", args=[dossier.slug]) + "?least=1", scripts=scripts)
    expect(page.locator("#content")).to_contain_text("1 question without an order is not counted.")
    table = page.locator(".agreement-table")
    expect(table).to_contain_text("1.00")
    expect(table).not_to_contain_text("same answer:")
    page.get_by_label("Count questions without an order").check()
    if not scripts:
        page.locator("#agreement-filters").get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("nominal=1"))
    expect(table).to_contain_text("same answer: 1 of 1")
    # The figure is that of the ordered questions alone.
    expect(table).to_contain_text("1.00")


def test_a_boycott_in_march_leaves_what_was_reported_of_january(visit, scripts):
    address = f"{DOSSIER}compare/?actor=opposition&actor=syria-gov&issue=direct-talks"
    page = visit(f"{address}&as_of=2017-03-31", scripts=scripts)
    rows = page.locator(".matrix tbody tr")
    first = rows.filter(has_text="First Astana meeting")
    third = rows.filter(has_text="Third Astana meeting")
    met = "Meets the other side face to face"
    expect(first.locator("td", has_text=met)).to_have_count(1)
    expect(third.locator("td", has_text=met)).to_have_count(0)
    for row, when in ((third, "14"), (first, "Jan 2017")):
        row.locator("[id^='c-opposition.direct-talks']").click()
        name = "Third Astana meeting" if row is third else "First Astana meeting"
        expect(page.locator("#evidence header")).to_contain_text(name)
        expect(page.locator("#evidence")).to_contain_text(when)


def test_a_person_is_not_silent_who_spoke_for_somebody(visit):
    page = visit(f"{DOSSIER}actors/erdogan/", scripts=False)
    expect(page.locator("#main")).to_contain_text("for Turkey")
    page = visit(f"{DOSSIER}compare/?actor=erdogan&actor=lavrov&issue=assad-future", scripts=False)
    said = page.locator("td", has=page.locator('[id="c-erdogan.assad-future"]'))
    expect(said).to_contain_text("for Turkey")
    page = visit(f"{DOSSIER}agreement/", scripts=False)
    expect(page.locator("#main")).to_contain_text("persons are left out")
    expect(page.locator("table").first).not_to_contain_text("Erdoğan")


def test_of_a_clause_that_nobody_looked_for_nothing_is_said(visit):
    page = visit(f"{DOSSIER}documents/astana-statement-2017-01/", scripts=False)
    expect(page.locator("#examined").first).to_contain_text("Examined, clause by clause")
    expect(page.locator("#examined").first).to_contain_text("means nothing")


def test_who_speaks_of_another_is_not_that_actors_speaker(visit):
    page = visit(
        f"{DOSSIER}compare/?actor=turkey&issue=secular-state&as_of=2017-01-24"
        "&open=turkey.secular-state",
        scripts=False,
    )
    panel = page.locator("#evidence")
    expect(panel).to_contain_text("attributed by Bashar al-Jaafari, for Government of Syria")
    expect(panel.get_by_text("Spoken by")).to_have_count(0)


def test_columns_that_do_not_fit_are_no_wider_than_those_that_do(visit):
    """A sentence on one line would make each column, and the page, as wide as it is long."""
    for beside in ("", "&open=russia.assad-future"):
        page = visit(f"{DOSSIER}compare/?transpose=1&unfold=1{beside}")
        heads = page.locator("table.matrix thead th")
        widths = heads.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
        assert len(widths) > 8
        assert 150 < min(widths) < max(widths) + 1 < 300


def test_an_open_cell_leaves_room_for_words_beside_it(visit):
    """On a tablet held across, five columns beside the panel broke words into letters."""
    page = visit(f"{DOSSIER}compare/?open=russia.assad-future", width=1024)
    heads = page.locator("table.matrix thead th")
    widths = heads.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 100
    expect(page.locator("#evidence")).to_be_in_viewport()
    expect(page.locator("td.open")).to_be_in_viewport()


def test_many_actors_on_many_issues_scroll_with_their_heads_in_view(visit):
    with_all = visit(f"{DOSSIER}compare/?choose=actors", scripts=False)
    boxes = with_all.locator('input[name="actor"]')
    actors = boxes.evaluate_all("all => all.map(one => one.value)")[:60]
    asked = "&".join(f"actor={name}" for name in actors)
    assert len(actors) > 24
    page = visit(f"{DOSSIER}compare/?{asked}")
    expect(page.locator(".matrix thead th")).to_have_count(len(actors) + 1)
    page.evaluate("scrollTo(3000, 500)")
    issue = page.locator(".matrix tbody th").nth(4).bounding_box()
    head = page.locator(".matrix thead th").nth(1).bounding_box()
    assert abs(issue["x"]) < 2
    assert abs(head["y"]) < 2
    assert page.locator("h1").bounding_box()["x"] >= 0
    page = visit(f"{DOSSIER}compare/?{asked}", width=390, height=844)
    assert width_of(page) <= 390
    shown = page.locator(".matrix tbody tr").first.locator("td:visible")
    assert shown.count() <= 3


@pytest.mark.parametrize("width", [1440, 390])
def test_a_vague_date_that_hides_an_exact_one_says_so(visit, width):
    address = f"{DOSSIER}compare/?actor=opposition&issue=direct-talks"
    page = visit(address, scripts=False, width=width)
    cell = page.locator("td", has=page.locator("button.opens")).first
    expect(cell).to_contain_text("vague date")
    page.get_by_role("button", name="Unfold Direct or indirect talks").first.click()
    expect(cell).to_contain_text("the date is vague; an exact statement is from 23 Jan 2017")


def test_both_ends_of_a_scale_and_its_marks_are_said_before_the_picture(visit):
    page = visit(f"{DOSSIER}issues/assad-future/", scripts=False)
    legend = page.locator(".legend").first
    for words in (
        "His staying is a red line",
        "His departure is a condition of peace",
        "By an act",
    ):
        expect(legend).to_contain_text(words)
    picture = page.locator(".timeline").first
    assert legend.bounding_box()["y"] < picture.bounding_box()["y"]


def test_on_a_phone_the_legend_of_a_picture_is_its_ends_until_more_is_asked_for(visit):
    page = visit(f"{DOSSIER}issues/assad-future/", scripts=False)
    words = page.locator(".legend").get_by_text("shown by what the actor did")
    expect(words).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    legend = page.locator(".legend").first
    expect(words).to_be_hidden()
    expect(legend.get_by_text("His departure is a condition of peace")).to_be_visible()
    assert legend.bounding_box()["height"] < 120
    page.get_by_text("What the marks and words mean").click()
    expect(words).to_be_visible()
    expect(legend.get_by_text("no stated position")).to_be_visible()


def test_agreement_on_the_stance_is_given_the_issue(visit):
    page = visit("/dossiers/workshop/coding/agreement/", signed_in=True, scripts=False)
    expect(page.locator("#finding")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Stance")
    expect(page.locator("main")).to_contain_text("where coders chose the same issue")
