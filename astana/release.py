"""What answers are made of beside the data: code, templates and settings."""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings


@lru_cache
def release() -> str:
    """Return a mark of all that pages are made of beside the data: code, templates, settings."""
    mark = sha256()
    names = ("SITE_URL", "SOURCE_CODE", "SIGN_UP", "TIME_ZONE", "LANGUAGE_CODE", "STATIC_URL")
    mark.update(repr([getattr(settings, name) for name in names]).encode())
    mark.update(repr([code for code, _name in settings.LANGUAGES]).encode())
    root = settings.BASE_DIR
    files = [root / "requirements.txt"]
    for folder in ("astana", "templates", "static"):
        files += sorted((root / folder).rglob("*"))
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            mark.update(repr((str(file.relative_to(root)), file.stat().st_size)).encode())
            mark.update(file.read_bytes())
    return mark.hexdigest()
