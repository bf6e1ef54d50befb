"""A class in a real browser: a teacher and two pupils, on a phone, by keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import COMPARE
from tests.browser.keys import press
from tests.browser.widths import width_of

BLIND = f"{COMPARE}&as_of=2017-01-24&blind=1"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_teacher_and_two_pupils(visit, scripts):
    teacher = visit(BLIND, signed_in=True, scripts=scripts)

    def follow(role: str, name: str) -> None:
        """Press something: with scripts by keyboard alone, without them by mouse."""
        found = teacher.get_by_role(role, name=name)
        press(found) if scripts else found.click()

    follow("link", "Read it with a class")
    follow("button", "Open the class")
    teacher.wait_for_url(re.compile(r"/classes/[A-Z]{8}/$"))
    code = teacher.locator("h1 .code").inner_text()
    expect(teacher.get_by_text("Nobody has sent guesses yet.")).to_be_visible()

    pupils = [visit("/class/", scripts=scripts, **PHONE) for _ in range(2)]
    for pupil, guess in zip(pupils, ("Russia", "Turkey"), strict=True):
        # By keyboard alone, from the field to the guess that is sent.
        pupil.get_by_label("Code").focus()
        pupil.keyboard.type(code.lower())
        pupil.keyboard.press("Enter")
        pupil.wait_for_url(re.compile(r"/class/[A-Z]{8}/$"))
        assert width_of(pupil) <= 390
        pupil.get_by_label("Your guess for A").focus()
        pupil.keyboard.type(guess)
        expect(pupil.get_by_label("Your guess for A")).to_have_value(guess.lower())
        pupil.get_by_role("button", name="Send my guesses").focus()
        pupil.keyboard.press("Enter")
        expect(pupil.get_by_text("Your guesses are with your teacher.")).to_be_visible()

    again = pupils[0]
    again.get_by_label("Your guess for A").select_option("Turkey")
    again.get_by_role("button", name="Send again").click()
    expect(again.get_by_label("Your guess for A")).to_have_value("turkey")

    follow("link", "Count again")
    expect(teacher.get_by_text("2 pupils have sent guesses.")).to_be_visible()
    guesses = teacher.get_by_role("table", name="Guesses for A")
    expect(guesses.get_by_role("row", name="Turkey")).to_have_text(re.compile(r"Turkey\s*2"))
    follow("link", "Show who is who")
    expect(teacher.get_by_text(re.compile("of 2 recognised it")).first).to_be_visible()

    follow("link", "End this class")
    follow("button", "End the class")
    teacher.wait_for_url("**/classes/")
    again.reload()
    expect(again.get_by_role("alert")).to_contain_text("There is no class with this code.")
