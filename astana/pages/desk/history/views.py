"""History: who changed what when, with a way back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from astana.actions.history import Refused, bring_back, may_change, revert
from astana.models import Dossier
from astana.models.past import NOUNS, newest, number_of, parts_of, readable_past
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.history.forms import PER_PAGE, ChangeFilter
from astana.pages.desk.history.presenter import changes_of, clashing, first_values
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import dossier_for, page
from astana.web.named import problems_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the newest changes of a dossier, by whom and when."""
    found = dossier_for(request, dossier, act=Act.CODE)
    filters = ChangeFilter(request.GET, dossier=found)
    tabs = desk_tabs(found, user=request.user, here="history")
    context: dict[str, Any] = {"dossier": found, "filters": filters, "tabs": tabs}
    if not filters.is_valid():
        context["problems"] = problems_of(filters)
        return page(request, "history/index.html", context, status=400)
    past = partial(readable_past, user=request.user, dossier=found)
    sets = [filters.chosen(past(model)) for model in filters.models]
    context |= _shown(sets, filters, dossier=found)
    return page(request, "history/index.html", context)


@require_safe
def detail(request: HttpRequest, dossier: str, noun: str, record: str) -> HttpResponse:
    """Show all changes of one record and of its parts, as differences field by field."""
    found = dossier_for(request, dossier, act=Act.CODE)
    context = _about(request, found, _last(request, found, noun, record))
    return page(request, "history/detail.html", context)


@require_POST
def revert_change(
    request: HttpRequest, dossier: str, noun: str, record: str, change: int
) -> HttpResponse:
    """Take one change of a record back."""
    found = dossier_for(request, dossier, act=Act.CODE)
    last = _last(request, found, noun, record)
    past = readable_past(NOUNS[noun], user=request.user, dossier=found).filter(id=last.id)
    row = get_object_or_404(past, history_id=change)
    try:
        revert(change=row, by=request.user)
    except StaleRecord as error:
        return _refused(request, found, last, error)
    except Refused as error:
        now = NOUNS[noun].objects.filter(pk=row.id).first()
        clashes = clashing(now, row, error.clashes) if error.clashes else []
        return _refused(request, found, last, error, clashes=clashes)
    messages.success(request, _("The change is reverted. What it had set stays in the history."))
    return redirect("history:detail", found.slug, noun, number_of(last))


@require_POST
def restore(request: HttpRequest, dossier: str, noun: str, record: str) -> HttpResponse:
    """Bring a deleted record back, with what was deleted with it."""
    found = dossier_for(request, dossier, act=Act.CODE)
    last = _last(request, found, noun, record)
    try:
        bring_back(model=NOUNS[noun], pk=last.id, by=request.user)
    except Refused as error:
        return _refused(request, found, last, error)
    messages.success(request, _("It is restored, together with what was deleted with it."))
    return redirect("history:detail", found.slug, noun, number_of(last))


def _last(request: HttpRequest, dossier: Dossier, noun: str, record: str) -> Model:
    """Return the newest that the user may know of a record.

    `record` is its key or short name, or its number behind a `~`; a bare number is a number only
    where nothing is named so.
    """
    if noun not in NOUNS:
        raise Http404
    past = readable_past(NOUNS[noun], user=request.user, dossier=dossier).order_by("-history_id")
    names = {field.name for field in NOUNS[noun]._meta.fields}
    named = {name: record for name in ("key", "slug") if name in names}
    row = past.filter(**named).first() if named else None
    number = record.removeprefix("~")
    if row is None and number.isascii() and number.isdecimal() and len(number) < 19:
        row = past.filter(id=int(number)).first()
    if row is None:
        raise Http404
    return row


def _refused(
    request: HttpRequest, dossier: Dossier, last: Model, refusal: Exception, **more: Any
) -> HttpResponse:
    context = _about(request, dossier, last) | {"refusal": refusal} | more
    return page(request, "history/detail.html", context, status=409)


def _about(request: HttpRequest, dossier: Dossier, last: Model) -> dict[str, Any]:
    """Return what the page of a record shows of its past."""
    model = last.instance_type
    filters = ChangeFilter(request.GET, dossier=dossier)
    if not filters.is_valid():
        raise Http404
    past = partial(readable_past, user=request.user, dossier=dossier)
    sets = [past(model).filter(id=last.id)]
    sets += [past(part).filter(**{field: last.id}) for part, field in parts_of(model)]
    # Who may change a record may change its parts.
    may = may_change(last.instance, user=request.user)
    is_gone = last.history_type == "-"
    last.previous_id = None
    return _shown(sets, filters, dossier=dossier, may_revert=may and not is_gone) | {
        "dossier": dossier,
        "noun": model._meta.model_name,
        "about": changes_of([last], dossier=dossier, kinds=[model])[0],
        "record": None if is_gone else model.objects.filter(pk=last.id).first(),
        "may_bring_back": is_gone and may,
        "says": first_values(last),
    }


def _shown(
    sets: list[QuerySet], filters: ChangeFilter, *, dossier: Dossier, may_revert: bool = False
) -> dict[str, Any]:
    rows, is_more = newest(sets, most=PER_PAGE, before=filters.cleaned_data["before"])
    older = filters.older(rows[-1].history_date) if is_more else ""
    kinds = [changes.model.instance_type for changes in sets]
    return {
        "changes": changes_of(rows, dossier=dossier, kinds=kinds, may_revert=may_revert),
        "older": older,
        "is_older": bool(filters.cleaned_data["before"]),
    }
