"""Load a file of another tool into a dossier (docs/exchange.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from astana.exchange.conversion import READABLE, checked, convert, remember
from astana.exchange.load import load
from astana.management.told import (
    add_options,
    lines_of_losses,
    lines_of_options,
    lines_of_report,
    options_in,
    problems_as_errors,
)


class Command(BaseCommand):
    """Load a file of another tool, all of it or nothing."""

    help = (
        "Load a file of another tool into a new or existing dossier: all of it, or nothing. "
        "Positions come in as drafts. --dry-run shows what would be created and what is lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the format, the path, the dossier, the options and --dry-run."""
        add_options(parser, READABLE)
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be done, and do nothing"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        """Convert the file, check it as a package, load it, and say what became of it."""
        with problems_as_errors(done="Nothing was loaded."):
            converted = convert(
                options["format"], path, options_in(options), slug=options["dossier"]
            )
            report = load(checked(converted, path.name), dry_run=dry_run)
            if not dry_run:
                remember(options["format"], report.slug, converted)
        lines = [*lines_of_options(converted.options), *lines_of_report(report, dry_run=dry_run)]
        for line in [*lines, *lines_of_losses(converted.losses, converted.notes)]:
            self.stdout.write(line)
