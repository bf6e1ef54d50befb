"""What groups annotated on web pages, as an operator brings it in."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.evidence.anchor import passage_of
from astana.exchange.dump import dump
from astana.models import Article, Dossier, Evidence, Position, Rendition

pytestmark = pytest.mark.django_db

# A leading line break, lines that end in two signs, a sign of two units, words that stand twice.
TEXT = "\n😀 They met.\r\n\r\nقالت روسيا: we back it now.\r\nTurkey said: we back it later."
PAGE = "https://www.gazette.example/talks"
TAGS = ["actor:Россия", "issue:Cease fire", "stance:Supports"]
GUESSED = [
    "cease-fire",
    "turkey",
    "actor:Россия",
    "stance:opposes",
    "voice:direct-quote",
    "said:2017-01-24",
]
HEAD = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags"


def an_annotation(one: str, exact: str = "", *selectors: dict, **values: object) -> dict:
    """Return an annotation as the tool exports it; without words it is of the page."""
    quote = {"type": "TextQuoteSelector", "exact": exact}
    quote |= {name: values.pop(name) for name in ("prefix", "suffix") if name in values}
    listed = [*([quote] if exact else []), *selectors]
    target = {"source": PAGE} | ({"selector": listed} if listed else {})
    return {
        "id": one,
        "user": "acct:ana@hypothes.is",
        "created": "2026-01-01T12:00:00Z",
        "group": "abc",
        "uri": f"{PAGE}/?utm_source=mail#end",
        "document": {"title": ["The talks"]},
        "text": "",
        "tags": TAGS,
        "target": [target],
        "permissions": {"read": ["group:abc"]},
    } | values


ANNOTATIONS = [
    an_annotation("Aa1", "we back it", prefix="روسيا: ", suffix=" now.", text="Firm.\nAnd said."),
    an_annotation("Bb2", "we back it", prefix="said: ", suffix=" later.", tags=GUESSED),
    an_annotation("Cc3", "we back it", flagged=True, links={"html": "https://hypothes.is/a/Cc3"}),
    an_annotation("Dd4", "never said", tags=[*TAGS, "odd", "by:turkey", "said:soon"]),
    an_annotation("Ee5", "They met.", tags=["issue:Cease fire"]),
    an_annotation("Ff6", references=["Aa1"]),
    an_annotation("Gg7"),
    an_annotation("Hh8", "", {"type": "ShapeSelector", "shape": {}}),
    an_annotation("Ii9", "They met.", permissions={"read": ["acct:ana@hypothes.is"]}),
]  # fmt: skip


def a_file(folder: Path, content: object) -> Path:
    path = folder / "page.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def load(path: Path, *chosen: str, **options: object) -> str:
    """Return what the command says."""
    out = io.StringIO()
    call_command("import_from", "hypothesis", str(path), option=chosen, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def a_page(a_rendition, an_issue, an_actor) -> Rendition:
    """Return the full text for members of the page that is annotated."""
    an_issue()
    an_actor().names.create(language="ru", name="Россия")
    an_actor("turkey")
    text = a_rendition(TEXT, kind="full", rights="members")
    Article.objects.update(url="http://gazette.example/talks/")
    return text


def test_annotations_stand_in_the_text_of_their_page_where_their_words_stand_once(a_page, tmp_path):
    path = a_file(tmp_path, {"export_date": "2026-01-01", "annotations": ANNOTATIONS})
    said = load(path, "summary=first-line", dossier="talks")
    for lost in (
        "annotations without an actor, issue or stance, such as: annotation 5",
        "replies, such as: annotation 6",
        "page notes, such as: annotation 7",
        "annotations of pictures and other media, such as: annotation 8: ShapeSelector",
        "private annotations, such as: annotation 9",
        "unknown tags, such as: odd",
        "invalid dates, such as: annotation 4: soon",
        "places of ambiguous passages (to be checked), such as: annotation 3",
        "places of passages whose words were not found (to be checked), such as: annotation 4",
        "groups, such as: abc",
        "1  flags, such as: annotation 3",
        "1  links to annotations, such as: annotation 3",
        "times of annotation, such as: 2026",
        "annotation 2: cease-fire was read as the issue cease-fire",
        "annotation 2: turkey was read as the actor turkey",
    ):
        assert lost in said
    found = {
        one.position.key: (one.position.actor.slug, one.position.stance.slug, one.start, one.health)
        for one in Evidence.objects.select_related("position__actor", "position__stance")
    }
    first, second = TEXT.index("we back"), TEXT.rindex("we back")
    assert found == {
        "hypothesis-Aa1": ("russia", "supports", first, "intact"),
        "hypothesis-Bb2": ("russia", "opposes", second, "intact"),
        "hypothesis-Bb2-2": ("turkey", "opposes", second, "intact"),
        "hypothesis-Cc3": ("russia", "supports", None, "ambiguous"),
        "hypothesis-Dd4": ("russia", "supports", None, "lost"),
    }
    assert Article.objects.count() == Rendition.objects.count() == 1
    one, two, _other, _three, four = Position.objects.order_by("key")
    assert (one.summary, one.note, one.status) == ("Firm.", "And said.", "draft")
    assert (one.voice, one.said) == ("reported-speech", "../2017-01-25")
    assert (two.voice, two.said) == ("direct-quote", "2017-01-24")
    assert (four.voice, four.attributed_by.slug) == ("attributed", "turkey")
    # As the server answers, as lines, and alone: the same, and nothing changes.
    lines = "\n".join(map(json.dumps, ANNOTATIONS)).encode()
    for content in ({"total": 9, "rows": ANNOTATIONS}, ANNOTATIONS, lines, ANNOTATIONS[0]):
        again = load(a_file(tmp_path, content), "summary=first-line", dossier="talks")
        assert "nothing changed" in again


def test_a_voice_that_is_changed_in_the_tool_changes_here_and_stays_second_hand(a_page, tmp_path):
    def voice_of(*tags: str) -> tuple[str, str | None]:
        load(
            a_file(tmp_path, [an_annotation("Aa1", "They met.", tags=[*TAGS, *tags])]),
            dossier="talks",
        )
        position = Position.objects.get()
        by = position.attributed_by
        return position.voice, by and by.slug

    # Who says so cannot be told by the tag alone: it is not the actor.
    assert voice_of("voice:attributed") == ("characterised", None)
    assert voice_of("by:turkey") == ("attributed", "turkey")
    assert voice_of("voice:attributed") == ("attributed", "turkey")
    assert voice_of("voice:direct-quote") == ("direct-quote", None)
    path = a_file(tmp_path, [an_annotation("Aa1", "They met.", tags=[*TAGS, "voice:attributed"])])
    said = load(path, dossier="talks")
    assert "1  voices “attributed” without an attributing actor (now “characterised”)" in said
    assert Position.objects.get().voice == "characterised"


def test_a_page_that_is_not_here_becomes_an_excerpt_of_the_marked_words(tmp_path):
    unknown = [*TAGS, "published:2017-01-25", "source:The Gazette"]
    listed = [one | {"tags": unknown} for one in ANNOTATIONS[:2]]
    with pytest.raises(CommandError, match=r"page\.json, annotation 1: It is unknown when"):
        load(a_file(tmp_path, {"annotations": ANNOTATIONS[:1]}))
    path = a_file(tmp_path, {"annotations": listed})
    load(path, "values=supports:1", dossier="page")
    text = Rendition.objects.get()
    assert (text.kind, text.rights) == ("excerpt", "members")
    assert text.text == "روسيا: we back it now.\n\nsaid: we back it later."
    around = Evidence.objects.order_by("start").values_list("exact", "prefix", "suffix")
    assert list(around) == [("we back it", "روسيا: ", " now."), ("we back it", "said: ", " later.")]
    assert (text.article.source.name, text.article.title) == ("The Gazette", "The talks")
    stance = Position.objects.first().stance
    assert (stance.label, stance.value, stance.issue.scale) == ("Supports", 1, "ordered")
    before = dump("page")
    assert "nothing changed" in load(path, "values=supports:1", dossier="page")
    assert dump("page") == before


def test_a_table_of_annotations_comes_in_by_its_words(a_page, tmp_path):
    head = next(csv.reader([HEAD]))
    row = ["2026", "ana", "Talks", PAGE, "g", "Annotation", "we back it now", "", ",".join(TAGS)]
    kinds = [row, row, [*row[:5], "Highlight", "They met.", "", ""], [*row[:5], "Reply", *row[6:]]]
    for mark in ",\t":
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=mark).writerows([head, *kinds])
        said = load(a_file(tmp_path, out.getvalue().encode()), dossier="talks")
        assert "duplicate rows, such as: row 2" in said
        assert "replies, such as: row 4" in said
    assert Evidence.objects.get().exact == "we back it now"


def test_passages_go_out_as_annotations_and_come_back(tmp_path, a_page, a_rendition, a_position):
    other = a_rendition("😀 Nobody answered. They said no.", article="second")
    other.article.url = "https://second.example/"
    other.article.save()
    public = a_rendition(TEXT.replace("later", "now and then"))
    position = a_position(
        key="p001", rendition=public, quote="They met.", note="Twice.", condition="If, so."
    )
    a_position(key="p002", rendition=other, quote="no", attributed_by="turkey", voice="attributed")
    a_position(key="p003", rendition=a_page, quote="They met.")
    place = {"start": 2, "end": 18, "exact": "Nobody answered.", "role": "disputes", "paragraph": 1}
    Evidence.objects.create(position=position, rendition=other, number=2, **place)
    for one in Evidence.objects.select_related("rendition"):
        known = passage_of(one.rendition.text, one.start, one.end)
        Evidence.objects.filter(pk=one.pk).update(prefix=known.prefix, suffix=known.suffix)
    before = dump("talks")
    path = tmp_path / "out.json"
    out = io.StringIO()
    call_command("export_to", "hypothesis", "talks", str(path), stdout=out)
    assert "passages in texts for members, such as: p003, passage 1" in out.getvalue()
    assert "condition:If, so." in json.loads(path.read_text())["annotations"][0]["tags"]
    assert "nothing changed" in load(path, dossier="talks")
    assert dump("talks") == before


def test_annotations_that_cannot_be_read_are_named_with_place_and_reason(a_page, tmp_path):
    whole = json.dumps({"annotations": ANNOTATIONS}).encode()
    half = "\ud83d"
    expected = {
        "page.json, line 1: This is neither JSON nor a table of annotations: no column URL": (
            b"PK\3\4" + whole
        ),
        "page.json, file, line 1: This is not JSON": whole[:900],
        "page.json, file, line 1: This is not UTF-8": whole + b"\xff",
        "page.json, file: It is nested too deeply": b"[" * 100_000,
        "page.json, file: It has more than 1,000,000 objects": b"[" + b"{}," * 1_000_001,
        "page.json, annotation 1: It is not an annotation: it has no id": b'[{"id": 7}]',
        (
            "page.json, annotation 1: It does not have the form of an annotation"
        ): b'[{"id":"a","tags":[1]}]',
        "page.json, rows: It is not a list of annotations": b'{"rows": 5}',
        "page.json: It contains nothing to load. Export it again.": b"[]",
        "page.json, annotation 2: annotation 1 has the id Aa1 too": json.dumps(
            {"annotations": ANNOTATIONS[:1] * 2}
        ).encode(),
        "page.json, annotation 1: It contains a NUL or half a character": json.dumps(
            [an_annotation("Aa1", "They met.", text=half)]
        ).encode(),
    }
    found = {}
    for message, content in expected.items():
        with pytest.raises(CommandError) as refused:
            load(a_file(tmp_path, content), dossier="talks")
        found[message] = str(refused.value)
    assert {message for message, said in found.items() if message not in said} == set()
    assert not Position.objects.exists()
    assert Dossier.objects.count() == 1
    with pytest.raises(CommandError, match="option values: “much” is not a value"):
        load(a_file(tmp_path, whole), "values=much", dossier="talks")
