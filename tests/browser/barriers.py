"""What axe finds on a page: in light, in the dark, and in colours that are forced upon it."""

from axe_playwright_python.base import AXE_FILE_NAME
from django.conf import settings
from playwright.sync_api import Page

# Best practice has the order of headings, landmarks with names of their own, and the like.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# With them, contrast of the highest level: where the system gives the colours it can be had.
COLOURS = RULES | {"runOnly": {"type": "tag", "values": ["cat.color"]}}

# Contrast takes most of axe's time. Of the elements that look alike it is told for the first: whose
# own look and that of all around it is the same, which lie as well inside what is painted behind
# them, and have no other painted box over or under them. And a colour is read once.
OF_A_LOOK_THE_FIRST = """() => {
    const { Color } = axe.commons.color, read = new Map(), parse = Color.prototype.parseString;
    Color.prototype.parseString = function (words) {
        if (!read.has(words)) read.set(words, parse.call(new Color(0, 0, 0), words));
        const { r, g, b, alpha } = read.get(words);
        return Object.assign(this, { r, g, b, alpha });
    };
    let looks, painted, seen;
    const look = (element) => {
        if (looks.has(element)) return looks.get(element);
        const is = getComputedStyle(element), box = element.getBoundingClientRect();
        const alone = [
            element.localName, element.getAttribute("class"), is.color, is.fontSize, is.fontWeight,
            is.backgroundColor, is.backgroundImage, is.opacity, is.textShadow, is.webkitTextStroke,
            is.position, is.zIndex, is.filter, is.mixBlendMode, is.backgroundClip,
        ].join();
        const around = element.parentElement ? look(element.parentElement) : { all: "", boxes: [] };
        const boxes = isPainted(element, is) ? [...around.boxes, box] : around.boxes;
        const own = { all: around.all + "/" + alone, boxes, box };
        looks.set(element, own);
        return own;
    };
    const isPainted = (element, is) =>
        is.backgroundImage !== "none" || !/^rgba.*, 0\\)$|transparent/.test(is.backgroundColor) ||
        /^(img|svg|canvas|video|iframe|object)$/.test(element.localName);
    const isInside = (one, other) => one.left >= other.left - 1 && one.right <= other.right + 1 &&
        one.top >= other.top - 1 && one.bottom <= other.bottom + 1;
    const meet = (one, other) => one.left < other.right - 1 && one.right > other.left + 1 &&
        one.top < other.bottom - 1 && one.bottom > other.top + 1;
    const isFirstOfItsLook = (element, rule) => {
        painted ??= [...document.body.querySelectorAll("*")]
            .filter((one) => isPainted(one, getComputedStyle(one)))
            .map((one) => [one, one.getBoundingClientRect()]);
        const { all, boxes, box } = look(element);
        if (painted.some(([one, its]) =>
            meet(box, its) && !one.contains(element) && !element.contains(one))) return true;
        const words = element.textContent.trim().length === 1;
        const key = [rule, all, words, ...boxes.map((one) => isInside(box, one))].join();
        return !seen.has(key) && seen.add(key);
    };
    // Others have no words of their own, or none that are shown, which axe takes longer to tell.
    const isRead = (element) => element.checkVisibility() &&
        (/^(input|select|textarea)$/.test(element.localName) ||
            [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim()));
    for (const rule of axe._audit.rules.filter((one) => one.id.startsWith("color-contrast"))) {
        const { matches } = rule;
        rule.matches = function (element, ...others) {
            return isRead(element) && matches.call(this, element, ...others) &&
                isFirstOfItsLook(element, rule.id);
        };
    }
    const { run } = axe;
    axe.run = (...asked) => {
        [looks, painted, seen] = [new Map(), null, new Set()];
        return run(...asked);
    };
}"""
# The site of the tests serves axe too: a browser keeps what it read, and what it made of it. Sent
# to each page it would go through three processes every time.
BRING = """address => new Promise((is, isNot) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: () => is(script.remove()), onerror: isNot });
    document.head.append(script);
})"""

RUN = """asked => "axe" in window
    ? axe.run(document, asked).then((all) => all.violations) : null"""


def violations(page: Page, rules: dict = RULES) -> list[str]:
    """Return what axe finds, one line for each element; of those that look alike, for the first."""
    found = page.evaluate(RUN, rules)
    if found is None:
        page.evaluate(BRING, settings.STATIC_URL + AXE_FILE_NAME)
        page.evaluate(OF_A_LOOK_THE_FIRST)
        found = page.evaluate(RUN, rules)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found
        for node in rule["nodes"]
    ]


def barriers(page: Page, *, wide: bool = True) -> list[str]:
    """Return what axe finds light and wide, dark and narrow, and of colours that are forced."""
    found = violations(page) if wide else []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    found += violations(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("The page is wider than its window.")
    # What differs in a further state of a page is looked at narrow and in the dark alone.
    if wide:
        page.emulate_media(forced_colors="active")
        found += violations(page, COLOURS)
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found
