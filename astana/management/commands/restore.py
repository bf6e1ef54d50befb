"""`manage.py restore`: put a backup in the place of what is in the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.backups import backup


class Command(BaseCommand):
    """Put a backup back."""

    help = (
        "Put a backup in the place of what is in the database, in one step, after it was found to "
        "be whole. Stop the servers and workers before, and start them afterwards. PostgreSQL: "
        "needs pg_restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the backup, and what may be lost."""
        parser.add_argument("path", type=Path, help="the folder of a backup")
        parser.add_argument("--check", action="store_true", help="only look whether it is whole")
        parser.add_argument(
            "--replace", action="store_true", help="give up what is in the database"
        )

    def handle(self, *args: Any, path: Path, check: bool, replace: bool, **options: Any) -> None:
        """Put it back, and say of when it is."""
        try:
            manifest = backup.check(path) if check else backup.put_back(path, replace=replace)
        except backup.FAILURES as error:
            raise CommandError(backup.why(error)) from error
        done = "is whole" if check else "is put back, and as it was"
        self.stdout.write(f"The backup of {manifest['made_at']} {done}.")
