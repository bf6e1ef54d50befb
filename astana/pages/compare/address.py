"""What a reader can do with the address of a comparison: keep it, save it, read it blind."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from astana.pages.shared.matrix import recorded_words
from astana.pages.shared.selection import Selection


@dataclass(frozen=True)
class Tools:
    """Addresses; `recorded` is a sentence, and empty where the table is as it is recorded now."""

    permalink: str
    save: str
    blind: str
    cite: str
    files: str
    unfixed: str
    recorded: str
    address: str


def tools_of(selection: Selection, *, page: str) -> Tools:
    """Return the addresses of a selection; `page` is the whole address of the compare page."""
    recorded = ""
    if selection.recorded_as_of:
        recorded = _("This table is %(recorded)s; what was published later is left out.") % {
            "recorded": recorded_words(selection.recorded_as_of)
        }
    save = selection.everything(dossier=selection.dossier.slug, open=None)
    return Tools(
        permalink=selection.everything(recorded_as_of="now"),
        save=reverse("comparisons:new") + save,
        cite=reverse("citations:index", args=[selection.dossier.slug])
        + selection.query(of="compare", open=None, choose=None),
        files=selection.query(open=None, choose=None),
        blind=selection.query(blind="1", open=None, choose=None),
        unfixed=selection.query(recorded_as_of=None),
        recorded=recorded,
        address=page + selection.everything(),
    )
