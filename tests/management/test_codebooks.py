"""Codebooks of other tools in and out by command, as an operator meets them."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pyrefiqda import RefiCodebook

from astana.exchange.dump import dump
from astana.models import Actor, Dossier, Issue, Stance

pytestmark = pytest.mark.django_db

CODES = ("actors", "actor_names", "issues", "stances")


def run(command: str, *arguments: object, **options: object) -> str:
    """Return what a command says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def guid(number: int) -> str:
    return f"{{00000000-0000-4000-8000-{number:012X}}}"


def a_codebook(codes: str, *, namespace: str = "") -> str:
    """Return a codebook as other programs write them: this one without a namespace."""
    return f'<?xml version="1.0"?>\n<CodeBook{namespace}>\n<Codes>{codes}</Codes>\n</CodeBook>'


def a_code(number: int, name: str, *below: str, told: str = "") -> str:
    told = f"<Description>{told}</Description>" if told else ""
    start = f'\n<Code guid="{guid(number)}" name="{name}" isCodable="true" color="#ff0000">'
    return f"{start}{told}{''.join(below)}</Code>"


def test_a_codebook_comes_back_from_refi_qda_and_another_reader_reads_it(
    tmp_path, an_actor, an_issue
):
    an_actor("lavrov", name="Сергей Лавров 😀", kind="person", part_of=an_actor("ministry"))
    an_actor().names.create(language="ar", name="روسيا")
    issue = an_issue(
        description="\nA first line.\r\n\r\nA third: with a colon. [Astana]\n",
        examples="one\n  two\n\nthree",
        group="War & <peace>",
        scale="ordered",
    )
    issue.stances.filter(slug="neither").update(
        label="Neither 😀", description="No side.", value="0.25"
    )
    an_issue("borders", kind="fact", scale="yes-no").stances.all().delete()
    path = tmp_path / "talks.qdc"
    said = run("export_to", "qdc", "talks", path)
    assert "Nothing is lost." in said

    read = RefiCodebook.load(path)
    issues, actors, _voices = read.codes.code
    assert [one.name for one in issues.code] == ["Borders", "Cease fire"]
    assert [one.name for one in issues.code[1].code][1] == "Neither 😀"
    assert [one.name for one in actors.code] == ["Ministry", "Russia"]

    said = run("import_from", "qdc", path, dossier="copy")
    assert "--option actors=Actor" in said
    before, after = dump("talks"), dump("copy")
    for table in CODES:
        assert after[f"{table}.csv"].decode() == before[f"{table}.csv"].decode(), table
    assert "nothing changed" in run("import_from", "qdc", path, dossier="talks")


def test_a_codebook_of_others_comes_in_under_the_branches_that_are_proposed_or_chosen(tmp_path):
    path = tmp_path / "others.qdc"
    actors = a_code(1, "Political parties", a_code(2, "Greens", a_code(3, "Youth")))
    issues = a_code(
        10,
        "Themes",
        a_code(11, "Energy", a_code(12, "Wind 😀", told="Should there be more of it?\nMills.")),
        a_code(13, "Tax"),
    )
    sides = a_code(20, "Evaluation", a_code(21, "Pro"), a_code(22, "Contra"))
    # As NVivo for Mac calls the first version.
    path.write_text(
        a_codebook(actors + issues + sides, namespace=' xmlns="urn:QDA-XML:codebook:1:0"')
    )
    said = run("import_from", "qdc", path)
    for option in ("actors=Political parties", "issues=Themes", "stances=Evaluation", "voices=-"):
        assert f"--option {option}" in said
    found = {one.slug: (one.title, one.group, one.question) for one in Issue.objects.all()}
    assert found == {
        "wind": ("Wind 😀", "Energy", "Should there be more of it?"),
        "tax": ("Tax", "", "What is said about “Tax”?"),
    }
    assert set(Stance.objects.values_list("issue__slug", "slug", "value")) == {
        (issue, *stance) for issue in found for stance in (("pro", 1), ("contra", -1))
    }
    youth = Actor.objects.get(slug="youth")
    assert (youth.part_of.slug, youth.kind) == ("greens", "party")

    # Codes below issues are stances, unless it is said otherwise.
    run("import_from", "qdc", path, dossier="below", option=["stances=below", "actors=-"])
    stances = Stance.objects.filter(issue__dossier__slug="below")
    assert set(stances.values_list("issue__slug", "slug", "value")) == {
        ("energy", "wind", None),
    }
    with pytest.raises(
        CommandError, match=r"option issues: “Energy” is not a top code\. .* Themes"
    ):
        run("import_from", "qdc", path, option=["issues=Energy"])

    # Programs without trees have sets.
    flat = [a_code(number, name) for number, name in enumerate(("Ana", "Tax", "Yes", "No"), 1)]
    members = [[1], [3, 4], [2]]
    sets = "".join(
        f'<Set guid="{guid(40 + number)}" name="{name}">'
        + "".join(f'<MemberCode guid="{guid(one)}"/>' for one in of_set)
        + "</Set>"
        for number, (name, of_set) in enumerate(
            zip(("Speakers", "Answers", "Later"), members, strict=True)
        )
    )
    path.write_text(a_codebook("".join(flat)).replace("</Codes>", f"</Codes><Sets>{sets}</Sets>"))
    said = run("import_from", "qdc", path, dossier="sets")
    assert "sets, such as: Later" in said
    assert Actor.objects.get(dossier__slug="sets").name == "Ana"
    stances = Stance.objects.filter(issue__dossier__slug="sets")
    assert set(stances.values_list("issue__slug", "slug", "value")) == {
        ("tax", "yes", 1),
        ("tax", "no", -1),
    }


