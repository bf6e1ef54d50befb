"""Passages are laid over paragraphs by code points; where they overlap the words are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.highlights import Segment, Span, lay_out

LETTERS = ["a", "é", "😀", "م", "\u0301", " ", "\n", "\n\n"]


@st.composite
def readings(draw):
    """A text, some paragraphs of it in order, and passages anywhere in it."""
    text = draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=30).map("".join))
    offsets = st.integers(0, len(text))
    edges = sorted(draw(st.lists(offsets, max_size=8)))
    paragraphs = list(zip(edges[::2], edges[1::2], strict=False))
    pairs = draw(st.lists(st.tuples(offsets, offsets).filter(lambda pair: pair[0] != pair[1])))
    spans = [Span(number, min(pair), max(pair)) for number, pair in enumerate(pairs)]
    return text, paragraphs, spans


def slow_layout(text, paragraphs, spans):
    """The obvious way: ask of every character which block and which passages it belongs to."""

    def place(at):
        for number, (start, end) in enumerate(paragraphs, 1):
            if start <= at < end:
                return number, number
        before = sum(1 for _start, end in paragraphs if end <= at)
        gap_start = max((end for _start, end in paragraphs if end <= at), default=0)
        gap_end = min((start for start, _end in paragraphs if start > at), default=len(text))
        if not text[gap_start : at + 1].strip() or not text[at:gap_end].strip():
            return None
        return None, -before

    blocks = []
    for at, letter in enumerate(text):
        found = place(at)
        if found is None:
            continue
        number, key = found
        if not blocks or blocks[-1][0] != key:
            blocks.append((key, number, []))
        covering = tuple(span.id for span in spans if span.start <= at < span.end)
        pieces = blocks[-1][2]
        edges = {edge for span in spans for edge in (span.start, span.end)}
        if pieces and at not in edges:
            pieces[-1][0] += letter
        else:
            pieces.append([letter, covering])
    return [(number, [tuple(piece) for piece in pieces]) for _key, number, pieces in blocks]


def marked(blocks):
    return [(segment.words, segment.spans) for block in blocks for segment in block.segments]


def test_overlapping_passages_are_cut_where_they_cross():
    blocks = lay_out("abcdef", paragraphs=[(0, 6)], spans=[Span(1, 0, 4), Span(2, 2, 6)])
    assert blocks[0].segments == (
        Segment("ab", (1,), begins=(1,)),
        Segment("cd", (1, 2), begins=(2,), ends=(1,)),
        Segment("ef", (2,), ends=(2,)),
    )


def test_a_passage_inside_another_keeps_both():
    blocks = lay_out("abcdef", paragraphs=[(0, 6)], spans=[Span(1, 0, 6), Span(2, 2, 4)])
    assert marked(blocks) == [("ab", (1,)), ("cd", (1, 2)), ("ef", (1,))]
    assert [segment.ends for segment in blocks[0].segments] == [(), (2,), (1,)]


def test_a_passage_across_paragraphs_is_marked_in_each_and_ends_once():
    blocks = lay_out("ab\n\ncd", paragraphs=[(0, 2), (4, 6)], spans=[Span(7, 1, 5)])
    assert marked(blocks) == [("a", ()), ("b", (7,)), ("c", (7,)), ("d", ())]
    assert [segment.ends for block in blocks for segment in block.segments] == [(), (), (7,), ()]


def test_words_between_paragraphs_have_no_number():
    blocks = lay_out(" Title \n\nab\n\n Foot.\n", paragraphs=[(9, 11)], spans=[Span(1, 13, 19)])
    assert [(block.number, marked([block])) for block in blocks] == [
        (None, [("Title", ())]),
        (1, [("ab", ())]),
        (None, [("Foot.", (1,))]),
    ]


def test_offsets_count_code_points_not_utf_16_units():
    blocks = lay_out("😀😀 yes", paragraphs=[(0, 6)], spans=[Span(1, 3, 6)])
    assert marked(blocks) == [("😀😀 ", ()), ("yes", (1,))]


@pytest.mark.parametrize("span", [Span(1, 2, 2), Span(1, 3, 2), Span(1, 0, 4), Span(1, -1, 2)])
def test_a_passage_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="no passage"):
        lay_out("abc", paragraphs=[(0, 3)], spans=[span])


@pytest.mark.parametrize("paragraphs", [[(0, 3), (2, 4)], [(2, 4), (0, 1)], [(0, 9)], [(3, 1)]])
def test_paragraphs_that_overlap_are_refused(paragraphs):
    with pytest.raises(ValueError, match="Paragraph"):
        lay_out("abcd", paragraphs=paragraphs, spans=[])


@given(readings())
def test_the_layout_equals_that_of_the_slow_way(reading):
    text, paragraphs, spans = reading
    blocks = lay_out(text, paragraphs=paragraphs, spans=spans)
    assert [(block.number, marked([block])) for block in blocks] == slow_layout(
        text, paragraphs, spans
    )


@given(readings())
def test_no_word_is_lost_or_doubled(reading):
    text, paragraphs, spans = reading
    blocks = lay_out(text, paragraphs=paragraphs, spans=spans)
    shown = "".join(segment.words for block in blocks for segment in block.segments)
    assert [letter for letter in shown if not letter.isspace()] == [
        letter for letter in text if not letter.isspace()
    ]
    for block in blocks:
        assert "".join(segment.words for segment in block.segments) == text[block.start : block.end]


@given(readings())
def test_every_passage_with_words_begins_once_and_ends_once(reading):
    text, paragraphs, spans = reading
    segments = [
        segment
        for block in lay_out(text, paragraphs=paragraphs, spans=spans)
        for segment in block.segments
    ]
    for span in spans:
        covered = [segment for segment in segments if span.id in segment.spans]
        begins = [segment for segment in segments if span.id in segment.begins]
        ends = [segment for segment in segments if span.id in segment.ends]
        assert begins == covered[:1]
        assert ends == covered[-1:]
        if text[span.start : span.end].strip():
            assert covered
