"""Sentences are told apart by rules, in code points, and nothing but white space is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.sentences import neighbours, sentences_of

SCRAPS = st.lists(
    st.sampled_from([*'.!?…"”“» ', ". ", "Mr", "U.S", " the", " The", "7", "é", "😀", "؟ ", "。"])
)


def sentences(text):
    return [text[start:end] for start, end in sentences_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        # English: titles, states, initials, numbers.
        "Mr. Hill met Dr. Wood.|They spoke with Gen. Marsh.",
        "The U.S. Secretary spoke.|He left the U.S.|The talks went on.",
        "J. R. Hill and R. Wood came.|Nobody else did.",
        "It rose by 3.5 percent.|See No. 4 and p. 12.|No.|Not that one.",
        "They met on Jan. 23 in the capital.|It was 2017.|The hall was full.",
        "Firms such as Hill Inc. Europe and Co. agreed, etc.|The others did not.",
        "1. The parties agree.|2. They stop.",
        "99. The parties agree.|100.|They stop.",
        # Only a full stop is that of an abbreviation, and not before a closing mark.
        "Was it no?|5 of them left.|They left (with Hill Co.)|Europe agreed.",
        "He left (early).|Nobody saw it.",
        "He left.|...|And came back.",
        # Quotation marks close with their sentence; what follows small goes on.
        "“Go!” he said.|“Stop.”|Then he left.",
        '"Really?" she asked.|"Yes."|So be it.',
        "He wondered (aloud!) about it.|[Note.]|All the same … he came...|And left.",
        # Arabic and Persian: no capitals, a question mark of their own.
        "هل انتهت المحادثات؟|نعم.|قال د. محمد علوش إنه سيعود.",
        "مذاکرات تمام شد؟|او گفت: «بله.»|سپس رفت.",
        # Russian: initials, years, direct speech with dashes.
        "С. Лавров приехал в 2017 г. Москва ждала.|В 2016 г. было иначе.",
        "«Мы готовы!» — сказал он.|И т.д.|Всё.",
        # German: dates and their months. Chinese: no spaces.
        "Am 23. Januar sprach Dr. Wald, z.B. über Geld.|Es war gut.",
        "会谈开始了。|他说：「好。」|之后离开。",
        # A line end is white space, and a last sentence needs no full stop.
        "It goes\non here.|And ends",
    ],
)
def test_a_sentence_ends_where_a_reader_would_say(text):
    expected = text.split("|")
    joined = text.replace("。|", "。").replace("」|", "」") if "。" in text else text
    assert sentences(joined.replace("|", " ")) == expected


def test_offsets_count_code_points_of_the_whole_text():
    text = "Before.\n\n😀 One. 𝒜 two.\n\nAfter."
    assert sentences_of(text, 9, 22) == [(9, 15), (16, 22)]


def test_a_paragraph_without_words_has_no_sentences():
    assert sentences_of("") == sentences_of(" \n ") == []


def test_a_text_of_full_stops_takes_no_longer_than_its_length():
    """Found at each of them anew, half a million would take hours."""
    assert sentences_of("." * 500_000 + "x") == [(0, 500_001)]


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        (None, "One.", "Two"),
        ("One.", "Two", "Three."),
        ("Two", "Three.", "Four."),
        ("Three.", "Four.", "Five."),
        ("One.", "Two\n\nThree.", "Four."),
        ("Five.", "Six.", None),
        # Of a sentence that a passage is in the midst of, the rest stands on both sides.
        ("Three.", "hree", "Three."),
        ("Two", "Three", "Three."),
    ],
)
def test_the_neighbours_of_a_passage_are_the_sentences_before_and_after(before, words, after):
    text = "One. Two\n\nThree. Four.\n\nFive. Six."
    start = text.index(words)
    found = neighbours(text, [(0, 8), (10, 22), (24, 34)], start, start + len(words))
    assert [place and text[slice(*place)] for place in found] == [before, after]


@given(SCRAPS.map("".join))
def test_every_letter_is_in_one_sentence(text):
    found = sentences_of(text)
    covered = [at for start, end in found for at in range(start, end)]
    assert len(covered) == len(set(covered))
    assert covered == sorted(covered)
    assert set(range(len(text))) - set(covered) <= {
        at for at, letter in enumerate(text) if letter.isspace()
    }
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
