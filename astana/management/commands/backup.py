"""`manage.py backup`: put all there is away, while the site goes on serving."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.backups import backup


class Command(BaseCommand):
    """Make a backup."""

    help = (
        "Back up the database into a new folder, with a manifest of counts and hashes. The backup "
        "is of one moment; others can write meanwhile. It does not contain the settings (.env). "
        "PostgreSQL needs pg_dump, of the server's version or newer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder, and how many are kept."""
        parser.add_argument("path", type=Path, help="a folder that does not exist yet")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="NUMBER",
            help="make it in the folder PATH, named by the time, and keep only the newest NUMBER",
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
        except backup.NotDeleted as error:
            raise CommandError(str(error)) from error
        except backup.FAILURES as error:
            raise CommandError(f"No backup was made. {backup.why(error)}") from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{path}: {rows:,} rows in {len(manifest['tables'])} tables.")
