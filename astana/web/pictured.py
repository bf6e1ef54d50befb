"""What a page shows as a picture, for print or where no frame is taken."""

from contextlib import nullcontext

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from astana.exchange.kept_files import in_turn
from astana.exchange.picture import Picture, as_png
from astana.models import Dossier
from astana.web.files import refused

PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
# One of more points is drawn one at a time, as it takes seconds; one of still more is not drawn.
LARGE_PICTURE, MOST_PIXELS = 10_000_000, 50_000_000


def pictured(drawn: Picture, suffix: str, *, title: str, request: HttpRequest) -> HttpResponse:
    """Return a picture as SVG or PNG; the title is for those who do not see it."""
    if suffix == "svg":
        context = {"picture": drawn, "title": title}
        return render(request, "components/picture.svg", context, content_type=PICTURES[suffix])
    if suffix not in PICTURES:
        raise Http404
    if not drawn.can_be_drawn:
        return refused(
            [_("A PNG has Latin, Greek and Cyrillic letters alone; here are others. Use the SVG.")]
        )
    if drawn.pixels > MOST_PIXELS:
        return refused([_("This picture is too large. Choose less, or use the SVG instead.")])
    with in_turn() if drawn.pixels > LARGE_PICTURE else nullcontext():
        return HttpResponse(as_png(drawn), content_type=PICTURES[suffix])


def keys_of_signs() -> list[tuple[str, bool, str]]:
    """Return what the signs of stances mean: step, whether it is hollow, and words."""
    return [
        ("minus-2", False, _("one end of the issue's own scale")),
        ("minus-1", False, _("nearer the middle")),
        ("zero", False, _("in the middle")),
        ("plus-1", False, _("nearer the middle")),
        ("plus-2", False, _("the other end")),
        ("plus-2", True, _("hollow: second-hand")),
        ("off", False, _("off the scale, or answers without an order")),
    ]


def source_words(dossier: Dossier, address: str, *, request: HttpRequest) -> str:
    """Return where a picture is from, as it is printed."""
    licence = f" ({dossier.licence})" if dossier.licence else ""
    # Translators: `dossier` is a title with its licence, `address` that of the page.
    return _("Source: Astana, %(dossier)s, %(address)s") % {
        "dossier": f"{dossier.title}{licence}",
        "address": request.build_absolute_uri(address),
    }
