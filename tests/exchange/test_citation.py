"""Citations: the styles by the book, and files that other programs read as they were meant."""

import json
import re
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from astana.exchange.citation import Citation, Report, apa, chicago, mla
from astana.exchange.citation_files import bibtex, csl_json, ris

PAGE = Citation(
    key="talks-p004",
    title="Russia on “Cease-fire”: Russia supports it.",
    container="The Talks",
    url="https://astana.example/dossiers/talks/positions/p004/",
    accessed=date(2026, 11, 23),
    issued=date(2017, 1, 25),
    version="12",
    reports=(
        Report("The Gazette", "Who went to “Astana”?", date(2017, 1, 25), (3, 5)),
        Report("The Times", "Talks", date(2017, 1, 26), (2,), "synopsis"),
        Report("The Herald", "No", date(2017, 1, 22), (), "", is_disputing=True),
    ),
)
ARTICLE = Citation(
    key="gazette-2017-01-25",
    title="Who went to Astana?",
    container="The Gazette",
    url="https://gazette.example/astana",
    accessed=date(2026, 11, 23),
    issued=date(2017, 1, 25),
    author="Ann Author",
    language="en",
    note="Read in “The Talks”",
    is_article=True,
)
# What a line of text may hold; files of references are made of lines.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs", "Cn"], include_characters=" "),
    min_size=1,
).map(lambda text: " ".join(text.split()) or "x")


def test_apa():
    assert apa(PAGE) == (
        "Russia on “Cease-fire”: Russia supports it. (2017, January 25). Reported in The Gazette, "
        "“Who went to ‘Astana’?”, January 25, 2017, paragraphs 3, 5; The Times, “Talks”, "
        "January 26, 2017, paragraph 2 of the synopsis. Disputed in The Herald, “No”, "
        "January 22, 2017. In The Talks (Version 12). Astana. "
        "Retrieved November 23, 2026, from "
        "https://astana.example/dossiers/talks/positions/p004/"
    )
    assert apa(ARTICLE) == (
        "Ann Author. (2017, January 25). Who went to Astana? The Gazette. "
        "https://gazette.example/astana"
    )


def test_chicago():
    assert chicago(PAGE) == (
        "“Russia on ‘Cease-fire’: Russia supports it.” Reported in The Gazette, "
        "“Who went to ‘Astana’?”, January 25, 2017, paragraphs 3, 5; The Times, “Talks”, "
        "January 26, 2017, paragraph 2 of the synopsis. Disputed in The Herald, “No”, "
        "January 22, 2017. The Talks, version 12. Astana. "
        "Accessed November 23, 2026. "
        "https://astana.example/dossiers/talks/positions/p004/."
    )
    assert chicago(ARTICLE) == (
        "Ann Author. “Who went to Astana?” The Gazette, January 25, 2017. "
        "Accessed November 23, 2026. https://gazette.example/astana."
    )


def test_mla():
    assert mla(PAGE) == (
        "“Russia on ‘Cease-fire’: Russia supports it.” Reported in The Gazette, "
        "“Who went to ‘Astana’?”, 25 Jan. 2017, paragraphs 3, 5; The Times, “Talks”, 26 Jan. 2017, "
        "paragraph 2 of the synopsis. Disputed in The Herald, “No”, 22 Jan. 2017. "
        "The Talks, version 12, Astana, https://astana.example/dossiers/talks/positions/p004/. "
        "Accessed 23 Nov. 2026."
    )
    assert mla(ARTICLE) == (
        "Ann Author. “Who went to Astana?” The Gazette, 25 Jan. 2017, "
        "https://gazette.example/astana. Accessed 23 Nov. 2026."
    )


def test_a_page_without_a_day_is_undated():
    undated = Citation("k", "Title", "The Talks", "https://a.example/", date(2026, 11, 23))
    assert apa(undated).startswith("Title. (n.d.). In The Talks. Astana.")
    for style in (apa, chicago, mla):
        assert "Reported" not in style(undated)


