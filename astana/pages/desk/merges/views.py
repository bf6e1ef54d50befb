"""Merging and splitting actors and issues, for reviewers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions.journal import Refused
from astana.actions.merge import Preview, merge_actors, merge_issues, preview_actors, preview_issues
from astana.actions.split import split_actor, split_issue
from astana.actions.undo import undo as undo_merge
from astana.models import Actor, Document, Dossier, Event, Issue, Merge, User
from astana.models.roles import Act
from astana.pages.desk.merges.forms import ChooseForm, MergeForm, SplitForm
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import dossier_for, page, refusal_told

MOST_SHOWN = 200

# By what people know a thing that was merged.
_CALLED: dict[str, tuple[Any, str]] = {
    "actor": (Actor, "name"),
    "issue": (Issue, "title"),
    "event": (Event, "name"),
    "document": (Document, "title"),
}


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """List what was merged and split, with a way back."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    merges = Merge.objects.visible_to(request.user, dossier=found)
    shown = merges.select_related("by", "undone_by").defer("moved", "gone", "made")[
        : MOST_SHOWN + 1
    ]
    tabs = desk_tabs(found, user=request.user, here="merges")
    named = _with_names(list(shown), found)
    context = {"dossier": found, "merges": named, "most": MOST_SHOWN, "tabs": tabs}
    return page(request, "merges/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, dossier: str) -> HttpResponse:
    """Ask what to merge or split, show what would move, and do it."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    choose = ChooseForm(request.GET, dossier=found, user=request.user)
    context: dict[str, Any] = {"dossier": found, "choose": choose}
    if not choose.is_complete:
        status = 400 if choose.errors else 200
        return page(request, "merges/new.html", context, status=status)
    asked = choose.cleaned_data
    data = request.POST if request.method == "POST" else None
    if choose.is_split:
        form = context["form"] = SplitForm(data, whole=asked["kept"], user=request.user)
    else:
        form = context["form"] = MergeForm(
            data, kept=asked["kept"], other=asked["other"], user=request.user
        )
        context["preview"] = _preview(asked, by=request.user)
    if data is not None and form.is_valid():
        try:
            merge = _do(asked, form, by=request.user)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done. It can be undone here."))
            return redirect("merges:index", merge.dossier.slug)
    return page(request, "merges/new.html", context, status=200 if data is None else 422)


@require_POST
def undo(request: HttpRequest, dossier: str, merge: int) -> HttpResponse:
    """Undo a merge or a split, or say why that is impossible."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    asked = get_object_or_404(Merge.objects.visible_to(request.user, dossier=found), pk=merge)
    with refusal_told(request, Refused):
        undo_merge(merge=asked, by=request.user)
        messages.success(request, _("Undone. What it had moved is back in its place."))
    return redirect("merges:index", found.slug)


def _with_names(merges: list[Merge], dossier: Dossier) -> list[Merge]:
    """Return merges with what both are called, as far as that tells one from the other.

    What is gone is asked of its history. A stance is known by its short name alone.
    """
    names: dict[tuple[str, str], str] = {}
    for noun, (model, field) in _CALLED.items():
        slugs = {slug for one in merges if one.noun == noun for slug in (one.kept, one.other)}
        past = model.history.filter(dossier=dossier, slug__in=slugs).order_by("history_id")
        for slug, name in past.values_list("slug", field) if slugs else ():
            names[noun, slug] = name
    for one in merges:
        both = [names.get((one.noun, slug), slug) for slug in (one.kept, one.other)]
        one.kept_name, one.other_name = both if both[0] != both[1] else (one.kept, one.other)
    return merges


def _preview(asked: dict[str, Any], *, by: User) -> Preview:
    preview = preview_issues if isinstance(asked["kept"], Issue) else preview_actors
    return preview(kept=asked["kept"], other=asked["other"], by=by)


def _do(asked: dict[str, Any], form: MergeForm | SplitForm, *, by: User) -> Merge:
    kept = asked["kept"]
    is_issue = isinstance(kept, Issue)
    if isinstance(form, MergeForm):
        both = {"kept": kept, "other": asked["other"], "by": by}
        return merge_issues(stances=form.mapping, **both) if is_issue else merge_actors(**both)
    given = form.cleaned_data
    if is_issue:
        return split_issue(
            issue=kept,
            title=given["name"],
            slug=given["slug"],
            question=given["question"],
            positions=[pk for _model, pk, _field in form.chosen],
            by=by,
        )
    return split_actor(actor=kept, name=given["name"], slug=given["slug"], rows=form.chosen, by=by)
