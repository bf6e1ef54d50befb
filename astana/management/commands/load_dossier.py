"""Load a dossier from a folder or zip in the dossier format (seeds/README.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import Report, load
from astana.exchange.problems import BrokenPackage, told


class Command(BaseCommand):
    """Load a dossier, all of it or nothing."""

    help = (
        "Load a dossier from a folder or zip: all of it or nothing. Loading it again changes "
        "nothing. What is in the dossier and not in the package is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the path and --dry-run."""
        parser.add_argument("path", type=Path, help="folder or zip of the dossier")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        """Check the package, load it, and say what became of each table."""
        try:
            report = load(check(read_files(path)), dry_run=dry_run)
        except BrokenPackage as error:
            count = len(error.problems)
            found = "One problem" if count == 1 else f"{count} problems"
            raise CommandError(f"{error}\n{found} found. Nothing was loaded.") from error
        except IntegrityError as error:
            raise CommandError(
                f"The database refused it: {error}. Somebody may have changed the dossier at the "
                "same time; load it again. Nothing was loaded."
            ) from error
        for line in _told(report, dry_run=dry_run):
            self.stdout.write(line)


def _told(report: Report, *, dry_run: bool) -> list[str]:
    """Return what was done, or would be done, as lines for people."""
    lines = [f"{'':16}{'created':>9}{'changed':>9}{'unchanged':>11}{'kept':>7}"]
    for name, outcome in report.tables.items():
        lines.append(
            f"{name:16}{outcome.created:9}{outcome.changed:9}{outcome.unchanged:11}{outcome.kept:7}"
        )
    if not report.is_changed:
        done = "is as the package says already; nothing changed."
    elif dry_run:
        done = f"would be {'created' if report.is_new else 'changed'}. Nothing was written."
    else:
        done = f"was {'created' if report.is_new else 'changed'}."
    doubts = ["Look at these, which are hardly ever right:", *told(report.doubts)]
    return [*lines, *(doubts if report.doubts else []), f"Dossier {report.slug} {done}"]
