"""What the page of a position that is changed shows: its form and its passages."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.models import Article, Dossier, Evidence, Position, Rendition, Unfinished
from astana.pages.desk.codings.forms import CodingForm, offer
from astana.pages.desk.codings.unfinished import Begun, begun_in, filled


class EditDesk:
    """The form of a position and the passages that it rests on.

    `given` is the query string, or the form that was sent; with `is_saving` its errors are shown.
    """

    def __init__(
        self, given: Mapping[str, str], *, position: Position, user: Any, is_saving: bool = False
    ) -> None:
        self.position = position
        self.dossier: Dossier = position.dossier
        self.user = user
        self.is_saving = is_saving
        self.refusals: list[str] = []
        # The address that shows the form again, to which a parameter can be added.
        self.base = "?"
        here = [] if is_saving else self.own_unfinished
        self.filled = filled(given, here=here, coded=position, user=user)
        if is_saving:
            self.form = CodingForm(given, instance=position, user=user)
        else:
            known = (*CodingForm.base_fields, "revision")
            typed = {name: given[name] for name in known if name in given}
            if self.filled.unfinished:
                typed = dict.fromkeys(known, "") | self.filled.values | typed
            self.form = CodingForm(instance=position, user=user, start=typed)
        offer(self.form, given=given)

    @cached_property
    def own_unfinished(self) -> list[Unfinished]:
        """What the user has typed for this position and not saved, the newest first."""
        return list(Unfinished.objects.of_user(self.user).of_position(self.position))

    @property
    def begun(self) -> list[Begun]:
        """What lies unfinished, except what is in the form."""
        return begun_in(self.own_unfinished, besides=self.filled)

    @property
    def status(self) -> int:
        """What the page answers with."""
        if not self.is_saving:
            return 200
        return 409 if self.form.is_stale else 422

    def refuse(self, refusal: ValidationError) -> None:
        """Show what cannot be saved at its field, or above the form where it has none."""
        for name, told in refusal.message_dict.items():
            if name in self.form.fields:
                self.form.add_error(name, told)
            else:
                self.refusals += told

    @cached_property
    def passages(self) -> list[Evidence]:
        """The passages in texts that the user may read; one without `excerpt` stands nowhere."""
        rows = list(
            Evidence.objects.filter(
                position=self.position, rendition__in=Rendition.objects.visible_to(self.user)
            )
            .select_related("rendition__article__source")
            .order_by("number")
        )
        for one in rows:
            one.excerpt = _excerpt(one)
        return rows

    @property
    def article(self) -> Article | None:
        """The article that it was coded in."""
        return self.passages[0].rendition.article if self.passages else None


def _excerpt(evidence: Evidence) -> Excerpt | None:
    text = evidence.rendition.text
    start, end = evidence.start, evidence.end
    if start is None or end is None or text[start:end] != evidence.exact:
        return None
    paragraphs = evidence.rendition.paragraphs
    return excerpt_of(text, start=start, end=end, paragraphs=paragraphs, around=90)
