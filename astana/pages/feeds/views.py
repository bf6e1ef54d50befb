"""New and changed positions of a dossier, an actor or an issue: as Atom feeds, and as a page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.models import Actor, Dossier, Issue, Position
from astana.pages.feeds.forms import FeedForm
from astana.pages.feeds.presenter import around_entry, changed_first, entry_title, entry_words
from astana.web.frame import dossier_seen, page
from astana.words.characters import for_xml


class _Feed(Atom1Feed):
    """Atom with a second link of an entry: to the comparison before and after it."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item)
        if item["around"]:
            asked = {
                "rel": "related",
                "title": _("Compare before and after"),
                "href": item["around"],
            }
            handler.addQuickElement("link", "", asked)


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what a feed holds, and the address that a feed reader takes."""
    found = dossier_seen(request, dossier)
    form = FeedForm(request.GET, dossier=found, user=request.user)
    context: dict[str, Any] = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "feeds/index.html", context, status=400)
    of = {name: one for name in form.MODELS if (one := form.cleaned_data[name])}
    visible = Position.objects.visible_to(request.user)
    positions = changed_first(visible.about(**of) if of else visible.of(found))
    for position in positions:
        position.dossier = found
        position.around = around_entry(position)
    names = [found.slug, *(one.slug for one in of.values())]
    address = reverse(f"feeds:{next(iter(of), 'dossier')}", args=names)
    context |= {
        "of": next(iter(of.values()), None),
        "positions": positions,
        "address": request.build_absolute_uri(address),
    }
    return page(request, "feeds/index.html", context)


@require_safe
def dossier(request: HttpRequest, dossier: str) -> HttpResponse:
    """Send the feed of all positions of a dossier."""
    found = dossier_seen(request, dossier)
    return _feed(request, found, found, Position.objects.visible_to(request.user).of(found))


@require_safe
def actor(request: HttpRequest, dossier: str, actor: str) -> HttpResponse:
    """Send the feed of an actor's positions."""
    return _feed_about(request, dossier, Actor, actor)


@require_safe
def issue(request: HttpRequest, dossier: str, issue: str) -> HttpResponse:
    """Send the feed of the positions on an issue."""
    return _feed_about(request, dossier, Issue, issue)


def _feed_about(request: HttpRequest, dossier: str, model: Any, slug: str) -> HttpResponse:
    found = dossier_seen(request, dossier)
    one = get_object_or_404(model.objects.visible_to(request.user).of(found), slug=slug)
    visible = Position.objects.visible_to(request.user)
    return _feed(request, found, one, visible.about(**{model._meta.model_name: one}))


def _feed(request: HttpRequest, dossier: Dossier, of: Any, positions: QuerySet) -> HttpResponse:
    of.dossier = dossier
    home = request.build_absolute_uri(of.get_absolute_url())
    feed = _Feed(
        title=for_xml(f"{of} · {dossier}" if of is not dossier else str(dossier)),
        link=home,
        description=_("New and changed positions, each with the passages it rests on."),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=home,
        author_name=for_xml(dossier.title),
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
    )
    for position in changed_first(positions):
        position.dossier = dossier
        link = request.build_absolute_uri(position.get_absolute_url())
        around = around_entry(position)
        feed.add_item(
            title=for_xml(entry_title(position)),
            link=link,
            description=for_xml(entry_words(position)),
            unique_id=link,
            pubdate=position.published_at,
            updateddate=position.changed_at,
            categories=[for_xml(position.issue.title)],
            around=around and request.build_absolute_uri(around),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
