"""Initials of names."""

import pytest

from astana.words.initials import initials


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("United States", ("US", "USA")),
        ("United States of America", ("USA",)),
        ("United Nations", ("UN",)),
        ("United Kingdom", ("UK", "GB")),
        ("Syrian Democratic Forces (SDF)", ("SDF",)),
        ("the High Negotiations Committee", ("HNC",)),
        ("Организация Объединённых Наций", ("ООН",)),
        ("Uganda Socialists", ("US",)),
    ],
)
def test_a_name_of_several_words_is_known_by_its_initials(name, known_as):
    assert initials(name) == known_as


@pytest.mark.parametrize("name", ["Russia", "", "()", "armed opposition groups", "A " * 40])
def test_one_word_a_description_and_a_sentence_have_no_initials(name):
    assert initials(name) == ()
