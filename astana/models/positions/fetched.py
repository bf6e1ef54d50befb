"""Positions with all that a page, or a line about each, shows of them."""

from typing import Any

from django.db.models import Aggregate, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, TextField

from astana.models import Challenge, Evidence


def marked(positions: QuerySet) -> QuerySet:
    """Return the positions with what is said wherever they are shown; no further query.

    These are `is_disputed`, `is_contested` and `has_source_error`. Disputed is what somebody denies
    to have been said. Contested is what a reader objects to while nobody has answered; a source
    error is an objection to the source that a reviewer upheld.
    """
    challenges = Challenge.objects.filter(position=OuterRef("pk")).order_by()
    errors = challenges.filter(kind=Challenge.Kind.SOURCE_ERROR, status=Challenge.Status.UPHELD)
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    return positions.annotate(
        is_disputed=Exists(disputes.order_by()),
        is_contested=Exists(challenges.open()),
        has_source_error=Exists(errors),
    )


def in_words(positions: QuerySet) -> QuerySet:
    """Return the positions with all that a line about each shows; two queries, no texts."""
    passages = (
        Evidence.objects.select_related("rendition__article__source")
        .only(
            "position_id",
            "paragraph",
            "role",
            "rendition__article__slug",
            "rendition__article__source__name",
        )
        .order_by("position", "number")
    )
    return (
        marked(positions)
        .select_related("dossier", "actor", "issue", "stance__issue", "attributed_by", "speaker")
        .prefetch_related(Prefetch("evidence", queryset=passages, to_attr="passages"))
    )


def in_full(positions: QuerySet) -> QuerySet:
    """Return the positions with all that their page names, and the numbers of their passages."""
    return (
        marked(positions)
        .select_related(
            "actor__part_of",
            "issue",
            "stance__issue",
            "speaker",
            "attributed_by",
            "event",
            "document",
            "coder",
            "reviewer",
        )
        .annotate(
            passage_count=Count("evidence"),
            disputing_count=Count("evidence", filter=Q(evidence__role=Evidence.Role.DISPUTES)),
            supporting_count=F("passage_count") - F("disputing_count"),
        )
    )


class Joined(Aggregate):
    """Short names joined by commas, in no order; NULL where there are none."""

    function = "GROUP_CONCAT"
    allow_distinct = True
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL of the aggregate as PostgreSQL calls it."""
        template = "%(function)s(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template=template, **context
        )
