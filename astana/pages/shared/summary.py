"""A summary follows what it sums up: it is made again, or asked about where a person wrote it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.models import Actor, Issue, Position, Stance
from astana.models.summary import automatic_summary

STANDS = "summary_stands"
# So many positions are named whose summaries are asked about.
MOST_NAMED = 10


def stands_field() -> forms.BooleanField:
    """Return the field by which a person says that a summary fits what was changed."""
    return forms.BooleanField(
        label=gettext_lazy("The summary fits as it is"),
        required=False,
        help_text=gettext_lazy(
            "Asked when the actor, issue or stance changes and the summary does not."
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
        told = _("Change it, or say that it fits.")
        form.add_error("summary", f"{stays_the_same()} {told}")
    return summary


def stays_the_same() -> str:
    """Return that a typed summary does not follow what it sums up, in words."""
    return _("The actor, issue or stance has changed, and this sentence has not.")


def stays_words(keys: list[str], name: str) -> str:
    """Return that typed summaries say a name that their record loses, in words."""
    return ngettext(
        "A sentence that somebody wrote says “%(name)s”, and stays as it is: %(keys)s.",
        "%(n)s sentences that somebody wrote say “%(name)s”, and stay as they are: %(keys)s.",
        len(keys),
    ) % {
        "n": len(keys),
        "name": name,
        "keys": ", ".join(keys[:MOST_NAMED]) + (" …" if len(keys) > MOST_NAMED else ""),
    }


def asks_again() -> str:
    """Return how a form that asks about summaries is answered, in words."""
    return _("Save once more if that is right; correct them afterwards where they do not fit.")
