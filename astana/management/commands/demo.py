"""`manage.py demo`: bring the database up to date and load the demonstration dossiers."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from astana.exchange.descriptor import read_descriptor
from astana.models import Dossier, Membership, SearchEntry, User
from astana.watching.health import missing_migrations

# Letters and digits that nobody takes for each other.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    """Load what is in `seeds/`; a dossier that exists is left as it is, whatever was entered."""

    help = (
        "Migrate the database and load the dossiers of seeds/ that are not in it yet. If there are "
        "no accounts, make an owner, a reviewer and a coder, and print their passwords."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and load each dossier once, in one process, as `make run` is waited for."""
        if missing_migrations():
            call_command("migrate", verbosity=0)
        for descriptor in sorted((settings.BASE_DIR / "seeds").glob("*/datapackage.json")):
            slug = read_descriptor(descriptor.read_bytes())[0].slug
            if Dossier.objects.filter(slug=slug).exists():
                self.stdout.write(f"The dossier {slug} exists already. Nothing was changed.")
            else:
                call_command("load_dossier", str(descriptor.parent), stdout=self.stdout)
        # A database from before there was a search has dossiers and nothing to find.
        if not SearchEntry.objects.exists():
            call_command("rebuild_search", stdout=self.stdout)
        if not User.objects.exists():
            self._make_accounts()

    def _make_accounts(self) -> None:
        """Make one account for each role that writes; nothing stores what their passwords are."""
        self.stdout.write("\nAccounts to sign in with. Their passwords are shown only now:")
        for role in (Membership.Role.OWNER, Membership.Role.REVIEWER, Membership.Role.CODER):
            password = get_random_string(12, _LETTERS)
            user = User.objects.create_user(role.value, password=password)
            for dossier in Dossier.objects.order_by("pk"):
                Membership.objects.create(dossier=dossier, user=user, role=role)
            self.stdout.write(f"  {role.value:<10}{password}")
