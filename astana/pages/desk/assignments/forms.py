"""Assigning articles to coders, and which articles the page shows."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from astana.models import Article, Assignment, Dossier, Membership, User
from astana.web.fields import FlagField

MOST_ARTICLES = 100


def coders_of(dossier: Dossier) -> QuerySet:
    """Return the members who may code in a dossier, by name."""
    roles = [Membership.Role.CODER, Membership.Role.REVIEWER, Membership.Role.OWNER]
    return User.objects.filter(
        membership__dossier=dossier, membership__role__in=roles, is_active=True
    ).order_by("username")


class AssignForm(forms.Form):
    """Which articles go to which coders."""

    article = forms.ModelMultipleChoiceField(
        queryset=Article.objects.none(),
        to_field_name="slug",
        error_messages={"required": _("Choose at least one article.")},
    )
    coder = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        to_field_name="username",
        error_messages={"required": _("Choose at least one coder.")},
    )
    is_independent = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data)
        self.fields["article"].queryset = Article.objects.of(dossier)
        self.fields["coder"].queryset = coders_of(dossier)

    def clean_article(self) -> QuerySet:
        """Refuse more articles than one page shows."""
        articles = self.cleaned_data["article"]
        if len(articles) > MOST_ARTICLES:
            raise forms.ValidationError(_("Too many articles to assign at once."))
        return articles


class ArticlesForm(forms.Form):
    """Which articles the page shows: those with some words, those that nobody has."""

    q = forms.CharField(required=False, max_length=200)
    unassigned = FlagField()

    def shown(self, articles: QuerySet) -> QuerySet:
        """Return the articles, those of which something is assigned first."""
        if not self.is_valid():
            return articles.none()
        for word in self.cleaned_data["q"].split():
            articles = articles.filter(
                Q(title__icontains=word) | Q(source__name__icontains=word) | Q(slug__icontains=word)
            )
        assigned = Assignment.objects.filter(article=OuterRef("pk"))
        articles = articles.annotate(is_assigned=Exists(assigned))
        if self.cleaned_data["unassigned"]:
            articles = articles.filter(is_assigned=False)
        return articles.order_by("-is_assigned", "-published", "slug")
