"""Tables of positions, as an operator brings them in."""

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from astana.models import Actor, Article, Dossier, Evidence, Issue, Position, Source, Stance

pytestmark = pytest.mark.django_db

# Its columns are called as in Germany, and nothing in it is UTF-8.
GERMAN = """Akteur;Thema;Haltung;Wert;Zitat;Datum;Quelle;Titel;Seite
Rußland;Waffenruhe;dafür;1;"Wir stehen zur Waffenruhe; ganz.";24.01.2017;Die Zeitung;Gespräche;3
Die Türkei;Waffenruhe;dagegen;-1;Noch nicht.;24.01.2017;Die Zeitung;Gespräche;4
Rußland;Verfassung;offen;;;25.01.2017;Die Zeitung;Gespräche gehen weiter;
Rußland;;dafür;;;25.01.2017;Die Zeitung;Nichts;
"""


def load(path: Path, content: str | bytes, *chosen: str, **options: object) -> str:
    """Return what the command says of a table."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = io.StringIO()
    options = {"dossier": "talks", "map": list(chosen)} | options
    call_command("import_from", "csv", str(path), stdout=out, **options)
    return out.getvalue()


def rows() -> list[tuple[object, ...]]:
    """Return what positions say, with the words that they rest on."""
    positions = Position.objects.select_related("actor", "issue", "stance")
    return [
        (one.actor.name, one.issue.title, one.stance.label, one.stance.value, one.said,
         [passage.exact for passage in one.evidence.all()])
        for one in positions.order_by("said", "actor__name")
    ]  # fmt: skip


def test_a_table_comes_in_as_its_headings_say_in_other_words_and_letters(tmp_path):
    said = load(tmp_path / "table.csv", GERMAN.encode("cp1252"))
    for line in (
        "--option encoding=cp1252",
        "--option delimiter=;",
        "--option column-passage=Zitat",
        "--option column-published=Datum",
        "--option column-speaker=-",
        "1  codings without an issue, such as: line 5",
        "2  other columns (kept as lines of notes), such as: Seite",
        "New actors (at-desk): Rußland, Die Türkei.",
        "line 2: Rußland on “Waffenruhe”: dafür, “Wir stehen zur Waffenruhe; ganz.”",
    ):
        assert line in said, line
    assert rows() == [
        ("Die Türkei", "Waffenruhe", "dagegen", -1, "../2017-01-24", ["Noch nicht."]),
        ("Rußland", "Waffenruhe", "dafür", 1, "../2017-01-24",
         ["Wir stehen zur Waffenruhe; ganz."]),
        ("Rußland", "Verfassung", "offen", None, "../2017-01-25", []),
    ]  # fmt: skip
    assert Position.objects.get(actor__name="Die Türkei").note == "Seite: 4"
    assert Evidence.objects.first().rendition.article.title == "Gespräche"
    assert "nothing changed" in load(tmp_path / "table.csv", GERMAN.encode("cp1252"))


def test_what_a_table_names_is_what_the_dossier_has_and_the_rest_are_proposals(
    tmp_path, an_actor, a_rendition, a_position
):
    """The columns have headings that say nothing: what they are is told by what is in them."""
    text = a_rendition("Russia said much. We back it now. Nobody answered.", kind="full")
    a_position(key="p001", rendition=text, quote="Russia said much")
    an_actor().names.create(language="de", name="Rußland")
    article = text.article
    article.url = "https://paper.example/a"
    article.save()
    book = Workbook()
    book.active.append(["A", "B", "C", "D", "E", "Who spoke"])
    for actor, issue, stance, words in (
        ("russia", "Cease fire", "supports", "We back it now."),
        ("Rußland", "cease-fire", "opposes", "Nobody answered, and nobody was asked to do so."),
        ("Ghana", "Cease fire", "Waits", ""),
        ("Russia", "A new tax", "no", ""),
    ):
        book.active.append([actor, issue, stance, words, "https://www.paper.example/a/", "Ann"])
    file = io.BytesIO()
    book.save(file)
    said = load(tmp_path / "t.xlsx", file.getvalue(), "stance=C", "speaker=Who spoke", dry_run=True)
    assert "--option sheet=Sheet" in said
    assert "--option column-url=E" in said
    assert "New actors (proposed): Ann, Ghana." in said
    assert Actor.objects.count() == 1

    load(tmp_path / "t.xlsx", file.getvalue(), "stance=C", "speaker=Who spoke")
    assert Article.objects.count() == 1
    new = Position.objects.exclude(key="p001")
    assert {(one.actor.slug, one.issue.slug, one.stance.slug, one.status) for one in new} == {
        ("russia", "cease-fire", "supports", "draft"),
        ("russia", "cease-fire", "opposes", "draft"),
        ("ghana", "cease-fire", "waits", "draft"),
        ("russia", "a-new-tax", "no", "draft"),
    }
    placed = Evidence.objects.exclude(position__key="p001").order_by("-exact")
    assert [(one.exact, one.start, one.health) for one in placed] == [
        ("We back it now.", 18, "intact"),
        ("Nobody answered, and nobody was asked to do so.", None, "lost"),
    ]
    assert {
        (one.name, one.proposed, one.public) for one in Actor.objects.exclude(slug="russia")
    } == {
        ("Ghana", True, False),
        ("Ann", True, False),
    }
    tax = Issue.objects.get(slug="a-new-tax")
    assert (tax.proposed, tax.stances.get().proposed, tax.stances.get().value) == (True, False, -1)
    assert Stance.objects.get(label="Waits").proposed


def test_formulas_whose_result_is_not_stored_are_counted(tmp_path):
    """A program that calculates nothing stores none; an empty text is a result."""
    book = Workbook()
    for row in (
        ("actor", "issue", "stance", "date", "note"),
        ("Russia", "Truce", "for", "2017-01-24", '=A2&" said"'),
        ("Iran", "Truce", "for", "2017-01-24", '=""'),
        ("Iran", "Truce", "against", "2017-01-25", "plain"),
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    stored = io.BytesIO()
    with ZipFile(file) as given, ZipFile(stored, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            empty = b'<c r="E3" t="str"><f>""</f><v></v></c>'
            content = re.sub(rb'<c r="E3".*?</c>', empty, given.read(name))
            made.writestr(name, content)
    said = load(tmp_path / "t.xlsx", stored.getvalue(), dry_run=True)
    assert "1  formulas without a stored result (their cells are empty), such as: E2" in said


def test_a_table_is_read_as_the_one_before_it_where_it_has_the_same_headings(tmp_path):
    table = "Wen,What,Answer,When,Comment\na,b,c,03/04/2017,x\n"
    chosen = ["actor=Wen", "issue=What", "stance=Answer", "said=When", "note=-"]
    load(tmp_path / "a.csv", table, *chosen, option=["days=day-first"], dry_run=True)
    with pytest.raises(CommandError, match=r"option column-actor: No column says whose position"):
        load(tmp_path / "a.csv", table)
    load(tmp_path / "a.csv", table, *chosen, option=["days=day-first"])
    said = load(tmp_path / "b.csv", "What,Wen,Comment,Answer,Stance,When\nb,z,n,c,d,05/04/2017\n")
    assert "--option column-stance=Answer" in said
    assert Position.objects.get(actor__name="z").said == "2017-04-05"
    # What was chosen is chosen for the next one too, and what is chosen now counts more.
    assert Position.objects.get(actor__name="z").note == "Comment: n\nStance: d"
    # A column that nobody left out is proposed where it comes.
    chosen = ["stance=Stance", "voice=-"]
    load(tmp_path / "c.csv", "What,Wen,Stance,When\nb,y,d,2017-01-01\n", *chosen)
    said = load(tmp_path / "d.csv", "What,Wen,Stance,When,Voice\nb,x,d,2017,act\n")
    assert "--option column-voice=Voice" in said
    assert "--option column-stance=Stance" in said
    assert Position.objects.get(actor__name="y").stance.label == "d"
    assert Position.objects.get(actor__name="y").actor.proposed


def test_a_table_that_is_none_is_refused_with_its_place_and_nothing_is_loaded(tmp_path):
    heads = "actor,issue,stance,date,title\n"
    with pytest.raises(CommandError, match=r"This is a folder, and this format needs a file\."):
        call_command("import_from", "csv", str(tmp_path), dossier="talks")
    book = io.BytesIO()
    Workbook().save(book)
    whole = book.getvalue()

    def a_part(content: bytes) -> bytes:
        file = io.BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", content)
        return file.getvalue()

    expected = {
        "line 3: There are 4 cells for 3 columns": "sep=;\r\nactor;issue;stance\na;b;c;d\n",
        "line 3: There are 6 cells for 5 columns": f"{heads}a,b,c,2017-01-01,t\na,b,c,d,e,f\n",
        "line 2: This is not CSV": f'{heads}a,"b"c,d\n',
        "line 1: The heading “Actor” occurs twice": "actor,Actor,issue\na,b,c\n",
        "line 1: There are no rows below the headings": heads,
        "option column-stance: No column says what the answer is. Choose one of: actor, issue": (
            "actor,issue,date\na,b,2017-01-01\n"
        ),
        "line 2, date: “03/04/2017” can be two days": f"{heads}a,b,c,03/04/2017,t\n",
        "line 2: There is a NUL character": f"{heads}a,b\0,c,d,e\n",
        "line 1: There are more than 200 columns": "a," * 200 + "b\n",
        "line 3: It has the key of line 2, and another actor": (
            "key,actor,issue,stance,said\nk,a,b,c,2017\nk,z,b,c,2017\n"
        ),
        "beginning: This is a workbook in an old format": b"\xd0\xcf\x11\xe0" * 9,
        "beginning: It is damaged, or not a workbook": whole[: len(whole) // 2],
        "line 1: There are no rows": whole,
        "beginning: It unpacks to too much": a_part(b" " * 1_000_000),
        "beginning: It is damaged": a_part(
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"
        ),
        "beginning: It is larger than 30,000,000 bytes": b"a,b\n" * 7_500_001,
        "line 100002: There are more than 100,000 rows": heads + "a\n" * 100_001,
    }
    found = {}
    for message, content in expected.items():
        with pytest.raises(CommandError) as refused:
            load(tmp_path / "table", content)
        found[message] = str(refused.value)
    assert {one: said for one, said in found.items() if f"table, {one}" not in said} == {}
    for option, message in (
        ("encoding=ascii", "table, line 2: This is not ascii. Choose another encoding."),
        ("encoding=klingon", "option encoding: It is unknown"),
        ("delimiter=x", r"option delimiter: Choose one of: , ; \| tab"),
        ("unknown=all", "option unknown: Choose one of: proposed, at-desk, public"),
        (
            "column-actor=Who",
            "option column-actor: “Who” is not a heading. The headings are: actor, issue",
        ),
    ):
        with pytest.raises(CommandError, match=message):
            load(tmp_path / "table", f"{heads}ä,b,c,2017-01-01,t\n", option=[option])
    assert not Dossier.objects.exists()


def test_a_list_out_of_astana_is_refused_for_the_zip_of_its_dossier_unless_a_column_is_chosen(
    tmp_path, client, a_rendition, a_position
):
    text = a_rendition("Russia said much. We back it now.", kind="full")
    a_position(key="first", rendition=text, quote="We back it now", status="published")
    answer = client.get("/dossiers/talks/positions.csv")
    content, file = b"".join(answer.streaming_content), tmp_path / "positions.csv"
    for slug in ("talks", "other"):
        with pytest.raises(CommandError, match=r"The zip of the dossier has everything"):
            load(file, content, dossier=slug)
    assert not Dossier.objects.filter(slug="other").exists()
    said = load(file, content, "note=-", dossier="other")
    assert "line 2: Russia on “Cease fire”: Supports, “We back it now”" in said


def test_a_second_day_of_publication_of_an_article_is_counted(tmp_path):
    table = (
        "actor,issue,stance,published,url\n"
        "Ghana,Tax,yes,2017-01-24,https://paper.example/a\n"
        "Ghana,Truce,yes,2017-01-30,https://paper.example/a\n"
        "Ghana,Aid,yes,2017-01-24,https://paper.example/a\n"
    )
    said = load(tmp_path / "table.csv", table.encode())
    lost = (
        "1  days of publication that are not those of their articles, such as: line 3: 2017-01-30"
    )
    assert lost in said
    assert set(Position.objects.values_list("said", flat=True)) == {"../2017-01-24"}


def test_what_rows_of_one_article_say_otherwise_and_what_is_no_address_is_counted(tmp_path):
    table = (
        "actor,issue,stance,published,url,source,article\n"
        "Ghana,Tax,yes,2017-01-24,https://paper.example/a,Paper,Title\n"
        "Ghana,Truce,yes,2017-01-24,https://paper.example/a,Gazette,Title\n"
        "Ghana,Aid,yes,2017-01-24,https://paper.example/a,,\n"
        "Ghana,Debt,yes,2017-01-24,paper.example/b,Paper,Other\n"
    )
    said = load(tmp_path / "table.csv", table.encode())
    assert "1  details of articles that are not those of an earlier row, such as: line 3" in said
    assert "1  addresses that do not begin with http:// or https://" in said
    assert "such as: line 5: paper.example/b" in said
    assert Source.objects.get(slug="paper").articles.count() == 2
