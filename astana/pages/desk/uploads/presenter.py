"""What a file would do to a dossier, or has done, ready to be shown."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from astana.exchange.tables import BY_NAME
from astana.formats.package import Loss
from astana.formats.registry import FORMATS
from astana.models import Upload

# So many uploads are listed.
MOST_SHOWN = 50


@dataclass(frozen=True)
class TableRow:
    """What becomes of one table."""

    name: str
    created: int
    changed: int
    unchanged: int
    kept: int


@dataclass(frozen=True)
class Preview:
    """What becomes of a file: rows by table, what is lost, and how many are new.

    `proposed` are actors and issues, `drafts` positions. What else is told is in `upload.told`.
    """

    format: str
    tables: list[TableRow]
    losses: list[tuple[str, int, str]]
    proposed: int
    drafts: int


def preview_of(upload: Upload) -> Preview:
    """Return what is known of an upload; tables in which nothing happens are left out."""
    told: dict[str, Any] = upload.told
    rows = [TableRow(*one) for one in told.get("tables", [])]
    losses = [Loss(*one) for one in told.get("losses", [])]
    form = FORMATS.get(upload.format)
    new = {one.name: one.created for one in rows}
    return Preview(
        format=form.title if form else _("not known yet"),
        tables=[
            TableRow(_called(one.name), one.created, one.changed, one.unchanged, one.kept)
            for one in rows
            if one.created or one.changed or one.unchanged
        ],
        losses=[(one.says(_), one.count, one.example) for one in losses],
        proposed=sum(new.get(name, 0) for name in ("actors", "issues")),
        drafts=new.get("positions", 0),
    )


def _called(name: str) -> str:
    return str(capfirst(BY_NAME[name].model._meta.verbose_name_plural))
