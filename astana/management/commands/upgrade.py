"""`manage.py upgrade`: after a new Astana was put in place, bring everything else up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from astana import static_files
from astana.models import SearchEntry
from astana.watching.health import missing_migrations

# With which code the index of the search was made, in the shared cache.
_INDEX = "search-made-with"
_CODE = ("models/search.py", "search/*.py", "words/*.py")
# Any number that nothing else locks; those of dossiers are far from it (astana/models/dossier.py).
_LOCK = -20170123


class Command(BaseCommand):
    """Upgrade database, search and static files."""

    help = (
        "Check the settings, migrate the database, rebuild the search index if its format has "
        "changed, and make the static files. Make a backup first. You can run it again at any "
        "time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step, and say what was done; a step that fails ends it."""
        call_command("check", deploy=True, fail_level="ERROR", databases=["default"])
        self.stdout.write("Settings: no errors.")
        with _alone():
            self._database()
            self._search()
        if static_files.are_made():
            self.stdout.write("Static files: up to date.")
        else:
            try:
                static_files.make()
            except OSError as error:
                raise CommandError(
                    f"The static files cannot be written: {error}. Whoever owns Astana's folder "
                    "makes them with python -m astana.static_files. All else is up to date."
                ) from error
            self.stdout.write("Static files: made.")
        self.stdout.write("Now restart servers and workers.")

    def _database(self) -> None:
        if missing_migrations():
            call_command("migrate", interactive=False, verbosity=0)
            # Django passes over what replaces others of which the database has some and lacks some.
            if missing_migrations():
                raise CommandError(
                    "The database is of an Astana between two releases, which this one cannot "
                    "migrate. Upgrade it with the last Astana before this one first."
                )
            self.stdout.write("Database: migrated.")
        else:
            self.stdout.write("Database: up to date.")

    def _search(self) -> None:
        if cache.get(_INDEX) == _code() and SearchEntry.objects.exists():
            self.stdout.write("Search: up to date.")
        else:
            call_command("rebuild_search", stdout=self.stdout)
            cache.set(_INDEX, _code(), None)


@contextmanager
def _alone() -> Iterator[None]:
    """Let another node that upgrades the same database end first: it may start at the same time."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _code() -> str:
    """Return a mark of the code that makes the index."""
    root = settings.BASE_DIR / "astana"
    files = [file for pattern in _CODE for file in sorted(root.glob(pattern))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
