"""Text that a spreadsheet takes as text: no cell begins with what would make it a formula.

A text that begins with a sign of a formula, or with an apostrophe, gets an apostrophe in front.
Whoever reads the file takes one apostrophe from the front of each cell that has one.
"""

# As OWASP lists them ("CSV Injection"), with their full-width forms. The apostrophe is here so that
# what was put in front can be taken away again from every cell alike.
SIGNS = frozenset("=+-@\t\r\n'＝＋－＠")


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in SIGNS else text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given."""
    return text.removeprefix("'")
