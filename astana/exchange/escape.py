"""Text that a spreadsheet takes as text: no cell begins with what would make it a formula.

A text that begins with a sign of a formula, with blanks before it or not, or with an apostrophe,
gets an apostrophe in front. Whoever reads the file takes one apostrophe from the front of each cell
that has one.
"""

import re

from django.utils.translation import gettext as _

# As OWASP lists them ("CSV Injection"), with their full-width forms. The apostrophe is here so that
# what was put in front can be removed again from every cell alike.
SIGNS = frozenset("=+-@\t\r\n'＝＋－＠")
# Spreadsheets drop blanks before a sign, and signs that have no width with them.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
# What spreadsheets show in the place of a value.
_ERROR = re.compile(r"#(REF|NAME\?|VALUE|DIV/0|NULL|NUM|N/A|SPILL|CALC)[!?]?")


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in SIGNS or _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given."""
    return text.removeprefix("'")


def why_no_value(cell: str) -> str:
    """Return what is wrong with a cell out of a spreadsheet, or nothing."""
    if cell.lstrip().startswith("="):
        return _(
            "This is a formula. Write its result instead; put an apostrophe before a text that "
            "begins with “=”."
        )
    if _ERROR.fullmatch(cell.strip()):
        message = _(
            # Translators: what a spreadsheet shows where a formula fails, such as #REF!.
            "“%(error)s” is what a failed formula shows. Write a value; if you mean the text "
            "itself, put an apostrophe before it."
        )
        return message % {"error": cell}
    return ""
