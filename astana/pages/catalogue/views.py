"""What catalogues of data may know: the public dossiers, and how the files of one are built."""

import json
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from astana.exchange.catalogue import LD_JSON, Listed, croissant, dcat_catalogue, dcat_datasets
from astana.exchange.dump import MOST_IN_ZIP
from astana.models import Dossier, Position
from astana.models.counts import counts_of
from astana.web.files import streamed
from astana.web.frame import dossier_seen

_AT_ONCE = 500


@require_safe
def site(request: HttpRequest) -> HttpResponseBase:
    """Send all public dossiers as a DCAT catalogue, whoever asks."""
    address = request.build_absolute_uri("/")[:-1]
    return streamed(_lines(address), name="catalog.jsonld", content_type=LD_JSON)


@require_safe
def dossier(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send a dossier in Croissant, which describes its zip; without a zip there is none."""
    found = dossier_seen(request, dossier)
    counts = counts_of(found)
    if counts.positions > MOST_IN_ZIP:
        raise Http404
    listed = Listed(found, counts.first_day, counts.last_day)
    address = request.build_absolute_uri("/")[:-1]
    described = croissant(listed, site=address, today=timezone.localdate())
    return JsonResponse(
        described, content_type=LD_JSON, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def _lines(site: str) -> Iterator[str]:
    """Yield the catalogue in pieces: its head, and each dossier."""
    head = json.dumps(dcat_catalogue(site), ensure_ascii=False)
    start = f'{head[:-1]}, "dcat:dataset": [\n'
    for one in dcat_datasets(_public(), site=site, today=timezone.localdate()):
        yield start + json.dumps(one, ensure_ascii=False)
        start = ",\n"
    yield "\n]}\n" if start == ",\n" else f"{start}]}}\n"


def _public() -> Iterator[Listed]:
    """Yield the public dossiers in one query, the oldest first."""
    latest = Position.objects.filter(dossier=OuterRef("pk"), public=True).values("latest")
    dossiers = Dossier.objects.visible_to(AnonymousUser()).annotate(
        first_day=Subquery(latest.order_by("latest")[:1]),
        last_day=Subquery(latest.order_by("-latest")[:1]),
        beyond=Subquery(latest.order_by("latest")[MOST_IN_ZIP : MOST_IN_ZIP + 1]),
    )
    for found in dossiers.order_by("pk").iterator(_AT_ONCE):
        yield Listed(found, found.first_day, found.last_day, has_zip=found.beyond is None)
