"""An OpenDocument text is read as its readers see it."""

import pytest

from astana.intake.odt import read_odt
from astana.intake.reading import Refused
from tests.intake.some_files import an_odt


def test_words_and_what_the_file_says_are_read():
    reading = read_odt(
        an_odt(
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
            "<text:h>Head</text:h>"
            "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>A note.</text:p></text:note-body></text:note> is<text:s/>here, in 2016"
            '<text:span text:style-name="T1">2</text:span><text:line-break/>&lt;b&gt; '
            '<text:span text:style-name="T2">hidden</text:span>'
            "<office:annotation><text:p>comment</text:p></office:annotation>محادثات</text:p>"
            "<text:list><text:list-item><text:p>1. item</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
            "<table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>",
            styles='<style:style style:name="T1"><style:text-properties '
            'style:text-position="super 58%"/></style:style><style:style style:name="T2">'
            '<style:text-properties text:display="none"/></style:style>',
        )
    )
    assert reading.text.split("\n\n") == [
        *("Head", "One[1] is here, in 2016²\n<b> محادثات", "1. item", "x | y", "[1] A note.")
    ]
    assert (reading.title, reading.author, reading.language) == ("Talks open", "Ann Hill", "en-GB")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (an_odt("<text:p>Words</text:p>", manifest="<encryption-data/>"), "encrypted"),
        (an_odt("<text:p/>"), "empty"),
        (an_odt("<text:p>Words</text:p>")[:-40], "unreadable"),
        (an_odt("<text:p>Words</text:p>").replace(b"content.xml", b"kontent.xml"), "wrong-kind"),
    ],
)
def test_what_is_no_text_is_refused(data, code):
    with pytest.raises(Refused) as refusal:
        read_odt(data)
    assert refusal.value.code == code
