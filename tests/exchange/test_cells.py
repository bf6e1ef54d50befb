"""CSV keeps every text, and writes every value in one way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.exchange.cells import read_rows, write_rows, written
from astana.exchange.tables import BY_NAME
from astana.models.name_field import unfit_name

# All that a text in the database can hold: no lone surrogates, no NUL.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from('",\r\n ')
)
# A name is on one line, and shown as it is written.
NAMES = TEXTS.filter(lambda text: text.strip() and not unfit_name(text))


@given(st.lists(st.tuples(NAMES, TEXTS), max_size=5))
def test_every_text_survives_a_cell(texts):
    table = BY_NAME["events"].as_used()
    rows = [
        {
            "slug": f"event-{number}",
            "name": name[:200],
            "place": "",
            "start": "2017-01-23",
            "end": "2017-01-24",
            "description": description,
        }
        for number, (name, description) in enumerate(texts)
    ]
    found, problems = read_rows(table, write_rows(table, rows))
    assert problems == []
    assert [(row.values["name"], row.values["description"]) for row in found] == [
        (row["name"], row["description"]) for row in rows
    ]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_line_is_where_a_row_begins(descriptions):
    table = BY_NAME["events"].as_used()
    row = {"name": "Talks", "place": "", "start": "2017-01-23", "end": "never"}
    rows = [row | {"slug": f"e{n}", "description": text} for n, text in enumerate(descriptions)]
    content = write_rows(table, rows)
    _rows, problems = read_rows(table, content)
    lines = content.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [lines[problem.line - 1].split(",")[0] for problem in problems] == [
        row["slug"] for row in rows
    ]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("0.70"), "0.7"),
        (Decimal("-1.00"), "-1"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.05"), "0.05"),
        (None, ""),
        ([[104, 447], [448, 622]], "104-447 448-622"),
    ],
)
def test_a_value_is_written_in_one_way(value, cell):
    assert written(value) == cell


def _read(content, *, table="examined"):
    rows, problems = read_rows(BY_NAME[table].as_used(), content)
    return [(row.line, *row.values.values()) for row in rows], [str(one) for one in problems]


def test_what_a_spreadsheet_writes_is_read():
    table = "document,issue\r\naccord,truce\r\n"
    for before in ("sep=,\r\n", "SEP=,\n", "\ufeffsep=,\n"):
        assert _read((before + table).encode()) == ([(3, "accord", "truce")], [])
    events = b'slug,name,place,start,end,description\r\na,A,,2017-01-23,2017-01-23,"one\r\ntwo"\r\n'
    assert _read(events, table="events")[0][0][-1] == "one\ntwo"
    (row, *_), _none = _read(
        events.replace(b"\r\n", b"\n").replace(b"one\n", b"one\r\n"), table="events"
    )
    assert row[-1] == "one\r\ntwo"


def test_one_mistake_in_a_file_is_one_problem_and_says_that_rows_are_lost():
    table = "document,issue\naccord,truce\naccord,talks\n"
    for content, said in (
        (table.replace(",", ";").encode(), "line 1: Separate columns by commas."),
        (("sep=;\n" + table.replace(",", ";")).encode(), "line 2: Separate columns by commas."),
        (table.replace(",", "\t").encode(), "line 1: Separate columns by commas."),
        (table.encode("utf-16"), "line 1: This is not UTF-8."),
        (table.replace("truce", '"truce').encode(), "line 2: This is not CSV"),
        (table.replace("\nacc", "\nx,acc").encode(), "line 2: There are 3 cells for 2 columns."),
        (table.replace("issue", "issue,note").encode(), "line 1, column note: The column is unkn"),
    ):
        (problem,) = read_rows(BY_NAME["examined"], content)[1]
        assert said in str(problem)
        assert problem.loses_rows


def test_a_name_is_one_line_of_characters_that_are_seen():
    table = "slug,name,kind,country,language,homepage\ns,{},other,,en,\n"
    for name, said in (
        ("Gaz\x01ette", "a control character (U+0001)"),
        ("Gazette\u202e", "a direction mark (U+202E)"),
        ("Gazette\ufffe", "a control character (U+FFFE)"),
        ('"Gazette\nTimes"', "It contains a line break"),
        ("  ", "It is empty"),
    ):
        (told,) = _read(table.format(name).encode(), table="sources")[1]
        assert told.startswith("sources.csv, line 2, column name: ")
        assert said in told
    assert _read(table.format("صحيفة\u200f (a)").encode(), table="sources")[1] == []
