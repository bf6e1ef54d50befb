"""Tables as files: what is read back is what was written, and nothing is a formula."""

import csv
import gc
import io
import json
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from astana.exchange import export
from astana.exchange.escape import neutralised, restored
from astana.exchange.export import Sheet, laid_out

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
dangerous = st.builds(lambda sign, rest: sign + rest, st.sampled_from([*SIGNS, "'"]), texts)


def _csv(columns, rows) -> list[list[str]]:
    text = "".join(export.csv_lines(columns, rows))
    return list(csv.reader(io.StringIO(text, newline="")))


def _sheet(columns, rows, about=()):
    with export.workbook(columns, rows, about=about) as file:
        return load_workbook(io.BytesIO(file.read()))


@given(texts | dangerous)
def test_an_escaped_text_begins_with_no_sign_and_comes_back(text):
    assert not neutralised(text).startswith(SIGNS)
    assert restored(neutralised(text)) == text


@pytest.mark.parametrize("blank", ["", " ", "\u00a0 ", "\u3000", "\u200b", "\ufeff", " \n\t"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_a_formula_after_blanks_is_none_either(blank, sign):
    text = f"{blank}{sign}1+1"
    assert neutralised(text) == f"'{text}"
    assert _csv(["a"], [[text]])[1] == [f"'{text}"]


@given(st.lists(st.lists(texts | dangerous, min_size=2, max_size=2), max_size=20))
def test_a_csv_reads_back_and_no_cell_is_a_formula(rows):
    heading, *read = _csv(["one", "two"], rows)
    assert heading == ["one", "two"]
    assert not [cell for row in read for cell in row if cell.startswith(SIGNS)]
    assert [[restored(cell) for cell in row] for row in read] == rows


@given(st.lists(st.lists(texts | dangerous, min_size=2, max_size=2), max_size=20))
def test_a_json_reads_back(rows):
    text = "".join(export.json_lines(["one", "two"], rows))
    assert json.loads(text) == [dict(zip(["one", "two"], row, strict=True)) for row in rows]


@given(st.lists(st.floats(-1, 1) | st.integers(-9, 9), max_size=5))
def test_a_number_is_one_to_every_program_with_its_minus_in_front(numbers):
    cells = [cell for _, cell in _csv(["n", "value"], ([0, number] for number in numbers))[1:]]
    assert not [cell for cell in cells if cell != cell.strip()]
    assert [float(cell) for cell in cells] == pytest.approx(numbers, abs=1e-9)


def test_nothing_is_written_in_one_way_and_every_line_ends_in_a_line_feed():
    text = "".join(export.csv_lines(["a", "b", "c"], [["", None, []], ["one\r\ntwo", "\r", "x"]]))
    assert text == '"a","b","c"\n,,\n"one\r\ntwo","\'\r","x"\n'


def test_a_workbook_reads_back_and_no_cell_is_a_formula():
    rows = [[f"{sign}1+1", "Лавров", "محمد", "", None] for sign in ("=", "+", "-", "@", "'")]
    sheet = _sheet(["a", "b", "c", "d", "e"], rows)["rows"]
    cells = list(sheet.rows)[1:]
    assert "f" not in {cell.data_type for row in cells for cell in row}
    assert not [c.value for row in cells for c in row if str(c.value).startswith(SIGNS)]
    assert [restored(row[0].value) for row in cells] == [row[0] for row in rows]
    assert [row[1].value for row in cells] == ["Лавров"] * 5


def test_each_kind_of_value_is_written_as_it_is_described():
    moment = datetime(2017, 1, 24, 9, 30, tzinfo=UTC)
    row = [None, True, 3, 0.25, date(2017, 1, 24), moment, ["a", None, "b"], [None], []]
    columns = [f"c{number}" for number in range(len(row))]
    assert _csv(columns, [row])[1] == [
        "", "true", "3", "0.25", "2017-01-24", "2017-01-24T09:30:00Z", "a |  | b", "", "",
    ]  # fmt: skip
    assert list(json.loads("".join(export.json_lines(columns, [row])))[0].values()) == [
        None, True, 3, 0.25, "2017-01-24", "2017-01-24T09:30:00Z", ["a", None, "b"], [None], [],
    ]  # fmt: skip
    assert [cell.value for cell in list(_sheet(columns, [row])["rows"].rows)[1]] == [
        None, True, 3, 0.25, datetime(2017, 1, 24), "2017-01-24T09:30:00Z", "a |  | b", None, None,
    ]  # fmt: skip


def test_a_bar_in_a_list_does_not_make_two_of_one():
    cell = _csv(["words"], [[["one | two", "three"]]])[1][0]
    assert cell.split(export.BETWEEN) == ["one ¦ two", "three"]


def test_a_day_before_spreadsheets_count_is_a_text():
    sheet = _sheet(["day"], [[date(1815, 6, 9)]])["rows"]
    assert sheet["A2"].value == "1815-06-09"


def test_what_a_workbook_cannot_hold_is_marked_and_not_lost_in_silence():
    sheet = _sheet(["text"], [["a\x01b"], ["😀" * 40_000]])["rows"]
    assert sheet["A2"].value == "a\N{REPLACEMENT CHARACTER}b"
    cut = sheet["A3"].value
    assert cut.endswith("😀…")
    assert len(cut.encode("utf-16-le")) // 2 <= export.MOST_CHARACTERS


def test_each_text_is_one_that_a_workbook_can_hold_and_gives_back():
    texts = ["A \ufffe title", "#N/A", "#DIV/0!", "_x0041_ok", "a_x000d_b", "_x41_", "\ud800"]
    with export.workbook(["text"], [[text] for text in texts], about=[("#N/A", "\uffff")]) as file:
        sheet = load_workbook(file)["rows"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [unescape(cell.value) for cell in cells] == ["A \ufffd title", *texts[1:-1], "\ufffd"]


def test_a_sheet_refuses_more_rows_than_it_can_hold(monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 3)
    export.workbook(["n"], ([n] for n in range(3)), about=()).close()
    with pytest.raises(ValueError, match="3 rows"):
        export.workbook(["n"], ([n] for n in range(4)), about=())


def _wrong_rows():
    yield ["n"]
    raise LookupError("the rows are gone")


@pytest.mark.parametrize(
    "make",
    [
        lambda: export.workbook(["n"], _wrong_rows(), about=()),
        lambda: laid_out([Sheet("first", [["n"]], [9]), Sheet("second", _wrong_rows(), [9])]),
    ],
    ids=["workbook", "laid_out"],
)
def test_a_workbook_whose_rows_end_in_an_error_is_ended(make, monkeypatch):
    left = []
    monkeypatch.setattr(sys, "unraisablehook", left.append)
    with pytest.raises(LookupError) as caught:
        make()
    del caught
    gc.collect()
    assert [one.exc_value for one in left] == []


def test_a_workbook_says_what_it_is():
    book = _sheet(["n"], [[1]], about=[("Dossier", "=Talks")])
    assert [[cell.value for cell in row] for row in book["about"].rows] == [["Dossier", "'=Talks"]]


def test_rows_are_taken_one_batch_at_a_time():
    taken = []

    def rows():
        for number in range(5_000):
            taken.append(number)
            yield [number]

    for write in (export.csv_lines, export.json_lines):
        taken.clear()
        next(write(["n"], rows()))
        assert len(taken) <= 1_000
