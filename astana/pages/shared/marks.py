"""What readers are told of objections to a position wherever it is listed."""

from django.db.models import Exists, OuterRef, QuerySet

from astana.models import Challenge


def marked(positions: QuerySet) -> QuerySet:
    """Return the positions with `is_contested` and `has_source_error`; no further query.

    Contested is what a reader objects to while nobody has answered; a source error is an objection
    to the source that a reviewer upheld.
    """
    challenges = Challenge.objects.filter(position=OuterRef("pk")).order_by()
    errors = challenges.filter(kind=Challenge.Kind.SOURCE_ERROR, status=Challenge.Status.UPHELD)
    return positions.annotate(
        is_contested=Exists(challenges.open()), has_source_error=Exists(errors)
    )
