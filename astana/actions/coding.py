"""What a position is to say, as a coder says it: what the actions of coding take."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from astana.models import Actor, Document, Event, Issue, Position, Stance


@dataclass(frozen=True)
class NewActor:
    """An actor that a coder adds while coding: who acts, speaks, or attributes."""

    name: str
    kind: str


@dataclass(frozen=True)
class NewIssue:
    """An issue that a coder adds while coding, with the stance that is taken on it."""

    title: str
    question: str

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class NewStance:
    """A stance that a coder adds while coding; without a value it is off the scale."""

    label: str
    value: Decimal | None = None

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class NewEvent:
    """An event that a coder adds while coding."""

    name: str
    start: date
    end: date


@dataclass(frozen=True)
class NewDocument:
    """A document that a coder adds while coding."""

    title: str
    date: date


New = NewActor | NewIssue | NewStance | NewEvent | NewDocument


@dataclass(frozen=True)
class Coding:
    """What a position is to say; an empty summary is written from the rest."""

    actor: Actor | NewActor
    issue: Issue | NewIssue
    stance: Stance | NewStance
    voice: str
    said: str
    held: str = ""
    certainty: str = Position.Certainty.STATED
    attributed_by: Actor | NewActor | None = None
    authority: str = ""
    speaker: Actor | NewActor | None = None
    condition: str = ""
    event: Event | NewEvent | None = None
    document: Document | NewDocument | None = None
    summary: str = ""
    note: str = ""
