"""A form that asks whether what is doubtful is meant, and saves it when it is sent again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from astana.actions.coding import NewActor
from astana.actions.doubts import Claim, by_itself, doubts_about
from astana.comparison.doubts import Doubt, Kind
from astana.models import Actor, Article, Dossier, Issue, Stance, User

CONFIRMED = "confirmed"

# At which field each is asked; what is asked of the whole stands above the form.
_FIELDS = {
    Kind.AFTER_ARTICLE: "said",
    Kind.ITSELF: "attributed_by",
    Kind.OWN_WORDS: "attributed_by",
    Kind.OUT_OF_OFFICE: "speaker",
    Kind.NEVER_SPOKE: "speaker",
}


def question(
    form: forms.BaseForm,
    cleaned: dict[str, Any],
    *,
    dossier: Dossier | None,
    user: User,
    issue: Issue | None,
    stance: Stance | None,
    published: date | None = None,
    article: Article | None = None,
) -> None:
    """Refuse a form, once, where what it says is doubtful, with each doubt at its field.

    `form.doubts` are then the doubts in one word each; a form that sends them as `confirmed` is not
    asked again about the same. A form that has errors is not asked at all.
    """
    if form.errors or not dossier:
        return
    actors = cleaned.get("actors") or [cleaned.get("actor")]
    by, speaker = cleaned.get("attributed_by"), cleaned.get("speaker")
    if any(one and one.dossier_id != dossier.pk for one in (issue, *_known(*actors, by, speaker))):
        # The record itself refuses that.
        return
    found = {}
    for actor in actors:
        claim = Claim(
            actor=next(_known(actor), None),
            issue=issue,
            stance=stance,
            said=cleaned["said"],
            voice=cleaned["voice"],
            attributed_by=next(_known(by), None),
            is_itself=by is not None and by == actor,
            authority=cleaned.get("authority") or "",
            # Of who speaks for somebody new nothing is known.
            speaker=None if isinstance(by, NewActor) else next(_known(speaker), None),
        )
        there = {"position": form.instance, "published": published, "article": article}
        for doubt in doubts_about(claim, dossier=dossier, by=user, **there):
            found[_in_words(doubt, claim)] = doubt
    confirmed = form.data.get(form.add_prefix(CONFIRMED), "").split()
    if all(str(doubt) in confirmed for doubt in found.values()):
        return
    form.doubts = " ".join(map(str, found.values()))
    for told, doubt in found.items():
        name = _FIELDS.get(doubt.kind)
        kept = {name: cleaned[name]} if name in cleaned else {}
        form.add_error(name, forms.ValidationError(told, code="doubt"))
        # The record looks at the value too, and would miss what is only doubtful.
        cleaned |= kept


def _known(*actors: Actor | NewActor | None) -> Iterator[Actor]:
    """Return those of the actors that the dossier has already."""
    return (actor for actor in actors if actor and not isinstance(actor, NewActor))


def _in_words(doubt: Doubt, claim: Claim) -> str:
    about = ", ".join(doubt.about)
    body = claim.attributed_by or claim.actor
    match doubt.kind:
        case Kind.AFTER_ARTICLE:
            # Translators: both are dates, such as 2017-01-25.
            told = _("The article was published on %(article)s, and this was said later: %(said)s.")
            return told % {"article": about, "said": claim.said}
        case Kind.ITSELF:
            return by_itself()
        case Kind.OWN_WORDS:
            told = _(
                # Translators: both are names of actors.
                "%(by)s belongs to %(actor)s, or the other way round. If one speaks for the "
                "other, say so under “Authority”, or choose another voice."
            )
            return told % {"by": claim.attributed_by, "actor": claim.actor}
        case Kind.OUT_OF_OFFICE:
            told = _(
                # Translators: names of a person and an actor; the terms are such as 2004-03-09/...
                "%(speaker)s had no role in %(actor)s then, but had one at another time: %(terms)s."
            )
            return told % {"speaker": claim.speaker, "actor": body, "terms": about}
        case Kind.NEVER_SPOKE:
            # Translators: both are names of actors.
            told = _("%(speaker)s has never spoken for %(actor)s in this dossier.")
            return told % {"speaker": claim.speaker, "actor": body}
    # Translators: keys of positions, such as p004, p017.
    told = _("The same actor, issue, stance and day are already in %(keys)s.")
    return told % {"keys": about}
