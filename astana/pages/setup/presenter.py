"""How far a dossier is: what it has, what comes next, and the way to each."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astana.models import Actor, Article, Dossier, Issue, Membership, Position, User
from astana.models.roles import Act, may
from astana.pages.setup.kinds import KINDS, Kind


def steps_of(dossier: Dossier, *, user: User) -> dict[str, Any]:
    """Return what there is of a dossier, which steps are done, and the first that is not.

    Seven queries. `newest` is the short name of the newest article.
    """
    parts = {
        "actors": Actor,
        "issues": Issue,
        "articles": Article,
        "positions": Position,
        "members": Membership,
    }
    there = {name: QuerySet(model).filter(dossier=dossier).count() for name, model in parts.items()}
    there["published"] = Position.objects.of(dossier).filter(public=True).count()
    steps = {
        "about": bool(dossier.description),
        "parties": there["actors"] > 1,
        "questions": there["issues"] > 0,
        "reading": there["articles"] > 0,
        "stances": there["published"] > 0,
    }
    if may(user, Act.RUN, dossier):
        steps["members"] = there["members"] > 1
    newest = Article.objects.of(dossier).order_by("-pk").values_list("slug", flat=True)
    return {
        "there": there,
        "done": [step for step, is_done in steps.items() if is_done],
        "next": next((step for step, is_done in steps.items() if not is_done), ""),
        "newest": newest.first(),
    }


def numbers_of_kinds(dossier: Dossier) -> list[tuple[Kind, int]]:
    """Return each kind with how many there are; a query for each kind."""
    return [(kind, QuerySet(kind.model).filter(dossier=dossier).count()) for kind in KINDS]


def lines_of(kind: Kind, records: Any, *, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the lines of a page of records: what the columns say of each, and where it changes."""
    return [
        {
            "record": record,
            "cells": [(head, says(record)) for head, says in kind.columns],
            "edit": edit_url(kind, record, dossier=dossier),
            "remove": reverse("setup:remove", args=[dossier.slug, kind.name, record.slug]),
        }
        for record in records
    ]


def edit_url(kind: Kind, record: Any, *, dossier: Dossier) -> str:
    """Return where a record is edited."""
    if kind.edit_at:
        return reverse(kind.edit_at, args=[dossier.slug, record.slug])
    return reverse("setup:edit", args=[dossier.slug, kind.name, record.slug])


def new_url(kind: Kind, *, dossier: Dossier) -> str:
    """Return where a new record of a kind is entered."""
    if kind.new_at:
        return reverse(kind.new_at, args=[dossier.slug])
    return reverse("setup:new", args=[dossier.slug, kind.name])
