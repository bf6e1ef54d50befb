"""Stances over time."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models import Position
from astana.models.counts import counts_of
from astana.pages.frame import dossier_seen, page
from astana.pages.shared.offered import first_of
from astana.pages.shared.timeline import timeline_of
from astana.pages.timeline.forms import TimelineForm

# So many actors or issues are offered to choose from.
MOST_SUBJECTS = 500


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the stances on one issue, or of one actor, over time, with who moved when."""
    found = dossier_seen(request, dossier)
    form = TimelineForm(request.GET, dossier=found, user=request.user, counts=counts_of(found))
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "timeline/index.html", context, status=400)
    chosen = form.cleaned_data
    context |= {
        "by": chosen["by"],
        "subject": chosen["subject"],
        "lanes": chosen["lanes"],
        "whole": f"?{urlencode(form.asked(), doseq=True)}",
        "all_lanes": f"?{urlencode(form.asked(of_all_lanes=True), doseq=True)}",
    }
    if chosen["subject"]:
        context["timeline"] = timeline_of(
            Position.objects.visible_to(request.user).about(
                **{chosen["by"]: chosen["subject"]}, lanes=chosen["lanes"]
            ),
            by=chosen["by"],
            subject=chosen["subject"],
            dossier=found,
            start=chosen["from"],
            end=chosen["to"],
            first_hand_only=chosen["first_hand"],
            changes_only=chosen["changed"],
            is_ranked=chosen["axis"] == "ranked",
            asked=form.asked(),
        )
        context |= {
            "subjects": first_of(
                form.issues if chosen["by"] == "issue" else form.actors,
                MOST_SUBJECTS,
                chosen=[chosen["subject"]],
            ),
            "start": chosen["from"],
            "end": chosen["to"],
        }
    return page(request, "timeline/index.html", context)
