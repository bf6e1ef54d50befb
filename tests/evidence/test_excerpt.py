"""A passage is shown with some of its paragraphs around it, and words are not cut."""

import pytest

from astana.evidence.excerpt import Excerpt, excerpt_of

TEXT = "One two three. Four five six.\n\nSeven eight."
PARAGRAPHS = [(0, 29), (31, 43)]


def excerpt(words: str, **asked) -> Excerpt:
    start = TEXT.index(words)
    return excerpt_of(
        TEXT, **{"start": start, "end": start + len(words), "paragraphs": PARAGRAPHS} | asked
    )


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("One two three. ", "Four five", " six."),
        ("One two three. Four five ", "six.", ""),
        ("", "Seven", " eight."),
        ("Seven ", "eight.", ""),
        ("One two three. Four five ", "six.\n\nSeven", " eight."),
    ],
)
def test_around_a_passage_stands_the_rest_of_its_paragraphs(before, words, after):
    assert excerpt(words) == Excerpt(before, words, after)


def test_between_paragraphs_or_without_any_nothing_stands_around():
    assert excerpt("\n\n") == Excerpt("", "\n\n", "")
    assert excerpt("Four five", paragraphs=()) == Excerpt("", "Four five", "")


@pytest.mark.parametrize(
    ("around", "before"), [(15, "One two three. "), (14, "… two three. "), (10, "… three. ")]
)
def test_what_stands_before_is_cut_at_a_word(around, before):
    assert excerpt("Four five", around=around).before == before


@pytest.mark.parametrize(
    ("around", "after"), [(15, " three. Four …"), (26, " two three. Four five six.")]
)
def test_what_stands_after_is_cut_at_a_word(around, after):
    words = "One two" if around == 15 else "One"
    assert excerpt(words, around=around).after == after


def test_two_hundred_and_twenty_code_points_are_shown_on_each_side():
    whole = excerpt_of("é " * 110 + "x" + " é" * 110, start=220, end=221, paragraphs=[(0, 441)])
    assert whole == Excerpt("é " * 110, "x", " é" * 110)
    more = excerpt_of(
        "." + "é " * 110 + "x" + " é" * 110 + ".", start=221, end=222, paragraphs=[(0, 443)]
    )
    assert more == Excerpt("… " + "é " * 109, "x", " é" * 109 + " …")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (3, 2), (0, 44)])
def test_a_passage_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="outside the text"):
        excerpt_of(TEXT, start=start, end=end)
