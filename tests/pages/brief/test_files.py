"""A brief is taken away with the same numbers, day, legend and method as its page has."""

import csv
import io
import re

import pytest
from django.urls import reverse
from docx import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(a_position, an_actor, a_rendition):
    rendition = a_rendition()
    an_actor("iran")
    a_position(
        actor="russia", condition="They stop.", rendition=rendition, quote="supports the cease-fire"
    )
    a_position(actor="usa", voice="characterised", rendition=rendition, quote="They met")
    a_position(actor="usa", issue="seat", stance="opposes")


def taken(client, suffix: str, *sides: str, **query):
    query = {"side": list(sides) or ["russia,iran", "usa"]} | query
    response = client.get(reverse("exports:brief", args=["talks", suffix], query=query))
    assert response.status_code == 200, response.getvalue()
    return response


def rows(client, *sides: str, **query) -> list[dict[str, str]]:
    content = taken(client, "csv", *sides, **query).getvalue().decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def document(client, *sides: str, **query):
    return Document(io.BytesIO(taken(client, "docx", *sides, **query).getvalue()))


def words(found) -> str:
    """Return all text of a document, tables where they stand."""
    parts = [one.text for one in found.element.body.iter() if one.tag.endswith(("}t", "}br"))]
    return re.sub(r"\s+", " ", " ".join(part or " " for part in parts))


def test_a_row_is_what_a_member_holds_or_its_silence(client, talks):
    found = rows(client)
    assert [(row["finding"], row["issue"], row["actor"], row["cell"]) for row in found] == [
        ("agreed-if", "cease-fire", "russia", "one stance"),
        ("agreed-if", "cease-fire", "iran", "no stated position"),
        ("agreed-if", "cease-fire", "usa", "one stance"),
        ("bridgeable", "seat", "russia", "no stated position"),
        ("bridgeable", "seat", "iran", "no stated position"),
        ("bridgeable", "seat", "usa", "one stance"),
    ]
    assert [row["place"] for row in found] == ["1", "1", "1", "2", "2", "2"]
    assert [row["passages"] for row in found] == ["1", "", "2", "", "", ""]
    assert {row["as_of"] for row in found} == {"2017-01-24"}
    silent = found[1]
    assert silent["stance"] == silent["value"] == silent["words"] == ""
    assert found[0]["words"] == "supports the cease-fire"
    assert found[0]["condition"] == "They stop."
    assert found[2]["first_hand"] == "false"


def test_a_document_has_day_sides_findings_method_legend_and_sources(client, talks):
    text = words(document(client))
    assert "2 sides on 2 issues as of 24 Jan 2017: 1 agreed under conditions, 1 bridgeable" in text
    assert "Side 1 Russia, Iran" in text
    assert "Agreed, if (1)" in text
    assert "If: They stop." in text
    assert "No stated position: Iran" in text
    assert "characterised by the source" in text
    assert "Looked for: Russia, Iran" in text
    assert "Sides are counted, not actors" in text
    assert "■ one end of the issue's own scale" in text
    assert "■ Opposes – ● Supports" in text
    assert "Sources: Gazette, 25 Jan 2017" in text
    assert "/dossiers/talks/brief/?side=russia%2Ciran&side=usa" in text


def test_a_document_has_the_passages_under_the_numbers_of_the_page(client, talks):
    found = document(client)
    raised = [
        run.text.strip()
        for table in found.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.font.superscript and run.text.strip()
    ]
    assert raised == ["1", "2"]
    text = words(found)
    assert "1 “supports the cease-fire” Gazette, 25 Jan 2017, ¶ 1" in text
    assert "2 “They met” Gazette, 25 Jan 2017, ¶ 1" in text


def test_a_document_of_many_sides_has_them_below_each_other(client, talks, an_actor):
    names = ["russia", "usa", "iran", an_actor("turkey").slug]
    few, many = document(client, *names[:3]), document(client, *names)
    assert {len(table.columns) for table in few.tables} == {4}
    assert {len(table.columns) for table in many.tables} == {2}
    assert "Side 4 Turkey" in words(many)


def test_a_document_holds_what_xml_cannot_and_names_no_author(client, a_position):
    a_position(actor="russia", condition="They\x0bstop.")
    a_position(actor="usa")
    found = document(client, "russia", "usa")
    assert "They\N{REPLACEMENT CHARACTER}stop." in words(found)
    assert found.core_properties.author == ""
    assert found.core_properties.comments == ""


@pytest.mark.parametrize("suffix", ["csv", "docx", "json", "xlsx"])
def test_words_that_a_reader_may_not_see_are_in_no_file(
    client, a_position, a_rendition, a_member, suffix
):
    rendition = a_rendition("They met in secret. Nobody knows.", rights="members")
    a_position(actor="russia", rendition=rendition, quote="They met in secret")
    a_position(actor="usa")
    said = taken(client, suffix, "russia", "usa").getvalue()
    if suffix == "docx":
        said = words(document(client, "russia", "usa")).encode()
    assert b"in secret" not in said
    client.force_login(a_member())
    if suffix == "docx":
        assert "in secret" in words(document(client, "russia", "usa"))
    elif suffix != "xlsx":
        assert b"in secret" in taken(client, suffix, "russia", "usa").getvalue()


@pytest.mark.parametrize("suffix", ["csv", "docx"])
def test_a_brief_that_cannot_be_is_refused_in_words(client, talks, suffix):
    query = {"side": ["russia", "atlantis"]}
    response = client.get(reverse("exports:brief", args=["talks", suffix], query=query))
    assert response.status_code == 400
    assert "atlantis" in response.content.decode()


def test_a_file_of_another_kind_is_not_found(client, talks):
    query = {"side": ["russia", "usa"]}
    url = reverse("exports:brief", args=["talks", "pdf"], query=query)
    assert client.get(url).status_code == 404
