"""Offsets are code points, and are trusted only where the words fit."""

import pytest

from astana.pages.desk.codings.passage import LONGEST_PASSAGE, PassageForm
from astana.pages.desk.codings.text import coding_rows
from astana.pages.shared.reading import reading_of

pytestmark = pytest.mark.django_db

TEXT = "They met 🕊️. Russia agreed.\n\nقالت روسيا نعم.\n\nThey met again. Russia agreed too."


@pytest.fixture
def text(a_rendition):
    return a_rendition(TEXT)


def _found(text, **values) -> str | None:
    form = PassageForm(values, rendition=text)
    if not form.is_valid():
        assert form.errors
        return None
    passage = form.passage
    assert text.text[passage.start : passage.end] == passage.exact
    return passage.exact


def test_offsets_count_code_points(text):
    start = TEXT.index("Russia")
    assert _found(text, start=start, end=start + 6, exact="Russia") == "Russia"
    start = TEXT.index("روسيا")
    assert _found(text, start=start, end=start + 5, exact="روسيا") == "روسيا"


def test_offsets_in_utf_16_are_not_believed(text):
    units = len(TEXT[: TEXT.index("روسيا")].encode("utf-16-le")) // 2
    form = PassageForm({"start": units, "end": units + 5, "exact": "روسيا"}, rendition=text)
    assert form.is_valid()
    assert (form.passage.exact, form.is_found_elsewhere) == ("روسيا", True)


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them(text):
    around = {"prefix": "They met again. ", "suffix": " too."}
    form = PassageForm({"start": 0, "end": 14, "exact": "Russia agreed"} | around, rendition=text)
    # Nobody counted how often they stood there, so a person has to choose again.
    assert not form.is_valid()


def test_words_that_stand_nowhere_are_refused(text):
    assert _found(text, start=0, end=4, exact="Iran") is None
    assert _found(text, start=5, end=2) is None
    assert _found(text, start=0, end=9_999) is None
    assert _found(text, start=-1, end="x") is None


def test_white_space_at_the_ends_is_left_out(text):
    start = TEXT.index(" Russia")
    assert _found(text, start=start, end=start + 8) == "Russia"
    blank = TEXT.index("\n\n")
    assert _found(text, start=blank, end=blank + 2) is None


def test_a_passage_over_two_paragraphs_survives_the_line_ends_of_browsers(text):
    end = TEXT.index("\n\nThey")
    exact = TEXT[:end].replace("\n", "\r\n")
    assert _found(text, start=0, end=end, exact=exact) == TEXT[:end]


def test_the_first_words_of_a_long_passage_are_enough(text):
    assert _found(text, start=0, end=27, exact="They met", cut="1") == TEXT[:27]
    assert _found(text, start=0, end=27, exact="Iran", cut="1") is None


def test_a_passage_is_no_article(a_rendition):
    long = a_rendition("word " * LONGEST_PASSAGE, article="long-2017-01-25")
    assert _found(long, start=0, end=LONGEST_PASSAGE + 100) is None


def test_a_line_end_of_two_characters_ends_a_chunk(a_rendition, a_member):
    words = "They met\r\nin Astana and\r\nagreed on\r\nmore."
    text = a_rendition(words)
    rows = coding_rows(reading_of(text, user=a_member()), hints=[], chosen=None)
    chunks = [chunk for row in rows for _piece, chunks in row.pieces for chunk in chunks]
    assert [chunk.words for chunk in chunks if "\r\n" in chunk.words[:-2]] == []
    # A browser counts from the start of the chunk, and its line ends as one character.
    last = next(chunk for chunk in chunks if "agreed on" in chunk.words)
    end = last.start + len("agreed on")
    start = words.index("Astana")
    exact = "Astana and\nagreed on"
    assert _found(text, start=start, end=end, exact=exact) == "Astana and\r\nagreed on"
