"""Wait until a page is so, where no element of it says so."""

from playwright.sync_api import Frame, Page

# What Playwright has for this evaluates words in the page again and again, and the policy of the
# site lets nobody do that but the first time.
LOOK = """() => new Promise((is, isNot) => {{
    const end = performance.now() + 10_000;
    const look = () => {{
        if ({condition}) is();
        else if (performance.now() > end) isNot(new Error("Never so: " + {words}));
        else setTimeout(look, 20);
    }};
    look();
}})"""


def wait_until(where: Page | Frame, condition: str) -> None:
    """Return once an expression of JavaScript is true; raises Error after ten seconds."""
    where.evaluate(LOOK.format(condition=condition, words=repr(condition)))
