"""Load a dossier from a folder or zip in the dossier format (seeds/README.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.management.told import lines_of_report, problems_as_errors


class Command(BaseCommand):
    """Load a dossier, all of it or nothing."""

    help = (
        "Load a dossier from a folder or zip: all of it, or nothing. Loading it again changes "
        "nothing. Records that are in the dossier but not in the package are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the path and --dry-run."""
        parser.add_argument("path", type=Path, help="folder or zip of the dossier")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be done, and do nothing"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        """Check the package, load it, and say what became of each table."""
        with problems_as_errors(done="Nothing was loaded."):
            report = load(check(read_files(path)), dry_run=dry_run)
        for line in lines_of_report(report, dry_run=dry_run):
            self.stdout.write(line)
