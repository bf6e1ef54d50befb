"""Every kind of broken package is refused with its place, and nothing of it is loaded."""

import csv

import pytest
from django.core.management import CommandError, call_command

from astana.exchange.cells import Row
from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.meaning import mend_line_ends
from astana.exchange.problems import BrokenPackage
from astana.exchange.tables import TABLES
from astana.models import Dossier
from tests.exchange.packages import SEEDS, a_copy, edit

P1 = "p001 1"


def problems_of(package) -> list[str]:
    """Return what is said about a package."""
    with pytest.raises(BrokenPackage) as refusal:
        check(read_files(package))
    return [str(problem) for problem in refusal.value.problems]


# (file, row, cells, column that is named, what is said)
BROKEN_ROWS = [
    ("sources.csv", "wsws", {"slug": "w s"}, "slug", "Use letters without accents"),
    ("sources.csv", "wsws", {"kind": "blog"}, "kind", "Write one of: agency, broadcaster"),
    ("sources.csv", "wsws", {"country": "USA"}, "country", "two capital letters"),
    ("sources.csv", "wsws", {"language": "English"}, "language", "Write a language tag"),
    ("sources.csv", "wsws", {"homepage": "javascript:alert(1)"}, "homepage", "Begin with https"),
    ("sources.csv", "wsws", {"name": ""}, "name", "Fill it in"),
    ("sources.csv", "wsws", {"name": "x" * 201}, "name", "has 201 characters. Shorten it to 200"),
    ("actors.csv", "ypg", {"description": "x" * 100_001}, "description", "Shorten it to 10000"),
    ("actors.csv", "ypg", {"wikidata": "159"}, "wikidata", "such as Q159"),
    ("actors.csv", "ypg", {"part_of": "ypg"}, "part_of", "in a circle: ypg > ypg"),
    ("actors.csv", "ypg", {"part_of": "pyg"}, "part_of", "“pyg” is not in actors.csv"),
    (
        "affiliations.csv",
        "trump",
        {"body": "trump"},
        "body",
        "Nobody can be affiliated with themselves",
    ),
    ("affiliations.csv", "trump", {"end": "2016-01-20"}, "end", "before the start"),
    ("issues.csv", "iraq-oil", {"slug": "new"}, "slug", "A page has the address “new”. Choose"),
    ("articles.csv", "sana", {"slug": "new"}, "slug", "A page has the address “new”. Choose"),
    ("positions.csv", "p001", {"key": "challenges"}, "key", "A page has the address “challenges”"),
    ("issues.csv", "iraq-oil", {"order": "-1"}, "order", "whole number"),
    ("issues.csv", "iraq-oil", {"order": "9999999999"}, "order", "too large"),
    ("issues.csv", "iraq-oil", {"scale": "circular"}, "scale", "Write one of: ordered, yes-no"),
    ("issues.csv", "direct-talks", {"event": "astana-9"}, "event", "“astana-9” is not in events"),
    ("issues.csv", "iraq-oil", {"event": "astana-1"}, "event", "Only a fact is asked of events"),
    ("issues.csv", "iraq-oil", {"per_event": "yes"}, "per_event", "Only a fact is asked"),
    ("issues.csv", "iraq-oil", {"per_event": "1"}, "per_event", "Write yes or no"),
    (
        "issues.csv",
        "direct-talks",
        {"per_event": "yes", "event": "astana-1"},
        "per_event",
        "not both",
    ),
    ("positions.csv", "p001", {"certainty": "sure"}, "certainty", "Write one of: stated, implied"),
    ("positions.csv", "p001", {"certainty": ""}, "certainty", "Fill it in"),
    ("positions.csv", "p001", {"held": "last year"}, "held", "date"),
    ("positions.csv", "p001", {"held": "2017-02"}, "held", "is of 2017-01-25, before 2017-02"),
    ("positions.csv", "p001", {"authority": "for-actor"}, "authority", "not attributed. Empty"),
    ("stances.csv", "secular-state omits", {"value": "1.01"}, "value", "off the scale"),
    ("stances.csv", "secular-state omits", {"value": "-1.5"}, "value", "off the scale"),
    ("stances.csv", "secular-state omits", {"value": "0.125"}, "value", "number from -1 to 1"),
    ("stances.csv", "secular-state omits", {"value": "nan"}, "value", "number from -1 to 1"),
    ("events.csv", "astana-1", {"end": "2017-01-22"}, "end", "is before the start"),
    ("events.csv", "astana-1", {"start": "2017-02-30"}, "start", "not a day in the calendar"),
    ("events.csv", "astana-1", {"start": "20170123"}, "start", "such as 2017-01-24"),
    ("participations.csv", "astana-1", {"role": "guest"}, "role", "Write one of: sponsor"),
    ("documents.csv", "unsc", {"event": "unsc-2336"}, "event", "Write one of: unsc-2336-vote"),
    ("signatures.csv", "de-escalation-memorandum iran", {"status": ""}, "status", "Fill it in"),
    ("articles.csv", "sana", {"source": "sanna"}, "source", "Write one of: sana"),
    ("articles.csv", "sana", {"coverage": "half"}, "coverage", "Write one of: full, opening"),
    ("renditions.csv", "sana", {"version": "0"}, "version", "whole number from 1"),
    ("renditions.csv", "sana", {"sha256": "ab"}, "sha256", "64 lower-case"),
    ("renditions.csv", "sana", {"sha256": "0" * 64}, "sha256", "have another hash"),
    ("renditions.csv", "sana", {"characters": "5"}, "characters", "Write that"),
    ("renditions.csv", "sana", {"file": "texts/x.full.en.txt"}, "file", "Name the file texts/sana"),
    ("renditions.csv", "sana", {"file": "../secrets.txt"}, "file", "Write the name of its file"),
    ("renditions.csv", "sana", {"paragraphs": "5-3"}, "paragraphs", "overlap or are empty"),
    ("renditions.csv", "sana", {"paragraphs": "0-99999"}, "paragraphs", "The text ends at"),
    ("renditions.csv", "wsws-2017-01-25 full", {"characters": "0"}, "characters", "from 1"),
    ("positions.csv", "p001", {"actor": "opposition "}, "actor", "Use letters"),
    ("positions.csv", "p001", {"actor": "oposition"}, "actor", "Write one of: opposition"),
    ("positions.csv", "p001", {"stance": "wants-seat"}, "stance", "Write one of: must-leave"),
    ("positions.csv", "p001", {"issue": "iran-guarantor"}, "stance", "No row of stances.csv has"),
    ("positions.csv", "p001", {"said": "2017-02-30"}, "said", "not a date in the calendar"),
    ("positions.csv", "p001", {"said": "2017-13"}, "said", "not a date in the calendar"),
    ("positions.csv", "p001", {"said": "../.."}, "said", "Write a day"),
    ("positions.csv", "p001", {"said": "2017-01-24/2017-01-23"}, "said", "ends before it starts"),
    ("positions.csv", "p001", {"voice": "shouted"}, "voice", "Write one of: direct-quote"),
    ("positions.csv", "p001", {"voice": "attributed"}, "attributed_by", "Say by whom"),
    ("positions.csv", "p001", {"attributed_by": "usa"}, "attributed_by", "Empty this"),
    ("positions.csv", "p001", {"status": "rejected"}, "reason", "Say why"),
    ("positions.csv", "p001", {"summary": "x" * 501}, "summary", "Shorten it to 500"),
    ("evidence.csv", P1, {"position": "p999"}, "position", "“p999” is not in positions.csv"),
    ("evidence.csv", P1, {"role": "proves"}, "role", "Write one of: supports, disputes"),
    ("evidence.csv", P1, {"kind": "excerpt"}, "version", "No row of renditions.csv has"),
    ("evidence.csv", P1, {"number": "0"}, "number", "whole number from 1"),
    ("evidence.csv", P1, {"number": "32768"}, "number", "too large"),
    ("evidence.csv", P1, {"start": "1268"}, "end", "Correct the offsets"),
    ("evidence.csv", P1, {"start": "1266", "end": "1323"}, "exact", "are not at the offsets"),
    ("evidence.csv", P1, {"start": "1324", "end": "1267"}, "end", "ends at 1267 and starts"),
    ("evidence.csv", P1, {"end": "99999"}, "end", "outside the text of 5366 characters"),
    ("evidence.csv", P1, {"start": ""}, "start", "both offsets or none"),
    ("evidence.csv", P1, {"start": "", "end": ""}, "start", "say in health why not"),
    ("evidence.csv", P1, {"health": "lost"}, "health", "has no offsets"),
    ("evidence.csv", P1, {"health": "intact"}, "health", "Write one of: ambiguous, lost"),
    ("evidence.csv", P1, {"exact": ""}, "exact", "or, if these may not be copied, their hash"),
    ("evidence.csv", P1, {"sha256": "0" * 64}, "exact", "not both"),
    ("evidence.csv", P1, {"paragraph": "6"}, "paragraph", "begins in paragraph 5"),
    ("evidence.csv", P1, {"paragraph": "99"}, "paragraph", "has 23 paragraphs"),
    ("evidence.csv", P1, {"prefix": "x" * 65}, "prefix", "Shorten it to 64"),
    ("anchors.csv", P1, {"number": "7"}, "number", "No row of evidence.csv has position p001"),
    ("anchors.csv", P1, {"sha256": ""}, "sha256", "Fill it in"),
    ("anchors.csv", P1, {"end": "8512"}, "end", "outside the text of 8511 characters"),
    (
        "anchors.csv",
        P1,
        {"article": "mehr-2017-01-24", "kind": "synopsis"},
        "article",
        "The evidence is in wsws-2017-01-25",
    ),
    (
        "anchors.csv",
        P1,
        {"kind": "synopsis", "start": "0", "end": "3"},
        "sha256",
        "have another hash",
    ),
]


