"""When an actor held a position, where that is another time than when it was said."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from astana.comparison.said import parse_said
from astana.models.said_words import no_date


def refuse_held_after(held: date, published: date) -> None:
    """Raise ValidationError where a position is held only after the day of its article."""
    if held > published:
        message = _(
            # Translators: both are days, such as 2017-01-25.
            "The article was published on %(published)s, before %(held)s. Correct the date."
        )
        raise ValidationError(message % {"published": published, "held": held})


def refuse_unfit(held: str, *, passages: QuerySet | None) -> None:
    """Raise ValidationError for what is no time, or one after the article of a passage."""
    try:
        earliest = parse_said(held).earliest
    except ValueError as error:
        raise ValidationError(no_date()) from error
    if passages is not None:
        before = passages.filter(rendition__article__published__lt=earliest)
        if passage := before.select_related("rendition__article").first():
            refuse_held_after(earliest, passage.rendition.article.published)
