"""Plain text becomes paragraphs with a blank line between, without what is no character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.paragraphs import paragraphs_of
from astana.intake.plain import clean, from_words, line_of, read_plain
from astana.intake.reading import MAX_CHARACTERS, Refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_warning(encoding):
    words = "Words, мир, محادثات, 😀."
    reading = read_plain(words.encode(encoding))
    assert (reading.text, reading.warnings) == (words, ())


def test_other_bytes_are_read_as_western_european_with_a_warning():
    reading = read_plain("“Café” – naïve".encode("cp1252"))
    assert (reading.text, reading.warnings) == ("“Café” – naïve", ("encoding-guessed",))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x81\x8d\xfe"])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(Refused) as refusal:
        read_plain(data)
    assert refusal.value.code == "encoding"


def test_paragraphs_are_set_apart_by_one_blank_line():
    assert (
        clean("One. \r\n\r\n \t\r\n\r\nTwo\rlines.\u2029Three.\n")
        == "One.\n\nTwo\nlines.\n\nThree."
    )


def test_what_is_no_character_is_left_out():
    assert clean("a\x00b\ud83dc\ufeffd\x1be\x9ff\uffffg\ufdd0h\U0001fffei") == "abcdefghi"


def test_where_a_word_may_be_broken_is_left_out_and_what_joins_letters_stays():
    assert clean("ne\u00adgo\u200bti\u2060ation") == "negotiation"
    assert clean("می\u200cروم 👩\u200d⚖️") == "می\u200cروم 👩\u200d⚖️"


def test_words_cannot_be_shown_in_another_order_than_they_are_stored():
    assert clean("a\u202egnirts\u202c\u2066b\u2069") == "agnirtsb"
    assert clean("علوش\u200f (2017)\u200e") == "علوش\u200f (2017)\u200e"


def test_what_a_file_says_about_itself_is_one_line_of_some_length():
    assert line_of(" Talks\n\topen\x00 \u202e😀 ") == "Talks open 😀"
    assert line_of(None) == ""
    assert len(line_of("x" * 9_999)) == 300


def test_a_line_for_each_paragraph_is_guessed():
    reading = from_words("One is here.\nTwo is here.\nThree “here.”\nAnd four")
    assert reading.text.split("\n\n") == [
        "One is here.",
        "Two is here.",
        "Three “here.”",
        "And four",
    ]
    assert reading.warnings == ("paragraphs-guessed",)


@pytest.mark.parametrize("text", ["One is\nwrapped at each\nfew words.", "One.\nTwo.\n\nThree."])
def test_wrapped_lines_stay_one_paragraph(text):
    reading = from_words(text)
    assert (reading.text, reading.warnings) == (text, ())


@pytest.mark.parametrize("text", ["", " \n\n", "\x00", "… — !", "\u202e"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(Refused) as refusal:
        from_words(text)
    assert refusal.value.code == "empty"


def test_a_text_may_have_a_million_characters_and_no_more():
    assert len(from_words("😀x" * (MAX_CHARACTERS // 2)).text) == MAX_CHARACTERS
    with pytest.raises(Refused) as refusal:
        from_words("x" * (MAX_CHARACTERS + 1))
    assert refusal.value.params == {"characters": MAX_CHARACTERS}


@given(st.text("ab .\n\r\t\x00\ud800\u2029é😀", max_size=40))
def test_cleaning_keeps_the_letters_and_the_paragraphs(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert [x for x in cleaned if x.isalpha()] == [x for x in text if x.isalpha()]
    assert cleaned == "\n\n".join(cleaned[start:end] for start, end in paragraphs_of(cleaned))
