"""What commands that load and convert say."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from astana.exchange.load import Report
from astana.exchange.problems import BrokenPackage, told
from astana.formats.package import Loss


@contextmanager
def problems_as_errors(*, done: str) -> Iterator[None]:
    """End a command with all that is wrong; `done` says that nothing was."""
    try:
        yield
    except BrokenPackage as error:
        count = len(error.problems)
        found = "One problem" if count == 1 else f"{count} problems"
        raise CommandError(f"{error}\n{found} found. {done}") from error
    except OSError as error:
        what = error.filename or "A file"
        raise CommandError(f"{what} cannot be read or written: {error.strerror}. {done}") from error
    except IntegrityError as error:
        why = str(error).strip().rstrip(".")
        raise CommandError(
            f"The database refused it: {why}. Somebody may have changed the dossier at the same "
            f"time; load it again. {done}"
        ) from error


def lines_of_report(report: Report, *, dry_run: bool) -> list[str]:
    """Return what was done, or would be done, as lines for people."""
    lines = [f"{'':16}{'created':>9}{'changed':>9}{'unchanged':>11}{'kept':>7}"]
    for name, outcome in report.tables.items():
        lines.append(
            f"{name:16}{outcome.created:9}{outcome.changed:9}{outcome.unchanged:11}{outcome.kept:7}"
        )
    if not report.is_changed:
        done = "already says what the package says; nothing changed."
    elif dry_run:
        done = f"would be {'created' if report.is_new else 'changed'}. Nothing was written."
    else:
        done = f"was {'created' if report.is_new else 'changed'}."
    doubts = ["Check these, which are rarely right:", *told(report.doubts)]
    return [*lines, *(doubts if report.doubts else []), f"Dossier {report.slug} {done}"]


def lines_of_losses(losses: Sequence[Loss], notes: Sequence[str]) -> list[str]:
    """Return what is lost, and what to look at, as lines for people."""
    if not losses:
        return ["Nothing is lost.", *notes]
    lines = [f"{loss.count:9}  {loss.says(_)}, such as: {loss.example}" for loss in losses]
    lines = [line.removesuffix(", such as: ") for line in lines]
    return ["What is lost:", *lines, *notes]


def add_options(parser: ArgumentParser, formats: Sequence[str]) -> None:
    """Declare what all commands take that read a file of another tool."""
    parser.add_argument("format", choices=formats, help="the format of the file")
    parser.add_argument("path", type=Path, help="the file, or a folder")
    parser.add_argument("--dossier", default="", help="short name of a new or existing dossier")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="how to read the file; can be repeated. Choices made without it are printed",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="WHAT=HEADING",
        help="which column of a table means what, as --option column-WHAT=HEADING",
    )


def options_in(options: Mapping[str, Any]) -> list[str]:
    """Return what was chosen of how to read a file."""
    return [*options["option"], *(f"column-{one}" for one in options["map"])]


def lines_of_options(options: Mapping[str, str]) -> list[str]:
    """Return how a file was read as lines for people."""
    lines = [f"  --option {name}={value}" for name, value in options.items()]
    return ["Read with (choose others if these are wrong):", *lines]
