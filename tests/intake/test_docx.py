"""A Word document's words are read; one that unpacks to more than a document would is not."""

import pytest

from astana.intake.archives import MAX_ENTRIES
from astana.intake.docx import read_docx
from astana.intake.reading import Refused
from tests.intake.some_files import WORD, a_docx

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
    assert read_docx(a_docx(body=body)).text.split("\n\n") == ["Head", "one\ntwo", "word | word"]


def a_run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>"


def test_what_word_does_not_show_is_left_out_and_no_words_run_together():
    said = a_run("<w:t>said</w:t>")
    body = (
        "<w:p>"
        + said
        + a_run("<w:t>hidden</w:t>", "<w:vanish/>")
        + a_run("<w:t> by</w:t>", '<w:vanish w:val="0"/>')
        + a_run("<w:t>hidden</w:t>", '<w:rStyle w:val="Secret"/>')
        + a_run("<w:br w:type='page'/><w:t>page</w:t><w:cr/><w:t>end</w:t>")
        + a_run("<w:t>2</w:t>", '<w:vertAlign w:val="superscript"/>')
        + "<w:del><w:r><w:delText>out</w:delText></w:r></w:del><w:ins>"
        + said
        + "</w:ins></w:p>"
        "<w:p><w:r><w:t>dele</w:t><w:softHyphen/><w:t>gation</w:t></w:r></w:p>"
    )
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="character" w:styleId="Secret">'
        "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    reading = read_docx(a_docx(body=body, entries=[("word/styles.xml", styles)]))
    assert reading.text == "said by\npage\nend²said\n\ndelegation"


def test_the_part_with_the_words_may_have_any_name_and_parts_beside_it_any_size():
    entries = [("word/fonts/a.odttf", b"\0" * 9_000_000), ("customXml/item.xml", b" " * 9_000_000)]
    assert read_docx(a_docx("Words.", entries=entries, main="document2")).text == "Words."


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
