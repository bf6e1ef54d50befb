"""The encoding that a web page declares for its bytes."""

import re
from html.parser import HTMLParser

# Browsers look no further.
_FIRST = 4096
_XML = re.compile(r"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.I)


class _Charset(HTMLParser):
    """Reads tags as they stand; what is in comments and scripts declares nothing."""

    charset = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}
        if tag == "meta" and not self.charset:
            self.charset = said.get("charset", "")
            if not self.charset and said.get("http-equiv", "").lower() == "content-type":
                found = _CHARSET.search(said.get("content", ""))
                self.charset = found[1] if found else ""


def encoding_of(data: bytes) -> str:
    """Return the label of the encoding that a page declares for its bytes, or nothing."""
    first = data[:_FIRST].decode("latin-1")
    if found := _XML.match(first):
        return found[1]
    parser = _Charset()
    parser.feed(first)
    return parser.charset
