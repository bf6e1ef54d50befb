"""Words are compared without their setting, and nothing that makes another word is overlooked."""

import time
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from astana.evidence.setting import plainly, same_words, settings_of

LETTERS = st.sampled_from(
    [
        *"abn'\"-",
        " ",
        "\n",
        "\t",
        "\xa0",
        "\xad",
        "é",
        "e",
        "\u0301",
        "\u0316",
        "‘",
        "’",
        "“",
        "”",
        "„",
        "\u2011",
        "😀",
        "ش",
        "각",
        "ᄀ",
        "ᅡ",
        "Å",
    ]
)
TEXTS = st.lists(LETTERS, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a\nb"),
        ("a b", "a\xa0 \r\n b"),
        ("“it’s”", '"it\'s"'),
        ("cooperate", "co\xadoper\xadate"),
        ("a b", "a \xad b"),
        ("café", "cafe\u0301"),
        ("\u212b", "A\u030a"),
        ("one-third", "one\u2011third"),
        ("각", "\u1100\u1161\u11a8"),
    ],
)
def test_these_are_the_same_words(one, other):
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("able", "Able"),
        ("cafe", "café"),
        ("any one", "anyone"),
        ("re-sign", "resign"),
        ("its", "it’s"),
        ("will", "will not"),
        ("1-2", "1–2"),
        ("ﬁne", "fine"),
        ("x2", "x²"),
        ("می\u200cخواهم", "میخواهم"),
        ("«yes»", "“yes”"),
    ],
)
def test_these_are_other_words(one, other):
    assert same_words(one) != same_words(other)


@given(TEXTS)
@example("e\u0301\u0316")
@example("\u0301\u0316")
def test_every_code_point_leads_back_to_its_place(text):
    plain = plainly(text)
    assert len(plain.words) == len(plain.starts) == len(plain.ends)
    for at in range(len(plain.words)):
        start, end = plain.place(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert plain.words[at] in same_words(text[start:end])
    assert list(plain.starts) == sorted(plain.starts)


@given(TEXTS)
def test_what_is_set_plainly_stays_so(text):
    assume("\xad" not in text)
    assert same_words(same_words(text)) == same_words(text)


@given(TEXTS)
def test_normal_forms_are_the_same_words(text):
    assume("\xad" not in text)
    for form in ("NFC", "NFD"):
        assert same_words(unicodedata.normalize(form, text)) == same_words(text)


@given(TEXTS, TEXTS)
def test_the_same_words_have_the_same_letters(one, other):
    """Whatever is compared: letters, marks and digits are the same in the same order."""

    def letters(text):
        text = unicodedata.normalize("NFD", text.replace("\xad", ""))
        return [letter for letter in text if letter.isalnum() or unicodedata.combining(letter)]

    if same_words(one) == same_words(other):
        assert letters(one) == letters(other)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        " " * 100_000,
        "\xad" * 100_000,
        "\xad " * 50_000,
        "e" + "\u0301\u0316" * 50_000,
        "é" * 100_000,
        "\"'" * 50_000,
        "a\xa0" * 50_000,
    ],
    ids=["letters", "spaces", "soft hyphens", "both", "marks", "accents", "signs", "no-break"],
)
def test_the_worst_texts_take_time_in_proportion(text):
    """Ten times the text takes about ten times as long; with the square it would be a hundred."""

    def seconds(words):
        begun = time.process_time()
        for _plain in (plainly(words), *settings_of(words)):
            pass
        return time.process_time() - begun

    short = min(seconds(text[: len(text) // 10]) for _ in range(3))
    assert seconds(text) < 40 * short + 0.2
