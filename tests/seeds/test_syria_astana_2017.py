"""The demonstration dossier holds all that was coded, and says what it is."""

from pathlib import Path

import frictionless
import pytest

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.tables import TABLES
from tests.exchange.packages import SEEDS, a_copy, edit
from tests.seeds.documented import documented

COUNTS = {
    "sources": 29,
    "actors": 41,
    "affiliations": 22,
    "issues": 37,
    "events": 12,
    "documents": 5,
    "articles": 32,
    "positions": 156,
    "evidence": 208,
    "anchors": 67,
}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict]]:
    """Return the values of the rows of each table."""
    content = check(read_files(SEEDS))
    return {name: [row.values for row in rows] for name, rows in content.rows.items()}


def test_it_is_a_valid_data_package():
    report = frictionless.validate(SEEDS / "datapackage.json")
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == len(TABLES)


def test_the_validator_follows_keys_of_several_columns(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "positions.csv", "p001", stance="wants-seat")
    report = frictionless.validate(package / "datapackage.json")
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_it_has_everything(rows):
    assert {name: len(rows[name]) for name in COUNTS} == COUNTS


def test_every_article_has_a_synopsis_and_one_a_full_text_known_by_its_hash(rows):
    synopses = [row for row in rows["renditions"] if row["kind"] == "synopsis"]
    others = [row for row in rows["renditions"] if row["kind"] != "synopsis"]
    assert {row["article"] for row in synopses} == {row["slug"] for row in rows["articles"]}
    assert all(row["file"] and row["rights"] == "public" for row in synopses)
    assert [(row["article"], row["kind"], row["rights"], row["file"]) for row in others] == [
        ("wsws-2017-01-25", "full", "members", "")
    ]


def test_one_passage_disputes_its_position(rows):
    disputes = [row["position"] for row in rows["evidence"] if row["role"] == "disputes"]
    assert disputes == ["p009"]


def test_actors_have_names_in_their_languages(rows):
    assert {row["language"] for row in rows["actor_names"]} == {
        "ar",
        "en",
        "fa",
        "kk",
        "ku",
        "ru",
        "tr",
    }


def test_issues_are_listed_in_a_few_groups(rows):
    groups = {row["group"] for row in rows["issues"]}
    assert "" not in groups
    assert len(groups) == 8


def test_provisions_name_their_document(rows):
    documents = [row["document"] for row in rows["positions"] if row["voice"] == "document"]
    assert all(documents)
    assert len(documents) == 29


def test_absence_of_a_signature_is_recorded(rows):
    unsigned = {
        (row["document"], row["actor"])
        for row in rows["signatures"]
        if row["status"] == "not-signed"
    }
    assert unsigned == {
        ("astana-statement-2017-01", "opposition"),
        ("astana-statement-2017-01", "syria-gov"),
        ("de-escalation-memorandum", "opposition"),
        ("de-escalation-memorandum", "syria-gov"),
    }


def test_no_cell_is_a_formula(rows):
    for table_rows in rows.values():
        for row in table_rows:
            for value in row.values():
                assert not str(value).startswith(("=", "+", "@")), row


def test_the_readme_documents_every_table_and_column():
    readme = (Path(__file__).resolve().parents[2] / "seeds" / "README.md").read_text()
    assert documented() in readme
