"""A summary follows what it sums up: it is made anew, or asked about where a person wrote it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Issue, Position, Stance
from astana.models.summary import automatic_summary

STANDS = "summary_stands"


def stands_field() -> forms.BooleanField:
    """Return the field by which a person says that a summary fits what was changed."""
    return forms.BooleanField(
        label=gettext_lazy("The summary fits as it is"),
        required=False,
        help_text=gettext_lazy(
            "Asked where actor, issue or stance change and the summary does not."
        ),
    )


def summary_after(
    form: forms.BaseForm,
    summary: str,
    *,
    was: Position,
    actor: Actor | None,
    issue: Issue | None,
    stance: Stance | None,
) -> str:
    """Return the summary that belongs to what a position is to say now, empty for a new actor.

    Whether it was typed by hand shows in whether it is what would have been made of the
    position as it `was`. One that was typed and left as it was is an error of the form, which then
    has the field to say that it fits.
    """
    now = [getattr(one, "pk", None) for one in (actor, issue, stance)]
    if not issue or not stance or now == [was.actor_id, was.issue_id, was.stance_id]:
        return summary
    if summary in ("", automatic_summary(actor=was.actor, issue=was.issue, stance=was.stance)):
        return automatic_summary(actor=actor, issue=issue, stance=stance) if actor else ""
    if summary == was.summary and not form.data.get(form.add_prefix(STANDS)):
        form.fields.setdefault(STANDS, stands_field())
        form.add_error(
            "summary",
            _(
                "Actor, issue or stance have changed, and this sentence has not. "
                "Change it, or say that it fits."
            ),
        )
    return summary
