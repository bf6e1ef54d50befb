"""A Word document's words are read; one that unpacks to more than a document would is not."""

import pytest

from astana.intake.docx import MAX_ENTRIES, read_docx
from astana.intake.reading import Refused
from tests.intake.some_files import a_docx

RUN = "<w:p><w:r><w:t>word</w:t></w:r></w:p>"


def refusal_of(data):
    with pytest.raises(Refused) as refusal:
        read_docx(data)
    return refusal.value.code


def test_words_and_what_the_file_says_are_read():
    reading = read_docx(a_docx("Talks 😀 open.", "محادثات", "x &lt;b&gt; y"))
    assert reading.text == "Talks 😀 open.\n\nمحادثات\n\nx <b> y"
    assert (reading.title, reading.author, reading.language) == ("Talks open", "Ann Hill", "en-GB")


def test_headings_lists_breaks_and_tables_are_words():
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{RUN}</w:tc><w:tc>{RUN}</w:tc></w:tr></w:tbl>"
    )
    assert read_docx(a_docx(body=body)).text.split("\n\n") == ["Head", "one\ntwo", "word", "word"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        # 17 MB in 50 kB took a reader half a minute and a gigabyte.
        (lambda: a_docx(body=RUN * 450_000), "too-much-inside"),
        (lambda: a_docx(body=RUN * 100_000), "too-much-inside"),
        (lambda: a_docx("x", entries=[("word/media.bin", b"\0" * 9_000_000)]), "too-much-inside"),
        (
            lambda: a_docx("x", entries=[(f"{n}.png", "") for n in range(MAX_ENTRIES)]),
            "too-much-inside",
        ),
        (lambda: a_docx("x")[:-40], "unreadable"),
        (lambda: a_docx(body=" "), "empty"),
        (lambda: a_docx("x").replace(b"word/document.xml", b"word/dokument.xml"), "wrong-kind"),
    ],
)
def test_what_is_no_plain_document_is_refused(data, code):
    assert refusal_of(data()) == code


def test_pictures_are_not_unpacked():
    reading = read_docx(a_docx("Words.", entries=[("word/media/1.PNG", b"\0" * 9_000_000)]))
    assert reading.text == "Words."


def test_an_archive_with_a_password_is_refused():
    data = bytearray(a_docx("x"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal_of(bytes(data)) == "encrypted"


def test_names_of_entries_are_no_paths():
    reading = read_docx(a_docx("Words.", entries=[("../../etc/passwd", "x"), ("/etc/passwd", "x")]))
    assert reading.text == "Words."
