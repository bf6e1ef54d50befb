"""Bytes are decoded as browsers do, and no letter is lost or guessed without a word."""

import pytest

from astana.intake.encodings import decode
from astana.intake.reading import Refused


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("windows-1251", "cp1251", "Переговоры"),
        ("ISO-8859-1", "cp1252", "“naïve” – it’s"),
        ("us-ascii", "cp1252", "“naïve”"),
        ("iso-8859-9", "cp1254", "“görüşme” – ışık"),
        ("gb2312", "gb18030", "会谈 喆 €"),
        ("x-sjis", "cp932", "①会談"),
        ("euc-kr", "cp949", "회담 똠"),
        ("utf-16", "utf-8", "a page that reads as ASCII: мир"),
        ("no-such-label", "utf-8", "мир"),
        ("", "utf-8", "мир"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label, codec, words):
    assert decode(words.encode(codec), declared=label) == (words, ())


def test_one_bad_byte_costs_one_character_and_that_is_said():
    data = "Gespräche über Käse".encode().replace(b"K", b"\xfc")
    for declared in ("utf-8", ""):
        assert decode(data, declared=declared) == (
            "Gespräche über \ufffdäse",
            ("characters-replaced",),
        )


def test_bytes_in_unicode_are_read_so_whatever_they_declare_and_that_is_said():
    for declared in ("windows-1252", "iso-8859-9", "koi8-r", "shift_jis"):
        assert decode("Gespräche über мир".encode(), declared=declared) == (
            "Gespräche über мир",
            ("encoding-contradicted",),
        )


def test_bytes_that_are_mostly_not_unicode_are_read_as_western_european():
    for declared in ("utf-8", ""):
        assert decode("Gespräche für".encode("cp1252"), declared=declared) == (
            "Gespräche für",
            ("encoding-guessed",),
        )
    text, warnings = decode("Gespräche für alle Leute".encode("cp1252") + b"\x81")
    assert (text[-1], warnings) == ("\ufffd", ("encoding-guessed", "characters-replaced"))


def test_what_is_no_text_or_declares_to_be_none_is_refused():
    for data, declared in ((b"\x81\x8d\x8f", ""), (b"words", "hz-gb-2312"), (b"\xff\xfex", "")):
        with pytest.raises(Refused) as refusal:
            decode(data, declared=declared)
        assert refusal.value.code == "encoding"
