"""Coding by mouse, touch, keyboard alone and without scripts, in a dossier of its own."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from astana.evidence.anchor import hash_of
from astana.models import (
    Actor,
    ActorName,
    Article,
    Dossier,
    Issue,
    Membership,
    Position,
    Rendition,
    Source,
    Stance,
    User,
)
from tests.browser.a_coder import HOLD, PASTED, SLUG, Counted, evidence_of, twelve_statements
from tests.browser.barriers import violations
from tests.browser.widths import width_of


@pytest.fixture(scope="session")
def dossier(site, django_db_blocker) -> Dossier:
    """Return a dossier with three actors and two issues, of which `coder` is a coder."""
    with django_db_blocker.unblock():
        made = Dossier.objects.create(slug=SLUG, title="A coding journey")
        Membership.objects.create(
            dossier=made, user=User.objects.get(username="coder"), role="coder"
        )
        for name in ("Russia", "Turkey", "Iran"):
            actor = Actor.objects.create(dossier=made, slug=name.lower(), name=name, kind="state")
            if name == "Russia":
                ActorName.objects.create(actor=actor, name="روسيا", language="ar")
        for number, title in enumerate(("Truce", "Withdrawal")):
            issue = Issue.objects.create(
                dossier=made,
                slug=title.lower(),
                title=title,
                question=f"What about the {title.lower()}?",
                order=number,
            )
            for order, (slug, value) in enumerate((("for", 1), ("against", -1))):
                Stance.objects.create(
                    issue=issue,
                    slug=f"{title.lower()}-{slug}",
                    label=f"{slug.title()} the {title.lower()}",
                    value=value,
                    order=order,
                )
        return made


@pytest.fixture(scope="session")
def address(dossier, browser, site, sessions) -> str:
    """Return the address of the coding page of an article that a coder pasted."""
    context = browser.new_context(locale="en-GB")
    key = sessions["coder"]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    page = context.new_page()
    page.goto(site + reverse("articles:new", args=[SLUG]))
    page.get_by_label("Paste the text").fill(PASTED)
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(PASTED)
    page.get_by_label("Title").fill("A day of talks <script>alert(1)</script>")
    page.get_by_label("Or the name of a new source").fill("The Gazette")
    page.get_by_label("Published on").fill("2017-01-23")
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A day of talks <script>")
    url = page.url.removeprefix(site)
    context.close()
    assert url == reverse("codings:article", args=[SLUG, "the-gazette-2017-01-23"])
    return url


def test_a_run_of_positions_is_coded_with_the_mouse_in_at_most_five_acts_each(
    visit, dossier, address
):
    page = visit(address, signed_in="coder")
    coded = (
        ("the truce must hold", "Russia", "Withdrawal", "For the withdrawal"),
        ("Russia said", "", "Withdrawal", "Against the withdrawal"),
        ("يجب أن يستمر", "", "Truce", "For the truce"),
        ("Nobody else spoke", "Iran", "Truce", "Against the truce"),
    )
    first = 1 + Position.objects.filter(dossier=dossier).count()
    for number, (words, actor, issue, stance) in enumerate(coded, first):
        hands = Counted(page)
        hands.drag_over(words)
        if actor:
            hands.type(page.get_by_label("Actor", exact=True), actor)
        hands.choose(page.get_by_label("Issue", exact=True), issue)
        hands.click(page.get_by_role("radio", name=stance))
        hands.click(page.get_by_role("button", name="Save as draft").last)
        expect(
            page.locator("#panel").get_by_text(f"p{number:03} is saved as a draft.")
        ).to_be_visible()
        assert hands.acts <= 5

    emoji = evidence_of("the truce must hold")
    assert emoji.rendition.text[emoji.start : emoji.end] == "the truce must hold"
    assert (emoji.start, emoji.paragraph) == (PASTED.index("the truce must hold"), 1)
    assert emoji.rendition.rights == "members"
    arabic = evidence_of("يجب أن يستمر")
    assert (arabic.start, arabic.paragraph) == (PASTED.index("يجب أن يستمر"), 2)
    # What the coder did not say again is that of the last one.
    assert (arabic.position.actor.slug, arabic.position.said) == ("russia", "2017-01-23")
    assert arabic.position.summary == "Russia on “Truce”: For the truce."
    assert arabic.position.status == "draft"
    expect(page.locator(".coding-status").first).to_have_text("draft")


@pytest.fixture
def herald(dossier) -> str:
    """Return the address of an article with twelve statements, and have a document signed."""
    return twelve_statements(dossier)


def test_a_position_takes_at_most_four_acts_and_seven_with_who_says_so(visit, dossier, herald):
    page = visit(herald, signed_in="coder")
    same, attributed = [], []
    done = drags = 0

    def code(*fields, key="", drags_over=True, number=1, signed=(), then="Save as draft") -> None:
        """Code a passage as `number` positions, and write down the acts that each took."""
        nonlocal done, drags
        hands = Counted(page)
        if drags_over:
            hands.drag_over(f"statement number {drags} 🕊️")
            hands.choose(page.get_by_label("Issue", exact=True), f"Point {drags}")
            expect(page.locator(f"#stance-point-{drags}-for")).to_be_visible()
            drags += 1
        if key:
            hands.press(key)
        for label, words in fields:
            hands.type(page.get_by_label(label, exact=True), words)
        if signed:
            hands.click(page.get_by_text("Authority, certainty, event, document, note"))
            hands.choose(page.get_by_label("Document", exact=True), "Accord (2017-01-24)")
        for name in signed:
            hands.click(page.get_by_role("checkbox", name=name))
        hands.click(page.get_by_role("button", name=then, exact=True).last)
        done += number
        expect(page.locator(".reader-summary a")).to_have_count(done)
        told = attributed if len(fields) == 3 else same
        told += [hands.acts / number] * number

    again = "Save, and code this passage again"
    others = "Others who take it too"
    code(("Actor", "Russia"), (others, "Turkey; Iran"), key="1", number=3)
    code(key="2", then=again)
    expect(page.get_by_label("Actor", exact=True)).to_be_focused()
    code(("Actor", "Russia"), drags_over=False)
    for number in range(4):
        code(key="12"[number % 2])
    code(key="1", number=3, signed=("Turkey", "Iran"))
    code(key="2", then=again)
    code(("Actor", "Iran"), drags_over=False, then=again)
    code(("Actor", "Russia"), drags_over=False)
    code(key="1", then=again)
    code(("Actor", "Turkey"), (others, "Iran"), drags_over=False, number=2)
    code(key="2")
    for name in ("Ada One", "Ben Two"):
        by = (("Attributed by", "Turkey"), ("New speaker", name), ("Condition", "If all leave."))
        code(*by, key="2")

    coded = Position.objects.filter(evidence__rendition__article__slug="herald-2017-01-24")
    assert coded.count() == len(same) + len(attributed) == 21
    assert (max(same), max(attributed)) == (4, 7)
    assert sum(same) / len(same) < 3.2
    last = coded.latest("pk")
    assert (last.voice, last.speaker.name, last.actor.name) == ("attributed", "Ben Two", "Iran")


def test_a_passage_is_coded_with_the_keyboard_alone(visit, dossier, address):
    page = visit(address, signed_in="coder")
    keys = page.keyboard
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.id") == "coding-text":
            break
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert "وقالت روسيا" in page.evaluate("getSelection().toString()")
    keys.press("ArrowUp")
    keys.press("ArrowLeft")
    for _ in range(2):
        keys.press("Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "hold, and Turkey"
    keys.press("Shift+ArrowRight")
    keys.press("Enter")
    expect(page.locator("#panel .passage mark")).to_have_text("and Turkey")
    expect(page.locator("#panel :focus")).to_be_visible()
    if page.evaluate("document.activeElement.id") != "id_actor":
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
    expect(page.locator("#id_actor")).to_be_focused()
    keys.press("Control+a")
    keys.type("tur")
    expect(page.get_by_role("option", name="Turkey")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#id_actor")).to_have_value("Turkey")
    keys.press("Tab")
    keys.press("Tab")
    expect(page.locator("#id_issue")).to_be_focused()
    keys.type("Tru")
    expect(page.get_by_role("radio", name="For the truce")).to_be_visible()
    keys.press("Tab")
    keys.press("Space")
    expect(page.get_by_role("radio", name="For the truce")).to_be_checked()
    for _ in range(12):
        keys.press("Tab")
        if page.evaluate("document.activeElement.value") == "submit":
            break
    keys.press("Enter")
    expect(page.locator("#panel").get_by_text("is submitted.")).to_be_visible()
    stored = evidence_of("and Turkey").position
    assert (stored.actor.slug, stored.status) == ("turkey", "submitted")


def test_words_that_are_held_on_a_touch_screen_wait_for_a_button(
    browser, site, sessions, dossier, address
):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions["coder"], "url": site}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(site + address)
    button = page.get_by_role("button", name="Code this passage")
    expect(button).to_be_hidden()
    page.evaluate(HOLD, "Observers")
    expect(button).to_be_in_viewport()
    expect(page.locator("#panel form")).to_have_count(0)
    button.tap()
    expect(page.locator("#panel .passage mark")).to_have_text("Observers")
    expect(page.get_by_role("button", name="Save as draft").last).to_be_in_viewport()
    context.close()


def test_other_words_can_be_chosen_while_the_panel_is_filled_in(visit, dossier, address):
    page = visit(address, signed_in="coder")
    hands = Counted(page)
    hands.drag_over("Observers")
    page.get_by_label("Actor", exact=True).fill("Turkey")
    page.get_by_label("Issue", exact=True).select_option(label="Withdrawal")
    page.get_by_role("radio", name="Against the withdrawal").check()
    page.get_by_label("Summary").fill("My words.")
    hands.drag_over("waited outside")
    expect(page.get_by_label("Actor", exact=True)).to_have_value("Turkey")
    expect(page.get_by_role("radio", name="Against the withdrawal")).to_be_checked()
    expect(page.get_by_label("Summary")).to_have_value("My words.")


def test_a_passage_is_coded_without_scripts(visit, dossier, address):
    page = visit(address, signed_in="coder", scripts=False)
    page.get_by_role("link", name="Observers waited outside.").click()
    page.get_by_role("button", name="Add the sentence before").click()
    expect(page.locator("#panel .passage mark")).to_have_text(
        "Nobody else spoke. Observers waited outside."
    )
    page.get_by_label("Actor", exact=True).fill("IRAN")
    page.get_by_label("Issue", exact=True).select_option(label="Withdrawal")
    page.get_by_role("button", name="Show its stances").click()
    page.get_by_role("radio", name="Against the withdrawal").check()
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.locator("#panel").get_by_text("is saved as a draft.")).to_be_visible()
    stored = evidence_of("Nobody else spoke. Observers waited outside.").position
    assert stored.stance.slug == "withdrawal-against"


def test_a_suggestion_opens_a_panel_that_is_filled_in(visit, dossier, address):
    page = visit(address, signed_in="coder")
    page.get_by_role("link", name="Suggestion (direct quote, perhaps of Iran)").click()
    expect(page.locator("#panel .passage mark")).to_have_text("We will not leave,")
    expect(page.get_by_label("Actor", exact=True)).to_have_value("Iran")
    expect(page.get_by_label("Voice")).to_have_value("direct-quote")
    page.get_by_role("button", name="Turn suggestions off").click()
    expect(page.get_by_role("link", name="Suggestion")).to_have_count(0)
    page.get_by_role("button", name="Turn suggestions on").click()
    expect(page.get_by_role("link", name="Suggestion").first).to_be_visible()


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no-policy"])
def test_stored_script_in_a_summary_does_not_run(visit, dossier, address, policy):
    page = visit(address, signed_in="coder", policy=policy, own=True)
    page.on("dialog", lambda _dialog: pytest.fail("A script of a summary ran."))
    Counted(page).drag_over("Observers waited")
    page.get_by_label("Actor", exact=True).fill("Iran")
    page.get_by_label("Issue", exact=True).select_option(label="Truce")
    page.get_by_role("radio", name="For the truce").check()
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page.get_by_label("Summary").fill(evil)
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.locator("#panel").get_by_text("is saved as a draft.")).to_be_visible()
    for notes in page.locator(".reader-notes > summary").all():
        notes.click()
    expect(page.get_by_text(evil).first).to_be_visible()
    key = Position.objects.filter(dossier__slug=SLUG, summary=evil).latest("pk").key
    page.goto(page.url.split("/dossiers/")[0] + reverse("codings:edit", args=[SLUG, key]))
    expect(page.get_by_label("Summary")).to_have_value(evil)


def test_two_who_edit_at_once_lose_nothing(visit, dossier, address):
    position = Position.objects.filter(dossier__slug=SLUG, status="draft").first()
    edit = reverse("codings:edit", args=[SLUG, position.key])
    first, second = (visit(edit, signed_in="coder") for _ in range(2))
    first.get_by_label("Summary").fill("The first says this.")
    first.get_by_role("button", name="Save", exact=True).last.click()
    expect(first.get_by_text("is saved.")).to_be_visible()
    second.get_by_label("Summary").fill("The second says that.")
    second.get_by_role("button", name="Save", exact=True).last.click()
    both = second.get_by_role("table")
    expect(both).to_contain_text("The first says this.")
    expect(both).to_contain_text("The second says that.")
    expect(second.get_by_label("Summary")).to_have_value("The second says that.")
    assert violations(second) == []
    position.refresh_from_db()
    assert position.summary == "The first says this."
    second.get_by_role("button", name="Save mine anyway", exact=True).click()
    expect(second.get_by_text("is saved.")).to_be_visible()
    position.refresh_from_db()
    assert position.summary == "The second says that."


@pytest.mark.parametrize("width", [1440, 390])
def test_the_open_panel_is_no_barrier(visit, dossier, address, width):
    page = visit(address, signed_in="coder", width=width, height=844)
    if width > 1000:
        Counted(page).drag_over("Nobody else spoke")
    else:
        page.get_by_role("button", name="Choose whole sentences").click()
        page.locator("#coding-text").get_by_role("link", name="Nobody else spoke").first.click()
        expect(page.locator("#panel .passage mark")).to_have_text("Nobody else spoke.")
    page.get_by_label("Issue", exact=True).select_option(label="Truce")
    expect(page.get_by_role("radio", name="For the truce")).to_be_visible()
    page.get_by_label("Actor", exact=True).fill("r")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert width_of(page) <= width
    expect(page.get_by_role("button", name="Save as draft").last).to_be_in_viewport()


def test_a_selection_over_several_lines_of_a_windows_file_ends_where_it_ends(
    visit, dossier, django_db_blocker
):
    # The words stand twice, so that it is the place that counts.
    words = "They met\r\nin Astana 🕊️.\r\n" * 2 + "Others did not."
    with django_db_blocker.unblock():
        source = Source.objects.create(dossier=dossier, slug="wire", name="Wire", kind="other")
        article = Article.objects.create(
            dossier=dossier, slug="wrapped", source=source, title="Wrapped", published="2017-01-24"
        )
        Rendition.objects.create(
            article=article,
            kind="full",
            rights="members",
            text=words,
            sha256=hash_of(words),
            characters=len(words),
            paragraphs=[[0, len(words)]],
        )
    page = visit(reverse("codings:article", args=[SLUG, "wrapped"]), signed_in="coder")
    page.evaluate(
        """() => {
            const node = document.querySelectorAll("[data-coding] [data-start]")[1].firstChild;
            const end = node.data.indexOf("Astana") + "Astana".length;
            getSelection().setBaseAndExtent(node, node.data.indexOf("met"), node, end);
        }"""
    )
    page.get_by_role("button", name="Code this passage").click()
    expect(page.locator("#panel .passage mark")).to_contain_text("met")
    start, end = words.rindex("met"), words.rindex("Astana") + len("Astana")
    field = "#panel [name={}]"
    expect(page.locator(field.format("start")).first).to_have_value(str(start))
    expect(page.locator(field.format("end")).first).to_have_value(str(end))
