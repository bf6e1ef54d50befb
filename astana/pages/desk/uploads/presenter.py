"""What a file would do to a dossier, or has done, ready to be shown."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from astana.exchange.tables import BY_NAME
from astana.formats.package import Loss
from astana.formats.registry import FORMATS
from astana.models import Upload

# So many uploads are listed.
MOST_SHOWN = 50


def preview_of(upload: Upload) -> dict[str, Any]:
    """Return what is known of an upload: rows by table, what is lost, and how many are new.

    Tables in which nothing happens are left out. `proposed` are actors and issues, `drafts`
    positions. What else is told is in `upload.told`.
    """
    form, rows = FORMATS.get(upload.format), upload.told.get("tables", [])
    losses = [Loss(*one) for one in upload.told.get("losses", [])]
    new = {name: created for name, created, *_others in rows}
    return {
        "format": form.title if form else _("not known yet"),
        # Created, changed, unchanged and kept.
        "tables": [(_called(name), *counts) for name, *counts in rows if any(counts[:3])],
        "losses": [(one.says(_), one.count, one.example) for one in losses],
        "proposed": new.get("actors", 0) + new.get("issues", 0),
        "drafts": new.get("positions", 0),
    }


def _called(name: str) -> str:
    return str(capfirst(BY_NAME[name].model._meta.verbose_name_plural))
