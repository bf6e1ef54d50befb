"""Mail unread notices together to those who want it so."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from astana.actions.digests import send_digests


class Command(BaseCommand):
    """Send the digests that are due."""

    help = (
        "Mail digests of unread notices to the people who asked for them and are due one. Run it "
        "every day at the same hour, or more often."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how much may be done at once."""
        parser.add_argument(
            "--most", type=int, default=500, help="mail at most this many people (default: 500)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them, and say how many; those that failed are tried again by the next run."""
        if options["most"] < 1:
            raise CommandError("--most has to be 1 or more.")
        sent, failed = send_digests(now=timezone.now(), most=options["most"])
        self.stdout.write(f"Digests sent: {sent}.")
        if failed:
            raise CommandError(f"Not sent, tried again by the next run: {failed}. See the log.")
