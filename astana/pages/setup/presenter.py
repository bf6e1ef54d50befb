"""How far a dossier is: what it has, what comes next, and the way to each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.models import Actor, Article, Dossier, Issue, Membership, Position, User
from astana.models.roles import Act, may
from astana.pages.setup.kinds import KINDS, Kind


@dataclass
class Step:
    """One step from an empty dossier to a first comparison; `is_next` is the first not done."""

    title: str
    says: str
    ways: tuple[tuple[str, str], ...]
    is_done: bool
    is_next: bool = False
    form: str = ""


def steps_of(dossier: Dossier, *, user: User) -> list[Step]:
    """Return the steps, each with what is there; seven queries."""
    has = _numbers(dossier)

    def way(name: str, label: str, *parts: str) -> tuple[str, str]:
        return reverse(name, args=[dossier.slug, *parts]), label

    runs = may(user, Act.RUN, dossier)
    newest = Article.objects.of(dossier).order_by("-pk").values_list("slug", flat=True).first()
    steps = [
        Step(
            _("What is it about?"),
            dossier.description
            or _("One or two sentences for readers: which dispute, since when."),
            (way("dossiers:settings", _("Describe the dossier")),) if runs else (),
            is_done=bool(dossier.description),
        ),
        Step(
            _("Who are the parties?"),
            ngettext("%(n)s actor.", "%(n)s actors.", has[Actor]) % {"n": has[Actor]},
            (
                way("setup:records", _("All actors"), "actors"),
                way("setup:new", _("Add one with its names"), "actors"),
            ),
            is_done=has[Actor] > 1,
            form="parties",
        ),
        Step(
            _("Which questions do they answer?"),
            ngettext("%(n)s issue.", "%(n)s issues.", has[Issue]) % {"n": has[Issue]},
            (
                way("setup:codebook", _("Begin with a template or another codebook")),
                way("issues:new", _("Add an issue")),
                way("setup:records", _("All issues"), "issues"),
            ),
            is_done=has[Issue] > 0,
        ),
        Step(
            _("What do you read?"),
            ngettext("%(n)s article.", "%(n)s articles.", has[Article]) % {"n": has[Article]},
            (
                way("articles:new", _("Add an article")),
                way("setup:records", _("All articles"), "articles"),
                way("setup:records", _("All sources"), "sources"),
            ),
            is_done=has[Article] > 0,
        ),
        Step(
            _("Who takes which stance?"),
            ngettext(
                "%(n)s position, of which %(public)s published.",
                "%(n)s positions, of which %(public)s published.",
                has[Position],
            )
            % {"n": has[Position], "public": has["published"]},
            (
                *([way("codings:article", _("Code the newest article"), newest)] if newest else ()),
                way("review:index", _("Review")),
                way("compare:matrix", _("Compare")),
            ),
            is_done=has["published"] > 0,
        ),
    ]
    if runs:
        steps.append(
            Step(
                _("Who works with you?"),
                ngettext("%(n)s member.", "%(n)s members.", has[Membership])
                % {"n": has[Membership]},
                (way("members:index", _("Members")),),
                is_done=has[Membership] > 1,
            )
        )
    if not_done := [step for step in steps if not step.is_done]:
        not_done[0].is_next = True
    return steps


def _numbers(dossier: Dossier) -> dict[Any, int]:
    found = {
        model: QuerySet(model).filter(dossier=dossier).count()
        for model in (Actor, Issue, Article, Position, Membership)
    }
    return found | {"published": Position.objects.of(dossier).filter(public=True).count()}


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
