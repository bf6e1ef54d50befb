"""CSV keeps every text, and writes every value in one way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.exchange.cells import read_rows, write_rows, written
from astana.exchange.tables import BY_NAME

# All that a text in the database can hold: no lone surrogates, no NUL.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from('",\r\n ')
)


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS), max_size=5))
def test_every_text_survives_a_cell(texts):
    table = BY_NAME["events"]
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
    table = BY_NAME["events"]
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
