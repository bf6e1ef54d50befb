"""Setting up in a real browser: what only its scripts do."""

from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES


def test_a_stance_is_moved_by_its_buttons_with_the_keyboard(visit):
    page = visit(ADDRESSES["issues:edit"], signed_in="keeper")
    labels = page.locator(".stance-row input[name$=-label]")
    before = [labels.nth(n).input_value() for n in range(3)]
    button = page.locator(".stance-row").first.get_by_role("button", name="Move down")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert [labels.nth(n).input_value() for n in range(3)] == [before[1], before[2], before[0]]
    # The focus stays on the button of the row that was moved, and its place is said.
    expect(page.locator("#status")).to_have_text(f"{before[0]}: 3")
    moved = page.locator(".stance-row").nth(2)
    expect(moved.get_by_role("button", name="Move down")).to_be_focused()
    expect(moved.locator("input[name$=-ORDER]")).to_have_value("3")
    # Rows that are empty have no place, and are no stances.
    expect(page.locator(".stance-row").last.locator("input[name$=-ORDER]")).to_have_value("")
