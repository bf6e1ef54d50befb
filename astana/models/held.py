"""When an actor held a position, where that is another time than when it was said."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_held_after(held: date, published: date) -> None:
    """Raise ValidationError where a position is held only after the day of its article."""
    if held > published:
        # Translators: both are days, such as 2017-01-25.
        message = _("The article is of %(published)s, before %(held)s. Correct the date.")
        raise ValidationError(message % {"published": published, "held": held})
