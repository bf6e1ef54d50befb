"""Words known by their hash only are learnt from a text, within a bound on the work."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence import hashes
from astana.evidence.hashes import words_by_hash


def sought(text, start, end):
    return start, end, sha256(text[start:end].encode()).hexdigest()


def counted(monkeypatch):
    """Count the calls of the hash function."""
    calls = []

    def count(words):
        calls.append(len(words))
        return sha256(words)

    monkeypatch.setattr(hashes, "sha256", count)
    return calls


@given(
    st.text("abé😀", min_size=1, max_size=40),
    st.text("abé😀", max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 8)), max_size=5),
)
def test_all_words_that_stand_anywhere_are_learnt(original, text, spans):
    passages = [
        sought(original, start, start + length)
        for start, length in spans
        if start + length <= len(original)
    ]
    found, is_complete = words_by_hash(passages, text)
    windows = {
        sha256(text[start:end].encode()).hexdigest(): text[start:end]
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
    }
    assert is_complete
    assert found == {
        digest: windows[digest] for _start, _end, digest in passages if digest in windows
    }


def test_the_old_place_costs_one_hash_each(monkeypatch):
    text = "".join(chr(0x4E00 + at) for at in range(5_000))
    passages = [sought(text, at, at + 50) for at in range(0, 4_000, 100)]
    calls = counted(monkeypatch)
    assert len(words_by_hash(passages, text)[0]) == 40
    assert len(calls) == 40


def test_a_shared_shift_costs_one_search(monkeypatch):
    text = "".join(chr(0x4E00 + at) for at in range(5_000))
    passages = [sought(text, at, at + 50 + at // 100) for at in range(100, 4_100, 100)]
    calls = counted(monkeypatch)
    assert len(words_by_hash(passages, "x" * 30 + text)[0]) == 40
    assert len(calls) < 5 * len(passages) + 100


def test_beyond_the_budget_only_the_neighbourhood_is_searched(monkeypatch):
    text = "".join(chr(0x4E00 + at % 20_000) for at in range(20_000))
    near, far = sought(text, 9_000, 9_020), sought(text, 12_000, 12_030)
    moved = "y" * 300 + text[8_000:12_000] + "y" * 8_700 + text[12_000:]
    calls = counted(monkeypatch)
    found, is_complete = words_by_hash([near, far], moved, budget=1_000_000)
    assert not is_complete
    assert sum(calls) + 256 * len(calls) < 1_100_000
    assert found == {}
    found, is_complete = words_by_hash([near, far], "y" * 300 + text, budget=1_000_000)
    assert (len(found), is_complete) == (2, False)


LETTERS = "".join(chr(0x4E00 + at) for at in range(40))


@pytest.mark.parametrize("start", [3, 20, 26])
@pytest.mark.parametrize("shift", [-5, -4, -3, 3, 4, 5])
def test_within_the_budget_a_passage_is_found_as_far_to_either_side(start, shift):
    """A passage of 10 costs 266 a look: four steps to both sides cost eight looks."""
    moved = "x" * 5 + LETTERS + "x" * 5
    passage = start, start + 10, sought(moved, start + shift, start + shift + 10)[2]
    found, is_complete = words_by_hash([passage], moved, budget=8 * 266)
    assert (bool(found), is_complete) == (abs(shift) <= 4 and start + shift >= 0, False)


@pytest.mark.parametrize("place", [0, 30])
def test_the_edges_of_a_text_are_searched_too(place):
    passage = abs(place - 3), abs(place - 3) + 10, sought(LETTERS, place, place + 10)[2]
    assert len(words_by_hash([passage], LETTERS, budget=8 * 266)[0]) == 1


def test_all_of_a_text_is_searched_where_the_budget_covers_it():
    """31 windows of 10 and 21 of 20 letters, and 256 for each: 31 * 266 + 21 * 276."""
    other = "y" * 60
    passages = [sought(other, 1, 11), sought(other, 2, 12), sought(other, 3, 23)]
    assert words_by_hash(passages, LETTERS, budget=31 * 266 + 21 * 276) == ({}, True)
    assert words_by_hash(passages, LETTERS, budget=31 * 266 + 21 * 276 - 1) == ({}, False)


def test_what_is_lost_keeps_nothing_else_from_being_found():
    original = "abcdefghij"
    passages = [sought(original, 0, 2), sought(original, 3, 5), sought(original, 6, 9)]
    assert list(words_by_hash(passages, "xxghi")[0].values()) == ["ghi"]


@pytest.mark.parametrize("text", ["", "short"])
def test_a_text_shorter_than_the_passage_has_none_of_it(text):
    assert words_by_hash([sought("a" * 99, 10, 60)], text) == ({}, True)
    assert words_by_hash([sought("a" * 99, 10, 60)], text, budget=0) == ({}, True)
