"""Files of other tools in and out by command, as an operator meets them."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.evidence.anchor import passage_of
from astana.exchange.dump import dump
from astana.models import (
    Actor,
    Affiliation,
    Article,
    Dossier,
    Evidence,
    Issue,
    Position,
    Rendition,
    Source,
)
from tests.a_worst_text import WORST, a_worst_text
from tests.exchange.packages import files_of

pytestmark = pytest.mark.django_db

# What moves offsets: a leading line break, lines that end in two characters, a sign of two units.


def run(command: str, *arguments: object, **options: object) -> str:
    """Return what a command says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))


def change(path: Path, *statements: str) -> Path:
    """Return a .dna file in which something was changed with a tool of databases."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


@pytest.fixture
def a_study(tmp_path, an_actor, a_source, a_rendition, a_position) -> Path:
    """Return a .dna file of a dossier of three articles, written by ourselves."""
    a_source(kind="other")
    an_actor("lavrov", name="Сергей Лавров", kind="person", description="Minister.")
    an_actor("ministry", kind="organization", part_of=an_actor("delegation", kind="organization"))
    an_actor().names.create(language="ar", name="روسيا")
    worst = a_worst_text(a_rendition)
    position = a_position(
        key="p001",
        rendition=worst,
        quote="we back it 😀 now",
        speaker=an_actor("lavrov"),
        condition="If others do.",
        note="Said twice.",
    )
    place = {"start": WORST.index("Nobody"), "end": WORST.index("Nobody") + 6, "exact": "Nobody"}
    Evidence.objects.create(position=position, rendition=worst, number=2, paragraph=2, **place)
    plain = a_rendition("The ministry said neither.", article="second")
    a_position(key="p002", actor="ministry", stance="neither", rendition=plain, quote="neither")
    a_position(
        key="p003", actor="lavrov", stance="opposes", rendition=plain, quote="ministry", said="2017"
    )
    a_rendition("Nothing was said.", article="third")
    for one in Evidence.objects.select_related("rendition"):
        found = passage_of(one.rendition.text, one.start, one.end)
        Evidence.objects.filter(pk=one.pk).update(prefix=found.prefix, suffix=found.suffix)
    path = tmp_path / "talks.dna"
    run("export_to", "dna", "talks", path)
    return path


def test_a_dossier_comes_back_from_a_dna_file_but_for_what_is_stated(a_study, tmp_path):
    before = dump("talks")
    said = run("import_from", "dna", a_study, dossier="copy")
    assert "Dossier copy was created." in said
    assert "Nothing is lost." in said
    after = dump("copy")
    for name in sorted(before.keys() - {"datapackage.json", "positions.csv"}):
        assert after[name].decode() == before[name].decode(), name
    assert rows(after, "positions") == [
        row | {"status": "draft"} for row in rows(before, "positions")
    ]
    # What is there is found again, and what the file does not know of it stays.
    for slug in ("copy", "talks"):
        assert "nothing changed" in run("import_from", "dna", a_study, dossier=slug)
    assert dump("talks") == before

    said = run("convert", "dna", a_study, tmp_path / "out", dossier="copy")
    assert f"Wrote {len(after)} files" in said
    assert files_of(tmp_path / "out").keys() == after.keys()


def test_what_is_coded_further_in_a_dna_file_of_ours_comes_back_as_a_draft_beside_the_rest(a_study):
    """A statement that the tool adds has nothing of what we write beside it."""
    change(
        a_study,
        "INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) "
        "SELECT 17, 1, DocumentId, 0, 12, 1 FROM STATEMENTS WHERE ID = 3",
        "INSERT INTO ENTITIES (ID, VariableId, Value) "
        "SELECT 900, ID, 'A new voice' FROM VARIABLES WHERE Variable = 'organization'",
        # As the tool has it: each variable has a value, if only the empty one.
        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) "
        "SELECT 17, VariableId, ID FROM ENTITIES WHERE Value = '' AND VariableId NOT IN (2, 3)",
        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (17, 2, 900)",
        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) "
        "SELECT 17, 3, Entity FROM DATASHORTTEXT WHERE StatementId = 3 AND VariableId = 3",
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) "
        "SELECT 17, ID, -100 FROM VARIABLES WHERE Variable = 'value'",
    )
    before = rows(dump("talks"), "positions")
    run("import_from", "dna", a_study, dossier="talks")
    after = rows(dump("talks"), "positions")
    (new,) = [row for row in after if row not in before]
    assert len(after) == len(before) + 1
    assert {name: value for name, value in new.items() if value} == {
        "key": "dna-17",
        "actor": "a-new-voice",
        "issue": "cease-fire",
        "stance": "opposes",
        "summary": "A new voice on “Cease fire”: Opposes.",
        "said": "../2017-01-25",
        "voice": "direct-quote",
        "certainty": "stated",
        "status": "draft",
    }


def test_a_dna_file_of_others_comes_in_as_drafts_under_what_is_chosen(a_study):
    """Without what we write beside it, a file is one that somebody made with the tool."""
    change(
        a_study,
        "DELETE FROM SETTINGS WHERE Property = 'astana'",
        "UPDATE CODERS SET Name = 'Ana'",
        "UPDATE DOCUMENTS SET Date = Date + 3600 WHERE ID = 1",
        "UPDATE DATALONGTEXT SET Value = printf('%.20000c', 'x') WHERE Value = 'Said twice.'",
        "INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (900, 3, printf('%.180c', 'y'))",
        "UPDATE ENTITIES SET ChildOf = 900 WHERE Value = 'Cease fire'",
        "INSERT INTO REGEXES (Label) VALUES ('truce')",
        "UPDATE DATASHORTTEXT SET Entity = (SELECT ID FROM ENTITIES WHERE Value = 'Russia') "
        "WHERE StatementId = 4 AND VariableId = 2",
    )
    dry = run("import_from", "dna", a_study, dossier="study", dry_run=True)
    assert "--option qualifier=value" in dry
    assert "coders" not in dry.partition("What is lost")[2]
    assert "words to highlight" in dry
    assert "2  colours and permissions" in dry
    assert "1  times of day of documents, such as: 1: " in dry
    assert "ends of notes longer than 10,000 characters" in dry
    assert not Dossier.objects.filter(slug="study").exists()

    chosen = ["said=on", "voice=reported-speech", "language=fr", "prefix=a"]
    run("import_from", "dna", a_study, dossier="study", option=chosen)
    positions = Position.objects.filter(dossier__slug="study").order_by("key")
    found = [
        (one.key, one.actor.name, one.speaker and one.speaker.name, one.stance.value)
        for one in positions
    ]
    assert found == [
        ("a-1", "Russia", "Сергей Лавров", 1),
        ("a-2", "Russia", "Сергей Лавров", 1),
        ("a-3", "Ministry", None, 0),
        ("a-4", "Russia", "Сергей Лавров", -1),
    ]
    first = positions[0]
    assert (first.status, first.said, first.voice) == ("draft", "2017-01-25", "reported-speech")
    assert "condition: If others do." in first.note
    assert (len(first.issue.group), first.issue.group[-1]) == (80, "…")
    assert first.evidence.get().exact == "we back it 😀 now"
    assert {(one.kind, one.language, one.rights) for one in _texts("study")} == {
        ("full", "fr", "members")
    }
    affiliation = Affiliation.objects.get(person__dossier__slug="study")
    assert (affiliation.body.name, affiliation.role) == ("Russia", "Represents")

    with pytest.raises(CommandError, match=r"option concept: “value” .* person, organization"):
        run("import_from", "dna", a_study, dossier="other", option=["concept=value"])


def _texts(slug: str) -> list[Rendition]:
    return list(Rendition.objects.filter(article__dossier__slug=slug))


def test_a_dna_file_of_version_2_comes_in_with_its_days_and_further_names(tmp_path, db):
    path = change(
        tmp_path / "old.dna",
        "CREATE TABLE SETTINGS (Property, Value)",
        "INSERT INTO SETTINGS VALUES ('version', '2.0 beta 25')",
        "CREATE TABLE CODERS (ID, Name)",
        "CREATE TABLE STATEMENTTYPES (ID, Label)",
        "INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation')",
        "CREATE TABLE VARIABLES (ID, Variable, DataType, StatementTypeId)",
        "INSERT INTO VARIABLES VALUES (1, 'organization', 'short text', 1), "
        "(2, 'concept', 'short text', 1), (3, 'agreement', 'boolean', 1)",
        "CREATE TABLE ATTRIBUTES (ID, VariableId, Value, Type, Alias, Notes, ChildOf)",
        "INSERT INTO ATTRIBUTES VALUES (1, 1, 'Greens', 'Party', 'The greens', 'Small.', '')",
        "CREATE TABLE DOCUMENTS "
        "(ID, Title, Text, Author, Source, Section, Notes, Type, Date, Coder)",
        "INSERT INTO DOCUMENTS VALUES "
        "(7, 'Debate', 'They want the tax.', '', 'Gazette', 'Front', '', '', 1485298800000, 1)",
        "CREATE TABLE STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder)",
        "INSERT INTO STATEMENTS VALUES (1, 1, 7, 0, 18, 1), (2, 2, 7, 0, 4, 1), (3, 1, 7, 0, 4, 1)",
        "CREATE TABLE DATABOOLEAN (ID, StatementId, VariableId, Value)",
        "INSERT INTO DATABOOLEAN VALUES (1, 1, 3, 0), (2, 3, 3, 1)",
        "CREATE TABLE DATAINTEGER (ID, StatementId, VariableId, Value)",
        "CREATE TABLE DATALONGTEXT (ID, StatementId, VariableId, Value)",
        "CREATE TABLE DATASHORTTEXT (ID, StatementId, VariableId, Value)",
        "INSERT INTO DATASHORTTEXT VALUES "
        "(1, 1, 1, 'Greens'), (2, 1, 2, 'A tax'), (3, 3, 1, ''), (4, 3, 2, 'A tax')",
    )
    assert "Most documents are not dated at midnight" in run(
        "import_from", "dna", path, dry_run=True
    )
    said = run("import_from", "dna", path, option=["timezone=Europe/Berlin"])
    assert "not dated at midnight" not in said
    assert "statements of other types, such as: Annotation" in said
    assert "statements without an actor, such as: statement 3" in said
    position = Position.objects.get(dossier__slug="old")
    assert (position.actor.kind, position.actor.description) == ("party", "Small.")
    assert position.actor.names.get().name == "The greens"
    assert (position.stance.slug, position.stance.value) == ("disagree", -1)
    assert (position.issue.question, position.issue.scale) == ("Agree or disagree: A tax", "yes-no")
    assert (position.said, position.evidence.get().exact) == ("../2017-01-25", "They want the tax.")


def test_a_file_that_is_none_is_refused_with_its_place_and_nothing_is_loaded(a_study, tmp_path):
    whole = a_study.read_bytes()

    def refusal(content: bytes, *statements: str) -> str:
        path = tmp_path / "bad.dna"
        path.write_bytes(content)
        if statements:
            change(path, *statements)
        with pytest.raises(CommandError) as refused:
            run("import_from", "dna", path, dossier="bad")
        assert "Nothing was loaded." in str(refused.value)
        return str(refused.value)

    endless = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    length = len(WORST) + WORST.count("😀")
    expected = {
        "bad.dna, beginning: This is not an SQLite database": (b"PK\3\4" + whole,),
        "bad.dna, byte 9,000: It is cut off": (whole[:9_000],),
        "bad.dna, SETTINGS, version: The version is “4.0”": (
            whole,
            "UPDATE SETTINGS SET Value = '4.0' WHERE Property = 'version'",
        ),
        "bad.dna, SETTINGS: The table is missing": (whole, "DROP TABLE SETTINGS"),
        "bad.dna, CODERS: The column Name is missing": (
            whole,
            "ALTER TABLE CODERS RENAME COLUMN Name TO Nickname",
        ),
        f"bad.dna, STATEMENTS 1: It runs from 0 to 900; the text of document 1 has {length}": (
            whole,
            "UPDATE STATEMENTS SET Start = 0, Stop = 900 WHERE ID = 1",
        ),
        "bad.dna, STATEMENTS 2: It runs from 2 to 8": (
            whole,
            "UPDATE STATEMENTS SET Start = 2, Stop = 8 WHERE ID = 2",
        ),
        "bad.dna, STATEMENTS 1, DocumentId: There is no document 99": (
            whole,
            "UPDATE STATEMENTS SET DocumentId = 99 WHERE ID = 1",
        ),
        "bad.dna, DOCUMENTS 1, Date: “soon” is not a whole number": (
            whole,
            "UPDATE DOCUMENTS SET Date = 'soon' WHERE ID = 1",
        ),
        "bad.dna, STATEMENTS 2: The ID occurs twice": (
            whole,
            "CREATE TABLE twice AS SELECT * FROM STATEMENTS",
            "INSERT INTO twice SELECT * FROM STATEMENTS WHERE ID = 2",
            "DROP TABLE STATEMENTS",
            "ALTER TABLE twice RENAME TO STATEMENTS",
        ),
        "bad.dna, STATEMENTS: The table is missing": (
            whole,
            "DROP TABLE STATEMENTS",
            f"CREATE VIEW STATEMENTS AS {endless}",
        ),
        "bad.dna, DOCUMENTS: A text in it is not UTF-8": (
            whole,
            "UPDATE DOCUMENTS SET Text = CAST(x'ff4142' AS TEXT) WHERE ID = 1",
        ),
    }
    found = {message: refusal(*file) for message, file in expected.items()}
    assert {message for message, said in found.items() if message not in said} == set()
    assert not Dossier.objects.filter(slug="bad").exists()
    assert Source.objects.count() == 1


def test_a_file_that_is_open_is_not_read_and_one_that_is_there_is_not_overwritten(a_study):
    whole = a_study.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        run("export_to", "dna", "talks", a_study)
    assert a_study.read_bytes() == whole
    a_study.with_name("talks.dna-wal").write_bytes(b"what is not in the file yet")
    with pytest.raises(CommandError, match=r"talks\.dna-wal: The file is open"):
        run("import_from", "dna", a_study)


def test_a_second_import_finds_rows_by_what_the_file_calls_them(a_study):
    change(a_study, "DELETE FROM SETTINGS WHERE Property = 'astana'")
    run("import_from", "dna", a_study, dossier="study")
    here = {"dossier__slug": "study"}
    for model, old, new in ((Actor, "russia", "moscow"), (Issue, "cease-fire", "truce")):
        assert model.objects.filter(slug=old, **here).update(slug=new) == 1
    Article.objects.filter(slug="dna-1", **here).update(slug="speech")
    Position.objects.filter(key="dna-1", **here).update(key="mine")
    assert "nothing changed" in run("import_from", "dna", a_study, dossier="study")

    change(a_study, "UPDATE ENTITIES SET Value = 'Russian Federation' WHERE Value = 'Russia'")
    before = dump("study")
    run("import_from", "dna", a_study, dossier="study")
    after = dump("study")
    # Its name, and the summaries that were made of it.
    assert {name for name in after if after[name] != before[name]} == {
        "actors.csv",
        "positions.csv",
    }
    assert Actor.objects.get(slug="moscow", **here).name == "Russian Federation"
    # Another file with the same numbers is another one.
    run("import_from", "dna", a_study, dossier="study", option=["prefix=b"])
    assert Actor.objects.filter(**here).count() == 2 * len(rows(after, "actors"))


def test_a_file_that_cannot_be_read_is_named_in_words():
    with pytest.raises(CommandError, match=r"cannot be read or written: Input/output error\."):
        # A file that opens and of which nothing can be read, whoever asks.
        run("import_from", "dna", "/proc/self/mem", dossier="new")


def test_a_wrong_short_name_of_a_dossier_is_named_with_the_file(a_study):
    with pytest.raises(CommandError, match=r"^talks\.dna, dossier, column name: "):
        run("import_from", "dna", a_study, dossier="../new")
