"""Who codes which article, and how far they are."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from astana.models import Article, Assignment, Dossier, User


@dataclass(frozen=True)
class AssignmentRow:
    """An article with its assignments; all of them are independent, or none is."""

    article: Article
    assignments: list[Assignment]

    @property
    def is_independent(self) -> bool:
        """Whether its coders do not see each other's work."""
        return any(one.is_independent for one in self.assignments)

    @property
    def is_settled(self) -> bool:
        """Whether a curator has settled its round."""
        return any(one.settled_at for one in self.assignments)


def with_assignments(articles: QuerySet, *, user: User) -> QuerySet:
    """Return articles with their assignments and the progress of each; two queries.

    `is_hidden` marks those of others in a running round of the user's, who is not to know how much
    they have coded.
    """
    hidden = Assignment.objects.hidden_from(user).filter(pk=OuterRef("pk"))
    assignments = Assignment.objects.with_progress().order_by("coder__username", "pseudonym__slug")
    assignments = assignments.annotate(is_hidden=Exists(hidden))
    return articles.select_related("source").prefetch_related(
        Prefetch("assignments", assignments, "given")
    )


def assignment_rows(shown: Page) -> list[AssignmentRow]:
    """Return one page of articles from `with_assignments` in rows."""
    return [AssignmentRow(article, article.given) for article in shown]


def coders_with_progress(coders: QuerySet, dossier: Dossier) -> list[User]:
    """Return the coders with how much each was assigned, and how much of it is finished."""
    mine = Q(assignments__dossier=dossier)
    return list(
        coders.annotate(
            assigned=Count("assignments", filter=mine, distinct=True),
            finished=Count(
                "assignments",
                filter=mine & Q(assignments__finished_at__isnull=False),
                distinct=True,
            ),
            begun=F("assigned") - F("finished"),
        )
    )
