"""`manage.py restore`: put a backup in the place of what is in the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.exchange.backups import backup
from astana.watching.health import missing_migrations


class Command(BaseCommand):
    """Put a backup back."""

    help = (
        "Check that a backup is complete, then replace the contents of the database with it, in "
        "one step. Stop servers and workers first, and start them again afterwards. PostgreSQL "
        "needs pg_restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the backup, and what may be lost."""
        parser.add_argument("path", type=Path, help="the folder of a backup")
        parser.add_argument("--check", action="store_true", help="only check that it is complete")
        parser.add_argument(
            "--replace", action="store_true", help="discard what is in the database"
        )

    def handle(self, *args: Any, path: Path, check: bool, replace: bool, **options: Any) -> None:
        """Put it back, and say of when it is."""
        try:
            manifest = backup.check(path) if check else backup.put_back(path, replace=replace)
        except backup.FAILURES as error:
            raise CommandError(backup.why(error)) from error
        done = "is complete" if check else "was restored completely"
        self.stdout.write(f"The backup of {manifest['made_at']} {done}.")
        # Django passes over what it cannot migrate, as of an Astana between two releases.
        if not check and missing_migrations():
            raise CommandError(
                "The database that was in it is not up to date, and this Astana cannot use it yet. "
                "Run manage.py upgrade before you start servers and workers."
            )
