"""Letters taken apart, however long the text."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.words.decomposition import decomposed, folded


@given(st.text(max_size=60))
def test_a_text_is_decomposed_as_unicode_says(text):
    assert decomposed(text) == unicodedata.normalize("NFKD", text)
    assert folded(text) == unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )


def test_every_letter_is_decomposed_as_unicode_says():
    letters = "".join(map(chr, range(sys.maxunicode + 1)))
    text = " ".join(letters)
    assert decomposed(text) == unicodedata.normalize("NFKD", text)


def test_every_mark_that_unicode_sorts_is_counted():
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.normalize("NFKD", chr(code))
        if unicodedata.combining(parts[0]):
            assert "\u034f" in decomposed(f"a{chr(code) * 30}"), hex(code)


@pytest.mark.parametrize("marks", ["\u0315\u0301\u0327", "\u0f73", "\u0f71\u0f72", "\uff9e\u0301"])
def test_many_marks_take_no_longer_than_many_letters(marks):
    began = time.process_time()
    folded("a" + marks * 100_000)
    assert time.process_time() - began < 1
