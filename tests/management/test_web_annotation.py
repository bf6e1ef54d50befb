"""Web Annotations in and out by command, as an operator meets them."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pyld import jsonld

from astana.exchange.dump import dump
from astana.models import Dossier, Evidence, Position, Rendition
from tests.exchange.jsonld_contexts import load as contexts
from tests.exchange.packages import SEEDS, SLUG

pytestmark = pytest.mark.django_db
OA = "http://www.w3.org/ns/oa#"


def run(command: str, *arguments: object, **options: object) -> str:
    """Return what a command says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))


def test_a_dossier_comes_back_from_web_annotations_but_for_the_words_of_texts(tmp_path):
    run("load_dossier", SEEDS)
    # What would be taken for a condition, words of two units, Arabic, both line ends.
    note = "If: not a condition.\r\n😀 قالت"
    Position.objects.filter(key="p002").update(note=note)
    path = tmp_path / "talks.jsonld"
    said = run("export_to", "web-annotation", SLUG, path)
    texts = Rendition.objects.exclude(text="").filter(rights="public").count()
    assert f"{texts}  words of texts (their hashes are kept)" in said
    before = dump(SLUG)

    said = run("import_from", "web-annotation", path, dossier="copy")
    assert "Nothing is lost." in said
    after = dump("copy")
    names = {name for name in before if name.endswith(".csv")} - {"renditions.csv"}
    assert [name for name in sorted(names) if after[name] != before[name]] == []
    assert rows(after, "renditions") == [row | {"file": ""} for row in rows(before, "renditions")]
    told = json.loads(path.read_text())
    (found,) = jsonld.expand(told, {"documentLoader": contexts})
    (page,) = found["http://www.w3.org/ns/activitystreams#first"]
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert (
        len(items["@list"]) == told["total"] == Position.objects.filter(dossier__slug=SLUG).count()
    )
    targets = [one for item in items["@list"] for one in item[f"{OA}hasTarget"]]
    quotes = [one for one in targets if f"{OA}hasSelector" in one]
    assert len(quotes) == Evidence.objects.filter(position__dossier__slug=SLUG).count()

    # What was changed elsewhere in the words of a body comes back; where the dossier is, its texts
    # are, and nothing else changes.
    (item,) = [one for one in told["first"]["items"] if one["id"].endswith("/p001.jsonld")]
    old = Position.objects.get(dossier__slug="copy", key="p001").summary
    item["body"][0]["value"] = "Another summary."
    path.write_text(json.dumps(told))
    run("import_from", "web-annotation", path, dossier=SLUG)
    changed = before["positions.csv"].replace(old.encode(), b"Another summary.", 1)
    assert dump(SLUG) == before | {"positions.csv": changed}


def a_foreign(one: str, exact: str, *tags: str, **values: object) -> dict:
    """Return an annotation as other tools write it."""
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    bodies.append({"type": "TextualBody", "purpose": "commenting", "value": "See there."})
    selector = [{"type": "TextQuoteSelector", "exact": exact}]
    target = {"source": "https://gazette.example/talks", "selector": selector}
    return {"id": one, "type": "Annotation", "body": bodies, "target": target} | values


TAGS = ("actor:russia", "issue:cease-fire", "stance:supports")


def test_annotations_of_others_come_in_by_their_tags_and_ours_by_their_addresses(
    client, tmp_path, a_position, a_rendition
):
    text = a_rendition("😀 They met. Russia backs it.")
    text.article.url = "https://gazette.example/talks"
    text.article.save()
    position = a_position(rendition=text, quote="backs it", condition="If asked.", note="Twice.")
    Evidence.objects.update(prefix="😀 They met. Russia ", suffix=".")
    page = client.get(position.get_absolute_url().removesuffix("/") + ".jsonld").content
    path = tmp_path / "page.jsonld"
    path.write_bytes(page)
    # The status is no part of the page: what is there keeps its own.
    assert "nothing changed" in run("import_from", "web-annotation", path, dossier="talks")

    listed = [
        a_foreign("urn:1", "Russia backs it", *TAGS, "odd"),
        a_foreign("urn:2", "They met", "actor:russia"),
        a_foreign("urn:3", "x", *TAGS, target={"source": "a", "selector": {"type": "SvgSelector"}}),
    ]
    for content in (listed, {"type": "AnnotationPage", "items": listed}):
        path.write_text(json.dumps(content))
        said = run("import_from", "web-annotation", path, dossier="talks")
        assert "unknown tags, such as: odd" in said
        assert "annotations without an actor, issue or stance, such as: annotation 2" in said
        assert "targets of other kinds, such as: annotation 3: SvgSelector" in said
    assert "nothing changed" in said
    new = Position.objects.exclude(pk=position.pk).get()
    assert (new.status, new.note, new.actor.slug) == ("draft", "See there.", "russia")
    assert (new.evidence.get().start, new.evidence.get().exact) == (12, "Russia backs it")


def test_web_annotations_that_cannot_be_read_are_named_with_place_and_reason(tmp_path, a_position):
    a_position(key="p001", status="draft")
    path: Path = tmp_path / "bad.jsonld"
    run("export_to", "web-annotation", "talks", path)
    told = json.loads(path.read_text())
    good = json.dumps(told)

    def changed(at: str, value: object) -> str:
        """Return the file with something else at a place in it."""
        copy = json.loads(good)
        *way, last = (int(one) if one.isdecimal() else one for one in at.split("/"))
        here = copy
        for step in way:
            here = here[step]
        here[last] = value
        return json.dumps(copy)

    item = told["first"]["items"][0]
    expected = {
        "bad.jsonld, file: It is nested too deeply": "[" * 100_000,
        "bad.jsonld, file, line 3: This is not JSON": good.replace('"', "\n\n", 1),
        "bad.jsonld, annotation: It is not of the type Annotation": "{}",
        "bad.jsonld, annotation 1: It is not a JSON object": "[5]",
        "bad.jsonld, first: The annotations are on pages elsewhere": changed("first", "page-1"),
        "bad.jsonld, items: There is no list": changed("first/items", None),
        "bad.jsonld, annotation 2: annotation 1 has the same id": changed(
            "first/items", [item, item]
        ),
        "bad.jsonld, annotation 1: It does not have the form": changed("first/items/0/body", [7]),
        "bad.jsonld, tables: They are not lists of rows": changed("tables/actors/0/slug", [1]),
        "bad.jsonld, tables: A row has no short name": changed("tables/actors/0", {"name": "A"}),
        "bad.jsonld, positions p001, column voice: “sung” is unknown": changed(
            "first/items/0/record/voice", "sung"
        ),
    }
    found = {}
    for message, content in expected.items():
        path.write_text(content)
        with pytest.raises(CommandError) as refused:
            run("import_from", "web-annotation", path, dossier="bad")
        found[message] = str(refused.value)
    assert {message for message, said in found.items() if message not in said} == set()
    assert not Dossier.objects.filter(slug="bad").exists()
