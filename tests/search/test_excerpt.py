"""What was looked for is marked in the original words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.search.excerpt import excerpt, marked
from astana.search.terms import terms_of


def _found(text: str, words: str) -> list[str]:
    return [piece.text for piece in marked(text, terms_of(words)) if piece.is_found]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Bashar al-Ja’afari, he said", "jaafari ", ["al-Ja’afari"]),
        ("Recep Tayyip Erdoğan.", "erdogan ", ["Erdoğan"]),
        ("قال محمّد علّوش إن", "محمد علوش ", ["محمّد", "علّوش"]),
        ("A cease-fire, a ceasefire", "cease-fire ", ["cease-fire", "ceasefire"]),
        ("A cease-fire, a ceasefire", "ceasefire ", ["cease-fire", "ceasefire"]),
        ("The talks and the talking", "talk", ["talks", "talking"]),
        ("The talks and the talking", "talks ", ["talks"]),
        ("free army, Free Syrian Army", '"free syrian army"', ["Free", "Syrian", "Army"]),
        ("nothing here", "talks ", []),
        ("普京说他会去", "普京 ", ["普京"]),
        ("Frau Müller, Herr Mueller", "Mueller ", ["Müller", "Mueller"]),
        ("Frau Müller, Herr Mueller", "Müller ", ["Müller", "Mueller"]),
        ("They were 3 000, not 2.5", "3000 ", ["3 000"]),
        ("They were 1,000.", "1000 ", ["1,000"]),
        ("او می\u200cخواهد", "می خواهد ", ["می\u200cخواهد"]),
    ],
)
def test_words_are_marked_as_they_are_written(text, words, found):
    assert " ".join(_found(text, words)) == " ".join(found)


@given(st.text(max_size=200), st.text(max_size=20))
def test_marking_changes_no_letter_of_the_text(text, words):
    assert "".join(piece.text for piece in marked(text, terms_of(words))) == text


@given(st.text(max_size=800), st.text(max_size=20))
def test_an_excerpt_is_a_part_of_the_text(text, words):
    part = excerpt(text, terms_of(words))
    if part:
        words_shown = "".join(piece.text for piece in part.pieces)
        assert text[part.start :].startswith(words_shown)
        assert any(piece.is_found for piece in part.pieces)


def test_an_excerpt_shows_the_place_with_most_of_the_words():
    text = f"Damascus first. {'Other words. ' * 60}Damascus and Ankara met. {'More. ' * 60}"
    part = excerpt(text, terms_of("ankara damascus "))
    assert {piece.text for piece in part.pieces if piece.is_found} == {"Damascus", "Ankara"}
    assert part.is_cut_before
    assert part.is_cut_after


def test_a_text_without_the_words_has_no_excerpt():
    assert excerpt("They met in the morning.", terms_of("evening")) is None
