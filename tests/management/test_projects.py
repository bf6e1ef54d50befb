"""Projects of REFI-QDA in and out by command, as an operator meets them."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pyrefiqda import RefiProject

from astana.evidence.anchor import passage_of
from astana.exchange.dump import dump
from astana.models import Actor, Article, Assignment, Dossier, Evidence, Position, Rendition, Stance
from tests.a_worst_text import WORST, a_worst_text
from tests.management.projects_of_others import a_selection, a_text, guid, others

pytestmark = pytest.mark.django_db

TABLES = (
    *("sources", "actors", "actor_names", "issues", "stances"),
    *("articles", "renditions", "positions", "evidence"),
)


def run(command: str, *arguments: object, **options: object) -> str:
    """Return what a command says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))


@pytest.fixture
def a_project(tmp_path, a_dossier, an_actor, a_source, a_rendition, a_position) -> Path:
    """Return a project of a dossier of two articles with texts, written by ourselves."""
    a_dossier(description="Who says what?\nAnd when?")
    a_source(kind="agency", country="RU", homepage="https://a.example/")
    an_actor("lavrov", name="Сергей Лавров", kind="person", description="Minister.\nOr not.")
    an_actor("ministry", kind="organization", part_of=an_actor("delegation", kind="organization"))
    an_actor().names.create(language="ar", name="روسيا")
    worst = a_worst_text(a_rendition)
    position = a_position(
        key="p001",
        rendition=worst,
        quote="we back it 😀 now",
        speaker=an_actor("lavrov"),
        condition="If others do:\nall of them.",
        note="Said twice.",
        held="2016",
        foreign_id="dna:17",
        suggested_by="a rule",
        suggestion="changed",
    )
    place = {"start": WORST.index("Nobody"), "end": WORST.index("Nobody") + 6, "exact": "Nobody"}
    disputing = {"role": "disputes", "paragraph": 2}
    Evidence.objects.create(position=position, rendition=worst, number=2, **disputing, **place)
    # Two say something in the same words.
    for key, actor in (("p002", "ministry"), ("p003", "lavrov")):
        a_position(key=key, actor=actor, stance="opposes", rendition=worst, quote="They met.")
    plain = a_rendition("The ministry said neither.", kind="synopsis", version=2)
    a_position(key="p004", actor="ministry", stance="declines", rendition=plain, quote="neither")
    a_rendition("Nothing was said.", article="second")
    for one in Evidence.objects.select_related("rendition"):
        found = passage_of(one.rendition.text, one.start, one.end)
        Evidence.objects.filter(pk=one.pk).update(prefix=found.prefix, suffix=found.suffix)
    path = tmp_path / "talks.qdpx"
    run("export_to", "qdpx", "talks", path)
    return path


