"""Write a file of another tool as the folder of a dossier (docs/exchange.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.conversion import READABLE, checked, convert
from astana.exchange.files import write_files
from astana.management.told import (
    add_options,
    lines_of_losses,
    lines_of_options,
    options_in,
    problems_as_errors,
)


class Command(BaseCommand):
    """Write a file of another tool as a folder."""

    help = (
        "Convert a file of another tool to a folder that load_dossier can read, so that you can "
        "look at it or correct it first. Does not change the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the format, the path, the folder, the dossier and the options."""
        add_options(parser, READABLE)
        parser.add_argument(
            "out", type=Path, help="folder to write; an existing package is replaced"
        )

    def handle(self, *args: Any, path: Path, out: Path, **options: Any) -> None:
        """Convert the file, check it as a package, write it, and say what is lost."""
        with problems_as_errors(done="Nothing was written."):
            converted = convert(
                options["format"], path, options_in(options), slug=options["dossier"]
            )
            checked(converted, path.name)
            try:
                write_files(out, converted.files)
            except OSError as error:
                raise CommandError(f"The folder could not be written: {error}.") from error
        lines = [
            *lines_of_options(converted.options),
            *lines_of_losses(converted.losses, converted.notes),
        ]
        for line in [*lines, f"Wrote {len(converted.files)} files to {out}."]:
            self.stdout.write(line)
