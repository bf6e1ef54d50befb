"""The filters of the list of issues."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Issue
from astana.pages.shared.filters import Facet, ListFilter, Option, TextFilter


def _groups(dossier: Dossier) -> list[Option]:
    groups = Issue.objects.of(dossier).exclude(group="").order_by("order", "slug")
    names = dict.fromkeys(groups.values_list("group", flat=True))
    return [Option(name, name, name) for name in names]


def _kinds(dossier: Dossier) -> list[Option]:
    return [Option(value, value, str(label)) for value, label in Issue.Kind.choices]


def _has_word(word: str, dossier: Dossier) -> Q:
    return Q(title__icontains=word) | Q(question__icontains=word) | Q(description__icontains=word)


class IssueFilter(ListFilter):
    """Issues by group, kind and words."""

    q = TextFilter(label=_("Words"), where=_has_word)
    group = Facet("group", label=_("Group"), options=_groups)
    kind = Facet("kind", label=_("Kind"), options=_kinds)
