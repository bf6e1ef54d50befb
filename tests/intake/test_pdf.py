"""A PDF's lines become paragraphs again, and what is doubtful about them is said."""

import pytest

from astana.intake.pdf import joined, read_pdf, without_running_heads
from astana.intake.reading import Refused
from tests.intake.some_files import a_pdf, a_pdf_in_places, a_pdf_in_unicode, a_scan

FULL = "This line is as long as lines on this page are when they are full"


def test_words_and_what_the_file_says_are_read():
    reading = read_pdf(
        a_pdf(["Café talks – “done”."], metadata={"/Title": "Talks open", "/Author": "Ann Hill"})
    )
    assert reading.text == "Café talks – “done”."
    assert (reading.title, reading.author, reading.language) == ("Talks open", "Ann Hill", "en-GB")
    assert (reading.date, reading.warnings) == ("", ())


def test_what_stands_before_its_first_bytes_is_passed_over():
    assert read_pdf(b"\n\xef\xbb\xbf" + a_pdf(["Words are here."])).text == "Words are here."


def test_the_name_of_a_file_is_no_title():
    assert read_pdf(a_pdf(["Words."], metadata={"/Title": "Microsoft Word - a1.docx"})).title == ""


def test_lines_are_joined_across_pages():
    reading = read_pdf(a_pdf([FULL, FULL], [FULL + ".", "Its end."], ["Another begins", "here."]))
    assert reading.text == f"{FULL} {FULL} {FULL}. Its end.\n\nAnother begins here."


def test_a_short_line_with_a_full_stop_ends_a_paragraph_and_a_heading_stands_alone():
    lines = [
        "The talks",
        FULL,
        "end here.",
        FULL,
        "go on",
        "and end.",
        "A “quoted” word of",
        FULL.lower() + ".",
    ]
    assert joined([lines]).split("\n\n")[:-1] == [
        "The talks",
        f"{FULL} end here.",
        f"{FULL} go on and end.",
        f"A “quoted” word of {FULL.lower()}.",
    ]


def test_a_gap_ends_a_paragraph():
    assert joined([[FULL, "", FULL]]) == f"{FULL}\n\n\n\n{FULL}\n\n"


def test_a_word_broken_between_lines_is_joined():
    lines = ["They spoke of the cease-fire and of the agree-", "ment, and the cease-", "fire held."]
    assert joined([lines]).strip() == (
        "They spoke of the cease-fire and of the agreement, and the cease-fire held."
    )
    assert joined([["It was in the hall\u00ad", "way of Mr Hill-", "Wood."]]).strip() == (
        "It was in the hallway of Mr Hill- Wood."
    )


def test_running_heads_and_page_numbers_are_left_out_with_a_warning():
    pages = [
        ["The Paper, 23 January", f"{number} words are here.", f"Page {number}"]
        for number in ("First", "Second", "Third")
    ]
    pages[1][2] = "- 2 -"
    reading = read_pdf(a_pdf(*pages))
    assert "The Paper" not in reading.text
    assert "- 2 -" not in reading.text
    assert reading.warnings == ("running-heads",)


def test_lines_that_only_one_page_has_stay():
    pages = [["Head", "one", "two", "three", "7"], [], ["Other"]]
    assert without_running_heads(pages) == [["Head", "one", "two", "three"], [], ["Other"]]


def test_ligatures_and_drawn_forms_become_letters_again():
    """And nothing else changes: NFKC would make other characters of fractions and ellipses."""
    drawn = "the o\ufb03ce \ufb01le ½ … x² \ufefb"
    assert read_pdf(a_pdf_in_unicode(drawn)).text == "the office file ½ … x² لا"


def test_right_to_left_words_ask_to_be_checked():
    assert read_pdf(a_pdf_in_unicode("محادثات في القاعة")).warnings == ("right-to-left-pdf",)
    assert read_pdf(a_pdf_in_unicode("Переговоры в зале с علوش")).warnings == ()


def test_pages_of_pictures_are_told():
    assert read_pdf(a_pdf(["Words."], [])).warnings == ("pages-without-words",)
    with pytest.raises(Refused) as refusal:
        read_pdf(a_pdf([], []))
    assert refusal.value.code == "empty"


def test_a_password_is_not_asked_for():
    with pytest.raises(Refused) as refusal:
        read_pdf(a_pdf(["Words."], password="secret"))
    assert refusal.value.code == "encrypted"
    assert read_pdf(a_pdf(["Words."], password="")).text == "Words."


def test_pages_have_a_limit():
    with pytest.raises(Refused) as refusal:
        read_pdf(a_pdf(*[["x"]] * 501))
    assert (refusal.value.code, refusal.value.params) == ("too-many-pages", {"pages": 500})


def test_a_scan_is_told_from_an_empty_document():
    with pytest.raises(Refused) as refusal:
        read_pdf(a_scan())
    assert refusal.value.code == "scan"


def test_a_font_that_does_not_say_its_letters_makes_no_words():
    with pytest.raises(Refused) as refusal:
        read_pdf(a_pdf_in_unicode("Words of numbers", is_known=False))
    assert refusal.value.code == "unknown-letters"


def test_words_side_by_side_ask_to_be_checked_and_lists_do_not():
    columns = [
        (x, 700 - 14 * line, f"Words of line {line} in one of the columns")
        for x in (50, 320)
        for line in range(6)
    ]
    assert read_pdf(a_pdf_in_places(*columns)).warnings == ("columns",)
    items = [
        (x, 700 - 14 * line, words)
        for line in range(9)
        for x, words in ((50, f"{line}."), (90, FULL))
    ]
    assert read_pdf(a_pdf_in_places(*items)).warnings == ()


def test_words_from_the_right_are_read_in_their_order_whichever_way_they_are_drawn():
    said = "في القاعة (UN 12) عام 2017، والسلام."
    drawn = ".مالسلاو ،2017 ماع (UN 12) ةعاقلا يف"
    for line in (said, drawn):
        reading = read_pdf(a_pdf_in_unicode(line))
        assert (reading.text, reading.warnings) == (said, ("right-to-left-pdf",))
