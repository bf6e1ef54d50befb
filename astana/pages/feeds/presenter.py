"""New and changed positions as the entries of a feed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from astana.models.positions.constraints import CHANGED_AT
from astana.models.positions.fetched import marked
from astana.models.voice_words import how_words
from astana.web.addresses import around_href

MOST_ENTRIES = 50


def changed_first(positions: QuerySet) -> list[Any]:
    """Return the positions that were published, coded, reviewed or edited last, with `changed_at`.

    The order is that of an index, so that a feed costs the same in any dossier.
    """
    named = ("actor", "issue", "stance__issue", "attributed_by", "speaker")
    found = marked(positions).select_related(*named)
    return list(found.annotate(changed_at=CHANGED_AT).order_by("-changed_at", "-id")[:MOST_ENTRIES])


def around_entry(position: Any) -> str:
    """Return where one sees what an entry changed in its cell; `position` has its dossier."""
    names = {"actor": position.actor.slug, "issue": position.issue.slug}
    return around_href(position.dossier, position.earliest, position.latest, **names)


def entry_title(position: Any) -> str:
    """Return who takes which stance on what, and whether that is disputed."""
    words = _("%(actor)s on %(issue)s: %(stance)s")
    if position.is_disputed:
        words = _("%(actor)s on %(issue)s: %(stance)s (disputed)")
    return words % {
        "actor": position.actor.name,
        "issue": position.issue.title,
        "stance": position.stance.label,
    }


def entry_words(position: Any) -> str:
    """Return the summary, what it depends on, when it was said and how we know."""
    by, speaker = (one.name if one else "" for one in (position.attributed_by, position.speaker))
    how = how_words(position.voice, by=by, speaker=speaker, authority=position.authority)
    condition = _("If: %(condition)s") % {"condition": position.condition}
    return " ".join(
        part
        for part in (
            position.summary,
            condition if position.condition else "",
            _("Said: %(when)s (%(how)s).") % {"when": position.said_words, "how": how},
            _("Disputed: it is denied that this was said.") if position.is_disputed else "",
        )
        if part
    )