@pytest.mark.parametrize(("file", "row", "cells", "column", "reason"), BROKEN_ROWS)
def test_a_broken_row_is_named_by_file_line_and_column(tmp_path, file, row, cells, column, reason):
    package = a_copy(tmp_path)
    row = _whole(package, file, row)
    line = edit(package, file, row, **cells)
    told = problems_of(package)
    place = f"{file}, line {line}, column {column}: "
    assert any(said.startswith(place) and reason in said for said in told), told


def _whole(package, file: str, begin: str) -> str:
    """Return the first cell of the first row that begins so, unless `begin` is several cells."""
    if " " in begin:
        return begin
    lines = (package / file).read_text().splitlines()
    return next(line for line in lines if line.startswith(begin)).split(",")[0]


@pytest.mark.django_db
def test_nothing_of_a_broken_package_is_loaded(tmp_path):
    package = a_copy(tmp_path)
    line = edit(package, "positions.csv", "p155", said="2017-02-30")
    with pytest.raises(CommandError) as refusal:
        call_command("load_dossier", package)
    assert str(refusal.value).startswith(f"positions.csv, line {line}, column said: ")
    assert "Nothing was loaded" in str(refusal.value)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_missing_file_is_named(tmp_path, table):
    package = a_copy(tmp_path)
    (package / table.file).unlink()
    assert any(
        said.startswith(f"{table.file}: The file is missing.") for said in problems_of(package)
    )


