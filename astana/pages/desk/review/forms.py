"""The filters of the review queue, and a decision on a position."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Article, Dossier, Evidence, Health, Issue, Position, User
from astana.pages.shared.of_many import REASON_MAX_CHARACTERS
from astana.pages.shared.options import options_of_issues
from astana.web.facets import Facet
from astana.web.filters import FlagFilter, ListFilter, TextFilter
from astana.web.offered import Option


def _coders(dossier: Dossier, *, user: User) -> list[Option]:
    coded = Position.objects.at_desk_of(user, dossier=dossier).order_by().values("coder")
    coders = User.objects.filter(pk__in=coded).order_by("username")
    return [Option(pk, name, name) for pk, name in coders.values_list("pk", "username")]


def _actors(dossier: Dossier, *, user: User) -> list[Option]:
    actors = Actor.objects.at_desk_of(user, dossier=dossier).order_by("sort_name", "slug")
    return [Option(pk, slug, name) for pk, slug, name in actors.values_list("pk", "slug", "name")]


def _issues(dossier: Dossier, *, user: User) -> list[Option]:
    return options_of_issues(Issue.objects.at_desk_of(user, dossier=dossier))


def _articles(dossier: Dossier, *, user: User) -> list[Option]:
    coded = Position.objects.at_desk_of(user, dossier=dossier).order_by().values("pk")
    read = Evidence.objects.filter(position__in=coded).order_by()
    articles = Article.objects.of(dossier).filter(pk__in=read.values("rendition__article"))
    rows = articles.order_by("title", "slug").values_list("pk", "slug", "title")
    return [Option(*row) for row in rows]


def _rests_on(articles: list[int | str]) -> Q:
    passages = Evidence.objects.filter(rendition__article__in=articles).order_by()
    return Q(pk__in=passages.values("position"))


def _has_health(healths: list[int | str]) -> Q:
    return Q(pk__in=Evidence.objects.filter(health__in=healths).order_by().values("position"))


class ReviewFilter(ListFilter):
    """Submitted positions by coder, issue, actor, article, health of passages, and words."""

    q = TextFilter(
        label=gettext_lazy("Words"),
        within=("summary", "condition"),
        or_where=lambda word, dossier: Q(key=word),
    )
    coder = Facet("coder", label=gettext_lazy("Coder"), options=_coders, at_desk=True)
    issue = Facet("issue", label=gettext_lazy("Issue"), options=_issues, at_desk=True)
    actor = Facet("actor", label=gettext_lazy("Actor"), options=_actors, at_desk=True)
    article = Facet(
        "evidence__rendition__article",
        label=gettext_lazy("Article"),
        options=_articles,
        within=_rests_on,
        at_desk=True,
    )
    health = Facet(
        "evidence__health",
        label=gettext_lazy("Health of passages"),
        options=Health,
        within=_has_health,
    )
    challenged = FlagFilter("was_challenged", label=gettext_lazy("Challenged by a reader"))

    @property
    def query(self) -> str:
        """The filters as a query string that other things can be added to, without the `?`."""
        kept = QueryDict(mutable=True)
        for name in self.filters:
            if values := [value for value in self.data.getlist(name) if value]:
                kept.setlist(name, values)
        return kept.urlencode()


class DecisionForm(forms.Form):
    """What a reviewer decides.

    `revision`, `passages` and `accepts` (proposals that publishing accepts) are what was read.
    """

    PUBLISH, REJECT = "publish", "reject"

    decision = forms.ChoiceField(choices=[(PUBLISH, ""), (REJECT, "")])
    revision = forms.IntegerField(min_value=1)
    passages = forms.CharField(required=False, max_length=10_000)
    accepts = forms.CharField(required=False, max_length=1_000)
    reason = forms.CharField(required=False, max_length=REASON_MAX_CHARACTERS)
    then = forms.CharField(required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is rejected."""
        cleaned = super().clean() or {}
        is_silent = not cleaned.get("reason") and "reason" not in self.errors
        if cleaned.get("decision") == self.REJECT and is_silent:
            self.add_error("reason", _("Say why the position is rejected: the coder will see it."))
        return cleaned
