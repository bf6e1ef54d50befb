"""Citations as files for programs: BibTeX, RIS and CSL-JSON. Names in every script survive."""

import json
import re
from typing import Any

from astana.exchange.citation import SITE, Citation

# What TeX takes for a command; the text stays readable, as each has a command of its own.
_TEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces, escaped ones too.
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(cited: Citation) -> str:
    """Return an entry of BibTeX, in UTF-8; the braces keep names and titles as they are written."""
    kind = "article" if cited.is_article else "misc"
    fields = {
        "author": f"{{{_tex(cited.author)}}}" if cited.author else "",
        "title": f"{{{_tex(cited.title)}}}",
        "journal" if cited.is_article else "howpublished": _tex(_within(cited)),
        "year": f"{cited.issued:%Y}" if cited.issued else "",
        "month": f"{cited.issued:%m}" if cited.issued else "",
        "date": cited.issued.isoformat() if cited.issued else "",
        "version": _tex(cited.version),
        "language": _tex(cited.language),
        "note": _tex(cited.note),
        # An address in an entry is read by programs as it stands: escaped, it would lead nowhere.
        "url": _address(cited.url),
        "urldate": cited.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = re.sub("[^A-Za-z0-9:-]+", "-", cited.key)
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def ris(cited: Citation) -> str:
    """Return a record of RIS; each value is on one line."""
    issued = cited.issued
    fields = [
        ("TY", "NEWS" if cited.is_article else "ELEC"),
        ("ID", cited.key),
        ("AU", cited.author),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PB", "" if cited.is_article else SITE),
        ("PY", f"{issued:%Y}" if issued else ""),
        ("DA", f"{issued:%Y/%m/%d}" if issued else ""),
        ("ET", cited.version),
        ("LA", cited.language),
        ("N1", cited.note),
        ("UR", _address(cited.url)),
        ("Y2", f"{cited.accessed:%Y/%m/%d}"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(cited: Citation) -> str:
    """Return a list of one item of CSL-JSON, as citeproc programs read it."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "article-newspaper" if cited.is_article else "webpage",
        "title": cited.title,
        "container-title": cited.container,
        "URL": cited.url,
        "accessed": _date(cited.accessed),
    }
    if cited.author:
        item["author"] = [{"literal": cited.author}]
    if cited.issued:
        item["issued"] = _date(cited.issued)
    if not cited.is_article:
        item["publisher"] = SITE
    item |= {
        name: value
        for name, value in (
            ("version", cited.version),
            ("language", cited.language),
            ("note", cited.note),
        )
        if value
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _within(cited: Citation) -> str:
    return cited.container if cited.is_article else f"{cited.container}, {SITE}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _address(url: str) -> str:
    """Return an address without the signs that would end it in a file of references."""
    return re.sub(r"[\s{}\\]", lambda sign: f"%{ord(sign[0]):02X}", url)


def _date(day: Any) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
