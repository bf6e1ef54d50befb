"""Write a dossier as a file of another tool (docs/exchange.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.conversion import WRITABLE, write_as
from astana.management.told import lines_of_losses, problems_as_errors
from astana.models import Dossier


class Command(BaseCommand):
    """Write a dossier as a file of another tool."""

    help = (
        "Write a dossier as a file of another tool, including drafts, and list what is lost. The "
        "file does not contain the words of texts for members only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the format, the dossier and the file."""
        parser.add_argument("format", choices=WRITABLE, help="the format of the file")
        parser.add_argument("slug", help="short name of the dossier")
        parser.add_argument("path", type=Path, help="the file to write; it must not exist yet")

    def handle(self, *args: Any, slug: str, path: Path, **options: Any) -> None:
        """Write the file, and say what is lost."""
        with problems_as_errors(done="Nothing was written."):
            try:
                written = write_as(options["format"], slug)
            except Dossier.DoesNotExist as error:
                raise CommandError(f"There is no dossier {slug}. Check its short name.") from error
        if path.exists():
            raise CommandError(f"{path} exists already. Name a new file. Nothing was written.")
        try:
            with path.open("xb") as handle:
                handle.write(written.content)
        except OSError as error:
            raise CommandError(f"The file could not be written: {error}.") from error
        for line in [*lines_of_losses(written.losses, written.notes), f"Wrote {path}."]:
            self.stdout.write(line)
