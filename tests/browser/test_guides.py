"""The guides for teachers, analysts and journalists, followed to the letter, each its own way."""

import re

from playwright.sync_api import Locator, Page, expect

from tests import a_person
from tests.browser.addresses import DOSSIER

PHONE = {"width": 390, "height": 844}


class Guide:
    """A guide, and what it names in italics that has not been pressed or seen yet."""

    def __init__(self, name: str, page: Page, *, by_keyboard: bool = False):
        self.left = a_person.Guide(name).left
        self.page = page
        self.by_keyboard = by_keyboard

    def find(self, name: str, page: Page | None = None) -> Locator:
        """Return what has exactly this name."""
        self.left.discard(name)
        page = page or self.page
        found = page.get_by_role("link", name=name, exact=True)
        for role in ("button", "checkbox"):
            found = found.or_(page.get_by_role(role, name=name, exact=True))
        text = re.compile(rf"^{re.escape(name)}$")
        return found.or_(page.locator("summary, b").filter(has_text=text)).first

    def press(self, what: str | Locator, page: Page | None = None) -> None:
        """Press something by its name."""
        page = page or self.page
        expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
        found = self.find(what, page) if isinstance(what, str) else what
        if not self.by_keyboard:
            found.click()
            return
        found.focus()
        page.keyboard.press("Space" if found.get_attribute("type") == "checkbox" else "Enter")

    def takes(self, name: str) -> str:
        """Press what downloads a file, and return the name of the file."""
        with self.page.expect_download() as download:
            self.press(name)
        return download.value.suggested_filename

    def goes_to(self, address: str) -> None:
        """Say that the page has an address now."""
        expect(self.page).to_have_url(re.compile(address))


def test_teachers_follow_their_guide_by_mouse(visit):
    page = visit(DOSSIER, signed_in=True)
    guide = Guide("teaching.md", page)
    for name in ("Compare the parties", "more", "Hide who is who", "Read it with a class"):
        guide.press(name)
    guide.press("Open the class")
    guide.goes_to(r"/classes/[A-Z]{8}/$")
    pupil = visit("/class/", **PHONE)
    pupil.get_by_label("Code").fill(page.locator("h1 .code").inner_text())
    pupil.keyboard.press("Enter")
    pupil.get_by_label("Your guess for A").select_option("Russia")
    guide.press("Send my guesses", pupil)
    expect(pupil.get_by_text("Your guesses are with your teacher.")).to_be_visible()
    guide.press("Count again")
    expect(page.get_by_text("1 pupil has sent guesses.")).to_be_visible()
    guide.press("Show who is who")
    expect(page.get_by_text(re.compile("of 1 recognised it")).first).to_be_visible()
    guide.press("End this class")
    page.get_by_role("button", name="End the class").click()
    guide.goes_to("/classes/$")

    page.goto(page.url.replace("/classes/", f"{DOSSIER}compare/"))
    for name in ("more", "Hide who is who", "Worksheet for paper", "Open the key"):
        guide.press(name)
    expect(page.locator("dl.facts").first).to_contain_text("Russia")

    page.goto(page.url.partition(DOSSIER)[0] + DOSSIER)
    guide.press("Answer first")
    for question in page.locator(".own-answers fieldset.sheet").all()[:5]:
        question.get_by_role("radio").first.check()
    guide.press("Show who is near and far")
    guide.press("Issue by issue, with the passages")
    page.locator(".near .parts a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    guide.press("Forget my answers")
    expect(page.locator("h1")).to_have_text("What do you think?")
    assert guide.left == set()


def test_analysts_follow_their_guide_by_keyboard_on_a_phone(visit):
    page = visit(DOSSIER, **PHONE)
    guide = Guide("analysts.md", page, by_keyboard=True)
    for name in ("Events", "First Astana meeting", "Compare before and after"):
        guide.press(name)
    expect(page.locator(".since")).to_contain_text("first heard")
    guide.press(page.locator("#choose-day"))
    guide.press("Only what changed")
    guide.goes_to("changed=1")
    guide.press(page.locator("button.opens:visible").first)
    guide.press("Read in context")
    guide.goes_to("/articles/")
    expect(page.locator("mark.is-chosen").first).to_be_in_viewport()

    guide.press("Brief")
    page.get_by_label("Add", exact=True).focus()
    page.keyboard.type("Iran")
    guide.press("Add to the side")
    expect(page.locator(".lede")).to_contain_text("3 sides on")
    guide.press(page.locator(".brief-point summary").first)
    expect(page.locator(".brief-point mark").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"looked for in \d+ of")).first).to_be_visible()
    assert guide.takes("Word document").endswith(".docx")

    page.goto(page.url.partition("brief/")[0] + "compare/?first_hand=1")
    guide.press("Agreement")
    expect(page.get_by_text("First-hand only").first).to_be_visible()
    guide.left.discard("First-hand only")
    guide.press("Show all, as of the latest day")
    guide.press(page.locator(".findings a").first)
    expect(page.get_by_role("heading", name=re.compile("They differ"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"^Passages on ")).first).to_be_visible()
    guide.left.discard("Passages")
    guide.press("Close")
    page.goto(page.url.partition("agreement/")[0] + "actors/russia/")
    expect(page.get_by_role("heading", name="Agreement with others")).to_be_visible()
    guide.left.discard("Agreement with others")

    page.goto(page.url.partition("actors/")[0] + "compare/")
    guide.press("more")
    for kind in ("CSV", "XLSX", "JSON"):
        assert guide.takes(kind).endswith(kind.lower())
    guide.press("Permalink")
    guide.goes_to("recorded_as_of=")
    guide.press("more")
    guide.press("Cite")
    guide.goes_to("/cite/")
    guide.press("Files to download")
    guide.goes_to("/files/")
    page.goto(page.url.replace("/files/", DOSSIER))
    assert guide.takes("Download (zip)").endswith(".zip")
    assert guide.left == set()


