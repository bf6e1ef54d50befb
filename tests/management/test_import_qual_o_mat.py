"""What parties answered before an election, as an operator brings it in."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.models import Article, Dossier, Evidence, Position

pytestmark = pytest.mark.django_db

ELECTION = {
    "overview": {
        "title": "Landtag \ud800\n2031",
        "date": "2031-03-09",
        "data_source": "https://a.example/",
    },
    "party": [
        {"id": 0, "name": "Grau ", "longname": "Die Grauen"},
        {"id": 1, "name": "Bunt", "longname": "Bunt"},
    ],
    "category": [{"id": 4, "label": "Verkehr"}],
    "statement": [
        {"id": 0, "category": 4, "label": "Fähre", "text": "Die Fähre soll bleiben."},
        {"id": 1, "category": None, "label": "Brücke", "text": "Die Brücke soll weg."},
        {"id": 2, "category": 4, "label": "Tunnel", "text": "Der Tunnel soll kommen."},
    ],
    "answer": [
        {"id": 0, "message": "Stimme zu"},
        {"id": 1, "message": "Stimme nicht zu"},
        {"id": 2, "message": "Neutral"},
    ],
    "opinion": [
        {"id": 10, "party": 0, "statement": 0, "answer": 0, "comment": 0},
        {"id": 11, "party": 0, "statement": 1, "answer": 1, "comment": 1},
        {"id": 12, "party": 0, "statement": 2, "answer": 2, "comment": 2},
        {"id": 13, "party": 1, "statement": 0, "answer": 2, "comment": 3},
        {"id": 14, "party": 1, "statement": 1, "answer": 0},
    ],
    "comment": [
        {"id": 0, "text": '"Sie fährt gern. 😀\n\nUnd oft."'},
        {"id": 1, "text": '"Es liegt keine Begründung vor."'},
        {"id": 2, "text": '"Wir haben dazu noch keine gemeinsame Position."'},
        {"id": 3, "text": '""'},
    ],
}


def an_election(folder: Path, **files: object) -> Path:
    """Write the files of an election, some of them others, and return the folder above it."""
    place = folder / "2031" / "anderswo"
    place.mkdir(parents=True, exist_ok=True)
    for name, content in (ELECTION | files).items():
        text = content if isinstance(content, str) else json.dumps(content)
        (place / f"{name}.json").write_text(text)
    return folder


def load(path: Path, **options: object) -> str:
    """Return what the command says."""
    out = io.StringIO()
    call_command("import_from", "qual-o-mat", str(path), stdout=out, **options)
    return out.getvalue()


def test_answers_come_in_with_their_reasons_and_no_position_is_not_neutral(tmp_path):
    said = load(an_election(tmp_path))
    assert "opinion 12 is read as no position, not as neutral: Die Grauen, Tunnel" in said
    dossier = Dossier.objects.get()
    assert (dossier.slug, dossier.title) == ("wahl-o-mat-2031-anderswo", "Landtag 2031")
    positions = {
        one.key: (one.actor.name, one.issue.group, one.stance.value, one.said, one.status)
        for one in Position.objects.all()
    }
    assert positions == {
        "o10": ("Die Grauen", "Verkehr", 1, "../2031-03-09", "draft"),
        "o11": ("Die Grauen", "", -1, "../2031-03-09", "draft"),
        "o12": ("Die Grauen", "Verkehr", None, "../2031-03-09", "draft"),
        "o13": ("Bunt", "Verkehr", 0, "../2031-03-09", "draft"),
        "o14": ("Bunt", "", 1, "../2031-03-09", "draft"),
    }
    # The answer, and the reason where it is one.
    passages = [
        (one.position.key, one.number, one.exact)
        for one in Evidence.objects.order_by("position__key", "number")
    ]
    assert passages == [
        ("o10", 1, "Stimme zu"),
        ("o10", 2, '"Sie fährt gern. 😀\nUnd oft."'),
        ("o11", 1, "Stimme nicht zu"),
        ("o12", 1, "Neutral"),
        ("o12", 2, ELECTION["comment"][2]["text"]),
        ("o13", 1, "Neutral"),
        ("o14", 1, "Stimme zu"),
    ]
    article = Article.objects.get(title="Landtag 2031: Grau")
    rendition = article.renditions.get()
    assert rendition.text.startswith("1. Fähre\nDie Fähre soll bleiben.\nStimme zu\n")
    assert (rendition.rights, len(rendition.paragraphs)) == ("members", 3)

    assert "nothing changed" in load(tmp_path)
    assert "opinion 12 stays neutral" in load(tmp_path, option=["keep-neutral=12"])
    assert Position.objects.get(key="o12").stance.value == 0


def test_an_election_that_is_not_whole_is_refused_with_its_place(tmp_path):
    def refusal(name: str, **files: object) -> str:
        with pytest.raises(CommandError) as refused:
            load(an_election(tmp_path / name, **files), option=["election=2031/anderswo"])
        assert "Nothing was loaded." in str(refused.value)
        return str(refused.value)

    opinion = ELECTION["opinion"][0]
    expected = {
        "party.json, line 2: This is not JSON": {"party": "[\n{"},
        "overview.json, date: It is not a day": {"overview": {"date": "soon"}},
        "answer.json, id 3: 0, 1 and 2 are known": {"answer": [{"id": 3, "message": "Vielleicht"}]},
        "opinion.json, id 10, party: 9 is not in party.json": {"opinion": [opinion | {"party": 9}]},
        "statement.json, id 0, category: [] is not in category.json": {
            "statement": [ELECTION["statement"][0] | {"category": []}]
        },
        "statement.json, object 1: text is missing": {"statement": [{"id": 0, "label": "Fähre"}]},
        "party.json, object 2: The id 0 occurs twice": {"party": ELECTION["party"][:1] * 2},
        "comment.json: It is nested too deeply": {"comment": "[" * 100_000},
    }
    found = {
        message: refusal(str(number), **files)
        for number, (message, files) in enumerate(expected.items())
    }
    assert {message for message, said in found.items() if message not in said} == set()
    another = an_election(tmp_path / "a") / "2032" / "hier"
    another.mkdir(parents=True)
    (another / "overview.json").write_text("{}")
    with pytest.raises(CommandError, match=r"Choose one election: 2031/anderswo, 2032/"):
        load(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "notes.json").write_text("{}")
    with pytest.raises(
        CommandError, match=r"b, overview\.json: It does not contain this file\. Name"
    ):
        load(tmp_path / "b")
    bomb = tmp_path / "a.zip"
    bomb.write_bytes(b"PK\3\4 and no more")
    with pytest.raises(
        CommandError, match=r"a\.zip, beginning: This is neither a folder nor a zip"
    ):
        load(bomb)
    assert not Dossier.objects.exists()