def swap(package, file: str, old: bytes, new: bytes) -> None:
    """Replace bytes of a file where they first stand."""
    content = (package / file).read_bytes()
    assert old in content
    (package / file).write_bytes(content.replace(old, new, 1))


# (file, old bytes, new bytes, what is said)
BROKEN_FILES = [
    ("sources.csv", b"homepage", b"home", "sources.csv, line 1, column homepage: The column is m"),
    ("sources.csv", b"homepage", b"home", "sources.csv, line 1, column home: The column is unkno"),
    ("sources.csv", b"kind,", b"kind,kind,", "sources.csv, line 1, column kind: The column occurs"),
    ("sources.csv", b"slug,name,", b"slug;name;", "Separate columns by commas"),
    ("sources.csv", b"wsws,", b"wsws,one,more,", "sources.csv, line 30: There are 8 cells for 6"),
    ("sources.csv", b"wsws,", b"w\xffws,", "sources.csv, line 30: This is not UTF-8"),
    ("sources.csv", b"wsws,", b"w\0ws,", "sources.csv, line 30: There is a NUL character"),
    ("sources.csv", b"wsws,", b'"wsws,', "sources.csv, line 30: This is not CSV"),
    (
        "sources.csv",
        b"wsws,",
        b"mehr,",
        "sources.csv, line 30, column slug: “mehr” is in line",
    ),
    ("texts/sana-2017-01-24.synopsis.en.txt", b" ", b"\xff", "synopsis.en.txt, line 1: This is n"),
    ("texts/sana-2017-01-24.synopsis.en.txt", b" ", b"\0", "synopsis.en.txt, line 1: There is a "),
    ("texts/sana-2017-01-24.synopsis.en.txt", b" ", b"  ", "column sha256: The words of texts/sa"),
    ("datapackage.json", b'"title"', b'"titel"', "datapackage.json, column title: There is no te"),
    ("datapackage.json", b'"public"', b'"secret"', "column astana.visibility: Write one of: publ"),
    ("datapackage.json", b'"format": 2', b'"format": 3', "column astana.format: It is not a n"),
    ("datapackage.json", b'"astana": {', b'"astana": [{', "datapackage.json, line 10: This is not"),
    ("datapackage.json", b"syria-astana-2017", b"new", "datapackage.json, column name: A page has"),
    ("datapackage.json", b"syria-astana-2017", b"../x", "datapackage.json, column name: Use lette"),
    ("datapackage.json", b"The Astana", b"\\u0000", "column title: It contains an invalid"),
    (
        "datapackage.json",
        b"The Astana",
        b"\\u0001",
        "column title: It contains a control character (U",
    ),
    ("datapackage.json", b"The Astana", b"a\\n", "column title: It contains a line break"),
    ("datapackage.json", b'"CC-BY-4.0"', b"7", "column licenses: Give one licence with a name"),
    ("datapackage.json", b"2,", b"2" * 5000 + b",", "a number in it is too long"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), BROKEN_FILES)
