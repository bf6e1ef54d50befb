"""Known names are found as whole words, with their own capitals, in any script."""

import time

from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.names import Mention, mentions_in

NAMES = [
    ("usa", "US"),
    ("usa", "United States"),
    ("assad", "Bashar al-Assad"),
    ("assad", "Assad"),
    ("lavrov", "С. Лавров"),
    ("alloush", "محمد علوش"),
]


def found(text, names=NAMES):
    return [
        (mention.actor, text[mention.start : mention.end]) for mention in mentions_in(text, names)
    ]


def test_names_are_whole_words():
    assert found("The US, not us, on a BUS, told the USSR about Assad's Assadists.") == [
        ("usa", "US"),
        ("assad", "Assad"),
    ]


def test_the_longest_name_counts():
    assert found("Bashar al-Assad and Bashar of the United\nStates") == [
        ("assad", "Bashar al-Assad"),
        ("usa", "United\nStates"),
    ]


def test_words_far_apart_are_no_name():
    assert found("Bashar (al) met — Assad", [("assad", "Bashar al-Assad")]) == []


def test_arabic_writes_and_as_one_word_with_the_name():
    assert found("جاء محمد علوش ومحمد علوش") == [
        ("alloush", "محمد علوش"),
        ("alloush", "ومحمد علوش"),
    ]


def test_initials_are_part_of_a_name():
    assert found("Сказал С. Лавров.") == [("lavrov", "С. Лавров")]


def test_a_name_of_two_actors_is_of_nobody():
    names = [("alloush", "Mohammed"), ("other", "Mohammed"), ("other", "Mohammed")]
    assert mentions_in("😀 Mohammed spoke", names) == [Mention(2, 10, None)]


def test_a_name_without_words_is_not_found():
    assert found("...", [("nobody", "..."), ("nobody", "")]) == []


def test_a_name_has_at_most_twenty_words():
    words = " ".join("abcdefghijklmnopqrst")
    assert found(words, [("long", words)]) == [("long", words)]
    assert found(f"{words} u", [("long", f"{words} u")]) == []


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12),
    st.dictionaries(
        st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["one", "two"]),
        max_size=4,
    ),
)
def test_names_equal_those_of_the_slow_way(words, actors):
    text = " ".join(words)
    expected, at = [], 0
    while at < len(words):
        fits = [n for n in actors if words[at : at + len(n.split())] == n.split()]
        best = max(fits, key=len, default="")
        if best:
            expected.append((actors[best], best))
        at += max(1, len(best.split()))
    assert found(text, [(actor, name) for name, actor in actors.items()]) == expected


def test_names_that_nearly_fit_everywhere_take_no_longer_than_others():
    names = [("near", " ".join(["a"] * n + ["b"])) for n in range(1, 100)]
    began = time.process_time()
    assert mentions_in("a " * 6_000 + "a, " * 3_000, [*names, ("far", "a " * 100)]) == []
    assert time.process_time() - began < 2
