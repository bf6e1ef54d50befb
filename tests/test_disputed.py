"""A disputed position is called disputed wherever it is shown: on every page and in every file.

Of the demonstration dossier p009 is one: the minister says the next day that his words were
twisted. On 20 January 2017 it is what stands for Turkey on Assad's future.
"""

import csv
import io
import json
import zipfile
from pathlib import Path

import lxml.html
import pytest
from django.db import transaction
from django.utils import timezone
from lxml import etree

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.models import Dossier, Evidence, Position, User
from astana.models.process_cache import cache
from tests.a_class import a_class
from tests.as_a_new_process import forget
from tests.permissions import TABLE
from tests.site_pages import pages

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "syria-astana-2017"
HOME = "/dossiers/syria-astana-2017/"
WORDS = ("no longer realistic for Turkey", "A settlement without him is not realistic")
# What holds one thing that is said, with all that is said of it.
HOLDERS = {"li", "tr", "dd", "article", "aside", "entry", "figure"}
HELD_BY = {"cell", "standing", "voice", "search-facts", "held-by", "by-actor", "brief-held", "head"}
DAY = "as_of=2017-01-20"
PAIR = "actor=turkey&actor=opposition&issue=assad-future"

SHOWN = {
    "compare:matrix": [
        f"compare/?{PAIR}&{DAY}",
        f"compare/?{PAIR}&{DAY}&transpose=1",
        f"compare/?{PAIR}&{DAY}&open=turkey.assad-future",
        f"compare/?{PAIR}&as_of=2017-01-25&open=turkey.assad-future",
    ],
    "issues:detail": [f"issues/assad-future/?{DAY}"],
    "actors:detail": [f"actors/turkey/?{DAY}", f"actors/simsek/?{DAY}"],
    "articles:detail": [
        "articles/reuters-2017-01-21/",
        "articles/reuters-2017-01-21/?position=p009",
        "articles/middle-east-observer-2017-01-21/",
    ],
    "positions:index": ["positions/?issue=assad-future", "positions/?actor=turkey&sort=said"],
    "positions:detail": ["positions/p009/", "positions/p010/"],
    "events:detail": ["events/davos-panel-2017/"],
    "timeline:index": ["timeline/?issue=assad-future", "timeline/?by=actor&actor=turkey"],
    "agreement:index": [f"agreement/?{PAIR}&{DAY}&pair=turkey.opposition&least=1"],
    "common_ground:index": [f"common-ground/?{DAY}", f"common-ground/?show=facts&{DAY}"],
    "brief:index": [f"brief/?side=turkey&side=opposition&issue=assad-future&{DAY}"],
    "citations:index": ["cite/?of=position&name=p009"],
    "sources:index": [f"sources/?actor=turkey&issue=assad-future&{DAY}"],
    "sources:detail": [f"sources/reuters/?{DAY}"],
    "challenges:new": ["positions/p009/challenge/"],
    "search:index": ["/search/?q=settlement+without+Assad", "/search/?q=Simsek+Assad"],
    "feeds:index": ["feed/?actor=turkey", "feed/?issue=assad-future"],
    "blind:index": [f"compare/?{PAIR}&{DAY}&blind=1"],
    "blind:worksheet": [f"compare/?{PAIR}&{DAY}&blind=1#worksheet"],
}
# The same in pages of others.
ELSEWHERE = [
    f"/embed{HOME}{shown}"
    for shown in (
        f"compare/?{PAIR}&{DAY}",
        f"issues/assad-future/?{DAY}",
        "timeline/?issue=assad-future",
    )
]


