"""Characters that a text may hold and a file may not."""

import re

# What XML 1.0 cannot hold, even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Ends of lines, control characters and halves of pairs, with the blanks around them.
_NOT_IN_A_LINE = re.compile("\\s*[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+\\s*")


def for_xml(text: str, *, instead: str = "") -> str:
    """Return a text with something instead of what XML cannot hold."""
    return _NOT_IN_XML.sub(instead, text)


def on_one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return _NOT_IN_A_LINE.sub(" ", text).strip()
