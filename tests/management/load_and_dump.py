"""The commands that load and dump a dossier, called with their words kept."""

import io
from pathlib import Path

from django.core.management import call_command


def load(path: Path, **options) -> str:
    """Return what the command says."""
    out = io.StringIO()
    call_command("load_dossier", path, stdout=out, **options)
    return out.getvalue()


def dump(slug: str, path: Path) -> tuple[str, str]:
    """Return what the command says and what it warns of."""
    out, err = io.StringIO(), io.StringIO()
    call_command("dump_dossier", slug, path, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()
