"""Delete the classes whose time is over, with what was guessed in them."""

from typing import Any

from django.core.management.base import BaseCommand

from astana.models import Class


class Command(BaseCommand):
    """Delete expired classes."""

    help = (
        "Delete expired classes of blind reading, with everything guessed in them. Run it every "
        "hour or every day; nobody sees an expired class meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, and say how many."""
        _all, by_model = Class.objects.expired().delete()
        self.stdout.write(f"Expired classes deleted: {by_model.get(Class._meta.label, 0)}.")