def a_table(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def test_tags_of_taguette_come_in_as_issues_with_their_stances(tmp_path):
    path = tmp_path / "tags.csv"
    rows = (
        ("tag", "description", "number of highlights", "colour"),
        ("Truce.for", "They back it,\r\nall of it.", "3", ""),
        ("Truce", "What of the truce?", "0", "red"),
        ("Truce.against", "", "1", ""),
        ("U.S. aid +", "", "1", ""),
        ("Speakers.السفير", "", "1", ""),
        ("", "", "", ""),
    )
    path.write_bytes(a_table(*rows))
    said = run("import_from", "taguette", path)
    assert "column colour, such as: red" in said
    assert dict(Issue.objects.values_list("slug", "question")) == {
        "truce": "What of the truce?",
        "u-s-aid": "What is said about “U.S. aid +”?",
    }
    assert set(Stance.objects.values_list("issue__slug", "label")) == {
        ("truce", "for"),
        ("truce", "against"),
    }
    assert Stance.objects.get(slug="for").description == "They back it,\nall of it."
    assert dict(Actor.objects.values_list("slug", "name")) == {"actor-1": "السفير"}
    # The same in columns, and with signs.
    path.write_bytes(
        a_table(("name", "parent"), ("Aid +", "Money"), ("Money", ""), ("Aid -", "Money"))
    )
    said = run("import_from", "taguette", path, dossier="signs")
    assert "--option stances=signs" in said
    stances = Stance.objects.filter(issue__dossier__slug="signs")
    assert set(stances.values_list("issue__title", "issue__group", "slug", "value")) == {
        ("Aid", "Money", "for", 1),
        ("Aid", "Money", "against", -1),
    }


def test_a_codebook_that_is_none_is_refused_with_its_place(tmp_path: Path):
    def refusal(form: str, content: bytes) -> str:
        path = tmp_path / "bad.file"
        path.write_bytes(content)
        with pytest.raises(CommandError) as refused:
            run("import_from", form, path, dossier="bad")
        assert "Nothing was loaded." in str(refused.value)
        return str(refused.value)

    whole = a_codebook(a_code(1, "One"), namespace=' xmlns="urn:QDA-XML:codebook:1.0"')
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}]>'
    expected = {
        "bad.file, XML, line 1: This is not XML": ("qdc", b"PK\3\4 and no more"),
        "bad.file, XML, line 4: This is not XML": ("qdc", whole.encode()[:100]),
        "XML: It contains <Project> and not <CodeBook>": ("qdc", b"<Project/>"),
        "XML: It is version 2.0; only version 1 can be read": (
            "qdc",
            whole.replace(":1.0", ":2.0").encode(),
        ),
        "XML: It declares a document type": (
            "qdc",
            whole.replace("<CodeBook", f"{bomb}<CodeBook").replace("One", "&e9;").encode("utf-16"),
        ),
        "XML: This is not UTF-8": ("qdc", whole.replace("One", "Ü").encode("latin-1")),
        "XML: It is written in latin1": (
            "qdc",
            whole.replace('"1.0"?', '"1.0" encoding="latin1"?').encode(),
        ),
        f"line 5, Code “Two”: Its GUID {guid(1)[1:-1]} is also that of line 4": (
            "qdc",
            a_codebook(a_code(1, "One") + a_code(1, "Two"))
            .replace("><Codes", ">\n<Codes")
            .encode(),
        ),
        "Code “One”: “soon” is not a GUID": ("qdc", whole.replace(guid(1), "soon").encode()),
        "Code: The code has no name": ("qdc", whole.replace("One", "").encode()),
        "CodeBook: It contains no codes": ("qdc", a_codebook("").encode()),
        "XML, line 3: This is not XML: Excessive depth": (
            "qdc",
            a_codebook("<Code>" * 5_000).encode(),
        ),
        "bad.file, line 1: No column is called tag, path or name": ("taguette", b"a,b\n1,2\n"),
        "line 1: The columns tag and name both name tags": ("taguette", b"tag,name\n1,2\n"),
        "line 3: This is not UTF-8": ("taguette", b"tag\nA\n\xff\n"),
        "line 4: The tag is also that of line 2": ("taguette", b"tag\nA\nB\na\n"),
        "line 3: The tag has no name": ("taguette", b"tag,description\nA,\n,b\n"),
        "line 2: It has more cells than": ("taguette", b"tag\nA,b\n"),
        "line 2, parent: It is below itself": ("taguette", b"tag,parent\nA,B\nB,A\n"),
    }
    found = {message: refusal(*file) for message, file in expected.items()}
    assert {message: said for message, said in found.items() if message not in said} == {}
    assert not Dossier.objects.exists()
