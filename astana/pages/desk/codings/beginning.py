"""What the form of a passage begins with: what it has in common with the last position."""

from typing import Any

from astana.models import Actor, Position, User
from astana.models.actors_at_desk import name_to_fill_in


def start_of(position: Position, *, user: User) -> dict[str, Any]:
    """Return what a position has in common with the next one of a run."""

    def named(actor: Actor | None) -> str:
        return name_to_fill_in(actor, dossier=position.dossier, user=user)

    return {
        "actor": named(position.actor),
        "voice": position.voice,
        "attributed_by": named(position.attributed_by),
        "speaker": named(position.speaker),
        "carried": f"{position.actor.slug} {position.speaker.slug}" if position.speaker else "",
        "said": position.said,
        "event": position.event.slug if position.event else "",
        "document": position.document.slug if position.document else "",
    }


def start_again(position: Position, *, user: User) -> dict[str, Any]:
    """Return what a position has in common with another one on its passage: all but the actor."""
    same = {"issue": position.issue.slug, "stance": position.stance.slug}
    condition = {"condition": position.condition, "certainty": position.certainty}
    others = {"actor": "", "speaker": "", "carried": "", "held": position.held}
    return start_of(position, user=user) | same | condition | others
