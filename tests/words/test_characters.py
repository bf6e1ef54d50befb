"""What a file cannot hold is taken out, and a citation is one line."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from astana.words.characters import Unfit, for_xml, on_one_line, unfit_in_name


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Lu"])))
def test_what_is_for_xml_is_read_by_xml(text):
    ElementTree.fromstring(f"<a>{for_xml(text)}</a>")


def test_what_xml_cannot_hold_is_marked_or_left_out():
    assert for_xml("a\ufffeb\x01c\n") == "abc\n"
    assert for_xml("a\ufffeb", instead="?") == "a?b"


def test_a_line_has_no_line_end_and_no_control_character_and_keeps_its_blanks():
    assert on_one_line(" Talks\r\n \x01open\u2028« now » \x7f") == "Talks open « now »"


def test_a_name_holds_joiners_and_marks_and_nothing_that_turns_it_round_or_is_not_seen():
    for name in ("می\u200cخواهد", "👩\u200d⚖️", "(صحيفة) \u200fA", "Türkiye"):
        assert unfit_in_name(name) is None
    for character, kind, code, called in (
        ("\u202b", "direction", "U+202B", "RIGHT-TO-LEFT EMBEDDING"),
        ("\u2067", "direction", "U+2067", "RIGHT-TO-LEFT ISOLATE"),
        ("\t", "control", "U+0009", "CHARACTER TABULATION"),
        ("\x07", "control", "U+0007", "<control>"),
        ("\u2028", "line break", "U+2028", "LINE SEPARATOR"),
    ):
        assert unfit_in_name(f"ab{character}c") == Unfit(kind, 3, code, called)