def _bibtex(cited: Citation) -> dict[str, str]:
    library = bibtexparser.parse_string(
        bibtex(cited), append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    # The second braces, which keep capitals, are part of the value.
    return {"key": entry.key} | {
        field.key: str(field.value).removeprefix("{").removesuffix("}") for field in entry.fields
    }


@given(title=texts, author=texts, container=texts)
def test_bibtex_is_read_back(title, author, container):
    cited = Citation("k", title, container, PAGE.url, PAGE.accessed, author=author, is_article=True)
    library = bibtexparser.parse_string(bibtex(cited))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.fields_dict["url"].value == PAGE.url
    assert {"title", "author", "journal"} <= entry.fields_dict.keys()


@pytest.mark.parametrize(
    "title", ["50 % & more_of #1 for $5", "Лаврентьев", "بشار الجعفري", "Erdoğan, “so”"]
)
def test_bibtex_keeps_signs_and_scripts(title):
    read = _bibtex(Citation("a/b c", title, "The Talks", PAGE.url, PAGE.accessed))
    assert read["key"] == "a-b-c"
    assert read["title"] == title


def test_braces_are_balanced_as_bibtex_counts_them_and_read_back():
    for title in ("Who left { open", "a } b {{", "\\{"):
        written = bibtex(Citation("k", title, "C", PAGE.url, PAGE.accessed))
        assert written.count("{") == written.count("}")
        assert written.count(r"{\textbraceleft}") == title.count("{")


def test_a_citation_is_one_line_without_control_characters_in_every_form():
    lines = "Talks\r\n\x01 open\u2028now\x1b"
    report = Report(f"{lines}.", lines, PAGE.accessed, text=lines)
    cited = Citation(lines, lines, lines, PAGE.url, PAGE.accessed, author=lines, reports=(report,))
    for style in (apa, chicago, mla):
        assert "Talks open now" in style(cited)
        assert not re.search("[\x00-\x1f\u2028]", style(cited))
    assert rispy.loads(ris(cited))[0]["title"] == _bibtex(cited)["title"] == "Talks open now"
    assert json.loads(csl_json(cited))[0]["title"] == "Talks open now"


def test_an_unclosed_brace_does_not_swallow_the_entry():
    for title in ("a { b", "a } b", "\\", "a\\"):
        read = bibtexparser.parse_string(bibtex(Citation("k", title, "C", PAGE.url, PAGE.accessed)))
        assert read.failed_blocks == []
        assert read.entries[0].fields_dict["url"].value == PAGE.url


@given(title=texts, author=texts, container=texts)
def test_ris_is_read_back(title, author, container):
    cited = Citation("k", title, container, PAGE.url, PAGE.accessed, author=author, is_article=True)
    (read,) = rispy.loads(ris(cited))
    assert (read["title"], read["authors"], read["secondary_title"]) == (title, [author], container)
    assert read["urls"] == [PAGE.url]


def test_ris_holds_days_and_kind():
    (read,) = rispy.loads(ris(ARTICLE))
    assert (read["type_of_reference"], read["year"], read["date"]) == ("NEWS", "2017", "2017/01/25")
    assert read["access_date"] == "2026/11/23"
    assert rispy.loads(ris(PAGE))[0]["type_of_reference"] == "ELEC"


def test_a_line_break_in_a_title_does_not_forge_a_field():
    cited = Citation("k", "One\r\nER  - \r\nTY  - BOOK", "C", PAGE.url, PAGE.accessed)
    (read,) = rispy.loads(ris(cited))
    assert read["type_of_reference"] == "ELEC"


@pytest.mark.parametrize("cited", [PAGE, ARTICLE], ids=["page", "article"])
def test_csl_json_has_the_shape_of_its_schema(cited):
    (item,) = json.loads(csl_json(cited))
    assert item["type"] in {"webpage", "article-newspaper"}
    for name in ("id", "title", "container-title", "URL"):
        assert isinstance(item[name], str)
    for name in ("issued", "accessed"):
        ((year, month, day),) = item[name]["date-parts"]
        assert date(year, month, day) == getattr(cited, name)
    assert item.get("author", []) == ([{"literal": cited.author}] if cited.author else [])
    # Further names would be refused: the schema of CSL allows none of its own.
    assert set(item) <= {
        "id", "type", "title", "container-title", "URL", "accessed", "issued", "author",
        "publisher", "version", "language", "note",
    }  # fmt: skip


@given(title=texts)
def test_csl_json_keeps_every_script(title):
    (item,) = json.loads(csl_json(Citation("k", title, "C", PAGE.url, PAGE.accessed)))
    assert item["title"] == title