def test_a_broken_file_is_named_with_what_to_do(tmp_path, file, old, new, reason):
    package = a_copy(tmp_path)
    swap(package, file, old, new)
    assert any(reason in said for said in problems_of(package)), problems_of(package)


def test_an_empty_table_file_is_named(tmp_path):
    package = a_copy(tmp_path)
    (package / "anchors.csv").write_bytes(b"")
    assert problems_of(package)[0].startswith("anchors.csv, line 1: It is empty. Begin with pos")


def test_a_text_without_a_row_and_a_row_without_its_text_are_named(tmp_path):
    package = a_copy(tmp_path)
    (package / "texts" / "sana-2017-01-24.synopsis.en.txt").rename(package / "texts" / "x.txt")
    told = problems_of(package)
    assert any("texts/sana-2017-01-24.synopsis.en.txt is missing" in said for said in told)
    assert any(said.startswith("texts/x.txt: No rendition names this file.") for said in told)


def test_a_table_that_is_not_of_the_format_is_named(tmp_path):
    package = a_copy(tmp_path)
    (package / "source.csv").write_text("slug\n")
    assert problems_of(package) == [
        "source.csv: No table has this name. Rename or remove the file."
    ]


def test_a_published_position_rests_on_evidence_and_a_draft_need_not(tmp_path):
    package = a_copy(tmp_path)
    content = (package / "positions.csv").read_text()
    row = "p999,russia,iran-guarantor,supports,Once more.,,2017,,act,stated,,,,,,,{},\n"
    (package / "positions.csv").write_text(content + row.format("draft"))
    check(read_files(package))
    (package / "positions.csv").write_text(content + row.format("published"))
    line = len(content.splitlines()) + 1
    assert problems_of(package) == [
        f"positions.csv, line {line}, column key: No row of evidence.csv has position p999. "
        "Add a passage."
    ]


LINKS = "position,kind,to\n"


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("p093,repeats,p093\n", 2, "A position cannot be linked to itself"),
        ("p093,same-utterance,p093\n", 2, "A position cannot be linked to itself"),
        ("p093,repeats,p999\n", 2, "“p999” is not in positions.csv"),
        ("p093,echoes,p094\n", 2, "Write one of: same-utterance, reason-for, answers, repeats"),
        ("p093,same-utterance,p001\n", 2, "by one actor on one issue"),
        ("p094,same-utterance,p093\np093,same-utterance,p094\n", 2, "Name that one"),
        ("p001,repeats,p002\np001,repeats,p002\n", 3, "in line 2 already"),
    ],
)
def test_a_link_that_cannot_be_is_named_by_its_line(tmp_path, rows, line, reason):
    package = a_copy(tmp_path)
    (package / "links.csv").write_text(LINKS + rows)
    told = problems_of(package)
    assert any(said.startswith(f"links.csv, line {line}") and reason in said for said in told), told


def test_a_nominal_answer_has_no_value_and_one_of_yes_or_no_is_an_end(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "issues.csv", "iraq-oil", scale="nominal")
    assert any("The issue is nominal" in said for said in problems_of(package))
    edit(package, "issues.csv", "iraq-oil", scale="yes-no")
    edit(package, "stances.csv", "iraq-oil should-have-taken", value="0.5")
    assert any("Write 1 or -1" in said for said in problems_of(package))


