"""What the first lines of a web page declare: the encoding of its bytes and its language."""

import re
from html.parser import HTMLParser

# Browsers look no further.
_FIRST = 4096
_XML = re.compile(r"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)


class _Declarations(HTMLParser):
    """Reads tags as they stand; what is in comments and scripts declares nothing."""

    charset = ""
    language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}
        if tag == "meta" and not self.charset:
            self.charset = said.get("charset", "")
            if not self.charset and said.get("http-equiv", "").lower() == "content-type":
                found = _CHARSET.search(said.get("content", ""))
                self.charset = found[1] if found else ""
        if tag in ("html", "body") and not self.language:
            self.language = language_of(said.get("lang") or said.get("xml:lang") or "")


def encoding_of(data: bytes) -> str:
    """Return the label of the encoding that a page declares for its bytes, or nothing."""
    first = data[:_FIRST].decode("latin-1")
    if found := _XML.match(first):
        return found[1]
    return _read(first).charset


def language_declared(page: str) -> str:
    """Return the code of the language that a page declares, or nothing."""
    return _read(page[:_FIRST]).language


def language_of(code: str) -> str:
    """Return a code of a language as standards write it; empty for what is none."""
    language, *further = code.strip().split("-" if "-" in code else "_")
    code = "-".join([language.lower(), *further])
    return code if _LANGUAGE.fullmatch(code) else ""


def _read(first: str) -> _Declarations:
    parser = _Declarations()
    parser.feed(first)
    return parser
