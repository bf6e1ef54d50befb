"""Annotations of INCEpTION in and out by command, with the library of those who keep the format."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from cassis import Cas, TypeSystem, load_cas_from_json
from cassis.typesystem import (
    TYPE_NAME_ANNOTATION,
    TYPE_NAME_FS_ARRAY,
    TYPE_NAME_STRING,
    TYPE_NAME_TOP,
)
from django.core.management import CommandError, call_command

from astana.exchange.dump import dump
from astana.models import Article, Assignment, Dossier, Evidence, Position, Rendition

pytestmark = pytest.mark.django_db

# A leading line break, lines that end in two signs, signs of two units, Arabic.
TEXT = "\n😀 Russia said 😀:\r\nwe back it. قالت تركيا: لا."
DAY = "published=2017-01-25"


def run(command: str, *arguments: object, **options: object) -> str:
    """Return what a command says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def a_cas(text: str = TEXT) -> Cas:
    """Return a text of which each way is taken: covered words, a relation, a slot, a feature."""
    types = TypeSystem()
    claim = types.create_type("webanno.custom.Claim", TYPE_NAME_ANNOTATION)
    actor = types.create_type("webanno.custom.Actor", TYPE_NAME_ANNOTATION)
    holds = types.create_type("webanno.custom.Holds", TYPE_NAME_ANNOTATION)
    link = types.create_type("webanno.custom.ClaimLink", TYPE_NAME_TOP)
    for name in ("topic", "stance", "mood"):
        types.create_feature(claim, name, TYPE_NAME_STRING)
    types.create_feature(link, "target", TYPE_NAME_ANNOTATION)
    types.create_feature(claim, "actor", TYPE_NAME_FS_ARRAY, elementType=link.name)
    for name in ("Governor", "Dependent"):
        types.create_feature(holds, name, TYPE_NAME_ANNOTATION)
    cas = Cas(types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"

    def at(words: str) -> dict[str, int]:
        return {"begin": text.index(words), "end": text.index(words) + len(words)}

    russia, turkey = actor(**at("Russia")), actor(**at("تركيا"))
    first = claim(**at("we back it"), topic="Cease fire", stance="for", mood="firm")
    slots = types.get_type(TYPE_NAME_FS_ARRAY)(elements=[link(target=turkey)])
    second = claim(**at("لا"), topic="Cease fire", stance="against", actor=slots)
    joined = holds(**at("we back it"), Governor=first, Dependent=russia)
    # Of no words, and of no other one.
    whole = types.create_type("webanno.custom.Stance", TYPE_NAME_TOP)()
    for one in (russia, turkey, first, second, joined, whole):
        cas.add(one)
    return cas


def found(slug: str) -> list[tuple[str, str, str]]:
    """Return who says what where, as it came in."""
    listed = Evidence.objects.filter(position__dossier__slug=slug).order_by("start", "pk")
    return [(one.position.actor.name, one.position.stance.label, one.exact) for one in listed]


PROJECT = {
    "tag_sets": [{"name": "Stances", "tags": []}],
    "source_documents": [{"name": "a.txt", "state": "CURATION_FINISHED"}],
    "annotation_documents": [{"name": "a.txt", "user": "ana", "state": "FINISHED"}],
}
SAID = [("Russia", "for", "we back it"), ("تركيا", "against", "لا")]


def test_json_and_xmi_say_the_same_and_all_coders_of_a_project_come_in(tmp_path):
    cas = a_cas()
    chosen = ["roles=topic:issue", DAY]
    for name, content in (("talks.json", cas.to_json()), ("talks.xmi", cas.to_xmi())):
        path = tmp_path / name
        path.write_text(content)
        said = run("import_from", "cas", path, option=chosen, dossier=name.replace(".", "-"))
        assert "unknown features, such as: Claim, mood" in said
        assert found(name.replace(".", "-")) == SAID
        assert Rendition.objects.get(article__dossier__slug=name.replace(".", "-")).text == TEXT

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("ben.xmi", cas.to_xmi())
        archive.writestr("TypeSystem.xml", cas.typesystem.to_xml())
    path = tmp_path / "project.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("exportedproject.json", json.dumps(PROJECT))
        archive.writestr("source/a.txt", TEXT)
        archive.writestr("annotation/a.txt/INITIAL_CAS.json", cas.to_json())
        archive.writestr("annotation/a.txt/ana.json", cas.to_json())
        archive.writestr("annotation/a.txt/ben.zip", inner.getvalue())
        archive.writestr("curation/a.txt/CURATION_USER.json", cas.to_json())
        archive.writestr("articles.csv", "document,source,date\na.txt,The Gazette,2017-01-25\n")
    said = run("import_from", "cas", path, option=chosen[:1], dossier="project", dry_run=True)
    assert "Articles that several coders coded: 1. Choose independent=yes" in said
    for lost in (
        "1  tag sets, such as: Stances",
        "2  marks of finished documents, such as: a.txt CURATION_FINISHED",
        "1  marks of the curator's decisions",
        "3  annotations of whole documents, such as: Stance",
    ):
        assert lost in said
    chosen[1] = "independent=yes"
    run("import_from", "cas", path, option=chosen, dossier="project")
    # The curator is none of those whose agreement is computed.
    rounds = Assignment.objects.filter(article__dossier__slug="project", is_independent=True)
    assert sorted(rounds.values_list("pseudonym__name", flat=True)) == ["ana", "ben"]
    submitted = Position.objects.filter(dossier__slug="project", status="submitted")
    assert submitted.count() == 4
    assert sorted(found("project")) == sorted(SAID * 3)
    article = Article.objects.get(dossier__slug="project")
    assert (article.title, article.source.name) == ("a.txt", "The Gazette")
    again = run("import_from", "cas", path, option=chosen, dossier="project")
    assert "nothing changed" in again
    alone = [chosen[0], "coder=CURATION_USER"]
    said = run("import_from", "cas", path, option=alone, dossier="alone")
    assert "codings of other coders, such as: ana" in said
    assert found("alone") == SAID


def test_passages_go_out_as_a_layer_that_their_library_reads_and_come_back(
    tmp_path, a_rendition, a_position
):
    text = a_rendition(TEXT)
    position = a_position(key="p1", rendition=text, quote="we back it", condition="If asked.")
    a_position(key="p2", stance="opposes", rendition=text, quote="لا")
    secret = a_rendition("They met in secret.", rights="members", article="second")
    a_position(key="p3", rendition=secret, quote="in secret")
    evidence = Evidence.objects.get(position=position)
    start, end = evidence.start, evidence.end
    Evidence.objects.update(prefix="", suffix="")
    path = tmp_path / "talks.zip"
    said = run("export_to", "cas", "talks", path)
    assert "passages in texts for members, such as: p3, passage 1" in said
    assert "first create a span layer Position" in said
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        cas = load_cas_from_json(io.BytesIO(archive.read(name)))
    assert cas.sofa_string == TEXT
    layer = cas.select("webanno.custom.Position")
    assert [(one.key, one.get_covered_text()) for one in layer] == [
        ("p1", "we back it"),
        ("p2", "لا"),
    ]
    assert (layer[0].begin, layer[0].end, layer[0].condition) == (start, end, "If asked.")

    before = dump("talks")
    run("import_from", "cas", path, dossier="talks")
    after = dump("talks")
    assert {name for name in before if after[name] != before[name]} <= {"evidence.csv"}
    # What their library writes, with the layer changed there, comes back too.
    layer[1].stance = "neither"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, cas.to_json())
    run("import_from", "cas", path, dossier="talks")
    assert Position.objects.get(key="p2").stance.slug == "neither"


