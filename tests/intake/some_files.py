"""Real files of each kind, built from words; and hostile ones."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    create_string_object,
)

PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} — The Paper</title>
<meta name="author" content="Ann Hill"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2017-01-23T08:00:00Z">
<meta property="og:site_name" content="The Paper"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>{title}</h1>{body}</article>
<footer>Imprint and privacy</footer></body></html>"""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-\
officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/\
officeDocument/2006/relationships/officeDocument"/></Relationships>"""
_PROPERTIES = """<?xml version="1.0"?>
<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Talks open</dc:title>
<dc:creator>Ann Hill</dc:creator><dc:language>en-GB</dc:language></p:coreProperties>"""


def a_page(*paragraphs, title="Talks open", language="en"):
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    return PAGE.format(title=title, language=language, body=body).encode()


def a_docx(*paragraphs, body="", entries=(), main="document"):
    """A document of paragraphs, or of a body in Word's own markup, and further entries."""
    body = body or "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' for words in paragraphs
    )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.replace("/document.", f"/{main}."))
        archive.writestr("_rels/.rels", _RELATIONS.replace("/document.", f"/{main}."))
        archive.writestr("docProps/core.xml", _PROPERTIES)
        archive.writestr(
            f"word/{main}.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, contents in entries:
            archive.writestr(name, contents)
    return file.getvalue()


def a_pdf(*pages, metadata=None, password=None):
    """A document whose pages are lists of lines, in Windows-1252."""
    writer = PdfWriter()
    for lines in pages:
        drawn = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 800 Td\n{drawn}ET".encode("cp1252"))
        _add(writer, stream)
    writer.add_metadata(metadata or {})
    writer.root_object[NameObject("/Lang")] = create_string_object("en-GB")
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def a_pdf_in_unicode(line, *, is_known=True):
    """A document of one line in any script, whose font says which letters its codes are.

    Or it has names for them that are no more than numbers.
    """
    codes = {letter: at for at, letter in enumerate(dict.fromkeys(line), 1)}
    known = "".join(f"<{at:02x}> <{ord(letter):04x}>\n" for letter, at in codes.items())
    table = DecodedStreamObject()
    table.set_data(
        "/CIDInit /ProcSet findresource begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{known}endbfchar endcmap end".encode()
    )
    stream = DecodedStreamObject()
    drawn = "".join(f"{codes[letter]:02x}" for letter in line)
    stream.set_data(f"BT /F1 11 Tf 50 800 Td <{drawn}> Tj ET".encode())
    writer = PdfWriter()
    font = _add(writer, stream)
    if is_known:
        font[NameObject("/ToUnicode")] = writer._add_object(table)
    else:
        names = ArrayObject(
            [NumberObject(1), *(NameObject(f"/g{code}") for code in codes.values())]
        )
        font[NameObject("/Encoding")] = DictionaryObject({NameObject("/Differences"): names})
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def a_pdf_in_places(*pieces):
    """A document of words at places: x, y and the words of each."""
    drawn = (f"BT /F1 11 Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, words in pieces)
    return a_pdf_of_a_stream("\n".join(drawn).encode("cp1252"))


def a_scan():
    """A document of one page that shows a picture inside a form, and no words."""
    writer = PdfWriter()
    picture, form = DecodedStreamObject(), DecodedStreamObject()
    picture[NameObject("/Subtype")] = NameObject("/Image")
    form[NameObject("/Subtype")] = NameObject("/Form")
    page = writer.add_blank_page(595, 842)
    for of, name, drawn in ((form, "/I", picture), (page, "/F", form)):
        objects = DictionaryObject({NameObject(name): writer._add_object(drawn)})
        of[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def a_pdf_of_a_stream(contents):
    """A document of one page that draws what the bytes say, deflated."""
    writer = PdfWriter()
    stream = StreamObject()
    stream._data = zlib.compress(contents, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    _add(writer, stream)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _escaped(line):
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _add(writer, stream):
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(stream)])
    return font


def an_odt(body, *, styles="", kind="text", manifest=""):
    """An OpenDocument of a body and styles in its own markup, without their namespaces."""
    names = ("office", "style", "text", "table", "fo", "meta")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {spaces}><office:meta><dc:title>Talks open</dc:title>"
            "<meta:initial-creator>Ann Hill</meta:initial-creator><dc:language>en-GB</dc:language>"
            "</office:meta></office:document-meta>",
        )
        archive.writestr("META-INF/manifest.xml", f"<m>{manifest}</m>")
    return file.getvalue()
