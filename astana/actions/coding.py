"""What a position is to say, as a coder says it: what the actions of coding take."""

from dataclasses import dataclass

from astana.models import Actor, Document, Event, Issue, Position, Stance


@dataclass(frozen=True)
class NewActor:
    """An actor that a coder adds while coding: who acts, speaks, or attributes."""

    name: str
    kind: str


@dataclass(frozen=True)
class Coding:
    """What a position is to say; an empty summary is written from the rest."""

    actor: Actor | NewActor
    issue: Issue
    stance: Stance
    voice: str
    said: str
    held: str = ""
    certainty: str = Position.Certainty.STATED
    attributed_by: Actor | NewActor | None = None
    authority: str = ""
    speaker: Actor | NewActor | None = None
    condition: str = ""
    event: Event | None = None
    document: Document | None = None
    summary: str = ""
    note: str = ""
