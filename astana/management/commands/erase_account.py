"""Close the account of a person who asks for it by another way than the site."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.actions.erase import LastOwner, close_account
from astana.models import User


class Command(BaseCommand):
    """Close an account."""

    help = (
        "Close an account: name, addresses, ways to sign in, notices and unfinished work are "
        "deleted for good; what the person coded, wrote and decided stays under a pseudonym."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name", help="user name of the account")
        parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")

    def handle(self, *, name: str, yes: bool, **options: Any) -> None:
        """Close it, and print the pseudonym."""
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        if not yes:
            self.stdout.write(f"This erases “{name}” for good. Type the name again: ", ending="")
            self.stdout.flush()
            if sys.stdin.readline().rstrip("\n") != name:
                raise CommandError("That is not the name. Nothing was changed.")
        try:
            pseudonym = close_account(user=user)
        except LastOwner as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The account is closed. What it did stays as done by {pseudonym}.")
