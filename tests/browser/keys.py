"""Going through a page with the keyboard alone."""

from playwright.sync_api import Locator


def tab_to(wanted: Locator, *, most: int = 40) -> None:
    """Press Tab until something has focus, and fail where it takes more than `most` keys."""
    for _key in range(most):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{most} keys do not lead to {wanted}")


def press(wanted: Locator, *, most: int = 40) -> None:
    """Go to a link or a button with the Tab key, and press it with Enter."""
    tab_to(wanted, most=most)
    wanted.page.keyboard.press("Enter")
