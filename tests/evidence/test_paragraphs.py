"""Paragraphs are blocks between blank lines, in code points, numbered from 1."""

import re

from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.paragraphs import paragraph_at, paragraphs_of, paragraphs_touched

SCRAPS = st.lists(st.sampled_from(["\n", "\r\n", "\r", " ", "\t", "\f", "a", "é", "😀", "b c"]))


def words(text):
    return [text[start:end] for start, end in paragraphs_of(text)]


def slow_paragraphs(text):
    """The obvious way: join lines until a blank one comes."""
    blocks, block = [], []
    for line in [*re.sub(r"\r\n|\r", "\n", text).split("\n"), ""]:
        if line.strip():
            block.append(line)
        elif block:
            blocks.append("\n".join(block).strip())
            block = []
    return blocks


def test_blank_lines_separate_paragraphs():
    assert words("One.\n\nTwo\nlines.\n \t\n\n\nThree.") == ["One.", "Two\nlines.", "Three."]


def test_one_line_end_does_not_end_a_paragraph():
    assert words("One\r\ntwo\rthree\nfour") == ["One\r\ntwo\rthree\nfour"]


def test_windows_line_ends_separate_like_others():
    assert words("One.\r\n\r\nTwo.\r\n\r\n\r\nThree.\r\n") == ["One.", "Two.", "Three."]


def test_white_space_around_a_paragraph_is_left_out():
    assert words("\n\n  One. \t\n\n\f Two.\n") == ["One.", "Two."]


def test_a_text_without_words_has_no_paragraphs():
    assert paragraphs_of("") == paragraphs_of(" \n\n\t") == []


def test_offsets_count_code_points():
    assert paragraphs_of("😀😀\n\n𝒜b") == [(0, 2), (4, 6)]


def test_an_offset_is_in_the_paragraph_around_it():
    pairs = [[10, 20], [22, 30]]
    assert [paragraph_at(pairs, at) for at in (10, 19, 22, 29)] == [1, 1, 2, 2]


def test_a_heading_and_a_footer_belong_to_no_paragraph():
    pairs = [[10, 20], [22, 30]]
    assert [paragraph_at(pairs, at) for at in (0, 9, 20, 21, 30, 99)] == [None] * 6
    assert paragraph_at([], 0) is None


@given(SCRAPS.map("".join))
def test_paragraphs_equal_those_of_the_slow_way(text):
    found = [re.sub(r"\r\n|\r", "\n", block) for block in words(text)]
    assert found == slow_paragraphs(text)


@given(SCRAPS.map("".join))
def test_every_word_is_in_the_paragraph_that_its_offset_names(text):
    pairs = paragraphs_of(text)
    for at, letter in enumerate(text):
        number = paragraph_at(pairs, at)
        if not letter.isspace():
            assert number is not None
        if number is not None:
            assert pairs[number - 1][0] <= at < pairs[number - 1][1]


def test_a_passage_touches_the_paragraphs_that_it_shares_a_letter_with():
    paragraphs = [(0, 5), (7, 12), (14, 20)]
    assert paragraphs_touched(paragraphs, 4, 8) == [(0, 5, 1), (7, 12, 2)]
    assert paragraphs_touched(paragraphs, 7, 12) == [(7, 12, 2)]


def test_a_passage_outside_of_all_paragraphs_stands_for_itself():
    assert paragraphs_touched([(0, 5), (7, 12)], 5, 7) == [(5, 7, None)]
