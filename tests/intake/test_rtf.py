"""Rich Text is read in each of its encodings, with its rows in lines."""

import pytest

from astana.intake.reading import Refused
from astana.intake.rtf import read_rtf

FILE = (
    r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Times;}}{\info{\title Talks}}"
    r"\f0 \'cc\'e8\'f0 \u1605?\u1581? caf\u233?\line new line\par dele\-gation\par "
    r"\trowd a\cell b\cell\row The end.\par}"
)


def test_words_are_read():
    assert read_rtf(FILE.encode()).text.split("\n\n") == [
        *("Мир مح café\nnew line", "delegation", "a | b", "The end.")
    ]


def test_what_is_hidden_is_left_out_and_missing_notes_are_told():
    reading = read_rtf(
        rb"{\rtf1\ansi One{\b\v  hidden}{\deleted  gone}{\v0  two}{\footnote A note.}}"
    )
    assert (reading.text, reading.warnings) == ("One two", ("notes-missing",))


def test_a_file_without_words_is_refused():
    with pytest.raises(Refused) as refusal:
        read_rtf(rb"{\rtf1\ansi}")
    assert refusal.value.code == "empty"
