"""Offsets are code points, and are trusted only where the words fit."""

import pytest

from astana.pages.desk.codings.passage import LONGEST_PASSAGE, PassageForm

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


def _chosen(text, words: str, **values) -> str | None:
    """Return what is found where a browser names a passage that begins and ends with words."""
    start = text.text.index(words)
    place = {"start": start, "end": start + len(words), "exact": words}
    return _found(text, **place | values)


def test_a_passage_of_several_lines_ends_where_it_was_chosen_to_end(a_rendition):
    text = a_rendition("They met\r\nin Astana.\r\nRussia\r\nagreed.")
    words = "met\r\nin Astana.\r\nRussia"
    assert _chosen(text, words) == words
    # A form sends line ends as it likes; an old page counts them as one.
    assert _chosen(text, words, exact=words.replace("\r\n", "\n")) == words
    end = text.text.index(words) + len(words)
    assert _found(text, start=5, end=end - 2, exact=words.replace("\r\n", "\n")) == words


def test_a_long_passage_is_refused_where_it_does_not_end_as_it_was_chosen(a_rendition):
    text = a_rendition("They met\r\nin Astana.\r\nRussia agreed.")
    words = "met\r\nin Astana.\r\nRussia"
    long = {"exact": "met", "cut": "1", "suffix": " agreed."}
    assert _chosen(text, words, **long) == words
    end = text.text.index(words) + len(words)
    assert _found(text, start=5, end=end - 2, **long) is None
    whole = len(text.text)
    assert _found(text, start=5, end=whole, exact="met", cut="1") == text.text[5:]
    assert _found(text, start=5, end=whole - 3, exact="met", cut="1") is None
