"""What of a brief can be changed and done, as fields and addresses."""

from typing import Any

from django.urls import reverse

from astana.models import Actor
from astana.pages.brief.forms import MOST_CHOICES, BriefForm, BriefSelection
from astana.web.fields import MOST_SIDES, sides_written
from astana.web.offered import facet_of_issues, first_of


def picker_of(form: BriefForm, *, user: Any) -> dict[str, Any]:
    """Return the sides as they can be changed, with all actors to choose from; one query.

    Also where they cannot be: nothing typed is lost. Of a member that the dossier does not know
    the name is empty. `hidden` are the parameters that the form of the sides carries along.
    """
    sides = form.cleaned_data.get("sides") if form.is_valid() else form.typed
    slugs = [[getattr(one, "slug", one) for one in side] for side in sides or ()]
    actors = Actor.objects.visible_to(user).of(form.dossier)
    return {
        "sides": [[(slug, form.names.get(slug, "")) for slug in side] for side in slugs],
        "written": sides_written(slugs),
        "actors": first_of(actors.values_list("slug", "name"), MOST_CHOICES),
        "has_room": len(slugs) < MOST_SIDES,
        "hidden": [
            (name, form.data[name])
            for name in ("group", "as_of", "recorded_as_of", "first_hand", "bodies")
            if form.data.get(name)
        ]
        + [("issue", slug) for slug in form.data.getlist("issue") if slug],
    }


def issue_facet(selection: BriefSelection) -> Any:
    """Return the issues to choose from, as a facet; no query."""
    chosen = {value for name, value in selection.given if name == "issue"}
    return facet_of_issues(selection.all_issues, selection.counts, chosen=chosen)


def links_of(selection: BriefSelection) -> dict[str, str]:
    """Return what can be done with a brief, as addresses."""
    dossier, everything = selection.dossier.slug, selection.everything
    actors = [actor.slug for actor in selection.members]
    return {
        "save": reverse("comparisons:new") + everything(dossier=dossier, actor=actors),
        "compare": reverse("compare:matrix", args=[dossier]) + everything(actor=actors),
        "files": everything(),
        "docx": reverse("exports:brief", args=[dossier, "docx"]) + everything(),
    }
