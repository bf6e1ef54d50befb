"""Write a dossier as a folder in the dossier format (seeds/README.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.files import write_files
from astana.exchange.problems import BrokenPackage
from astana.models import Dossier


class Command(BaseCommand):
    """Write a dossier as a folder."""

    help = (
        "Write a dossier as a folder that load_dossier can read, including drafts. Of texts for "
        "members only, it contains the hash instead of the words."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the dossier and the folder."""
        parser.add_argument("slug", help="short name of the dossier")
        parser.add_argument(
            "path", type=Path, help="folder to write; an existing package is replaced"
        )

    def handle(self, *args: Any, slug: str, path: Path, **options: Any) -> None:
        """Write the package, and warn where it could not be loaded as it is."""
        try:
            files = dump(slug)
            write_files(path, files)
        except Dossier.DoesNotExist as error:
            known = ", ".join(Dossier.objects.values_list("slug", flat=True)[:20]) or "none"
            message = f"There is no dossier {slug}. Name one of these: {known}."
            raise CommandError(message) from error
        except BrokenPackage as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The folder could not be written: {error}.") from error
        try:
            check(files)
        except BrokenPackage as error:
            self.stderr.write(
                f"{error}\nload_dossier refuses the package until these are corrected, "
                "preferably in "
                "the database."
            )
        self.stdout.write(f"Wrote {len(files)} files to {path}.")
