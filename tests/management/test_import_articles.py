"""Lists of articles, as an operator brings them in. All articles in here are invented."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from astana.models import Article, Dossier, Source

pytestmark = pytest.mark.django_db

RIS = """TY  - NEWS
TI  - Talks open in the capital
AU  - Hill, Ann
AU  - Bo, Cy
T2  - The Paper
DA  - 2017/01/24/
UR  - https://paper.example/a;b=1
UR  - https://paper.example/b
AB  - They meet.
And part.
ER  - 

TY  - MGZN
TI  - المحادثات تبدأ 😀
JO  - الصحيفة
DA  - 2017/01/25
LA  - ar
ER  - 

TY  - NEWS
TI  - No day is known
T2  - The Paper
PY  - 2017
ER  - 
"""
BIBTEX = r"""@string{tp = "The  PAPER"}
@article{a1, title={Talks open in the capital}, journal=tp, year=2017, month=1, day=24,
  url={https://paper.example/a;b=1}}
@online{b2, title={{NATO} and the \"Uber-talks}, author={Hill, Ann and B{\"o}ll, K},
  organization=tp, date={2017-01-26}, langid={german}, url={https://paper.example/x%20y_z}}
"""
CSL = [
    {"type": "article-newspaper", "title": "Undated", "container-title": "The Paper"},
    {
        "id": 7,
        "type": "article-newspaper",
        "title": "Talks go on",
        "issued": {"date-parts": [["2017", "1", 27]]},
        "author": [{"family": "Hill", "given": "Ann"}, {"literal": "A Wire"}],
        "URL": "nowhere",
    },
]


def load(name: str, path: Path, content: str | bytes, **options: object) -> str:
    """Return what the command says of a file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = io.StringIO()
    call_command("import_from", name, str(path), dossier="talks", stdout=out, **options)
    return out.getvalue()


def test_lists_of_references_come_in_once_and_what_is_missing_is_said(tmp_path):
    said = load("ris", tmp_path / "list.ris", RIS.replace("\n", "\r\n"))
    for line in (
        "1  articles without a day of publication (only a year or month), such as: line 20: No day",
        "1  AB of entries, such as: They meet. And part.",
        "1  further addresses, such as: https://paper.example/b",
        "2  articles that come without a text",
    ):
        assert line in said
    paper, magazine = Article.objects.select_related("source").order_by("published")
    assert (paper.title, paper.byline) == ("Talks open in the capital", "Hill, Ann; Bo, Cy")
    assert (paper.url, paper.source.kind) == ("https://paper.example/a;b=1", "newspaper")
    assert (magazine.title, magazine.language) == ("المحادثات تبدأ 😀", "ar")
    assert (magazine.source.name, magazine.source.kind) == ("الصحيفة", "magazine")
    assert paper.slug.startswith("2017-01-24-talks-open-in-the-capital-")

    # The source is known by its name, the article by its address, whatever the file calls them.
    Article.objects.filter(pk=paper.pk).update(slug="ours", title="As we have it")
    Source.objects.filter(pk=paper.source_id).update(slug="p")
    said = load("bibtex", tmp_path / "list.bib", BIBTEX)
    assert "Articles that are there already, and stay as they are: 1." in said
    new = Article.objects.get(published="2017-01-26")
    assert (new.title, new.byline) == ("NATO and the Über-talks", "Hill, Ann; Böll, K")
    assert (new.source, new.language) == (paper.source, "de")
    assert new.url == "https://paper.example/x%20y_z"
    paper.refresh_from_db()
    assert (paper.title, Article.objects.count()) == ("As we have it", 3)

    said = load("csl-json", tmp_path / "list.json", json.dumps(CSL))
    assert "articles without a day of publication (no date), such as: item 1: Undated" in said
    assert "articles without a source (choose one by --option source), such as: item 2" in said
    options = ["source=A Wire!"]
    said = load("csl-json", tmp_path / "list.json", json.dumps(CSL), option=options)
    assert "addresses that are none, or too long, such as: nowhere" in said
    last = Article.objects.get(published="2017-01-27")
    assert (last.byline, last.source.name) == ("Hill, Ann; A Wire", "A Wire!")
    again = load("csl-json", tmp_path / "list.json", json.dumps(CSL), option=options)
    assert "nothing changed" in again
    left_out = load(
        "ris", tmp_path / "list.ris", RIS, option=[f"leave-out={magazine.slug}"], dry_run=True
    )
    assert f"articles that were left out, such as: {magazine.slug}" in left_out


def test_a_list_that_is_none_is_refused_with_its_place_and_nothing_is_loaded(tmp_path):
    expected = {
        ("ris", "line 3: The entry of line 1 has no end"): "TY  - NEWS\nTI  - A\nTY  - NEWS\n",
        ("ris", "line 1: The entry has no line “ER  - ”: the file is cut off"): RIS[:60],
        ("ris", "beginning: Its bytes are no text"): b"\xff\xfe" + b"\xd8\xdc" * 40,
        ("ris", "beginning: There are no articles of RIS"): json.dumps(CSL),
        ("bibtex", "line 2: The key a is there twice"): "@misc{a, title={x}}\n@misc{a, title={y}}",
        ("bibtex", "line 1: The entry has no end"): "@misc{a, title={x}\n@misc{b, title={y}}",
        ("csl-json", "items, line 1: This is not JSON"): "[{]",
        ("csl-json", "item 2: It is no JSON object"): "[{}, 3]",
        ("csl-json", "beginning: It is no list of items"): "3",
        ("csl-json", "items: It is nested too deeply"): "[" * 100_000,
        ("csl-json", "items, line 1: This is not UTF-8"): b"\xff\xfe",
    }
    found = {}
    for (name, message), content in expected.items():
        with pytest.raises(CommandError) as refused:
            load(name, tmp_path / "list", content)
        assert "Nothing was loaded." in str(refused.value)
        found[name, message] = str(refused.value)
    assert {key: said for key, said in found.items() if f"list, {key[1]}" not in said} == {}
    with pytest.raises(CommandError, match=r"option rights: Choose one of: members, public"):
        load("ris", tmp_path / "list", RIS, option=["rights=all"])
    with pytest.raises(CommandError, match=r"option sorce: It is unknown. Choose one of: source"):
        load("ris", tmp_path / "list", RIS, option=["sorce=x"])
    assert not Dossier.objects.exists()
