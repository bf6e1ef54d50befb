"""A codebook out of a table: a row for each stance, every problem with the number of its line."""

import csv
import io
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from astana.exchange.cells import after_separator
from astana.exchange.escape import why_no_value
from astana.models import Issue, Stance
from astana.models.issue import ENTRY
from astana.words.normalise import normalise

NEEDED = ("issue", "question", "stance")
OF_ISSUE = {"question": "question", "kind": "kind", "scale": "scale", "group": "group"}
OF_ISSUE |= {"definition": "description", "examples": "examples"}
OF_ISSUE |= {"counter_examples": "counter_examples"}
OF_STANCE = {f"stance_{name}": field for name, field in OF_ISSUE.items() if field in ENTRY}
CHOICES = {"kind": Issue.Kind.values, "scale": Issue.Scale.values}
MOST_ROWS, MOST_PROBLEMS = 2_000, 20
EXAMPLE = """issue,question,stance,value,group,definition
Cease-fire,Should the cease-fire be prolonged?,Supports it,1,Security,Of all fronts
Cease-fire,,Opposes it,-1,,
Cease-fire,,Declines to answer,,,
"""


class Unreadable(Exception):
    """A table is no codebook; `problems` are sentences for people."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


def entries_of(table: bytes | str, *, there: set[str]) -> list[tuple[Issue, list[Stance]]]:
    """Return the issues of a table with their stances, in its order.

    `there` are the titles that are taken, as they are compared. Raises Unreadable with all that is
    wrong.
    """
    reader, first = _reader(table)
    issues: dict[str, tuple[int, Issue, dict[str, Stance]]] = {}
    problems: list[str] = []

    def refuse(line: int, text: str) -> None:
        # Translators: `line` is the number of a line of a file, `text` a sentence.
        problems.append(_("Line %(line)s: %(text)s") % {"line": line, "text": text})

    try:
        for number, row in enumerate(reader, 1):
            line = reader.line_num + first - 1
            if number > MOST_ROWS:
                raise Unreadable(
                    [_("A table may have at most %(most)s rows.") % {"most": MOST_ROWS}]
                )
            says = {name: (row.get(name) or "").strip() for name in reader.fieldnames or ()}
            if any(cell.strip() for cell in row.get(None) or ()):
                refuse(
                    line,
                    _("It has more cells than columns: put text that contains a comma in quotes."),
                )
                continue
            if not any(says.values()):
                continue
            for name, cell in says.items():
                if why := why_no_value(cell):
                    refuse(line, why)
                elif why_no_value(cell.removeprefix("'")):
                    says[name] = cell[1:]
            title, label = says["issue"], says["stance"]
            if not title or not label:
                refuse(line, _("It needs an issue and a stance."))
                continue
            if title not in issues:
                issues[title] = (line, _issue(title, says, line, refuse), {})
                if normalise(title) in there:
                    refuse(line, _("The dossier already has an issue with this title."))
            stances, compared = issues[title][2], normalise(label)
            if compared in stances:
                refuse(line, _("The issue already has a stance with this name."))
            entry = {field: says.get(name, "") for name, field in OF_STANCE.items()}
            value = _value(says.get("value", ""), line, refuse)
            stances[compared] = Stance(label=label, value=value, **entry)
    except csv.Error as error:
        raise Unreadable([_("This is not a table of comma-separated values.")]) from error
    for line, _issue_of_line, stances in issues.values():
        if len(stances) < 2:
            refuse(line, _("Give the issue at least two stances."))
    if not issues and not problems:
        problems.append(_("The table has no rows."))
    if problems:
        raise Unreadable(problems[:MOST_PROBLEMS])
    return [(issue, list(stances.values())) for _line, issue, stances in issues.values()]


def _reader(table: bytes | str) -> tuple[csv.DictReader, int]:
    """Return what reads the rows, and the line in which the table begins."""
    if isinstance(table, bytes):
        try:
            table = table.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = _("The file is not in UTF-8. Save it as “CSV UTF-8” and choose it again.")
            raise Unreadable([message]) from error
    table, first = after_separator(table)
    head = table.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(table.replace("\x00", ""), newline=""), delimiter=delimiter)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    known = {*NEEDED, "value", *OF_ISSUE, *OF_STANCE}
    missing = [name for name in NEEDED if name not in reader.fieldnames]
    unknown = [name for name in reader.fieldnames if name not in known]
    if missing or unknown:
        text = _(
            # Translators: both are lists of names of columns.
            "The first line must name the columns. Missing: %(missing)s. Unknown: %(unknown)s."
        )
        named = {"missing": ", ".join(missing) or "–", "unknown": ", ".join(unknown)[:200] or "–"}
        raise Unreadable([text % named])
    return reader, first


def _issue(title: str, says: dict[str, str], line: int, refuse) -> Issue:
    values = {field: says[name] for name, field in OF_ISSUE.items() if says.get(name)}
    for name, known in CHOICES.items():
        if name in values and values[name] not in known:
            # Translators: `name` is a column, `known` a list of the values that it may have.
            text = _("“%(name)s” must be one of %(known)s.") % {
                "name": name,
                "known": ", ".join(known),
            }
            refuse(line, text)
    if "question" not in values:
        refuse(line, _("The first row of an issue must give its question."))
    return Issue(title=title, **values)


def _value(text: str, line: int, refuse) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not -1 <= value <= 1:
        refuse(line, _("A value must be between -1 and 1, or empty."))
        return None
    return value
