"""A file's name and its contents have to say the same."""

import time

import pytest

from astana.intake.kinds import check_contents, kind_by_name, looks_like_a_page
from astana.intake.reading import Refused
from tests.intake.some_files import a_docx, a_page, a_pdf, an_odt

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
CONTENTS = {
    "text": "Words, мир, 😀.".encode(),
    "html": a_page("Words."),
    "pdf": a_pdf(["Words."]),
    "docx": a_docx("Words."),
    "odt": an_odt("<text:p>Words.</text:p>"),
    "rtf": b"{\\rtf1\\ansi words}",
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("A.TXT", "text"),
        ("page.htm", "html"),
        ("page.html", "html"),
        ("what.pdf.docx", "docx"),
        ("../../etc/a.pdf", "pdf"),
        ("C:\\temp\\a.pdf", "pdf"),
        ("название 😀.pdf", "pdf"),
    ],
)
def test_a_name_tells_the_kind_by_its_end(name, kind):
    assert kind_by_name(name) == kind


@pytest.mark.parametrize(
    "name", ["", "a", ".txt", "a.doc", "a.docm", "a.pdf.exe", "a.txt\x00", "../../etc/passwd"]
)
def test_other_names_are_refused(name):
    with pytest.raises(Refused) as refusal:
        kind_by_name(name)
    assert refusal.value.code == "file-name"


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize("contents", CONTENTS)
def test_contents_are_what_the_name_says(kind, contents):
    if kind == contents:
        check_contents(kind, CONTENTS[contents])
        return
    with pytest.raises(Refused) as refusal:
        check_contents(kind, CONTENTS[contents])
    assert (refusal.value.code, refusal.value.params) == ("wrong-kind", {"kind": kind})


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize(
    "data",
    [PNG, b"GIF89a\x01\x00\x01", b"MZ\x90\x00\x03\x00", b"PK\x03\x04"],
)
def test_what_is_none_of_the_kinds_is_refused(kind, data):
    if (kind, data) == ("docx", b"PK\x03\x04"):
        # Opening it will tell.
        return
    with pytest.raises(Refused):
        check_contents(kind, data)


@pytest.mark.parametrize(
    "text", ["BM is how it starts", "MZ too", "From: me\nSubject: talks", "<3", "x < y"]
)
def test_text_that_begins_like_something_else_is_text(text):
    check_contents("text", text.encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_text_in_each_encoding(encoding):
    check_contents("text", "“Words” – é".encode(encoding))


def test_a_control_character_by_a_slip_makes_no_other_kind_of_a_text():
    check_contents("text", b"The delegate said\x03 that he would stay.")
    check_contents("html", b"<html><p>The delegate said\x00 that he would stay.</p></html>")
    with pytest.raises(Refused):
        check_contents("text", "Words in an encoding that nothing names".encode("utf-16-le"))


def test_a_page_is_a_page_in_each_encoding():
    page = a_page("Words.").decode()
    for data in (
        page.encode("utf-16"),
        page.encode("utf-8-sig"),
        b"\n <!-- x -->\n" + page.encode(),
    ):
        check_contents("html", data)
        with pytest.raises(Refused):
            check_contents("text", data)


def test_a_template_is_no_document():
    with pytest.raises(Refused):
        check_contents("odt", an_odt("<text:p>Words.</text:p>", kind="text-template"))


def test_a_part_of_a_page_is_a_page_if_its_name_says_so():
    check_contents("html", b"<p>Words.</p>")
    check_contents("text", b"<p>Words.</p>")
    with pytest.raises(Refused):
        check_contents("html", b"Words.")


def test_what_programs_put_before_the_first_bytes_changes_no_kind():
    for before in (b"\n", b"\xef\xbb\xbf", b" \r\n"):
        check_contents("pdf", before + CONTENTS["pdf"])


def test_pasted_source_of_a_page_is_known():
    assert looks_like_a_page(" <article class='x'><p>Words</p></article>\n")
    assert not looks_like_a_page("<p> is how a paragraph begins.")
    assert looks_like_a_page(" \n<!doctype html><p>Words")
    assert looks_like_a_page("<HTML lang='ar'>")
    assert not looks_like_a_page("Words about <html> and 😀")


@pytest.mark.parametrize("row", ["<!---->", "<!-- -->\n", "<?xml?> ", "<!--", " ", "<htm<"])
def test_a_long_beginning_is_soon_told_from_a_page(row):
    began = time.process_time()
    assert not looks_like_a_page(row * 600 + "words")
    assert time.process_time() - began < 0.2


def test_a_page_may_begin_with_comments_and_a_declaration():
    assert looks_like_a_page("<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<!doctype  html>")
