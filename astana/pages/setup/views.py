"""Setting up a dossier on the site: what it is made of, for its reviewers and owners."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions import set_up
from astana.actions.codebook import add_issues
from astana.exchange.codebook_table import EXAMPLE
from astana.models import Dossier, Issue
from astana.models.revised import StaleRecord
from astana.models.roles import Act, may
from astana.pages.setup.beginnings import PartiesForm, ways_to_begin
from astana.pages.setup.editing import Editing
from astana.pages.setup.kinds import Kind, kind_named
from astana.pages.setup.presenter import edit_url, lines_of, new_url, numbers_of_kinds, steps_of
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import dossier_for, page
from astana.web.paging import PER_PAGE, page_of

LONGEST_WORDS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Say how far the dossier is and what comes next; add parties by their names."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    is_sent = request.method == "POST"
    form = PartiesForm(request.POST if is_sent else None, dossier=found, user=request.user)
    if is_sent and form.is_valid():
        try:
            added = set_up.add_actors(dossier=found, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            words = ngettext("%(n)s actor is added.", "%(n)s actors are added.", len(added))
            messages.success(request, words % {"n": len(added)})
            return redirect("setup:index", found.slug)
    context = {
        "dossier": found,
        "form": form,
        "steps": steps_of(found, user=request.user),
        "kinds": numbers_of_kinds(found),
        "tabs": desk_tabs(found, user=request.user, here="setup"),
        "may_run": may(request.user, Act.RUN, found),
    }
    return page(request, "setup/index.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def codebook(request: HttpRequest, dossier: str) -> HttpResponse:
    """Make issues with their stances by a template, from a file, or as in another dossier."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    ways = ways_to_begin(found, user=request.user, data=request.POST, files=request.FILES)
    is_sent = request.method == "POST"
    for way in ways:
        if way.is_valid() and (entries := way.entries()):
            try:
                added = add_issues(dossier=found, entries=entries, by=request.user)
            except ValidationError as refusal:
                way.add_error(None, refusal.messages)
                break
            words = ngettext("%(n)s issue is added.", "%(n)s issues are added.", len(added))
            messages.success(request, words % {"n": len(added)})
            return redirect("setup:index", found.slug)
    context = {"dossier": found, "ways": ways, "example": EXAMPLE}
    return page(request, "setup/codebook.html", context, status=422 if is_sent else 200)


@require_safe
def records(request: HttpRequest, dossier: str, kind: str) -> HttpResponse:
    """List what there is of one kind, and find some of it."""
    found, sort = dossier_for(request, dossier, act=Act.REVIEW), kind_named(kind)
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_WORDS]
    shown, problems = page_of(sort.found(words, dossier=found, user=request.user), request)
    context = {
        "dossier": found,
        "kind": sort,
        "words": words,
        "shown": shown,
        "lines": lines_of(sort, shown, dossier=found),
        "new": new_url(sort, dossier=found),
        "problems": problems,
        "tabs": desk_tabs(found, user=request.user, here="setup"),
    }
    return page(request, "setup/records.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, dossier: str, kind: str) -> HttpResponse:
    """Ask for a new record of a kind, with its rows."""
    found, sort = dossier_for(request, dossier, act=Act.REVIEW), kind_named(kind)
    if sort.new_at:
        return redirect(new_url(sort, dossier=found))
    editing = _editing(request, sort, sort.model(dossier=found), found)
    if editing.is_sent and (saved := editing.save()):
        return _saved(request, sort, saved, found)
    context = {"dossier": found, "kind": sort, "editing": editing}
    return page(request, "setup/new.html", context, status=422 if editing.is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, dossier: str, kind: str, record: str) -> HttpResponse:
    """Ask for changes of a record and of its rows."""
    found, sort = dossier_for(request, dossier, act=Act.REVIEW), kind_named(kind)
    stored = get_object_or_404(sort.records(found, user=request.user), slug=record)
    if sort.edit_at:
        return redirect(edit_url(sort, stored, dossier=found))
    context: dict[str, Any] = {"dossier": found, "kind": sort, "title": str(stored)}
    context["further"] = [
        (reverse(name, args=[found.slug, stored.slug]), label) for name, label in sort.further
    ]
    context["remove"] = reverse("setup:remove", args=[found.slug, sort.name, stored.slug])
    editing = context["editing"] = _editing(request, sort, stored, found)
    if editing.is_sent and (saved := editing.save()):
        return _saved(request, sort, saved, found)
    return page(request, "setup/edit.html", context, status=422 if editing.is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, dossier: str, kind: str, record: str) -> HttpResponse:
    """Say what would go with a record or what uses it, and remove it."""
    found, sort = dossier_for(request, dossier, act=Act.REVIEW), kind_named(kind)
    stored = get_object_or_404(sort.records(found, user=request.user), slug=record)
    context: dict[str, Any] = {"dossier": found, "kind": sort, "record": stored}
    context["edit"] = edit_url(sort, stored, dossier=found)
    is_sent = request.method == "POST"
    try:
        set_up.refuse_where_used(stored, by=request.user)
        if is_sent and request.POST.get("revision") == str(stored.revision):
            name = str(stored)
            set_up.remove(record=stored, by=request.user)
            messages.success(
                request,
                # Translators: `name` is what was removed.
                _("Removed: %(name)s. It can be restored from its history.") % {"name": name},
            )
            return redirect("setup:records", found.slug, sort.name)
        context["is_stale"] = is_sent
    except set_up.Refused as refusal:
        context |= {"refusal": str(refusal), "uses": refusal.uses}
    except StaleRecord:
        context["is_stale"] = True
    except ProtectedError:
        context["refusal"] = _("This cannot be removed because something uses it.")
    return page(request, "setup/remove.html", context, status=422 if is_sent else 200)


@require_POST
def move(request: HttpRequest, dossier: str, record: str) -> HttpResponse:
    """Move an issue `up`, `down`, or by so many places, and show it where it stands."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    issue = get_object_or_404(Issue.objects.at_desk_of(request.user, dossier=found), slug=record)
    way = request.POST.get("way", "")
    places = int(way) if re.fullmatch(r"-?[0-9]{1,4}", way, re.ASCII) else 0
    moved = set_up.move(issue=issue, steps={"up": -1, "down": 1}.get(way, places), by=request.user)
    # Translators: `name` is an issue, `place` the number of its place in the codebook.
    told = _("“%(name)s” is number %(place)s now.")
    messages.success(request, told % {"name": moved, "place": moved.order})
    query = f"?page={number}" if (number := (moved.order - 1) // PER_PAGE + 1) > 1 else ""
    url = reverse("setup:records", args=[found.slug, "issues"])
    return redirect(f"{url}{query}#record-{moved.slug}")


def _editing(request: HttpRequest, kind: Kind, record: Any, dossier: Dossier) -> Editing:
    data = request.POST if request.method == "POST" else None
    return Editing(kind, record, dossier=dossier, user=request.user, data=data)


def _saved(request: HttpRequest, kind: Kind, record: Any, dossier: Dossier) -> HttpResponse:
    # Translators: `name` is what was saved.
    messages.success(request, _("Saved: %(name)s.") % {"name": record})
    match request.POST.get("then"):
        case "another":
            return redirect(new_url(kind, dossier=dossier))
        case "stay":
            return redirect(edit_url(kind, record, dossier=dossier))
    return redirect("setup:records", dossier.slug, kind.name)