def test_journalists_follow_their_guide_without_scripts(visit):
    page = visit(DOSSIER, scripts=False)
    guide = Guide("journalists.md", page)
    page.get_by_label("Search this dossier").fill("who wants Assad to leave")
    page.keyboard.press("Enter")
    expect(page.locator(".search-answer").first).to_contain_text("Syrian armed opposition")
    guide.press("The future of Bashar al-Assad")
    expect(guide.find("Words set like this")).to_be_visible()
    page.locator('main a[href$="/positions/p002/"]').first.click()
    guide.goes_to("/positions/")
    facts = page.locator("aside .facts")
    for word in ("Voice", "Speaker"):
        expect(facts).to_contain_text(word)
    page.locator(".passage footer a").first.click()
    expect(page.locator("mark.is-chosen").first).to_be_visible()

    guide.press("Sources")
    page.get_by_label("Actor", exact=True).select_option(label="Government of Syria")
    page.get_by_label("Issue", exact=True).select_option(label="Direct or indirect talks")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".lede").last).to_contain_text("reported by 5 of 29 sources")
    guide.press("What was read and looked for")
    for sign in ("1", "?"):
        expect(page.locator("td.covered", has_text=sign).first).to_be_visible()
    expect(page.get_by_text("Looked for, and nothing found")).to_be_visible()
    page.get_by_label("Parties").check()
    guide.left.discard("Parties")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("td.alone").first).to_be_visible()
    guide.press("Reuters")
    guide.press("Show these positions with their passages")
    expect(page.locator(".reports blockquote").first).to_be_visible()
    guide.press("More")
    guide.press("What was left out")
    expect(page.locator("h1")).to_have_text("What documents left out")

    guide.press("Compare")
    page.locator(".asked a", has_text="30 Jan 2018").click()
    page.get_by_label("Changed since").fill("2017-03-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".since")).to_contain_text("Between 1 Mar 2017 and 30 Jan 2018: ")
    page.get_by_label("Only what changed").check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".cell", has_text="first heard").locator("a, button").first.click()
    expect(page.locator("#evidence mark").first).to_be_visible()
    guide.left -= {"Changed since", "Only what changed"}

    guide.press("Compare")
    page.get_by_role("button", name="Unfold The future of Bashar al-Assad").click()
    expect(page.locator(".cell p").first).to_be_visible()
    guide.press("more")
    guide.press("Permalink")
    expect(page.get_by_label("Address")).to_have_value(page.url)
    picture = page.locator('meta[property="og:image"]').get_attribute("content")
    assert "/card.png" in picture
    guide.press("more")
    guide.press("Cite")
    guide.goes_to("/cite/")
    assert guide.left == set()
