"""`manage.py demo`: load the demonstration dossiers that are not there yet."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from astana.exchange.descriptor import read_descriptor
from astana.models import Dossier, SearchEntry


class Command(BaseCommand):
    """Load what is in `seeds/`; a dossier that exists is left as it is, whatever was entered."""

    help = "Load the dossiers of seeds/ that are not there yet. Changes nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each dossier once."""
        for descriptor in sorted((settings.BASE_DIR / "seeds").glob("*/datapackage.json")):
            slug = read_descriptor(descriptor.read_bytes()).slug
            if Dossier.objects.filter(slug=slug).exists():
                self.stdout.write(f"{slug} is there already and stays as it is.")
            else:
                call_command("load_dossier", str(descriptor.parent), stdout=self.stdout)
        # A database from before there was a search has dossiers and nothing to find.
        if not SearchEntry.objects.exists():
            call_command("rebuild_search", stdout=self.stdout)
