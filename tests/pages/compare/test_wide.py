"""The comparison as a workbook laid out by hand says what the page says, cell by cell."""

import io

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db
QUERY = "actor=russia&actor=turkey&actor=iran&issue=cease-fire&as_of=2017-02-01"


@pytest.fixture
def book(client):
    def build(query: str = QUERY):
        response = client.get(f"/dossiers/talks/compare-wide.xlsx?{query}")
        assert response.status_code == 200, response.content
        assert 'filename="talks-compare-2017-02-01-wide.xlsx"' in response["Content-Disposition"]
        return load_workbook(io.BytesIO(response.getvalue()))

    return build


@pytest.fixture
def talks(a_position, a_rendition, an_actor):
    an_actor("iran")
    text = a_rendition("They met. The canary sang at night.", rights="members")
    open_text = a_rendition(article="open")
    a_position(actor="russia", stance="supports", rendition=open_text, quote="They met.")
    a_position(actor="russia", stance="opposes")
    a_position(
        actor="turkey", stance="neither", said="2017-01-12", voice="attributed",
        attributed_by="iran", summary="=1+1", condition="If all agree.",
        rendition=text, quote="The canary sang",
    )  # fmt: skip


def test_issues_are_rows_actors_are_columns_and_cells_say_stance_day_and_marks(book, talks):
    sheet = book()["comparison"]
    heads, row = sheet.iter_rows(values_only=True)
    assert heads == ("1 Feb 2017", "Russia", "Turkey", "Iran")
    issue, russia, turkey, iran = row
    assert issue == "Cease fire"
    first, second = russia.split("\n\n")
    assert first.split("\n")[:2] == ["Opposes", "24 Jan 2017"]
    assert second.split("\n")[:2] == ["Supports", "24 Jan 2017"]
    assert turkey.split("\n")[:2] == ["Neither", "12 Jan 2017"]
    assert turkey.endswith("second-hand, on a condition")
    assert "second-hand" not in russia
    assert iran == "no stated position"
    turned = book(f"{QUERY}&transpose=1")["comparison"]
    assert [cell.value for cell in turned["A"]] == list(heads)


def test_heads_stay_in_view_and_columns_are_wide_enough_to_read(book, talks):
    read = book()
    assert [sheet.freeze_panes for sheet in read] == ["B2", "A2", "A2"]
    for sheet in read:
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert min(widths) >= 10
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert all(cell.font.bold for cell in read["comparison"][1])


def test_its_passages_are_those_that_the_reader_may_read_and_its_method_is_told(
    client, book, talks, a_member
):
    read = book()
    heads, *rows = read["passages"].iter_rows(values_only=True)
    rows = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(row["actor_name"], row["stance_label"]) for row in rows] == [
        ("Russia", "Opposes"),
        ("Russia", "Supports"),
        ("Turkey", "Neither"),
        ("Iran", None),
    ]
    assert (rows[1]["words"], rows[1]["sources"]) == ("They met.", "Gazette")
    assert (rows[2]["words"], rows[2]["summary"]) == (None, "'=1+1")
    said = " ".join(str(cell.value) for row in read["method"].iter_rows() for cell in row)
    assert "nothing was found that is known to have been said by the day shown" in said
    assert "it never means neutral" in said
    assert f"http://testserver/dossiers/talks/compare-wide.xlsx?{QUERY}" in said
    client.force_login(a_member())
    passages = book()["passages"]
    assert "The canary sang" in {cell.value for row in passages.iter_rows() for cell in row}


def test_what_the_page_refuses_this_file_refuses_too(client, talks):
    for query, named in (("actor=zzz-nobody", "zzz-nobody"), ("blind=1", "blind")):
        response = client.get(f"/dossiers/talks/compare-wide.xlsx?{query}")
        assert response.status_code == 400
        assert named in response.content.decode()


def test_the_page_offers_it_with_what_it_shows(client, talks):
    html = client.get(f"/dossiers/talks/compare/?{QUERY}&choose=more").content.decode()
    assert '<a href="/dossiers/talks/compare-wide.xlsx?actor=russia&amp;actor=turkey' in html
