"""No name that is hidden can be read, in whatever form a text writes it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.words.masking import SOMEBODY, Hidden, mask_of
from tests.comparison.names import surviving

RUSSIA = (
    Hidden("Russia", "[A]"),
    Hidden("Moscow", "[A]"),
    Hidden("Россия", "[A]"),
    Hidden("روسيا", "[A]"),
    Hidden("Sergey Lavrov", "[A]", is_person=True),
)
OTHERS = (
    Hidden("Turkey", "[B]"),
    Hidden("Kazakhstan", "[C]"),
    Hidden("United States", "[D]"),
    Hidden("Bashar al-Ja'afari", "[E]", is_person=True),
    Hidden("Government of Syria", "[E]"),
    Hidden("Islamic State (ISIS)", "[F]"),
    Hidden("People's Protection Units", "[G]"),
    Hidden("UN", "[H]"),
    Hidden("美国", "[D]"),
    Hidden("The Week (US)", "[Source 1]"),
    Hidden("ap", "[Source 2]", is_abbreviation=True),
)
MASK = mask_of((*RUSSIA, *OTHERS))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Russia and MOSCOW agree.", "[A] and [A] agree."),
        ("rUsSiA", "[A]"),
        ("Russian troops, pro-Russian groups", "[A] troops, pro-[A] groups"),
        ("Russia's envoy; l'Russia", "[A]'s envoy; l'[A]"),
        ("Россией и россиянами", "[A] и [A]"),
        ("وروسيا وبالروسيا", "[A] [A]"),
        ("Lavrov met LAVROV'S deputy", "[A] met [A]'S deputy"),
        ("Turkish and Türkçe", "[B] and [B]"),
        ("a Kazakh proposal", "a [C] proposal"),
        ("U.S. and US-led; it was left to us", "[…]. and […]-led; it was left to us"),
        ("Jaafari, Ja’afari, JAAFARI and Jaʿafari", "[E], [E], [E] and [E]"),
        ("the Syrian government", "the [E]"),
        ("ISIS, Islamic-State", "[F], [F]"),
        ("the Peoples' and the people’s protection units", "the Peoples' and the [G]"),
        ("the UN and unless", "the [H] and unless"),
        ("在美国说", "在[D]说"),
        ("Rus\u00adsia, Rú\u200bssia, ＲＵＳＳＩＡ, R\u0301ussia", "[A], [A], [A], [A]"),
        ("said AP, ap", "said [Source 2], ap"),
        ("", ""),
        ("Nobody is named here.", "Nobody is named here."),
    ],
)
def test_a_name_is_hidden_as_it_is_written(text, masked):
    assert MASK.apply(text) == masked


def test_the_longest_name_wins():
    mask = mask_of([Hidden("Syria", "[A]"), Hidden("Syrian Arab News Agency", "[Source 1]")])
    assert mask.apply("Syria, says the Syrian Arab News Agency") == "[A], says the [Source 1]"


def test_a_name_of_several_hides_them_all():
    mask = mask_of([Hidden("John Kerry", "[A]", True), Hidden("John Dorrian", "[B]", True)])
    assert mask.apply("John Kerry, Dorrian, John") == f"[A], [B], {SOMEBODY}"


def test_a_name_across_two_parts_is_hidden_in_both():
    assert MASK.pieces("The Rus", "sian plan of Mos", "cow.") == ("The [A]", " plan of [A]", ".")
    assert MASK.pieces("", "Russia", "") == ("", "[A]", "")


def test_code_points_outside_of_names_are_kept():
    text = "«Nǎïve» — ﷺ\u200f, Russia… \U0001f600"
    assert MASK.apply(text) == text.replace("Russia", "[A]")


def test_a_name_without_letters_hides_nothing():
    assert mask_of([Hidden("!!!"), Hidden("")]).apply("Wait!!!") == "Wait!!!"


# By properties, against a second and simpler way to look for a name.

LETTERS = st.sampled_from("abcdnrsuRUSN éñıßСирияاسر-'’. \u0301\u00ad")
NAMES = st.text(LETTERS, min_size=1, max_size=9)


def test_the_simpler_way_finds_names():
    assert surviving(["Russia"], "[A] and RÚSSIAN")
    assert surviving(["Al-Nusra"], "the al Nusra Front")
    assert not surviving(["UN"], "under [A]")


@given(
    names=st.lists(NAMES, min_size=1, max_size=4),
    pieces=st.lists(st.one_of(NAMES, st.text(max_size=6), st.integers(0, 3)), max_size=8),
    gaps=st.sampled_from([" ", "-", ", ", "\n", "  "]),
    change=st.sampled_from([str, str.upper, str.swapcase, str.title]),
)
def test_no_name_survives_as_a_word_or_the_beginning_of_one(names, pieces, gaps, change):
    words = [names[one % len(names)] if isinstance(one, int) else one for one in pieces]
    text = change(gaps.join(words))
    mask = mask_of(Hidden(name, f"[{'ABCD'[n]}]") for n, name in enumerate(names))
    masked = mask.apply(text)
    assert surviving(names, masked) == []


@given(text=st.text(max_size=60), cuts=st.lists(st.integers(0, 60), max_size=3))
def test_the_parts_of_a_text_are_the_text_masked(text, cuts):
    mask = mask_of([Hidden("abc", "[A]"), Hidden("ab c"), Hidden("0", "[B]")])
    places = sorted({0, *cuts, len(text)} - {cut for cut in cuts if cut > len(text)})
    parts = [text[a:b] for a, b in pairwise(places)] or [text]
    assert "".join(mask.pieces(*parts)) == mask.apply(text)


@given(st.text(max_size=60))
def test_without_names_a_text_stays_as_it_is(text):
    assert mask_of([]).apply(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Frau Müller sprach", "Mueller"),
        ("Frau Mueller sprach", "Müller"),
        ("Herr Mu\u0308ller", "Mueller"),
        ("Jørgensens Plan", "Joergensen"),
        ("がんばれ", "か\u3099んばれ"),
    ],
)
def test_a_name_is_hidden_in_each_of_its_spellings(text, name):
    assert "A" in mask_of([Hidden(name, "A")]).apply(text)
    assert name not in mask_of([Hidden(name, "A")]).apply(text)
