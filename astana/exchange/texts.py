"""The words of renditions in a package, checked against their hashes."""

from collections.abc import Mapping

from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraphs_of
from astana.exchange.cells import Row
from astana.exchange.problems import Problem
from astana.words.line_ends import plain

# Article, kind, language and version.
RenditionKey = tuple[str, str, str, int]

FILE = "renditions.csv"


def key_of(row: Row) -> RenditionKey:
    """Return the key of the rendition that a row of renditions, evidence or anchors names."""
    values = row.values
    return values["article"], values["kind"], values["language"], values["version"]


def paragraphs_in(row: Row, text: str) -> list[list[int]]:
    """Return the paragraphs of a rendition: those the row names, else those of its text."""
    return row.values["paragraphs"] or [list(pair) for pair in paragraphs_of(text)]


def read_texts(
    rows: list[Row], files: Mapping[str, bytes]
) -> tuple[dict[RenditionKey, str], list[Problem]]:
    """Return the words that the package holds, by rendition, and what is wrong with renditions."""
    texts: dict[RenditionKey, str] = {}
    problems: list[Problem] = []
    same: dict[tuple[str, ...], int] = {}
    for row in rows:
        values = row.values
        article, kind, language, version = key = key_of(row)
        twin = same.setdefault((article, kind, language, values["sha256"]), row.line)
        if twin != row.line:
            message = f"Line {twin} has the same hash: it is the same text. Keep one of the two."
            problems.append(Problem(FILE, message, row.line, "sha256"))
        if values["file"]:
            expected = text_file(article, kind, language, version)
            if values["file"] != expected:
                message = f"Name the file {expected}."
                problems.append(Problem(FILE, message, row.line, "file"))
            elif expected not in files:
                message = f"{expected} is missing. Add it, or leave this empty."
                problems.append(Problem(FILE, message, row.line, "file"))
            else:
                text, wrong = _read_text(row, expected, files[expected])
                problems += wrong
                texts[key] = text
                continue
        problems += _size_problems(row)
    used = {row.values["file"] for row in rows}
    for name in sorted(files):
        if name.startswith("texts/") and name not in used:
            message = "No rendition names this file. Add a row to renditions.csv, or remove it."
            problems.append(Problem(name, message))
    return texts, problems


def _read_text(row: Row, file: str, content: bytes) -> tuple[str, list[Problem]]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", [Problem(file, "This is not UTF-8. Save the text as UTF-8.", line)]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return text, [Problem(file, "There is a NUL character. Delete it.", line)]
    if not text.strip():
        return text, [Problem(file, "It is empty. Put the words in, or name no file.")]
    text = _as_it_was(text, row.values["sha256"])
    if hash_of(text) != row.values["sha256"]:
        message = (
            f"The words of {file} have another hash. A changed text is a new version: restore "
            "the words, or add a rendition."
        )
        return text, [Problem(FILE, message, row.line, "sha256")]
    if len(text) != row.values["characters"]:
        message = f"{file} has {len(text)} characters. Write that."
        return text, [Problem(FILE, message, row.line, "characters")]
    return text, _size_problems(row)


def _as_it_was(text: str, digest: str) -> str:
    """Return the text of a hash where a program changed its line ends, or marked its beginning."""
    lines = plain(text)
    for one in (text, lines, lines.replace("\n", "\r\n")):
        for found in (one, one.removeprefix("\ufeff")):
            if hash_of(found) == digest:
                return found
    return text


def _size_problems(row: Row) -> list[Problem]:
    characters, paragraphs = row.values["characters"], row.values["paragraphs"]
    if paragraphs and paragraphs[-1][1] > characters:
        message = f"The text ends at {characters}. Correct the offsets."
        return [Problem(FILE, message, row.line, "paragraphs")]
    return []


def text_file(article: str, kind: str, language: str, version: int) -> str:
    """Return the name of the file that holds the words of a rendition."""
    later = f".v{version}" if version > 1 else ""
    return f"texts/{article}.{kind}.{language}{later}.txt"
