"""Of a web page the article is kept, as words; nothing that a browser could run."""

import pytest

from astana.intake.html import read_html, words_of
from astana.intake.reading import Refused
from tests.intake.some_files import a_page

LONG = "The delegates said that the hall was full, and went on with their talks for a day. "


def paragraphs(reading):
    return reading.text.split("\n\n")


def test_the_article_is_found_and_what_the_page_says_of_it():
    body = [f"{ordinal} paragraph. {LONG}" for ordinal in ("First", "Second", "Third")]
    reading = read_html(a_page(*body))
    assert paragraphs(reading)[-3:] == [words.strip() for words in body]
    assert "Imprint" not in reading.text
    assert "Home" not in reading.text
    assert (reading.title, reading.author, reading.date) == ("Talks open", "Ann Hill", "2017-01-23")
    assert (reading.site, reading.language, reading.warnings) == ("The Paper", "en", ())


@pytest.mark.parametrize("words", ["محادثات في القاعة 😀 ", "Переговоры в зале 😀 "])
def test_every_script_is_kept(words):
    reading = read_html(a_page(words * 20, "Second. " + LONG, language="ar"))
    assert (words * 20).strip() in paragraphs(reading)
    assert reading.language == "ar"


def test_scripts_and_handlers_are_gone_and_what_looks_like_markup_is_words():
    reading = read_html(
        a_page(
            f'First. {LONG}<script>alert("canary")</script><img src=x onerror=alert("canary")>',
            f'Second <a href="javascript:canary()">link</a>. {LONG}<style>canary</style>',
            f"Third &lt;script&gt;words&lt;/script&gt;. {LONG}",
        )
    )
    assert "canary" not in reading.text
    assert "Third <script>words</script>." in reading.text


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-16"])
def test_the_encoding_that_a_page_declares_is_believed(encoding):
    page = a_page("Переговоры в зале. " * 10).decode().replace('"utf-8"', f'"{encoding}"')
    assert "Переговоры в зале." in read_html(page.encode(encoding)).text


def test_a_page_with_an_xml_declaration_is_read():
    page = b'<?xml version="1.0" encoding="utf-8"?>\n' + a_page("Переговоры. " + LONG)
    assert "Переговоры." in read_html(page).text


def test_a_page_without_an_article_gives_what_words_it_has():
    assert read_html(b"<html><body><div>Short</div></body></html>").text == "Short"


def test_a_page_without_words_is_refused():
    with pytest.raises(Refused) as refusal:
        read_html(b"<html><body><img src='a.png'><script>var words</script></body></html>")
    assert refusal.value.code == "empty"


def test_characters_are_those_that_browsers_show():
    words = "It&#146;s&#xFFFF; the dele&shy;ga&#xad;tion\x03&#0;s &#60;b&#62; &#x41c;&#1080;р."
    reading = read_html(a_page(f"{words} {LONG}", LONG, LONG))
    assert f"It’s the delegation\ufffds <b> Мир. {LONG}".strip() in paragraphs(reading)


def test_what_a_reader_sees_is_what_is_read():
    seen = (
        "He said: <q>We <b>will</b> not, <q>ever</q></q>. It fell in 2016<sup>1</sup>, on the "
        "19<sup>th</sup>, on 40 m<sup>2</sup><sup>3,4</sup><sup>[5]</sup>: <del>seven</del> "
        '<ins>eight</ins> came<s>.</s>; <span hidden>no</span><b style="display: none">no</b>'
        '<code>and</code> <i hidden="until-found">so</i> on. '
    )
    row = "<tr><th>Side</th><td><p>two</p><p>words</p></td><td></td><td>3</td></tr>"
    table = f"<table>{row}<tr><td>Only one</td></tr></table>"
    expected = (
        "He said: “We will not, ‘ever’”. It fell in 2016¹, on the 19th, on 40 m²[3,4][5]: eight "
        f"came; and so on. {LONG}"
    )
    for page in (a_page(seen + LONG, LONG, LONG), f"<p>{seen}{LONG}</p>".encode()):
        assert expected.strip() in paragraphs(read_html(page))
    assert words_of(table).split("\n\n") == ["Side | two words | | 3", "Only one"]


def test_words_that_stand_deep_are_read():
    deep = f"{'<div>' * 300}<p>Deep. {LONG}</p>{'</div>' * 300}<p>Last. {LONG}</p>"
    for page in (a_page(LONG + deep), deep.encode()):
        assert {f"Deep. {LONG}".strip(), f"Last. {LONG}".strip()} <= set(
            paragraphs(read_html(page))
        )


def test_a_table_that_sets_out_a_page_is_no_row_of_words():
    menu, body = "<td><p>Home</p><p>News</p></td>", f"<td><p>{LONG * 20}</p><p>{LONG * 9}</p></td>"
    assert len(words_of(f"<table><tr>{menu}{body}</tr></table>").split("\n\n")) == 4
    nested = (
        "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"
    )
    assert words_of(nested).split("\n\n") == ["a", "b | c"]


def test_blocks_are_paragraphs_and_cells_are_set_apart():
    html = (
        "<h1>Head</h1><p>One\n <b>two</b><br>three</p><ul><li>a</li><li>b</li></ul>"
        "<table><tr><td>x</td><td>y</td></tr><tr><td>z</td></tr></table>tail<blockquote>q</blockquote>"
    )
    assert words_of(html).split("\n\n") == [
        *("Head", "One two\nthree", "a", "b", "x | y", "z", "tail", "q")
    ]
