"""What robots and reporters may know: the pages of public dossiers, and where holes go."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from astana.models import Actor, Article, Document, Dossier, Event, Issue, Position
from astana.models.positions.constraints import CHANGED_AT

_PAGES = (
    *("dossiers:detail", "compare:matrix", "issues:index", "actors:index", "articles:index"),
    *("positions:index", "events:index", "timeline:index", "agreement:index"),
    *("common_ground:index", "brief:index"),
)
_TEXT = "text/plain; charset=utf-8"
# Each is the same page with another question; a robot that follows them all would never end.
_ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /invitations/
Disallow: /search/
Disallow: /*.csv
Disallow: /*.docx
Disallow: /*.json
Disallow: /*.xlsx
Disallow: /*.zip
Disallow: /*/cite/
Allow: /catalog.jsonld
Allow: /dossiers/*/croissant.json

Sitemap: {}
"""


class Overviews(Sitemap):
    """The pages that each public dossier has once."""

    limit = 5_000

    def items(self) -> list[tuple[str, str]]:
        """Return name and dossier of each page."""
        dossiers = Dossier.objects.visible_to(AnonymousUser()).order_by("pk")
        return [(name, slug) for slug in dossiers.values_list("slug", flat=True) for name in _PAGES]

    def location(self, item: tuple[str, str]) -> str:
        """Return the address of a page."""
        return reverse(item[0], args=[item[1]])


class Records(Sitemap):
    """The pages of one noun: a model, the field that names its records, and its address."""

    limit = 5_000

    def __init__(self, model: Any, field: str, address: str, *, changed: Any = None) -> None:
        self.model = model
        self.fields = ["dossier__slug", field, *([changed] if changed else [])]
        self.address = address

    def items(self) -> QuerySet:
        """Return the records that everybody may see, the oldest first."""
        visible = self.model.objects.visible_to(AnonymousUser())
        return visible.order_by("pk").values_list(*self.fields)

    def location(self, item: tuple[Any, ...]) -> str:
        """Return the address of a record."""
        return reverse(self.address, args=item[:2])

    def lastmod(self, item: tuple[Any, ...]) -> datetime | None:
        """Return when a record changed, where that is known."""
        return item[2] if len(item) > 2 else None


SITEMAPS: dict[str, Sitemap | Callable[[], Sitemap]] = {
    "dossiers": Overviews,
    "issues": Records(Issue, "slug", "issues:detail"),
    "actors": Records(Actor, "slug", "actors:detail"),
    "articles": Records(Article, "slug", "articles:detail"),
    "events": Records(Event, "slug", "events:detail"),
    "documents": Records(Document, "slug", "documents:detail"),
    "positions": Records(Position, "key", "positions:detail", changed=CHANGED_AT),
}


@require_safe
def overall(request: HttpRequest) -> HttpResponse:
    """Send the list of the lists of pages."""
    return index(request, sitemaps=SITEMAPS, sitemap_url_name="sitemaps:section")


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Send the pages of one noun."""
    return sitemap(request, sitemaps=SITEMAPS, section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say which pages robots should leave alone, and where the others are listed."""
    where = request.build_absolute_uri(reverse("sitemaps:overall"))
    return HttpResponse(_ROBOTS.format(where), content_type=_TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where holes are reported, as RFC 9116 has it; not found where no contact is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    here = request.build_absolute_uri(reverse("sitemaps:security"))
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {settings.SECURITY_EXPIRES}",
        f"Canonical: {here}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=_TEXT)