def test_a_position_on_a_question_of_each_event_names_its_event(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "issues.csv", "direct-talks", per_event="yes")
    key = next(
        row["key"]
        for row in csv.DictReader((package / "positions.csv").open())
        if row["issue"] == "direct-talks"
    )
    line = edit(package, "positions.csv", key, event="")
    told = f"positions.csv, line {line}, column event: The issue is asked of each event."
    assert any(said.startswith(told) for said in problems_of(package))


@pytest.mark.parametrize("file", ["examined.csv", "looked_for.csv"])
def test_what_was_looked_for_is_an_issue_of_the_package(tmp_path, file):
    package = a_copy(tmp_path)
    owner = {"examined.csv": "unsc-2336", "looked_for.csv": "sana-2017-01-24"}[file]
    header = (package / file).read_text().splitlines()[0]
    (package / file).write_text(f"{header}\n{owner},oil\n")
    assert any("“oil” is not in issues.csv" in said for said in problems_of(package))


def test_a_ring_of_several_actors_is_named_once(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "actors.csv", "russia", part_of="turkey")
    edit(package, "actors.csv", "turkey", part_of="iran")
    edit(package, "actors.csv", "iran", part_of="russia")
    told = problems_of(package)
    assert len(told) == 1
    assert "circle" in told[0]


def test_fifty_problems_are_told_and_the_others_counted(tmp_path):
    package = a_copy(tmp_path)
    content = (package / "positions.csv").read_text()
    (package / "positions.csv").write_text(content.replace(",published,", ",public,"))
    with pytest.raises(BrokenPackage) as refusal:
        check(read_files(package))
    lines = str(refusal.value).splitlines()
    assert len(lines) == 51
    assert lines[-1] == f"... and {content.count(',published,') - 50} more."


def test_columns_and_rows_may_come_in_any_order_and_with_a_byte_order_mark(tmp_path):
    package = a_copy(tmp_path)
    lines = (package / "signatures.csv").read_text().splitlines()
    turned = [",".join(reversed(line.split(","))) for line in [lines[0], *reversed(lines[1:])]]
    (package / "signatures.csv").write_bytes("\ufeff".encode() + "\r\n".join(turned).encode())
    there = {tuple(row.values.values()) for row in check(read_files(SEEDS)).rows["signatures"]}
    found = {tuple(row.values.values()) for row in check(read_files(package)).rows["signatures"]}
    assert found == there


def test_what_refers_to_a_broken_file_is_not_wrong_too(tmp_path):
    package = a_copy(tmp_path)
    swap(package, "sources.csv", b"homepage", b"homepage,notes")
    (package / "actors.csv").write_text((package / "actors.csv").read_text(), encoding="utf-16")
    (package / "issues.csv").unlink()
    assert [said.partition(":")[0] for said in problems_of(package)] == [
        "sources.csv, line 1, column notes",
        "actors.csv, line 1",
        "issues.csv",
    ]


def test_words_beside_a_passage_are_checked_and_keys_differ_by_more_than_case(tmp_path):
    package = a_copy(tmp_path)
    with (package / "evidence.csv").open(newline="") as handle:
        first = next(row for row in csv.DictReader(handle) if row["prefix"] and row["suffix"])
    key = f"{first['position']} {first['number']}"
    line = edit(package, "evidence.csv", key, prefix="never there", suffix="nor there")
    told = problems_of(package)
    assert told[0].startswith(f"evidence.csv, line {line}, column prefix: These words are not")
    assert told[1].startswith(f"evidence.csv, line {line}, column suffix: These words are not")
    edit(package, "sources.csv", "wsws", slug="SANA")
    assert "But for its case it is “sana”" in "".join(problems_of(package))


def test_line_ends_that_a_program_changed_in_cells_change_no_passage(tmp_path):
    """In tables and texts that a program wrote anew, and where a text has the other line ends."""
    package = a_copy(tmp_path)
    whole = check(read_files(package))
    for path in [*package.glob("*.csv"), *package.glob("texts/*.txt")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    read = check(read_files(package))
    assert (read.rows, read.texts) == (whole.rows, whole.texts)
    row = Row(2, {"exact": "one\ntwo", "start": 4, "end": 12})
    mend_line_ends([row])
    assert row.values["exact"] == "one\r\ntwo"
