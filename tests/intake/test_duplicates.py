"""Near-duplicates share wording: an excerpt is found in its article, an edit does not hide it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.intake.duplicates import Likeness, alike_among, near_duplicates, shingles_of

ARTICLE = " ".join(f"word{number}" for number in range(200))
OTHER = " ".join(f"else{number}" for number in range(200))
WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=30).map(" ".join)


def test_the_same_text_is_found_whatever_its_looks():
    text = "«Ateşkes» — the ceasefire,\nagreed in Astana, مُحَمّد holds; Чёрное too."
    looks = "ATEŞKES the “ceasefire” agreed   in astana محمد holds Че\u0308рное TOO"
    assert near_duplicates(looks, [("a", text)]) == ([Likeness("a", 1, 1, 1)], True)


def test_an_excerpt_is_found_in_its_article_and_the_other_way_round():
    excerpt = " ".join(ARTICLE.split()[50:100])
    ((found,), _) = near_duplicates(excerpt, [("other", OTHER), ("article", ARTICLE)])
    assert (found.article, found.contained) == ("article", 1)
    assert found.contains == found.jaccard == 46 / 196
    ((found,), _) = near_duplicates(ARTICLE, [("excerpt", excerpt)])
    assert found.contains == 1


def test_the_best_comes_first():
    half = " ".join(ARTICLE.split()[:100] + OTHER.split()[:100])
    edited = ARTICLE.replace("word100", "changed")
    stored = [("half", half), ("edited", edited), ("same", ARTICLE), ("other", OTHER)]
    found, _ = near_duplicates(ARTICLE, stored)
    assert [one.article for one in found] == ["same", "edited", "half"]


def test_little_in_common_is_no_duplicate():
    tenth = " ".join(ARTICLE.split()[:20] + OTHER.split()[:180])
    assert near_duplicates(ARTICLE, [("tenth", tenth)]) == ([], True)
    assert len(near_duplicates(ARTICLE, [("tenth", tenth)], threshold=0.05)[0]) == 1


def test_an_article_with_several_texts_is_named_once_for_its_nearest():
    found, _ = near_duplicates(ARTICLE, [("a", ARTICLE + OTHER), ("a", ARTICLE), ("a", OTHER)])
    assert found == [Likeness("a", 1, 1, 1)]


def test_shingles_may_be_kept_and_are_the_same_everywhere():
    assert sorted(shingles_of("one two three four five six")) == [1354651064, 1918900822]
    assert near_duplicates(ARTICLE, [("a", shingles_of(ARTICLE))])[0][0].jaccard == 1


def test_beyond_the_budget_nothing_is_compared_and_that_is_said():
    stored = iter([("first", ARTICLE), ("second", ARTICLE), ("third", 1 / 1)])
    found, is_complete = near_duplicates(ARTICLE, stored, budget=len(ARTICLE) + 9)
    assert [one.article for one in found] == ["first"]
    assert not is_complete
    assert next(stored)[0] == "third"


@pytest.mark.parametrize("text", ["", " … "])
def test_nothing_is_like_nothing(text):
    assert near_duplicates(text, [("a", text), ("b", ARTICLE)]) == ([], True)


def test_few_words_and_words_without_spaces_are_compared_too():
    assert near_duplicates("two words", [("a", "Two words!")])[0][0].jaccard == 1
    assert len(shingles_of("会谈在阿斯塔纳开始了")) == 6


@given(WORDS, WORDS)
def test_the_shares_equal_those_of_the_slow_way(new, old):
    def runs(text):
        words = text.split()
        return (
            {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))} if words else set()
        )

    found, _ = near_duplicates(new, [("a", old)], threshold=0.0001)
    shared = runs(new) & runs(old)
    if not shared:
        assert found == []
        return
    share = len(shared)
    expected = share / len(runs(new)), share / len(runs(old)), share / len(runs(new) | runs(old))
    assert found == [Likeness("a", *expected)]


def test_among_many_texts_each_meets_the_one_it_is_most_like():
    """As the slow way finds it, also among texts so long that only some shingles are looked up."""
    long = " ".join(f"word{number}" for number in range(2_000))
    stored = {"long": long, "other": " ".join(f"else{number}" for number in range(2_000))}
    half = " ".join(long.split()[1_000:])
    texts = {"half": half, "none": "Nothing of it is there at all.", "quarter": half[4_000:]}
    found = dict(alike_among(texts, stored.items()))
    for name in ("half", "none", "quarter"):
        slow, _ = near_duplicates(texts[name], stored.items())
        assert found.get(name) == (slow[0] if slow else None)
        stored[name] = texts[name]


def test_many_marks_on_a_letter_take_no_longer_than_many_letters():
    began = time.process_time()
    shingles_of("a" + "\u0315\u0301\u0327" * 100_000)
    assert time.process_time() - began < 1
