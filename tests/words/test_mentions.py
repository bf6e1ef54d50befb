"""Names are found as whole words, the longest first, and in capitals where they are capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.words.mentions import Names

NAMES = ["Syria", "Syrian Democratic Forces", "Damascus", "US", "Bashar Ja'afari", "Türkiye"]


def used(text: str, names: list[str] = NAMES) -> list[str]:
    return [one.names[0] for one in Names(names).used_in(text)]


def test_a_name_is_found_as_a_whole_word_only():
    assert used("Syrians and Damascenes left Assyria.") == []
    assert used("Damascus, Syria") == ["Damascus", "Syria"]


def test_the_longest_name_is_taken_and_none_within_it():
    names = ["Democratic Forces", "Syrian Democratic Forces", "Forces"]
    assert used("the Syrian Democratic Forces met other forces", names) == [
        "Syrian Democratic Forces",
        "Forces",
    ]


def test_a_name_that_is_only_begun_is_not_found():
    assert used("the Syrian Democratic party") == []


@pytest.mark.parametrize("text", ["SYRIA", "syria", "Syria's", "Syria’s", "Syria-based", "“Syria”"])
def test_case_genitive_and_hyphen_do_not_count(text):
    assert used(text) == ["Syria"]


@pytest.mark.parametrize("text", ["Bashar Jaafari", "Bashar Ja’afari's aide", "BASHAR JA'AFARI"])
def test_apostrophes_within_a_name_do_not_count(text):
    assert used(text) == ["Bashar Ja'afari"]


def test_accents_and_dotted_letters_do_not_count():
    assert used("turkiye TÜRKİYE") == ["Türkiye", "Türkiye"]


def test_vowel_signs_do_not_count():
    assert used("قال بَشّار الأسَد", ["بشار الأسد"]) == ["بشار الأسد"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("普京说他会去", "普京"),
        ("Frau Müller sprach", "Mueller"),
        ("Frau Mueller sprach", "Müller"),
        ("In Da\u00admas\u200bcus", "Damascus"),
        ("नरेंद्र मोदी आए", "मोदी"),
    ],
)
def test_a_name_is_found_in_each_script_and_spelling(text, name):
    assert used(text, [name]) == [name]


def test_a_name_in_capitals_is_found_in_capitals_alone():
    assert used("It told us of us and of the US, the US's and US-backed groups.") == ["US"] * 3


def test_the_place_of_a_name_is_told():
    text = "They met Bashar Ja’afari's aide."
    one = Names(NAMES).used_in(text)[0]
    assert text[one.start : one.end] == "Bashar Ja’afari's"


def test_all_spellings_that_are_compared_as_one_are_told():
    found = Names(["Çavuşoğlu", "Cavusoglu", "Lavrov"]).used_in("Çavuşoğlu spoke.")
    assert [one.names for one in found] == [("Cavusoglu", "Çavuşoğlu")]


def test_a_name_without_letters_is_never_found():
    assert used("— ! —", ["—", "!", ""]) == []


@given(st.text(), st.lists(st.text(max_size=12), max_size=6))
def test_what_is_found_is_in_order_and_apart_whatever_is_written(text, names):
    found = Names(names).used_in(text)
    assert {name for one in found for name in one.names} <= set(names)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        at = one.end
