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

    # A record of a list is moved at once; its button is pressed again where it stands now.
    page.goto(page.url.partition("/dossiers/")[0] + ADDRESSES["setup:records"])
    names = page.locator(".setup-records h2 bdi")
    before = names.all_inner_texts()
    page.get_by_role("button", name=f"Down {before[0]}").focus()
    page.keyboard.press("Enter")
    expect(names).to_have_text([before[1], before[0], before[2]])
    expect(page.get_by_role("button", name=f"Down {before[0]}")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(names).to_have_text(before)


def test_rows_are_moved_by_drag(visit):
    page = visit(ADDRESSES["issues:edit"], signed_in="keeper")
    labels = page.locator(".stance-row input[name$=-label]")
    before = [labels.nth(n).input_value() for n in range(3)]
    page.locator(".stance-row .grip").nth(2).drag_to(
        page.locator(".stance-row").first, target_position={"x": 40, "y": 3}
    )
    assert [labels.nth(n).input_value() for n in range(3)] == [before[2], before[0], before[1]]
    places = page.locator(".stance-row input[name$=-ORDER]")
    assert [places.nth(n).input_value() for n in range(3)] == ["1", "2", "3"]

    # A record of a list is moved at once, and the page stays where it stands.
    page.goto(page.url.partition("/dossiers/")[0] + ADDRESSES["setup:records"])
    names = page.locator(".setup-records h2 bdi")
    before = names.all_inner_texts()
    page.locator(".setup-records .grip").first.drag_to(
        page.locator(".setup-records > li").nth(1), target_position={"x": 40, "y": 60}
    )
    page.wait_for_url("**#record-*")
    assert names.all_inner_texts() == [before[1], before[0], *before[2:]]
    page.locator(".setup-records .grip").first.drag_to(
        page.locator(".setup-records > li").nth(1), target_position={"x": 40, "y": 60}
    )
    expect(names).to_have_text(before)
