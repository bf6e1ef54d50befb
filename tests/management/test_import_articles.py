"""Lists of articles, as an operator brings them in. All articles in here are invented."""

import io
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from django.core.management import CommandError, call_command
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from astana.formats.articles.worker import entries_in
from astana.formats.package import Unreadable
from astana.intake.reading import Refused
from astana.models import Article, Dossier, Source

pytestmark = pytest.mark.django_db

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
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
        "line 20: No day is known: without a day of publication (only a year or month).",
        "1  AB of articles, such as: They meet. And part.",
        "1  further addresses of articles, such as: https://paper.example/b",
        "2  articles without a text (only their details are loaded)",
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
    assert "Articles that the dossier already has, which stay as they are: 1." in said
    new = Article.objects.get(published="2017-01-26")
    assert (new.title, new.byline) == ("NATO and the Über-talks", "Hill, Ann; Böll, K")
    assert (new.source, new.language) == (paper.source, "de")
    assert new.url == "https://paper.example/x%20y_z"
    paper.refresh_from_db()
    assert (paper.title, Article.objects.count()) == ("As we have it", 3)

    said = load("csl-json", tmp_path / "list.json", json.dumps(CSL))
    assert "articles without a day of publication (no date), such as: item 1: Undated" in said
    assert "articles without a source (choose one with --option source), such as: item 2" in said
    said = load("csl-json", tmp_path / "list.json", json.dumps(CSL), option=["source=A Wire!"])
    assert "addresses that are invalid or too long, such as: nowhere" in said
    last = Article.objects.get(published="2017-01-27")
    assert (last.byline, last.source.name) == ("Hill, Ann; A Wire", "A Wire!")


WORDS = " ".join(f"word{number}" for number in range(60))


def a_nexis(*articles: list[str], end: str = "End of Document") -> bytes:
    """Return a Word document as the archive writes it; a line `Title <address>` is a link.

    The last article ends with `end`.
    """
    document = docx.Document()
    for line in ["User Name: Nobody", "Documents (3)", *(one[0] for one in articles)]:
        document.add_paragraph(line.partition(" <")[0])
    for article in articles:
        for line in article:
            words, _mark, address = line.partition(" <")
            paragraph = document.add_paragraph("" if address else words)
            if address:
                kind = f"{OFFICE}/relationships/hyperlink"
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), document.part.relate_to(address[:-1], kind, is_external=True))
                link.append(paragraph.add_run(words)._r)
                paragraph._p.append(link)
        document.add_paragraph(end if article is articles[-1] else "End of Document")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


LEXIS = "https://advance.lexis.com/api/document?collection=news&id=urn:contentItem:5T2X-"
NEXIS = (
    [
        f"Talks: open in the capital <{LEXIS}1>",
        "The Paper (Town)",
        "January 24, 2017 Tuesday 9:20 AM GMT",
        "Copyright 2017 The Paper All Rights Reserved",
        "Section:\u00a0WORLD; Version:1",
        "Length:\u00a0120 words",
        "Byline:\u00a0Ann Hill",
        "Body",
        f"They met: {WORDS} 😀.",
        "And they parted.",
        "Classification",
        "Language: ENGLISH",
        "Correction",
        "They did not part.",
        "Load-Date:\u00a0January 25, 2017",
    ],
    [
        f"Réunion <{LEXIS}2>",
        "Le Papier",
        "mardi 25 janvier 2017",
        "Longueur: 90 mots",
        "Corps",
        f"They met: {WORDS}. Nothing else.",
    ],
    [f"Undated <{LEXIS}3>", "The Paper (Town)", "July 2019", "Body", "Soon."],
    [f"محادثات <{LEXIS}4>", "الصحيفة", "January 26, 2017", "Body", "قالت روسيا إن الهدنة قائمة."],
)