def test_a_cas_that_cannot_be_read_is_named_with_place_and_reason(tmp_path):
    whole = json.loads(a_cas().to_json())
    structures = whole["%FEATURE_STRUCTURES"]

    def changed(number: int, **values: object) -> bytes:
        listed = [dict(one) for one in structures]
        listed[number] |= {name.replace("_", "%"): value for name, value in values.items()}
        return json.dumps(whole | {"%FEATURE_STRUCTURES": listed}).encode()

    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    java = io.BytesIO()
    with zipfile.ZipFile(java, "w") as archive:
        archive.writestr("annotation_ser/a.txt/ana.ser", b"\xac\xed")
    expected = {
        "file: This is not UIMA CAS JSON: it has no %FEATURE_STRUCTURES": b"{}",
        "file, structure 1: It has no %ID": b'{"%FEATURE_STRUCTURES": [5]}',
        "file: One text is expected in it, 0 are there": b'{"%FEATURE_STRUCTURES": []}',
        "file, line 1: This is not JSON": b"PK"[:0] + b"They met.",
        "file: It declares entities": laughs,
        "file, line 1: This is not XML": b"<xmi:XMI>",
        "file, id 2: It occurs twice": changed(3, _ID=2),
        "“soon” to": changed(1, begin="soon"),
        "It runs from 900 to 950; the text has": changed(3, begin=900, end=950),
        "zip: It contains Java objects": java.getvalue(),
        "beginning: This is neither a folder nor a zip": b"PK\3\4",
    }
    said = {}
    path: Path = tmp_path / "bad"
    for message, content in expected.items():
        path.write_bytes(content)
        with pytest.raises(CommandError) as refused:
            run("import_from", "cas", path, option=["roles=topic:issue", DAY], dossier="bad")
        said[message] = str(refused.value)
    assert {message for message, text in said.items() if message not in text} == set()
    assert not Dossier.objects.filter(slug="bad").exists()
