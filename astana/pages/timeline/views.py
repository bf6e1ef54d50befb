"""Stances over time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.picture_of_time import laid_over_time
from astana.models import Position
from astana.models.said_words import as_of_words, recorded_words
from astana.pages.shared.timeline import timeline_of
from astana.pages.timeline.forms import TimelineForm
from astana.pages.timeline.picture import over_time
from astana.web.embedded import code_of, embeddable, embedded, not_understood
from astana.web.files import refused, refused_form
from astana.web.frame import form_of, page
from astana.web.offered import first_of
from astana.web.pictured import pictured

# So many actors or issues are offered to choose from.
MOST_SUBJECTS = 500


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the stances on one issue, or of one actor, over time, with who moved when."""
    form = form_of(TimelineForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "timeline/index.html", context, status=400)
    chosen = form.cleaned_data
    context |= {
        "by": chosen["by"],
        "subject": chosen["subject"],
        "lanes": chosen["lanes"],
        "whole": form.everything(**{"from": None, "to": None}),
        "all_lanes": form.everything(**{"from": None, "to": None, form.lane: None}),
        "timeline": _drawn(form, user=request.user),
    }
    if chosen["subject"]:
        context |= {
            "subjects": first_of(
                form.issues.only("slug", "title")
                if chosen["by"] == "issue"
                else form.actors.only("slug", "name"),
                MOST_SUBJECTS,
                chosen=[chosen["subject"]],
            ),
            "start": chosen["from"],
            "end": chosen["to"],
            "code": code_of(request, form.dossier, title=_title(form), asked=form.everything),
            "picture": form.everything(),
        }
    return page(request, "timeline/index.html", context)


@embeddable
def embed(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the same to those who read it in a page of others."""
    form = form_of(TimelineForm, request, dossier)
    context: dict[str, Any] = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return not_understood(request, context)
    chosen = form.cleaned_data
    # The last day of the dossier is that of now.
    is_known = chosen["to"] or not chosen["recorded_as_of"]
    under = [as_of_words(form.counts.day(chosen["to"]))] if is_known else []
    if chosen["first_hand"]:
        under.append(_("first-hand only"))
    if chosen["changed"]:
        under.append(_("only what changed"))
    if chosen["recorded_as_of"]:
        under.append(recorded_words(chosen["recorded_as_of"]))
    context |= {"by": chosen["by"], "timeline": _drawn(form, user=request.user)}
    return embedded(
        request,
        "timeline/_embed.html",
        context,
        title=_title(form),
        asked=form.everything(),
        under=under,
    )


@embeddable
def picture(request: HttpRequest, dossier: str, suffix: str) -> HttpResponse:
    """Send the same as a picture, for print or where no frame is taken."""
    form = form_of(TimelineForm, request, dossier)
    if not form.is_valid():
        return refused_form(form)
    timeline = _drawn(form, user=request.user)
    if timeline is None:
        return refused([_("No position is shown here, so there is nothing to draw.")])
    title = _title(form)
    drawn = laid_over_time(over_time(form, timeline, title=title, request=request))
    return pictured(drawn, suffix, title=title, request=request)


def _title(form: TimelineForm) -> str:
    subject = form.cleaned_data["subject"]
    # Translators: `subject` is the title of an issue or the name of an actor.
    return _("%(subject)s over time") % {"subject": subject} if subject else _("Timeline")


def _drawn(form: TimelineForm, *, user: Any) -> dict[str, Any] | None:
    """Return the timeline that a valid form asks for, None where there is nothing to draw."""
    chosen = form.cleaned_data
    if not chosen["subject"]:
        return None
    about = {chosen["by"]: chosen["subject"]}
    return timeline_of(
        Position.objects.visible_to(user).about(**about, lanes=chosen["lanes"]),
        by=chosen["by"],
        subject=chosen["subject"],
        dossier=form.dossier,
        start=chosen["from"],
        end=chosen["to"],
        first_hand_only=chosen["first_hand"],
        changes_only=chosen["changed"],
        is_ranked=chosen["axis"] == "ranked",
        recorded_as_of=chosen["recorded_as_of"],
        chosen=chosen["lanes"],
        asked=form.asked(),
    )
