"""The demonstration dossier holds all that was coded, and says what it is."""

from collections import Counter
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
    "actors": 42,
    "affiliations": 22,
    "issues": 39,
    "events": 12,
    "documents": 5,
    "articles": 32,
    "positions": 160,
    "evidence": 219,
    "anchors": 72,
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
    # Of the statement of 24 January 16: monitoring, territory, the armed groups in Geneva, a
    # political solution and the missing word, three signatories each, and what Iran's signature
    # says of ISIS. Of that of 20 December 10: the secular state, territory and Iran as guarantor,
    # three each, and Russia as guarantor.
    assert Counter(documents) == {"astana-statement-2017-01": 16, "moscow-statement-2016": 10}


def test_signing_is_an_act_about_a_document_and_no_provision_of_it(rows):
    """Russia, Turkey and Iran signed both texts; the two Syrian sides neither."""
    signing = [row for row in rows["positions"] if row["stance"] in ("signed", "not-signed")]
    assert len(signing) == 9
    assert {(row["voice"], bool(row["document"])) for row in signing} == {("act", True)}
    said = {(row["document"], row["actor"], row["stance"]) for row in signing}
    assert said < {(row["document"], row["actor"], row["status"]) for row in rows["signatures"]}


def test_who_questions_have_no_order_and_facts_are_asserted_or_denied(rows):
    values = {issue["slug"]: [] for issue in rows["issues"]}
    for row in rows["stances"]:
        values[row["issue"]].append(row["value"])
    scales = {issue["slug"]: issue["scale"] for issue in rows["issues"] if issue["kind"] == "fact"}
    assert scales == {
        "direct-talks": "ordered",
        "ceasefire-violations": "nominal",
        "terrorist-label": "nominal",
        "us-russia-strike": "yes-no",
        "turkey-secular": "yes-no",
        "oil-and-isis": "yes-no",
        "who-dropped-secular": "yes-no",
    }
    for slug, scale in scales.items():
        if scale != "ordered":
            expected = {None} if scale == "nominal" else {1, -1}
            assert set(values[slug]) == expected


def test_direct_talks_are_asked_of_each_meeting(rows):
    """The boycott of March is of the third meeting, all reports of January are of the first."""
    assert [issue["slug"] for issue in rows["issues"] if issue["per_event"]] == ["direct-talks"]
    talks = [row for row in rows["positions"] if row["issue"] == "direct-talks"]
    assert [row["key"] for row in talks if row["event"] != "astana-1"] == ["p025"]
    assert len(talks) == 10


def test_on_iraqs_oil_trump_and_iraq_are_opposed_on_the_past_and_on_the_hint(rows):
    ends = {
        (row["issue"], row["actor"], row["stance"])
        for row in rows["positions"]
        if row["issue"].startswith("iraq-oil") and row["stance"] != "meaning-unclear"
    }
    assert ends == {
        ("iraq-oil", "trump", "should-have-taken"),
        ("iraq-oil", "iraq", "belongs-to-iraqis"),
        ("iraq-oil-again", "trump", "take"),
        ("iraq-oil-again", "iraq", "belongs-to-iraqis"),
    }
    by_key = {row["key"]: row for row in rows["positions"]}
    # The hint alone is one; his view of the war is of then, that of the oil from then until now.
    assert [key for key, row in by_key.items() if row["certainty"] == "hinted"] == ["p151"]
    assert {key: row["held"] for key, row in by_key.items() if row["held"]} == {
        "p100": "2003/2017-01-21",
        "p148": "2003",
    }


def test_only_what_the_record_supports_is_said_to_be_examined_and_looked_for(rows):
    """Of both statements the clauses on the state are reported; one article was coded in full."""
    assert {(row["document"], row["issue"]) for row in rows["examined"]} == {
        (document, issue)
        for document in ("astana-statement-2017-01", "moscow-statement-2016")
        for issue in ("secular-state", "territorial-integrity")
    }
    assert [(row["article"], row["issue"]) for row in rows["looked_for"]] == [
        ("wsws-2017-01-25", slug) for slug in sorted(issue["slug"] for issue in rows["issues"])
    ]


def test_spicers_words_are_one_utterance_and_the_fuller_rendering_has_the_condition(rows):
    same = [
        (row["position"], row["to"]) for row in rows["links"] if row["kind"] == "same-utterance"
    ]
    assert same == [("p094", "p093")]
    conditions = {row["key"]: row["condition"] for row in rows["positions"]}
    assert conditions["p093"]
    assert not conditions["p094"]


def test_only_trumps_own_spokesman_speaks_with_authority_for_another(rows):
    """All others who attribute a position speak about somebody else, mostly an opponent."""
    attributed = [row for row in rows["positions"] if row["voice"] == "attributed"]
    assert [row["key"] for row in attributed if row["authority"] != "about-actor"] == ["p101"]
    assert next(row["authority"] for row in attributed if row["key"] == "p101") == "for-actor"


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