def test_articles_of_nexis_come_in_with_their_texts_for_members(tmp_path):
    said = load("nexis", tmp_path / "talks.docx", a_nexis(*NEXIS))
    for line in (
        "1  articles without a day of publication (only a year or month), such as: article 3: Und",
        "1  section of articles, such as: WORLD; Version:1",
        "1  correction of articles, such as: They did not part.",
        "article 1: Talks: open in the capital: It has a correction.",
        "article 2: Réunion: the day of the week is not that of “mardi 25 janvier 2017”.",
        "shares 97 % of its words with 2017-01-24-talks-open-in-the-capital",
    ):
        assert line in said
    first, second, third = Article.objects.select_related("source").order_by("published")
    assert (first.title, first.byline) == ("Talks: open in the capital", "Ann Hill")
    assert (first.source.name, first.language) == ("The Paper (Town)", "en")
    assert (first.url, first.foreign_id) == (f"{LEXIS}1", "nexis:urn:contentItem:5T2X-1")
    text = first.renditions.get()
    assert text.text == f"They met: {WORDS} 😀.\n\nAnd they parted."
    assert (text.rights, text.kind, len(text.paragraphs)) == ("members", "full", 2)
    assert (second.source.name, second.published.isoformat()) == ("Le Papier", "2017-01-25")
    assert (third.language, third.renditions.get().language) == ("ar", "ar")

    # A zip of single ones is the same; what is there stays, and gets no second text.
    Article.objects.filter(pk=first.pk).update(slug="ours")
    archive = tmp_path / "talks.zip"
    with ZipFile(archive, "w") as file:
        for number, article in enumerate(NEXIS):
            file.writestr(f"{number}.docx", a_nexis(article))
    said = load("nexis", archive, archive.read_bytes(), option=[f"leave-out={third.slug}"])
    assert "Articles that the dossier already has, which stay as they are: 2." in said
    assert f"articles left out by choice, such as: {third.slug}" in said
    assert "nothing changed" in said


OLD_NEXIS = """
                               1 of 3 DOCUMENTS

                                The Paper (Town)

                            January 24, 2017 Monday
                                  Late Edition

Talks open in
the capital 😀

BYLINE: By Ann Hill

SECTION: Section A; Pg. 1

LENGTH: 12 words

TOWN: They met, and
nobody spoke.

 And they parted.

CORRECTION: They did not part.

 They stayed.

LANGUAGE: ENGLISH

                   Copyright 2017 The Paper
                     All Rights Reserved

\f                               2 of 3 DOCUMENTS

             Copyright 2017 Le Papier Tous droits réservés

                                  Le Papier

                                25 janvier 2017

LONGUEUR: 3 mots

TITRE: Réunion

Ils se sont vus.

                               3 of 3 DOCUMENTS

                                   الصحيفة

                                January 2017

محادثات

LENGTH: 2 words

قالت روسيا.
"""


def test_articles_of_nexis_also_come_in_as_the_text_that_it_handed_out_before(tmp_path):
    said = load("nexis", tmp_path / "talks.txt", OLD_NEXIS.replace("\n", "\r\n"))
    for line in (
        "1  articles without a day of publication (only a year or month), such as: article 3: مح",
        "1  edition of articles, such as: Late Edition",
        "1  longueur of articles, such as: 3 mots",
        "1  correction of articles, such as: They did not part. They stayed.",
        "2  copyright of articles",
        "article 1: Talks open in the capital 😀: It has a correction.",
        "😀: the day of the week is not that of “January 24, 2017 Monday”.",
    ):
        assert line in said
    found = [
        (one.title, one.byline, one.source.name, one.language, text.text, text.rights)
        for one in Article.objects.select_related("source").order_by("published")
        for text in one.renditions.all()
    ]
    assert found == [
        ("Talks open in the capital 😀", "By Ann Hill", "The Paper (Town)", "en",
         "TOWN: They met, and nobody spoke.\n\nAnd they parted.", "members"),
        ("Réunion", "", "Le Papier", "fr", "Ils se sont vus.", "members"),
    ]  # fmt: skip
    # What is cut off is not taken for the whole.
    with pytest.raises(CommandError, match=r"It ends with article 2 of 3: the file is cut off"):
        load("nexis", tmp_path / "cut.txt", OLD_NEXIS.partition("3 of 3")[0])


FACTIVA = """<html><head><meta charset="utf-8"></head><body>
<div id="a" class="article enArticle"><table>
<tr><td><b>SE</b></td><td>World</td></tr>
<tr><td><b>HD</b></td><td><span class='enHeadline'>Talks open</span></td></tr>
<tr><td><b>BY</b></td><td>By Ann Hill</td></tr><tr><td><b>PD</b></td><td>24 January 2017</td></tr>
<tr><td><b>SN</b></td><td>The Paper</td></tr><tr><td><b>LA</b></td><td>Anglais</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph">They <b>met</b>.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph">And parted.</p><p>Nobody\nspoke.</p></td></tr>
<tr><td><b>AN</b></td><td>Document PAPR000020170124ed1o0001</td></tr></table></div>
<div class="article enArticle"></div><table><tr><td>HD</td><td>Talks opened</td></tr>
<tr><td>PD</td><td>25 January 2017</td></tr><tr><td>SN</td><td>The Paper</td></tr>
<tr><td>AN</td><td>Document PAPR000020170124ed1o0001</td></tr></table>
<div class="article frArticle"><div id="hd"><span class="frHeadline">Réunion</span></div>
<div class="author">A. Colline</div><div>90 mots</div><div>25 janvier 2017</div><div>09:20</div>
<div>Le Papier</div><div>LPAP</div><p class="articleParagraph">Ils se sont vus.</p>
<p>Document LPAP000020170125ed1o0002</p></div></body></html>"""
EUROPRESSE = """<html><body><article><header>
<div class="x"><span class="DocPublicationName">Le Papier, no. 123</span></div>
<span class="DocHeader">Monde, mercredi 25 janvier 2017, p. 3</span>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Une réunion</p></div>
<div class="docAuthors">Anne Colline</div></header><section>
<div class="docOcurrContainer"><p>Ils se <span class="occurrence">sont</span> vus.</p>
<p>Puis plus rien.</p></div></section></article></body></html>"""


