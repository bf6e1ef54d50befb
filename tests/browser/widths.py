"""How wide a page is; nothing may scroll sideways but what is meant to."""

from playwright.sync_api import Page


def width_of(page: Page) -> int:
    """Return the width that the whole page takes, in CSS pixels, once it has been loaded.

    A page that somebody is just going to has no element yet: a test that went there by a key or a
    click would otherwise ask too early on a busy machine.
    """
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")
