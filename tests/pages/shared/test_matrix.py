"""The compare table as it is drawn: marks, words and headings."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from astana.pages.shared.matrix import compare_sentence, compare_table
from astana.pages.shared.selection import CompareForm


@pytest.fixture
def table(a_dossier):
    def read(query: str = ""):
        form = CompareForm(QueryDict(query), dossier=a_dossier(), user=AnonymousUser())
        assert form.is_valid(), form.errors
        return compare_table(form.selection()), form.selection()

    return read


@pytest.mark.django_db
def test_the_table_takes_one_query_whatever_its_size(
    table, a_position, django_assert_num_queries, a_dossier
):
    for number in range(4):
        a_position(actor=f"actor-{number}", issue=f"issue-{number}")
    _found, selection = table()
    with django_assert_num_queries(1):
        compare_table(selection)


@pytest.mark.django_db
def test_an_issue_is_headed_by_the_stances_held_on_it(table, a_position):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="opposes")
    a_position(actor="iran", stance="declines")
    heading = table()[0].rows[0].heading
    assert heading.words == "Stances reported: Supports; Opposes"
    assert [mark.step for mark in heading.marks] == ["minus-2", "plus-2"]


@pytest.mark.django_db
def test_a_disputed_fact_is_called_one(table, a_position, an_issue):
    an_issue("shots", kind="fact")
    a_position(issue="shots")
    a_position(issue="cease-fire")
    headings = {row.heading.slug: row.heading.small for row in table()[0].rows}
    assert headings == {"shots": "disputed fact", "cease-fire": ""}


@pytest.mark.django_db
def test_turned_round_the_columns_are_numbered_by_issue(table, a_position):
    for issue in ("cease-fire", "constitution"):
        a_position(actor="russia", issue=issue)
    found, _selection = table("transpose=1")
    assert [heading.slug for heading in found.columns] == ["cease-fire", "constitution"]
    assert [cell.classes for cell in found.rows[0].cells] == ["c1", "c2"]


@pytest.mark.django_db
def test_the_sentence_counts_what_is_shown_and_what_is_hidden(table, a_position):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="turkey", issue="constitution", said="2017-01-25")
    found, selection = table("actor=russia&actor=turkey&differences=1")
    assert compare_sentence(selection, found) == (
        "2 actors on 0 issues as of 25 Jan 2017: 0 cells with a position, 0 silent; "
        "no article published by then; "
        "only where they differ; 2 issues are hidden."
    )
