"""One letter of a word may be wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from astana.words.misspelt import LONGEST, one_letter_off

LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=8)


@given(LATIN, LATIN)
def test_exactly_the_words_at_a_distance_of_one_are_one_letter_off(one, other):
    # The distance is counted by rapidfuzz: a swap of neighbours is one step.
    near = one_letter_off(one)
    assert (other in near) == (OSA.distance(one, other) == 1)
    assert all(OSA.distance(one, word) == 1 for word in near)


@given(LATIN, st.integers(0, 7), st.sampled_from("aemz"))
def test_a_letter_typed_wrong_leads_back_to_the_word(word, place, letter):
    place = min(place, len(word) - 1)
    for typed in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
    ):
        assert typed == word or len(typed) < 4 or word in one_letter_off(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("лаврав", "лавров"), ("الجعفرى", "الجعفری"), ("αθηνα", "αθηναι")]
)
def test_other_scripts_have_their_own_letters(typed, meant):
    assert meant in one_letter_off(typed)


@pytest.mark.parametrize("word", ["", "us", "war", "2017", "f16x", "x" * (LONGEST + 1)])
def test_short_words_numbers_and_endless_ones_are_left_alone(word):
    assert one_letter_off(word) == frozenset()


def test_a_long_word_has_some_hundred_words_beside_it():
    assert len(one_letter_off("constitution")) < 700
