"""Write the index of the search again, while the site goes on serving."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.models import Dossier
from astana.models.search import rebuild


class Command(BaseCommand):
    """Rebuild the index of every dossier, or of one."""

    help = (
        "Rebuild the search index, after an upgrade that says so or after rows were written "
        "by other programs. Readers and writers can continue meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --dossier."""
        parser.add_argument("--dossier", metavar="SLUG", help="only this dossier")

    def handle(self, *args: Any, dossier: str | None, **options: Any) -> None:
        """Rebuild dossier by dossier and say how far it is."""
        dossiers = Dossier.objects.order_by("slug")
        if dossier is not None:
            dossiers = dossiers.filter(slug=dossier)
            if not dossiers:
                known = ", ".join(Dossier.objects.order_by("slug").values_list("slug", flat=True))
                raise CommandError(f"There is no dossier {dossier}. There is: {known or 'none'}.")
        for found in dossiers:
            for done, number in rebuild(found):
                self.stdout.write(f"{found.slug}: {done:,} of {number:,} records")
        self.stdout.write("The search is up to date.")
