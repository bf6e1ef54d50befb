"""What readers see of markup: quotation marks that tags stand for, raised notes, nothing hidden."""

import re

import lxml.html

# What is told to have been taken out is no longer said; and browsers show none of the others.
_GONE = ("del", "s", "strike", "template", "title", "script", "style", "noscript")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
# A page that shows its words by a script hides as a whole what it is about.
_NEVER_HIDDEN = {"html", "body", "main", "article"}
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_NOTES = re.compile(r"[\w*†‡]{1,3}(?:\s*[,;–-]\s*[\w*†‡]{1,3})+")


def show(tree: lxml.html.HtmlElement) -> None:
    """Change a tree so that its words alone are what a reader sees."""
    for element in [*tree.iter(*_GONE), *filter(_is_hidden, tree.iterfind(".//*"))]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in [*tree.iter("q")]:
        is_inner = next(element.iterancestors("q"), None) is not None
        opening, closing = "‘’" if is_inner else "“”"
        element.text = opening + (element.text or "")
        _append(element, closing)
    for element in [*tree.iter("sup")]:
        words = str(element.text_content())
        raised = _raised(words)
        if raised != words:
            _empty(element)
            element.text = raised
    for element in [*tree.iter("q", "sup", "ins", "code")]:
        if element.getparent() is not None:
            element.drop_tag()


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _NEVER_HIDDEN:
        return False
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _raised(words: str) -> str:
    """Return raised words so that none becomes a digit of what stands before it.

    A power or the number of a note is written in raised digits, several notes in brackets; the end
    of an ordinal stays.
    """
    bare = words.strip()
    if re.fullmatch(r"[0-9+\-−()]+", bare):
        return words.translate(_RAISED)
    return f"[{bare}]" if _NOTES.fullmatch(bare) else words


def _append(element: lxml.html.HtmlElement, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _empty(element: lxml.html.HtmlElement) -> None:
    for child in [*element]:
        element.remove(child)
