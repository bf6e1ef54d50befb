"""`manage.py backup`: put all there is away, while the site goes on serving."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.backups import backup


class Command(BaseCommand):
    """Make a backup."""

    help = (
        "Write a backup of the database into a new folder, as of one moment, while others write, "
        "with a manifest of counts and hashes. Settings (.env) are not in it. PostgreSQL: needs "
        "pg_dump of the server's version or a newer one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder, and how many are kept."""
        parser.add_argument("path", type=Path, help="a folder that is not there yet")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="NUMBER",
            help="make it in the folder PATH, named by the time, and keep only so many of these",
        )

    def handle(self, *args: Any, path: Path, keep: int | None, **options: Any) -> None:
        """Make it, and say what is in it."""
        if keep is not None and keep < 1:
            raise CommandError("--keep has to be 1 or more.")
        try:
            if keep is None:
                manifest = backup.make(path)
            else:
                path, manifest = backup.make_in(path, keep=keep)
        except backup.FAILURES as error:
            raise CommandError(f"No backup was made. {backup.why(error)}") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{path}: {rows:,} rows in {len(manifest['tables'])} tables.")
