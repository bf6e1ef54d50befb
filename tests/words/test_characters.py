"""What a file cannot hold is taken out, and a citation is one line."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from astana.words.characters import for_xml, on_one_line


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Lu"])))
def test_what_is_for_xml_is_read_by_xml(text):
    ElementTree.fromstring(f"<a>{for_xml(text)}</a>")


def test_what_xml_cannot_hold_is_marked_or_left_out():
    assert for_xml("a\ufffeb\x01c\n") == "abc\n"
    assert for_xml("a\ufffeb", instead="?") == "a?b"


def test_a_line_has_no_line_end_and_no_control_character_and_keeps_its_blanks():
    assert on_one_line(" Talks\r\n \x01open\u2028« now » \x7f") == "Talks open « now »"