def test_pages_of_archives_come_in_whatever_their_layout(tmp_path):
    said = load("factiva", tmp_path / "factiva.html", FACTIVA)
    assert "1  SE of articles, such as: World" in said
    assert "duplicate articles, such as: article 2: Talks opened, as article 1" in said
    said = load("europresse", tmp_path / "europresse.html", EUROPRESSE.encode("cp1252"))
    assert "It is not UTF-8 and was read as Western European" in said
    assert "section and page of articles, such as: Monde, p. 3" in said
    found = [
        (one.title, one.byline, one.source.name, f"{one.published}", one.renditions.get().text)
        for one in Article.objects.select_related("source").order_by("published", "title")
    ]
    assert found == [
        ("Talks open", "By Ann Hill", "The Paper", "2017-01-24",
         "They met.\n\nAnd parted.\n\nNobody spoke."),
        ("Réunion", "A. Colline", "Le Papier", "2017-01-25", "Ils se sont vus."),
        ("Une réunion", "Anne Colline", "Le Papier", "2017-01-25",
         "Ils se sont vus.\n\nPuis plus rien."),
    ]  # fmt: skip
    assert [*Article.objects.order_by("title").values_list("language", flat=True)] == [
        *("fr", "en", "fr")
    ]


def test_a_list_that_is_none_is_refused_with_its_place_and_nothing_is_loaded(tmp_path):
    nexis = a_nexis(*NEXIS)
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 5_000_000)
    expected = {
        ("ris", "line 3: The entry of line 1 has no end"): b"TY  - NEWS\nTI  - A\nTY  - NEWS\n",
        ("ris", "line 1: The entry has no line “ER  - ”: the file is cut off"): RIS[:60].encode(),
        ("bibtex", "line 2: The key a occurs twice"): b"@misc{a, title={x}}\n@misc{a, t={y}}",
        ("bibtex", "line 1: The entry has no end"): b"@misc{a, title={x}\n@misc{b, title={y}}",
        ("csl", "items, line 1: This is not JSON"): b"[{]",
        ("csl", "item 2: It is not a JSON object"): b"[{}, 3]",
        ("csl", "beginning: It is not a list of items"): b"3",
        ("csl", "items: It is nested too deeply"): b"[" * 100_000,
        ("csl", "items, line 1: This is not UTF-8"): b"\xff\xfe",
        ("nexis", "beginning: This is Rich Text. Download"): b"{\\rtf1 Talks}",
        ("nexis", "beginning: This is neither"): nexis[:9_000],
        ("nexis", "article 2: It has no line “Body”"): a_nexis(NEXIS[0], ["Cover", "No words"]),
        ("nexis", "article 2: It has no line “End of Document”"): a_nexis(*NEXIS[:2], end="Fin"),
        ("factiva", "beginning: This is not HTML"): b"Talks",
    }
    for (name, message), content in expected.items():
        with pytest.raises(Unreadable) as refused:
            entries_in(name, content)
        assert message in str(refused.value), name
    for name, content, code in (
        ("ris", b"\xff\xfe" + b"\xd8\xdc" * 40, "encoding"),
        ("nexis", bomb.getvalue(), "too-much-inside"),
    ):
        with pytest.raises(Refused, match=code):
            entries_in(name, content)

    # As the command says it, of the process that reads.
    for name, content, message in (
        ("nexis", nexis[:9_000], "list, beginning: This is neither"),
        ("nexis", bomb.getvalue(), "list, beginning: It unpacks to more than such a document"),
        ("ris", b" " * 30_000_001, "list, beginning: It is larger than 30,000,000 bytes"),
    ):
        with pytest.raises(CommandError) as refused:
            load(name, tmp_path / "list", content)
        assert message in str(refused.value)
        assert "Nothing was loaded." in str(refused.value)
    with pytest.raises(CommandError, match=r"option rights: Choose one of: members, public"):
        load("ris", tmp_path / "list", RIS, option=["rights=all"])
    assert not Dossier.objects.exists()
