"""A coder in a browser: the hands, each act counted; what they code, and what is stored then."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from astana.actions.add_article import add_article
from astana.models import Actor, Document, Dossier, Evidence, Issue, Signature, Stance, User

SLUG = "coding-journey"
PASTED = """The talks opened on Monday 🕊️🇰🇿. Russia said that the truce must hold, and Turkey agreed.

وقالت روسيا إن وقف إطلاق النار يجب أن يستمر. ولم تحضر الوفود الأخرى.

“We will not leave,” Iran said. Nobody else spoke. Observers waited outside."""
# What the handles of a touch screen do: the selection changes, and nothing is pressed.
HOLD = """(word) => {
    const chunks = [...document.querySelectorAll("[data-coding] [data-start]")];
    const node = chunks.find((one) => one.textContent.includes(word)).firstChild;
    const at = node.data.indexOf(word);
    getSelection().setBaseAndExtent(node, at, node, at + word.length);
}"""


class Counted:
    """A coder's hands: every act of them is one interaction."""

    def __init__(self, page) -> None:
        self.page = page
        self.acts = 0

    def drag_over(self, words: str) -> None:
        """Select words with the mouse."""
        self.acts += 1
        # The text is there before the scripts that listen to the mouse.
        self.page.wait_for_load_state()
        box = self.page.evaluate(
            """(words) => {
                for (const paragraph of document.querySelectorAll("[data-coding] p")) {
                    for (const chunk of paragraph.querySelectorAll("[data-start]")) {
                        const at = chunk.textContent.indexOf(words);
                        if (at < 0) continue;
                        const range = document.createRange();
                        range.setStart(chunk.firstChild, at);
                        range.setEnd(chunk.firstChild, at + words.length);
                        chunk.scrollIntoView({ block: "center" });
                        const all = [...range.getClientRects()];
                        const [first, last] = [all[0], all[all.length - 1]];
                        const rtl = getComputedStyle(paragraph).direction === "rtl";
                        const y = (box) => box.y + box.height / 2;
                        return rtl
                            ? [first.right - 1, y(first), last.left + 1, y(last)]
                            : [first.left + 1, y(first), last.right - 1, y(last)];
                    }
                }
            }""",
            words,
        )
        mouse = self.page.mouse
        mouse.move(box[0], box[1])
        mouse.down()
        mouse.move(box[2], box[3], steps=6)
        mouse.up()
        expect(self.page.locator("#panel .passage mark")).to_have_text(words)

    def click(self, target) -> None:
        self.acts += 1
        target.click()

    def choose(self, target, label: str) -> None:
        self.acts += 1
        target.focus()
        target.select_option(label=label)

    def press(self, key: str) -> None:
        self.acts += 1
        self.page.keyboard.press(key)

    def type(self, target, words: str) -> None:
        self.acts += 1
        target.fill(words)


def evidence_of(passage: str) -> Evidence:
    found = Evidence.objects.select_related("position__actor", "position__stance", "rendition")
    return found.get(position__dossier__slug=SLUG, exact=passage)


def twelve_statements(dossier: Dossier) -> str:
    """Add an article with twelve statements and a document that all signed; return its address."""
    signed = Document.objects.create(
        dossier=dossier, slug="accord", title="Accord", date="2017-01-24"
    )
    for actor in Actor.objects.of(dossier):
        Signature.objects.create(document=signed, actor=actor, status="signed")
    for number in range(12):
        issue = Issue.objects.create(
            dossier=dossier, slug=f"point-{number}", title=f"Point {number}", question="What of it?"
        )
        for order, (slug, value) in enumerate((("for", 1), ("against", -1))):
            Stance.objects.create(issue=issue, slug=slug, label=slug, value=value, order=order)
    add_article(
        dossier=dossier,
        source=None,
        new_source="Herald",
        title="Twelve statements",
        published=date(2017, 1, 24),
        text="\n\n".join(f"They made statement number {number} 🕊️." for number in range(12)),
        by=User.objects.get(username="coder"),
    )
    return reverse("codings:article", args=[SLUG, "herald-2017-01-24"])
