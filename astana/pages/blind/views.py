"""Blind reading: a comparison without names, its worksheet for paper, and the key to both."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.pages.blind.forms import BlindForm
from astana.pages.blind.presenter import score_of
from astana.pages.shared.blind import BlindSet, BlindTable, blind_table, candidates_of
from astana.web.frame import form_of, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show a comparison without names, what the reader guesses, and in the end the score."""
    form = form_of(BlindForm, request, dossier)
    if not form.is_valid():
        return page(request, "blind/index.html", {"form": form, **_links("../")}, status=400)
    context = {"dossier": form.dossier, "form": form, "title": form.dossier.title, **_links("../")}
    if blind := form.cleaned_data["set"]:
        given = form.cleaned_data
        candidates = candidates_of(blind, user=request.user)
        asked = {name: given[name] for name in ("guesses", "revealed", "is_all")}
        score = score_of(blind, candidates=candidates, **asked)
        table = blind_table(blind, user=request.user, opened=score["opened"])
        context |= {"blind": blind, "table": table, "score": score, "candidates": candidates}
        context |= _frame(form.dossier, table) | _links("../", blind, with_names=score["is_over"])
    return page(request, "blind/index.html", context)


@require_safe
def worksheet(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the comparison without names for paper, with lines to write on."""
    form = form_of(BlindForm, request, dossier)
    if not form.is_valid():
        context = {"form": form, **_links("../../")}
        return page(request, "blind/worksheet.html", context, status=400)
    context = {
        "dossier": form.dossier,
        "form": form,
        "title": form.dossier.title,
        **_links("../../"),
    }
    if blind := form.cleaned_data["set"]:
        table = blind_table(blind, user=request.user)
        context |= {"blind": blind, "table": table}
        context |= _frame(form.dossier, table) | _links("../../", blind)
    return page(request, "blind/worksheet.html", context)


@require_safe
def key(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who is behind each letter and number."""
    form = form_of(BlindForm, request, dossier)
    context = {"dossier": form.dossier, "form": form, **_links("../../")}
    if not form.is_valid():
        return page(request, "blind/key.html", context, status=400)
    if blind := form.cleaned_data["set"]:
        table = blind_table(blind, user=request.user, opened=blind.letters)
        context |= {"blind": blind, "table": table}
        context |= _links("../../", blind, with_names=True)
    return page(request, "blind/key.html", context)


def _frame(dossier: Dossier, table: BlindTable) -> dict[str, Any]:
    """Return the title without names; where the dossier's own name is one, it has no masthead."""
    title = table.mask.apply(dossier.title)
    says_nothing = title == dossier.title and table.mask.apply(dossier.slug) == dossier.slug
    return {"title": title, "dossier": dossier if says_nothing else None}


def _links(up: str, blind: BlindSet | None = None, *, with_names: bool = False) -> dict[str, Any]:
    """Return the addresses of the pages around, from where `up` leads to the dossier.

    They are relative on purpose: the dossier's short name, which others begin with, may be that of
    an actor.
    """
    links = {"compare": f"{up}compare/", "another": f"{up}compare/?blind=1"}
    if blind:
        asked = f"?set={blind.token}"
        links |= {
            "index": f"{up}blind/",
            "reading": f"{up}blind/{asked}",
            "worksheet": f"{up}blind/worksheet/{asked}",
            "key": f"{up}blind/key/{asked}",
        }
        if blind.selection.dossier.visibility == Dossier.Visibility.PUBLIC:
            links["class"] = f"{reverse('classes:new')}{asked}"
    if blind and with_names:
        links["named"] = links["compare"] + blind.selection.everything()
    return {"links": links}
