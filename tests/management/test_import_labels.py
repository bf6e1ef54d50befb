"""Labelled texts of other tools, as an operator brings them in."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.models import Dossier, Evidence, Position, Rendition

pytestmark = pytest.mark.django_db

# A leading line break, lines that end in two signs, signs of two units, Arabic.
TEXT = "\n😀 Russia said 😀:\r\nwe back it. قالت تركيا: لا."
ABOUT = {"title": "The talks", "source": "Gazette", "date": "2017-01-25", "language": "en"}


def load(name: str, path: Path, *chosen: str, **options: object) -> str:
    """Return what the command says."""
    out = io.StringIO()
    call_command("import_from", name, str(path), option=chosen, stdout=out, **options)
    return out.getvalue()


def at(words: str) -> tuple[int, int]:
    """Return where words stand in the text, in code points."""
    start = TEXT.index(words)
    return start, start + len(words)


def units(words: str) -> dict[str, int]:
    """Return where words stand in the text as JavaScript counts."""
    ends = (len(TEXT[:end].encode("utf-16-le")) // 2 for end in at(words))
    return dict(zip(("start", "end"), ends, strict=True))


def found() -> set[tuple[str, str, str, str]]:
    """Return who says what where, as it came in."""
    listed = Evidence.objects.select_related(
        "position__actor", "position__issue", "position__stance"
    )
    return {
        (one.position.actor.name, one.position.issue.title, one.position.stance.label, one.exact)
        for one in listed
    }


def refusals(name: str, path: Path, contents: dict[str, object]) -> set[str]:
    """Return the messages that do not come where these contents are read."""
    said = {}
    for message, content in contents.items():
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(raw)
        with pytest.raises(CommandError) as refused:
            load(name, path, dossier="bad")
        said[message] = str(refused.value)
    assert not Dossier.objects.filter(slug="bad").exists()
    return {message for message, text in said.items() if message not in text}


def a_line(one: int, **values: object) -> dict[str, object]:
    return {"id": one, "text": TEXT, "desk": "Foreign", **ABOUT} | values


def test_labelled_texts_of_doccano_come_in_by_spans_and_by_relations(tmp_path):
    spans = [
        [*at("we back it"), "actor:Russia"],
        [*at("we back it"), "issue:Cease fire"],
        [*at("we back it"), "stance:for"],
        [*at("said"), "odd"],
    ]
    listed = [(1, "holder", "تركيا"), (2, "issue:Cease fire", "لا"), (3, "stance:against", "لا.")]
    entities = [
        {"id": one, "label": label, "start_offset": at(words)[0], "end_offset": at(words)[1]}
        for one, label, words in listed
    ]
    joined = [{"id": 1, "from_id": 1, "to_id": 2, "type": "x"}, {"id": 2, "from_id": 3, "to_id": 2}]
    files = {
        "ana.jsonl": [a_line(7, label=spans, Comments=["Hm."])],
        "ben.jsonl": [a_line(7, entities=entities, relations=joined)],
    }
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, lines in files.items():
            archive.writestr(name, "\n".join(map(json.dumps, lines)))
    chosen = ("roles=holder:actor", "values=for:1,against:-1")
    said = load("doccano", path, *chosen, dossier="talks")
    assert "comments, such as: ana.jsonl, line 1" in said
    assert "unknown labels, such as: odd" in said
    assert "unknown columns, such as: ana.jsonl, line 1: desk" in said
    assert "names of relations, such as: x" in said
    assert found() == {
        ("Russia", "Cease fire", "for", "we back it"),
        ("تركيا", "Cease fire", "against", "لا"),
    }
    text = Rendition.objects.get()
    assert (text.text, text.article.source.name) == (TEXT, "Gazette")
    assert "nothing changed" in load("doccano", path, *chosen, dossier="talks")
    # The same text is the same article, whatever the file calls it; one coder alone can be taken.
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(a_line(8, label=spans)))
    load("doccano", path, dossier="talks")
    assert (Rendition.objects.count(), Position.objects.count()) == (1, 3)
    alone = load("doccano", tmp_path / "export.zip", *chosen, "coder=ben", dossier="alone")
    assert "codings of other coders, such as: ana" in alone


def test_labelled_texts_that_cannot_be_read_are_named_with_line_and_reason(tmp_path):
    beyond = a_line(1, label=[[0, 900, "issue:a"], [0, 900, "actor:b"], [0, 900, "stance:c"]])
    accent = {"text": "cafe\u0301s", "date": "2017-01-01", "label": [[0, 4, "issue:a"]]}
    twice = "\n".join(json.dumps(a_line(1)) for _time in range(2))
    missing = refusals(
        "doccano",
        tmp_path / "bad.jsonl",
        {
            "bad.jsonl, line 1, label 0-900: It runs from 0 to 900; the text has": beyond,
            "bad.jsonl, line 1, label 0-4: It cuts a character in two": accent,
            "bad.jsonl, line 1: It is unknown when doccano-1 was published": {"text": "They met."},
            "bad.jsonl, line 1: “soon” is not the day when": a_line(1, date="soon"),
            "bad.jsonl, line 2: Line 1 has the same id": twice.encode(),
            "bad.jsonl, line 1: It does not have the form of a labelled text": [1],
            "bad.jsonl, file, line 2: This is not JSON": b'{"text": ""}\n{"text',
            "bad.jsonl, file, line 1: This is not UTF-8": b'{"text": "\xff"}',
            "bad.jsonl, beginning: This is neither a folder nor a zip": b"PK\3\4",
            "bad.jsonl: It contains nothing to load": b"\n",
        },
    )
    assert missing == set()


def a_task(one: int, *results: dict[str, object], **values: object) -> dict[str, object]:
    annotation = {"id": 10 * one, "completed_by": {"email": "ana@a.example"}, "result": results}
    return {"id": one, "data": {"body": TEXT, **ABOUT}, "annotations": [annotation | values]}


def a_result(one: str, name: str, kind: str, chosen: object, words: str = "") -> dict[str, object]:
    value = {"text" if kind == "textarea" else kind: chosen}
    value |= {"text": words, **units(words)} if words else {}
    return {"id": one, "type": kind, "from_name": name, "to_name": "text", "value": value}


def test_tasks_of_label_studio_come_in_by_regions_and_by_relations(tmp_path):
    back, no = "we back it", "قالت تركيا: لا"
    bare = a_result("c", "who", "labels", ["Actor"], "Russia")
    del bare["value"]["text"]
    first = a_task(
        1,
        a_result("a", "issue", "labels", ["Cease fire"], back),
        a_result("a", "stance", "choices", ["for"]),
        a_result("a", "note", "textarea", ["See there."]),
        bare,
        {"type": "relation", "from_id": "c", "to_id": "a", "labels": []},
    )
    second = a_task(
        1,
        a_result("b", "label", "labels", ["actor:Turkey", "issue:Cease fire"], no),
        a_result("b", "topic", "taxonomy", [["all", "stance:against"]]),
        ground_truth=True,
    )
    second["annotations"][0]["id"] = 11
    first["annotations"] += second["annotations"]
    first["annotations"].append({"id": 12, "was_cancelled": True, "result": []})
    first["predictions"] = [{}]
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([first]))
    said = load("label-studio", path, "text=body", dossier="talks")
    for lost in (
        "cancelled annotations",
        "predictions",
        "marks of the ground truth",
    ):
        assert lost in said
    assert found() == {
        ("Russia", "Cease fire", "for", back),
        ("Turkey", "Cease fire", "against", no),
    }
    assert Position.objects.get(actor__name="Russia").note == "See there."
    assert "nothing changed" in load("label-studio", path, "text=body", dossier="talks")

    whole = json.dumps([first])
    beyond = json.loads(whole)
    value = beyond[0]["annotations"][0]["result"][0]["value"]
    value |= {"start": 900, "end": 950}
    del value["text"]
    missing = refusals(
        "label-studio",
        tmp_path / "bad.json",
        {
            "bad.json, file: It is not a list of tasks": {},
            "bad.json, task 1: It has no annotations: JSON-MIN": [{"id": 1, "body": TEXT}],
            "bad.json, task 2: task 1 has the same id": [first, first],
            "bad.json, task 1: It does not have the form of a task": [
                a_task(1, {"type": "labels"})
            ],
            "bad.json, task 1: It has no text": [first | {"data": {"n": 1}}],
            "bad.json, task 1, annotation 10, result a: It runs from 900 to 950": beyond,
        },
    )
    assert missing == set()