@pytest.fixture(scope="module")
def _syria(django_db_setup, django_db_blocker):
    """The demonstration dossier, there for all tests of this file and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(check(read_files(SEEDS)))
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_syria")]


def holders(page: str) -> list[etree._Element]:
    """Return what on a page shows p009: the smallest thing that holds its link or its words."""
    tree = lxml.html.fromstring(page.encode())
    found = []
    for element in tree.iter(etree.Element):
        own = [element.text or "", *(child.tail or "" for child in element)]
        is_link = str(element.get("href", "")).split("?")[0].endswith("/positions/p009/")
        # What is offered to choose from, and the answers of a codebook, are nobody's.
        is_asked = element.xpath("ancestor-or-self::*[self::form or self::head or self::title]")
        is_asked = is_asked or element.xpath("ancestor::dl[contains(@class, 'codebook')]")
        if not is_asked and (is_link or any(words in " ".join(own) for words in WORDS)):
            found.append(_holder(element))
    return found


def _holder(element):
    while element.getparent() is not None:
        if element.tag in HOLDERS or HELD_BY & set(str(element.get("class", "")).split()):
            break
        element = element.getparent()
    return element


def says(element: etree._Element) -> str:
    """Return all that a thing says, also to who cannot see it."""
    labels = (one.get("aria-label", "") for one in element.iter(etree.Element))
    return " ".join([*element.itertext(), *labels]).lower()


@pytest.mark.parametrize(
    "address", [*(one for addresses in SHOWN.values() for one in addresses), *ELSEWHERE], ids=str
)
def test_a_page_that_shows_it_says_so(client, address):
    if "blind=1" in address:
        token = client.get(HOME + address)["Location"].removeprefix("../blind/")
        address = f"blind/{'worksheet/' if 'worksheet' in address else ''}{token}"
    address = address if address.startswith("/") else HOME + address
    response = client.get(address)
    assert response.status_code == 200
    found = holders(response.content.decode())
    assert found
    for one in found:
        text = " ".join(says(one).split())
        assert "disputed" in text or "disputes" in text, text


# These show no position of the dossier, or are for those who work on it.
SHOW_NONE = {
    "agreement:statements", "answers:index", "actors:index", "articles:index", "blind:key",
    "coverage:index", "documents:index",
    "events:index",
    "framing:index", "issues:index", "method:api", "method:index", "method:files", "method:licence",
    "method:glossary", "classes:join", "invitations:detail", "notices:unsubscribe",
}  # fmt: skip
# These show it only among the newest, or what a reader kept: see the tests below.
SHOW_SOME = {
    "classes:reading",
    "comparisons:detail",
    "documents:detail",
    "dossiers:detail",
    "home:index",
}


def test_every_public_page_is_walked():
    public = {name for name in pages() if TABLE[name].get in ("seen", "anonymous")}
    assert public - SHOW_NONE - SHOW_SOME == set(SHOWN)


@pytest.mark.parametrize(
    "address",
    [
        "actors/",
        "agreement/statements/",
        "articles/",
        "coverage/",
        "events/",
        "framing/?actor=turkey",
        "issues/",
        "/method/",
    ],
)
def test_the_other_pages_show_no_position(client, address):
    response = client.get(address if address.startswith("/") else HOME + address)
    assert response.status_code == 200
    assert not holders(response.content.decode())


@pytest.mark.parametrize("address", ["", "actors/turkey/", "issues/assad-future/"])
def test_the_entry_of_a_feed_says_so(client, address):
    # Feeds hold what changed last.
    Position.objects.filter(key="p009").update(published_at=timezone.now())
    feed = etree.fromstring(client.get(f"{HOME}{address}feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    [entry] = [
        one
        for one in feed.iter(f"{atom}entry")
        if one.findtext(f"{atom}id").endswith("/positions/p009/")
    ] or [None]
    assert entry is not None
    assert "(disputed)" in entry.findtext(f"{atom}title")
    assert "it is denied that this was said" in entry.findtext(f"{atom}summary")


def content_of(client, address: str) -> bytes:
    response = client.get(HOME + address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("address", ["positions.csv", f"compare.csv?{PAIR}&{DAY}"])
def test_a_row_of_a_file_says_so(client, address):
    text = content_of(client, address).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    name = "key" if "key" in rows[0] else "position"
    [row] = [row for row in rows if row[name] == "p009"]
    others = {row["disputed"] for row in rows} - {row["disputed"]}
    assert row["disputed"].lower() == "true"
    assert "true" not in {other.lower() for other in others}


@pytest.mark.parametrize("address", ["positions.json", f"compare.json?{PAIR}&{DAY}"])
def test_an_entry_of_a_file_says_so(client, address):
    found = json.loads(content_of(client, address))
    rows = found if isinstance(found, list) else next(v for v in found.values() if type(v) is list)
    [row] = [row for row in rows if "p009" in (row.get("key"), row.get("position"))]
    assert row["disputed"] is True


@pytest.mark.parametrize("suffix", ["csv", "docx"])
def test_a_brief_that_is_taken_away_says_so(client, suffix):
    content = content_of(
        client, f"brief.{suffix}?side=turkey&side=opposition&issue=assad-future&{DAY}"
    )
    if suffix == "docx":
        parts = zipfile.ZipFile(io.BytesIO(content))
        paragraphs = etree.fromstring(parts.read("word/document.xml")).iter("{*}p")
        said = ["".join(one.itertext()) for one in paragraphs]
        assert [text for text in said if WORDS[1] in text]
        assert any("disputed" in text for text in said if "20 Jan 2017" in text), said
    else:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        found = [row for row in rows if "p009" in row.values()]
        assert found
        assert all(row["disputed"].lower() == "true" for row in found)


def test_the_annotation_and_the_package_say_so(client):
    annotation = json.loads(content_of(client, "positions/p009.jsonld"))
    assert "disputed" in json.dumps(annotation)
    package = zipfile.ZipFile(io.BytesIO(content_of(client, "dossier.zip")))
    [name] = [name for name in package.namelist() if name.endswith("evidence.csv")]
    rows = csv.DictReader(io.StringIO(package.read(name).decode("utf-8-sig")))
    assert "disputes" in {row["role"] for row in rows if row["position"] == "p009"}


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_a_citation_says_so_in_its_title(client, form):
    text = content_of(client, f"cite/?of=position&name=p009&format={form}").decode()
    assert "(disputed)" in text


def test_the_newest_positions_and_the_first_page_say_so(client):
    """With nothing said after that day, the report stands on both."""
    Position.objects.filter(latest__gt="2017-01-20").update(
        earliest="2016-01-01", latest="2016-01-01"
    )
    forget()
    for one in holders(client.get(HOME).content.decode()):
        assert "disputed" in says(one)
    shown = [one for one in holders(client.get("/").content.decode()) if one.tag == "tr"]
    assert all("disputed" in says(one) for one in shown)


def test_what_a_class_reads_says_so(client):
    teacher = User.objects.create_user("teacher")
    dossier = Dossier.objects.get(slug="syria-astana-2017")
    group = a_class(dossier, user=teacher, query=f"{PAIR}&{DAY}")
    found = holders(client.get(f"/class/{group.code}/").content.decode())
    assert found
    assert all("disputed" in says(one) for one in found)


def test_a_document_and_its_positions_say_so(client):
    """p009 has no document; here it is about one."""
    dossier = Dossier.objects.get(slug="syria-astana-2017")
    document = dossier.documents.order_by("pk").first()
    Position.objects.filter(key="p009").update(document=document)
    cache.clear()
    found = holders(client.get(document.get_absolute_url()).content.decode())
    assert found
    assert all("disputed" in says(one) for one in found)


def test_without_the_denial_nothing_is_called_disputed(client):
    Evidence.objects.filter(role=Evidence.Role.DISPUTES).delete()
    forget()
    for name in ("compare:matrix", "issues:detail", "positions:detail", "citations:index"):
        [*found] = holders(client.get(HOME + SHOWN[name][0]).content.decode())
        assert found
        assert not any("disputed" in says(one) for one in found), name
