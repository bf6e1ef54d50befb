"""Who codes which article, and how far they are."""

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from astana.models import Assignment, Dossier, User


def with_assignments(articles: QuerySet, *, user: User) -> QuerySet:
    """Return articles with the assignments `given` and the progress of each; two queries.

    `is_hidden` marks those of others in a running round of the user's, who is not to know how much
    they have coded.
    """
    hidden = Assignment.objects.hidden_from(user).filter(pk=OuterRef("pk"))
    assignments = Assignment.objects.with_progress().order_by("coder__username", "pseudonym__slug")
    assignments = assignments.annotate(is_hidden=Exists(hidden))
    return articles.select_related("source").prefetch_related(
        Prefetch("assignments", assignments, "given")
    )


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
