"""What a position is to others, in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from astana.models import Link, Position
from astana.models.positions.fetched import marked

MOST = 200

Kind = Link.Kind

# Each kind read from the position that has the link, and from the one it leads to.
WORDS = {
    Kind.SAME_UTTERANCE: (
        pgettext_lazy("of a position to another", "Same utterance as"),
        pgettext_lazy("of a position to another", "Rendered differently in"),
    ),
    Kind.REASON_FOR: (
        pgettext_lazy("of a position to another", "Reason for"),
        pgettext_lazy("of a position to another", "Reason given"),
    ),
    Kind.ANSWERS: (
        pgettext_lazy("of a position to another", "Answers"),
        pgettext_lazy("of a position to another", "Answered by"),
    ),
    Kind.REPEATS: (
        pgettext_lazy("of a position to another", "Repeats"),
        pgettext_lazy("of a position to another", "Repeated by"),
    ),
}


@dataclass(frozen=True)
class LinkView:
    """A link as it is read from one of its positions: what that is to the other one."""

    link: Link
    words: Any
    other: Position
    may_remove: bool = False


def links_of(position: Position, *, among: QuerySet) -> list[LinkView]:
    """Return the links of a position with those of `among`, its own first; two queries.

    What is not among them is not named.
    """
    of_it = Link.objects.filter(Q(position=position) | Q(to=position)).order_by("pk")
    found = []
    for link in of_it[:MOST]:
        is_own = link.position_id == position.pk
        found.append((not is_own, str(link.kind), link, link.to_id if is_own else link.position_id))
    found.sort(key=lambda one: one[:2])
    related = ("actor", "issue", "stance__issue", "attributed_by", "speaker", "assignment")
    # Never an empty list: Django would not ask, and pages are to ask the same each time.
    known = marked(among).select_related(*related).filter(pk__in=[0, *(pk for *_, pk in found)])
    others = {one.pk: one for one in known}
    return [
        LinkView(link, WORDS[Kind(kind)][is_to], others[pk])
        for is_to, kind, link, pk in found
        if pk in others
    ]
