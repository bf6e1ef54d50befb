"""The links of a position at the desk, and the positions near it that it could be linked to."""

from dataclasses import replace

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from astana.actions.workflow import may_edit
from astana.models import Evidence, Position, User
from astana.models.roles import Act, may
from astana.pages.shared.links import LinkView, links_of

MOST_NEARBY = 30


def links_at_desk(position: Position, *, user: User) -> list[LinkView]:
    """Return the links of a position that a user may see at the desk; two queries."""
    dossier = position.dossier
    links = links_of(position, among=Position.objects.at_desk_of(user, dossier=dossier))
    for one in links:
        one.other.dossier = dossier
    is_mine = may_edit(user, position)
    return [replace(one, may_remove=is_mine and may_edit(user, one.other)) for one in links]


def nearby(position: Position, *, user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return positions of the same issue, then of the same articles, that a user may change.

    They are choices, keys with words, in groups; those of the same actor come first. Two queries.
    """
    known = Position.objects.at_desk_of(user, dossier=position.dossier).exclude(pk=position.pk)
    if not may(user, Act.REVIEW, position.dossier):
        known = known.filter(Q(coder=user) & ~Q(status=Position.Status.PUBLISHED))
    is_other_actor = Case(When(actor=position.actor_id, then=0), default=1)
    of_issue = known.filter(issue=position.issue_id)
    articles = Evidence.objects.filter(position=position).values("rendition__article")
    beside = Evidence.objects.filter(rendition__article__in=articles).values("position")
    of_article = known.exclude(issue=position.issue_id).filter(pk__in=beside)
    found = [
        (_("On the same issue"), of_issue.order_by(is_other_actor, "-latest", "-pk")),
        (_("In the same article"), of_article.order_by(is_other_actor, "-latest", "-pk")),
    ]
    groups = [(label, _offers(rows, position, user=user)) for label, rows in found]
    return [(label, offers) for label, offers in groups if offers]


def _offers(rows: QuerySet, position: Position, *, user: User) -> list[tuple[str, str]]:
    found = list(rows.select_related("actor", "issue", "stance", "assignment")[:MOST_NEARBY])
    for one in found:
        one.dossier = position.dossier
    return [(one.key, _words(one)) for one in found if may_edit(user, one)]


def _words(one: Position) -> str:
    # Translators: key, actor, issue, stance and day of a position, such as
    # “p004: Turkey, Future of Assad, may stay (24 Jan 2017)”.
    return _("%(key)s: %(actor)s, %(issue)s, %(stance)s (%(said)s)") % {
        "key": one.key,
        "actor": one.actor.name,
        "issue": one.issue.title,
        "stance": one.stance.label,
        "said": one.said_words,
    }
