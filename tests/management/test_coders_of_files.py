"""Who coded what in a file of another tool: pseudonyms, their rounds, and the accounts they are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from astana.actions.assign import finish, reopen
from astana.actions.coders import match
from astana.exchange.check import check
from astana.exchange.dump import dump, dump_published
from astana.exchange.load import load
from astana.exchange.problems import BrokenPackage
from astana.models import Assignment, Coder, Dossier, Position, Rendition
from tests.management.test_conversion import a_study, change, rows, run  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_round(a_study) -> Path:  # noqa: F811
    """Bring a file in whose first document two coders coded without seeing each other's work."""
    path = change(
        a_study,
        "DELETE FROM SETTINGS WHERE Property = 'astana'",
        "UPDATE CODERS SET Name = 'Ana Lima'",
        "INSERT INTO CODERS (ID, Name) VALUES (2, 'bo')",
        "INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) "
        "SELECT 90, StatementTypeId, DocumentId, Start, Stop, 2 FROM STATEMENTS WHERE ID = 1",
        *(
            f"INSERT INTO {table} (StatementId, VariableId, {value}) "
            f"SELECT 90, VariableId, {value} FROM {table} WHERE StatementId = 1"
            for table, value in (
                ("DATAINTEGER", "Value"),
                ("DATASHORTTEXT", "Entity"),
                ("DATALONGTEXT", "Value"),
            )
        ),
    )
    assert "Choose independent=yes" in run("import_from", "dna", path, dossier="study")
    run("import_from", "dna", path, dossier="study", option=["independent=yes"])
    return path


def test_a_round_of_a_file_has_figures_of_pseudonyms_until_they_are_matched(
    client, a_round, a_member
):
    study = Dossier.objects.get(slug="study")
    olga = a_member("olga", dossier=study, role="owner")
    rita = a_member("rita", dossier=study, role="coder")
    codings = Position.objects.filter(dossier=study, assignment__isnull=False).order_by("pk")
    # What came in as a draft stays one here; what counts is handed in.
    assert {one.status for one in codings} == {"draft"}
    codings.update(status="submitted")
    client.force_login(olga)
    figures = client.get(reverse("coder_agreement:index", args=["study"])).content.decode()
    assert "Ana Lima (pseudonym)" in figures
    assert "bo (pseudonym)" in figures
    rounds = client.get(reverse("rounds:detail", args=["study", "dna-1"])).content.decode()
    assert "<bdi>bo (pseudonym)</bdi>" in rounds

    bo = Coder.objects.get(slug="bo")
    match = reverse("members:match", args=["study", bo.pk])
    # Nobody is the coder of what they decided on: not said so by hand, and not by a file.
    decided = Position.objects.filter(pseudonym=bo).first()
    of_bo = Position.objects.filter(pk=decided.pk)
    of_bo.update(status="rejected", reason="No.", reviewer=rita, reviewed_at=timezone.now())
    said = client.post(match, {"account": "rita"}, follow=True).content.decode()
    assert f"rita decided on position {decided.key} of this coder" in said
    assert not Position.objects.filter(coder=rita).exists()
    ana = Coder.objects.exclude(pk=bo.pk).get()
    files = dump("study")
    of_bo.update(pseudonym=ana, assignment=None)
    Coder.objects.filter(pk=bo.pk).update(user=rita)
    with pytest.raises(BrokenPackage, match=f"matched with bo has decided on {decided.key}"):
        load(check(files))
    Coder.objects.filter(pk=bo.pk).update(user=None)
    assignment = Assignment.objects.get(pseudonym=bo)
    of_bo.update(pseudonym=bo, assignment=assignment, reviewer=None, reviewed_at=None)
    of_bo.update(status=decided.status, reason="")

    said = client.post(match, {"account": "rita"}, follow=True).content.decode()
    assert "“bo (pseudonym)” is now matched with rita." in said
    assert Assignment.objects.get(pseudonym=bo).coder == rita
    assert {one.coder for one in Position.objects.filter(pseudonym=bo)} == {rita}
    page = client.get(reverse("members:index", args=["study"])).content.decode()
    assert "said that the coder <bdi>bo</bdi> is <bdi>rita</bdi>" in page
    # Nobody codes an article twice.
    said = client.post(
        reverse("members:match", args=["study", ana.pk]), {"account": "rita"}, follow=True
    )
    assert "Nobody codes an article twice." in said.content.decode()
    # What was done here since stays so when the file is loaded again; what changes in it comes.
    files = dump("study")
    assignment.refresh_from_db()
    reopen(assignment=assignment, by=olga)
    load(check(files))
    assignment.refresh_from_db()
    assert not assignment.finished_at
    yes, no = (f"bo,{one},yes".encode() for one in ("yes", "no"))
    finish(assignment=assignment, by=rita)
    load(check(files | {"assignments.csv": files["assignments.csv"].replace(yes, no)}))
    assignment.refresh_from_db()
    assert not assignment.is_independent
    load(check(files))
    # Nor by a file that brings such an article later on.
    Assignment.objects.filter(pseudonym=bo).update(pseudonym=None)
    with pytest.raises(BrokenPackage, match="matched with bo is to code dna-1 too"):
        load(check(files))
    Assignment.objects.filter(coder=rita).update(pseudonym=bo)
    client.post(match, {"account": ""})
    assert Assignment.objects.get(pseudonym=bo).coder is None
    client.force_login(rita)
    assert client.post(match, {"account": "rita"}).status_code == 403


