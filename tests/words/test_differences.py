"""What was taken out of words and put into them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.words.differences import MOST_WORDS, differences, word_differences

WORDS = st.text("ab ", max_size=20)


@given(WORDS, WORDS)
def test_both_versions_can_be_read_from_the_differences(old, new):
    found = list(differences(old, new))
    assert "".join(words for kind, words in found if kind != "in") == old
    assert "".join(words for kind, words in found if kind != "out") == new
    assert all(words for _kind, words in found)


def test_what_was_taken_out_stands_before_what_was_put_in():
    old, new = ["Russia", " ", "calls"], ["Russia", " ", "never", " ", "calls"]
    assert list(differences(old, new)) == [("same", "Russia "), ("in", "never "), ("same", "calls")]
    assert list(differences("ac", "bc")) == [("out", "a"), ("in", "b"), ("same", "c")]


@pytest.mark.parametrize(("old", "new"), [("ab", "ba"), ("a", "aa"), ("aab", "abb")])
def test_words_that_repeat_take_no_longer_than_others(old, new):
    began = time.process_time()
    list(differences(list(old) * 2_000, list(new) * 2_000))
    assert time.process_time() - began < 1


def test_texts_are_compared_by_words_where_some_of_them_stayed():
    assert word_differences("no tolls today", "no ferry today") == [
        ("same", "no "),
        ("out", "tolls"),
        ("in", "ferry"),
        ("same", " today"),
    ]
    assert word_differences("tolls", "ferry") == []
    assert word_differences("no " * MOST_WORDS, "no tolls") == []
