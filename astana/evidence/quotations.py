"""What stands in quotation marks in a paragraph. All offsets count code points."""

import re

# An opening mark and those that may close it. German closes with what English opens with; Arabic
# and Hebrew texts carry all of these.
_CLOSES = {
    "“": "”",
    "„": "“”",
    "”": "”“",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
}
_MARK = re.compile('[“”„«»‘’‚‹›「」『』"]')
# Marks that also close, or are apostrophes: they open only where a word could begin.
_OPENS_BEFORE_A_WORD = '”»‘"'
# A quotation that goes on in the next paragraph is not closed in this one. The others of these
# marks stand alone too often.
_MAY_STAY_OPEN = "“„«「"


def quotations_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the start and end of what is quoted in a paragraph, without the marks, in order.

    The paragraph is `text` from `start` to `end`. A quotation inside another is part of it.
    """
    end = len(text) if end is None else end
    quotations = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start, end):
                opened = mark
        elif mark[0] in _CLOSES[opened[0]] and _closes(text, mark, end):
            quotations.append((opened.end(), mark.start()))
            opened = None
    if opened is not None and opened[0] in _MAY_STAY_OPEN:
        quotations.append((opened.end(), end))
    return [(first, last) for first, last in quotations if text[first:last].strip()]


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Return whether a mark begins a quotation."""
    if mark[0] not in _CLOSES:
        return False
    if mark[0] not in _OPENS_BEFORE_A_WORD:
        return True
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return not before.isalnum() and not after.isspace() and before not in ".,!?"


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    """Return whether a mark ends a quotation, and is no apostrophe."""
    return mark[0] != "’" or mark.end() >= end or not text[mark.end()].isalnum()
