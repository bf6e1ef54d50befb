"""What is wrong with a package, said so that a person can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

# More than this nobody mends in one go; the rest is counted.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is (line 0: the file as a whole), and what to do about it.

    Where it `loses_rows`, not all rows of the file are known, and what refers to them is not wrong.
    """

    file: str
    message: str
    line: int = 0
    column: str = ""
    loses_rows: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.message}"


class BrokenPackage(Exception):
    """A package that cannot be loaded, with all the problems that were found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(told(self.problems)))


def told(problems: Sequence[Problem]) -> list[str]:
    """Return the problems as lines, the first fifty of them and the number of the others."""
    lines = [str(problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"... and {len(problems) - SHOWN} more.")
    return lines