def changed(path: Path, name: str, change: Callable[[str], str]) -> Path:
    """Change the XML of a project as another program might, and return it under another name."""
    new = path.with_name(name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as archive:
        for one in old.namelist():
            content = old.read(one)
            is_xml = one == "project.qde"
            archive.writestr(one, change(content.decode()) if is_xml else content)
    return new


def test_a_dossier_comes_back_from_a_project_and_another_reader_reads_it(a_project, tmp_path):
    read = RefiProject.load(a_project, extract_dir=str(tmp_path / "read"))
    text = read.sources.text_source[0]
    words = RefiProject.resolve_source_path(text.plain_text_path, tmp_path / "read").read_bytes()
    assert words.decode() == WORST
    selections = {
        one.name: (len(one.coding), WORST[one.start_position : one.end_position])
        for one in text.plain_text_selection
    }
    assert selections["we back it 😀 now"] == (3, "we back it 😀 now")
    assert selections["Nobody"] == (4, "Nobody")
    published = {one.variable_ref.target_guid: one for one in text.variable_value}
    assert any(str(one.date_value) == "2017-01-25" for one in published.values())

    before = dump("talks")
    said = run("import_from", "qdpx", a_project, dossier="copy")
    assert "Dossier copy was created." in said
    assert "Nothing is lost." in said
    copy = Dossier.objects.get(slug="copy")
    assert (copy.title, copy.description) == ("Talks", "Who says what?\nAnd when?")
    after = dump("copy")
    for table in TABLES:
        expected = rows(before, table)
        if table == "positions":
            expected = [row | {"status": "draft"} for row in expected]
        assert rows(after, table) == expected, table
    # What is there is found again, and what the file does not know of it stays.
    for slug in ("copy", "talks"):
        assert "nothing changed" in run("import_from", "qdpx", a_project, dossier=slug)
    assert dump("talks") == before


def test_a_voice_that_is_changed_in_a_project_of_ours_comes_back(a_project, tmp_path):
    """Descriptions still say who attributes, and cannot say so of what was not attributed."""
    turkey = Actor.objects.exclude(slug__in=("ministry", "lavrov")).first()
    Position.objects.filter(key="p002").update(voice="attributed", attributed_by=turkey)
    path = tmp_path / "attributed.qdpx"
    run("export_to", "qdpx", "talks", path)

    def voices(name: str, old: str, new: str) -> tuple[list[tuple[str, bool]], str]:
        def change(xml: str) -> str:
            guids = [re.search(f'guid="([^"]*)" name="{one}"', xml)[1] for one in (old, new)]
            before, after = (f'targetGUID="{guid}"' for guid in guids)
            assert before in xml
            return xml.replace(before, after)

        said = run("import_from", "qdpx", changed(path, f"{name}.qdpx", change), dossier=name)
        found = Position.objects.filter(dossier__slug=name).order_by("key")
        return [(one.voice, one.attributed_by is not None) for one in found], said

    found, said = voices("plain", "Attributed", "Direct quote")
    reported = ("reported-speech", False)
    assert found == [reported, ("direct-quote", False), reported, reported]
    found, said = voices("told", "Reported speech", "Attributed")
    characterised = ("characterised", False)
    assert found == [characterised, ("attributed", True), characterised, characterised]
    assert "3  voices “attributed” without an attributing actor (now “characterised”)" in said


def test_what_is_coded_further_in_a_project_of_ours_comes_back(a_project):
    """Another program gives a passage a further actor, and keeps what it does not know."""

    def change(xml: str) -> str:
        russia = re.search('guid="([^"]*)" name="Russia"', xml)[1]
        start = xml.index('name="neither"')
        ref = f'<CodeRef targetGUID="{{{russia.lower()}}}"/>'
        coding = f'<Coding guid="{guid(1)}">{ref}'
        end = xml.index("</PlainTextSelection>", start)
        return f"{xml[:end]}{coding}</Coding>{xml[end:]}".replace("xmlns=", "xmlns:x=")

    before = rows(dump("talks"), "positions")
    run("import_from", "qdpx", changed(a_project, "more.qdpx", change), dossier="talks")
    after = rows(dump("talks"), "positions")
    (new,) = [row for row in after if row not in before]
    assert len(after) == len(before) + 1
    told = ("actor", "stance", "summary", "status", "voice")
    assert [new[name] for name in told] == [
        "russia",
        "declines",
        "Russia on “Cease fire”: Declines.",
        "draft",
        "reported-speech",
    ]


def test_a_project_of_others_comes_in_as_drafts_wherever_its_places_are_counted_from(tmp_path):
    words = "One.\r\nAna wants 😀 a tax.\r\nBen wants none.\r\n"
    ana, ben = "Ana wants 😀 a tax.", "Ben wants none."
    one, two = words.index(ana), words.index(ben)
    note = f'<NoteRef targetGUID="{guid(70)}"/>'
    sources = [
        # Line ends as one, and the actor over half of what is said.
        a_text(
            100,
            "On 2020-04-30",
            f"internal://{guid(100)}.txt",
            a_selection(101, one - 1, one - 1 + len(ana), 11, name="Ana wants…"),
            a_selection(102, one - 1, one + 9, 2, name="Ana wants"),
            a_selection(103, two - 2, two - 2 + len(ben), 3, 13, 20, name=ben),
            day="",
        ),
        # UTF-16 units after a byte order mark, and one actor of the whole.
        a_text(
            110,
            "Speech",
            "internal://Sources/board.txt",
            a_selection(111, one + 1, one + 2 + len(ana), 11, name=ana, more=note),
            a_selection(112, two + 2, two + 2 + len(ben), 12, name=ben[:9]),
            a_selection(113, 0, 4, name="One."),
        ),
        a_text(120, "Empty", "blank.txt", a_selection(121, 0, 1, 2, 11)),
        a_text(130, "Far", "absolute:///etc/passwd").replace(
            "<TextSource", '<TextSource richTextPath="far.docx" creationDateTime="2020-05-01"'
        ),
        f'<PictureSource guid="{guid(140)}" name="Photo"/>',
    ]
    case = f'<Case guid="{guid(80)}" name="ana"><SourceRef targetGUID="{guid(110)}"/></Case>'
    memo = "<PlainTextContent>Look again.</PlainTextContent>"
    path = others(
        tmp_path / "study.qdpx",
        *sources,
        texts={
            f"Sources/{guid(100).upper()}.TXT": words.encode(),
            "sources/board.txt": b"\xef\xbb\xbf" + words.encode(),
            "sources/blank.txt": b"\r\n",
        },
        cases=f"<Cases>{case}</Cases>",
        notes=f'<Notes><Note guid="{guid(70)}" name="Memo">{memo}</Note></Notes>',
    )
    said = run("import_from", "qdpx", path)
    for expected in (
        "On 2020-04-30: places are counted with the two characters of a line end as one.",
        "Speech: places are counted as they stand, in UTF-16 units, and the byte order mark.",
        "passages with an issue but no stance, such as: Speech, Ben wants",
        "passages without a code, such as: Speech, One.",
        "codings with codes other than actors, issues and stances, such as: Mood",
        "sources without text, such as: Empty",
        "passages of lost sources, such as: Empty",
        "texts outside the file, such as: absolute:///etc/passwd",
        "pictures, audio and video, such as: Photo",
        "1  rich text (its words are kept), such as: Far",
        "1  times of creation and change, such as: Far",
        "1  colours, such as: Mood",
    ):
        assert expected in said
    dossier = Dossier.objects.get()
    assert (dossier.slug, dossier.title) == ("study", "Study")
    found = {
        (one.rendition.article.title, one.exact, one.position.actor.name, one.position.stance.label)
        for one in Evidence.objects.all()
    }
    assert found == {
        ("On 2020-04-30", ana, "Ana", "States it"),
        ("On 2020-04-30", ben, "Ben", "More"),
        ("Speech", ana, "Ana", "States it"),
    }
    position = Position.objects.get(evidence__rendition__article__title="Speech")
    assert (position.note, position.said, position.status, position.voice) == (
        "Look again.",
        "../2020-05-01",
        "draft",
        "direct-quote",
    )
    assert set(Stance.objects.values_list("issue__slug", "label", "value")) == {
        ("tax", "States it", None),
        ("wind", "More", None),
    }
    assert set(Actor.objects.values_list("name", "kind")) == {("Ana", "person"), ("Ben", "person")}
    crossed = Article.objects.get(title="On 2020-04-30")
    assert (crossed.renditions.get().text, str(crossed.published)) == (words, "2020-04-30")
    assert "nothing changed" in run("import_from", "qdpx", path)
    # What is called otherwise in the tool now is the same here.
    renamed = changed(path, "renamed.qdpx", lambda xml: xml.replace('name="Ana"', 'name="Anna"'))
    run("import_from", "qdpx", renamed, dossier="study")
    assert dict(Actor.objects.values_list("slug", "name")) == {"ana": "Anna", "ben": "Ben"}
    assert Position.objects.count() == 3


def test_coders_of_a_project_are_pseudonyms_and_several_of_them_a_round(tmp_path):
    def by_another(*codes: int) -> str:
        return "".join(
            f'<Coding guid="{guid(800 + code)}" creatingUser="{guid(51)}">'
            f'<CodeRef targetGUID="{guid(code)}"/></Coding>'
            for code in codes
        )

    selections = [
        a_selection(101, 0, 4, 2, 13, more=by_another(2, 13)),
        a_selection(102, 5, 9, 3, 13, more=by_another(2)),
    ]
    text = a_text(100, "A", "a.txt", *selections)
    path = others(tmp_path / "study.qdpx", text, texts={"sources/a.txt": b"One. Two."})
    said = run("import_from", "qdpx", path)
    assert "Articles that several coders coded: 1. Choose independent=yes" in said
    another = f"Coder {guid(51)[:8]}"
    told = ("pseudonym__name", "actor__name", "status", "evidence__exact")
    assert sorted(Position.objects.values_list(*told)) == [
        ("Cem", "Ana", "draft", "Two."),
        ("Cem", "Ben", "draft", "Two."),
        (another, "Ana", "draft", "One."),
    ]
    run("import_from", "qdpx", path, dossier="round", option=["independent=yes"])
    positions = Position.objects.filter(dossier__slug="round")
    assert sorted(positions.values_list(*told)) == [
        ("Cem", "Ana", "submitted", "One."),
        ("Cem", "Ben", "submitted", "Two."),
        (another, "Ana", "submitted", "One."),
    ]
    assert Assignment.objects.filter(dossier__slug="round", is_independent=True).count() == 2

    # What goes out says who coded.
    back = tmp_path / "back.qdpx"
    Rendition.objects.update(rights="public")
    assert "rows of assignments.csv" in run("export_to", "qdpx", "round", back)
    run("import_from", "qdpx", back, dossier="back")
    again = Position.objects.filter(dossier__slug="back")
    assert sorted(again.values_list("pseudonym__name", "key")) == sorted(
        positions.values_list("pseudonym__name", "key")
    )


def test_a_project_that_is_none_is_refused_with_its_place(a_project, tmp_path):
    def refusal(path: Path) -> str:
        with pytest.raises(CommandError) as refused:
            run("import_from", "qdpx", path, dossier="bad")
        assert "Nothing was loaded." in str(refused.value)
        return str(refused.value)

    def with_text(*parts: str, day: str = "2020-05-01", **more: str) -> Path:
        source = a_text(100, "A", more.pop("path", "a.txt"), *parts, day=day)
        texts = {more.pop("file", "sources/a.txt"): more.pop("words", "Wörter. 😀").encode()}
        return others(tmp_path / "bad.qdpx", source, texts=texts, **more)

    whole = a_project.read_bytes()
    bad = tmp_path / "bad.qdpx"
    many = f'<Code guid="{guid(299)}" name="People">' + "".join(
        f'<Code guid="{guid(number)}" name="A"/>' for number in range(300, 500)
    )
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    expected: dict[str, Callable[[], object]] = {
        "bad.qdpx, beginning: This is neither a folder nor a zip": lambda: bad.write_bytes(
            b"SQLite format 3\0" * 9
        ),
        "bad.qdpx, beginning: This is neither a folder nor": lambda: bad.write_bytes(whole[:3_000]),
        "bad.qdpx, project.qde: It is version 2.0": lambda: changed(
            a_project, "bad.qdpx", lambda xml: xml.replace("project:1.0", "project:2.0")
        ),
        "bad.qdpx, zip: There is no file that ends in .qde": lambda: bad.write_bytes(
            b"PK\5\6" + b"\0" * 18
        ),
        "project.qde: It declares a document type": lambda: with_text(start=bomb),
        "line 1, PlainTextSelection “b”: It runs from 3 to 99; the text of “A” has 9": lambda: (
            with_text(a_selection(101, 3, 99, 11, name="b"))
        ),
        "PlainTextSelection: It runs from 3 to 2": lambda: with_text(a_selection(101, 3, 2)),
        "PlainTextSelection: endPosition is “-1”, which is not a place": lambda: with_text(
            a_selection(101, 3, -1)
        ),
        f"Its GUID {guid(101)} is also that of line 1": lambda: with_text(
            a_selection(101, 0, 1, 11), a_selection(101, 2, 3, 11)
        ),
        "PlainTextSelection: It stands for 201 positions": lambda: with_text(
            a_selection(101, 0, 1, 2, 13, *range(300, 500)), codes=f"{many}</Code>"
        ),
        f"CodeRef: There is no code {guid(44)}": lambda: with_text(a_selection(101, 0, 1, 44)),
        "TextSource “A”: a.txt is not in the zip": lambda: with_text(file="b.txt"),
        "../a.txt: Its path leads out of the zip": lambda: with_text(file="../a.txt"),
        "sources/a.txt: It unpacks to more than 200 times its size": lambda: _packed(
            bad, 2_000_000
        ),
        "TextSource “A”: a.txt contains a NUL": lambda: with_text(words="One.\0"),
        "option published: Texts without a day": lambda: with_text(day=""),
    }
    found = {}
    for message, write in expected.items():
        write()
        found[message] = refusal(bad)
    assert {message: said for message, said in found.items() if message not in said} == {}
    assert not Dossier.objects.filter(slug="bad").exists()
    # Names of files are never places on this machine.
    with_text(path="internal://../../../etc/passwd")
    assert "../../../etc/passwd is not in the zip" in refusal(bad)
    with_text(day="", words="Words.")
    run("import_from", "qdpx", bad, dossier="bad", option=["published=2020-05-01"])
    assert Article.objects.filter(dossier__slug="bad", published="2020-05-01").exists()


def _packed(path: Path, size: int) -> None:
    source = a_text(100, "A", "a.txt")
    others(path, source, texts={})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sources/a.txt", b"a" * size)
