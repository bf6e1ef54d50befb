"""The static files as they are served: hashed, compressed, and made again only where they changed.

`python -m astana.static_files` makes them.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What the files in the folder were made of.
_MADE_OF = ".made-of"
# What pages of others name (docs/embedding.md) has no hash in its name.
_NAMED_BY_OTHERS = {"js/embed.js"}


class Storage(CompressedManifestStaticFilesStorage):
    """Static files under two names, and compressed under the one that is asked for.

    That is the one with the hash. Compressing takes most of the time that making them takes.
    """

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        """Compress the files, and yield the name of each with that of what was made of it."""
        return super().compress_files(paths - (self.hashed_files.keys() - _NAMED_BY_OTHERS))


def are_made() -> bool:
    """Return whether the static files are those of this release."""
    made_of = settings.STATIC_ROOT / _MADE_OF
    return made_of.exists() and made_of.read_text() == _sources()


def make() -> None:
    """Collect the static files of Astana and its packages."""
    call_command("collectstatic", interactive=False, verbosity=0)
    (settings.STATIC_ROOT / _MADE_OF).write_text(_sources())


def _sources() -> str:
    """Return a mark of our own files and of the versions of the packages."""
    mark = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    root = settings.BASE_DIR
    for file in (root / "requirements.txt", *sorted((root / "static").rglob("*"))):
        if file.is_file():
            mark.update(repr((str(file.relative_to(root)), file.stat().st_size)).encode())
            mark.update(file.read_bytes())
    return mark.hexdigest()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astana.settings")
    django.setup()
    if not are_made():
        make()
