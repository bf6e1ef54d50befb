"""Pasted and uploaded texts are read, and what does not mean well is refused in good time."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from astana.intake.files import READERS, answer_of, read_paste, read_upload
from astana.intake.reading import MAX_BYTES, REFUSALS, Reading, Refused
from tests.intake.some_files import a_docx, a_page, a_pdf, a_pdf_of_a_stream, an_odt

WORDS = "Talks open in the hall, and the delegates stay for a day."


def refused(name, data):
    with pytest.raises(Refused) as refusal:
        read_upload(name, BytesIO(data))
    assert refusal.value.code in REFUSALS
    return refusal.value.code


class Endless:
    """A file that has as many bytes as somebody asks for, and notes how many."""

    def __init__(self):
        self.given = 0

    def read(self, size=-1):
        assert size >= 0
        self.given += size
        return b"%PDF-1.4\n" + b"0" * (size - 9)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"{WORDS} 😀\n\nمحادثات".encode()),
        ("../../a.HTML", a_page(f"{WORDS} 😀", "محادثات " * 5)),
        ("C:\\a.docx", a_docx(f"{WORDS} 😀", "محادثات")),
        ("a.pdf", a_pdf([WORDS])),
        ("a.odt", an_odt(f"<text:p>{WORDS} 😀</text:p><text:p>محادثات</text:p>")),
        ("a.rtf", rf"{{\rtf1\ansi {WORDS} \u-10179?\u-8704?\par}}".encode()),
    ],
)
def test_each_kind_is_read(name, data):
    reading = read_upload(name, BytesIO(data))
    assert WORDS in reading.text
    assert ("😀" in reading.text) is not name.endswith("pdf")
    assert reading.warnings == ()


def test_what_the_file_says_arrives_too():
    reading = read_upload("a.html", BytesIO(a_page(WORDS, "And more of it. " * 9)))
    assert (reading.title, reading.date, reading.language) == ("Talks open", "2017-01-23", "en")


def test_a_file_that_is_too_large_is_not_read_to_its_end():
    file = Endless()
    with pytest.raises(Refused) as refusal:
        read_upload("a.pdf", file)
    assert (refusal.value.code, refusal.value.params) == ("too-large", {"megabytes": 10})
    assert file.given == MAX_BYTES + 1


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("a.exe", lambda: b"MZ", {"file-name"}),
        ("a.docx", lambda: a_pdf(["Words."]), {"wrong-kind"}),
        ("a.pdf", lambda: a_docx("Words."), {"wrong-kind"}),
        ("a.txt", lambda: a_page("Words."), {"wrong-kind"}),
        ("a.txt", lambda: b"", {"empty"}),
        ("a.pdf", lambda: b"", {"wrong-kind"}),
        (
            "a.docx",
            lambda: a_docx(body="<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 450_000),
            {"too-much-inside"},
        ),
        # What these take is more than there is; which limit is met first depends on the machine.
        (
            "a.pdf",
            lambda: a_pdf_of_a_stream(b"(word) Tj T* " * 5_000_000),
            {"limits", "unreadable"},
        ),
        ("a.html", lambda: b"<html><body>" + b"<b>" * 3_300_000, {"limits", "unreadable"}),
    ],
)
def test_what_is_wrong_is_refused_with_a_code(name, data, codes):
    assert refused(name, data()) in codes


@pytest.mark.parametrize(
    "code", ["while True: pass", "import time; time.sleep(99)", "import os; os.abort()", "1 / 0"]
)
def test_a_process_that_does_not_answer_is_ended_and_the_file_refused(code):
    with pytest.raises(Refused) as refusal:
        answer_of([sys.executable, "-c", code], b"bytes that are not read" * 9_999, seconds=1)
    assert refusal.value.code == "limits"


def test_more_files_than_processors_wait_for_their_turn_and_none_is_refused():
    """Their time counts from then on; and each may take it though the others take the machine."""
    code = (
        "import json, time; a = time.time(); time.sleep(0.2); print(json.dumps([a, time.time()]))"
    )
    command, number = [sys.executable, "-c", code], 2 * READERS + 1
    with ThreadPoolExecutor(number) as pool:
        asked = [pool.submit(answer_of, command, b"", seconds=9) for _ in range(number)]
        times = [one.result() for one in asked]
    assert max(sum(a <= start < b for a, b in times) for start, _end in times) <= READERS


def test_a_file_whose_turn_does_not_come_is_told_to_come_again():
    command = [sys.executable, "-c", "import time; time.sleep(9)"]
    with ThreadPoolExecutor(READERS) as pool:
        asked = [pool.submit(answer_of, command, b"", seconds=1) for _ in range(READERS)]
        while not all(one.running() for one in asked):
            time.sleep(0.01)
        time.sleep(0.2)
        with pytest.raises(Refused) as refusal:
            answer_of(command, b"", seconds=1, patience=0.01)
    assert refusal.value.code == "busy"
    assert all(one.exception().code == "limits" for one in asked)


def test_pasted_words_are_read_as_they_are():
    reading = read_paste("One 😀 <b>is</b> here.\r\n\r\n\r\nمحادثات\x00")
    assert reading == Reading("One 😀 <b>is</b> here.\n\nمحادثات")


def test_the_pasted_source_of_a_page_is_read_as_one():
    reading = read_paste(a_page(f"{WORDS} 😀", "محادثات " * 5).decode())
    assert reading.title == "Talks open"
    assert "Imprint" not in reading.text
    assert f"{WORDS} 😀" in reading.text


@pytest.mark.parametrize(
    ("words", "code"), [("", "empty"), ("x" * 3_000_000, "too-many-characters")]
)
def test_pasting_nothing_or_too_much_is_refused(words, code):
    with pytest.raises(Refused) as refusal:
        read_paste(words)
    assert refusal.value.code == code