def test_a_package_carries_pseudonyms_and_rounds_for_members_alone(a_round):
    published = {"status": "published", "published_at": "2020-01-01T00:00Z"}
    Position.objects.filter(dossier__slug="study").update(**published)
    files = dump("study")
    again = {"dossier": "study", "option": ["independent=yes"]}
    assert "nothing changed" in run("import_from", "dna", a_round, **again)
    assert [row["name"] for row in rows(files, "coders")] == ["Ana Lima", "bo"]
    assert {row["coder"] for row in rows(files, "assignments")} == {"ana-lima", "bo"}
    for_readers = dump_published("study")
    assert not {"coders.csv", "assignments.csv"} & for_readers.keys()
    assert not any(b"ana-lima" in one or b"Ana Lima" in one for one in for_readers.values())

    other = {**files, "datapackage.json": files["datapackage.json"].replace(b'"study"', b'"copy"')}
    load(check(other))
    assert dump("copy") == other
    assert Position.objects.filter(dossier__slug="copy", assignment__isnull=False).count() > 1

    files["coders.csv"] = b"slug,name\nana-lima,ana@example.org\nbo,Bo\n"
    with pytest.raises(BrokenPackage, match=r"coders.csv, line 2, column name: It may be a mail"):
        check(files)


def test_pseudonyms_are_coders_of_a_dna_file_that_goes_out_and_come_back_as_the_same(a_round):
    """Also one who has coded nothing, and one whose short name is not made of the name."""
    study = Dossier.objects.get(slug="study")
    Coder.objects.filter(slug="bo").update(name="Boris")
    Coder.objects.create(dossier=study, slug="idle", name="Idle")
    Rendition.objects.update(rights="public")
    out = a_round.with_name("out.dna")
    lost = run("export_to", "dna", "study", out)
    assert "rows of assignments.csv" in lost
    assert "rows of coders.csv" not in lost
    with closing(sqlite3.connect(out)) as file:
        coded = "SELECT Name, count(s.ID) FROM CODERS c LEFT JOIN STATEMENTS s ON Coder = c.ID "
        found = dict(file.execute(f"{coded} GROUP BY c.ID"))
        seen = file.execute("SELECT count(*) FROM CODERRELATIONS WHERE viewStatements").fetchone()
    held = dict(Coder.objects.values_list("name").annotate(count=Count("positions__evidence")))
    assert found == held | {"Admin": 0}
    assert found["Boris"] == 1
    assert seen == (4 * 3,)

    assert "nothing changed" in run("import_from", "dna", out, dossier="study")
    run("import_from", "dna", out, dossier="copy")
    files, copy = dump("study"), dump("copy")
    assert copy["coders.csv"] == files["coders.csv"]
    assert [(row["key"], row["coder"]) for row in rows(copy, "positions")] == [
        (row["key"], row["coder"]) for row in rows(files, "positions")
    ]
    # A project says so of each whose passages are in it.
    assert "coders without an exported passage, such as: idle" in run(
        "export_to", "qdpx", "study", a_round.with_name("out.qdpx")
    )


def test_a_coder_of_another_name_is_another_coder_and_takes_over_no_name_and_no_account(
    a_study,  # noqa: F811
    a_member,
):
    """Names without Latin letters all become short names such as coder-1."""
    ours = "DELETE FROM SETTINGS WHERE Property = 'astana'"
    path = change(a_study, ours, "UPDATE CODERS SET Name = 'Анна'")
    run("import_from", "dna", path, dossier="study")
    study = Dossier.objects.get(slug="study")
    rita = a_member("rita", dossier=study, role="coder")
    match(coder=Coder.objects.get(), user=rita, by=a_member("olga", dossier=study, role="owner"))
    mine = Position.objects.filter(dossier=study).first()
    Position.objects.filter(pk=mine.pk).update(pseudonym=None)

    run("import_from", "dna", change(path, "UPDATE CODERS SET Name = 'Борис'"), dossier="study")
    found = Coder.objects.order_by("pk").values_list("slug", "name", "user__username")
    assert list(found) == [("coder-1", "Анна", "rita"), ("coder-1-2", "Борис", None)]
    others = Position.objects.filter(dossier=study).exclude(pk=mine.pk)
    assert {(one.pseudonym.name, one.coder) for one in others} == {("Борис", None)}
    # What somebody coded here is theirs, whatever a file says.
    mine.refresh_from_db()
    assert (mine.coder, mine.pseudonym) == (rita, None)
