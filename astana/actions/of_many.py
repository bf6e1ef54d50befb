"""Take one step with many positions: each for itself, all or nothing, and each refusal named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from astana.actions.workflow import WrongStep
from astana.models import Position
from astana.models.revised import StaleRecord


@dataclass
class Outcome:
    """With which positions a step was taken, and why not with the others: keys by reason."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)


def step_with_each(positions: Iterable[Position], take: Callable[[Position], object]) -> Outcome:
    """Take a step with each position in a transaction of its own.

    `take` is a step of the work flow with all but its position. What refuses one position leaves
    that one as it was, and stops none of the others.
    """
    outcome = Outcome()
    for position in positions:
        key = position.key
        try:
            take(position)
        except StaleRecord:
            reason = _("Somebody has changed it since you read it.")
        except ValidationError as refusal:
            reason = " ".join(refusal.messages)
        except (WrongStep, PermissionDenied) as refusal:
            reason = str(refusal)
        else:
            outcome.done.append(key)
            continue
        outcome.refused.setdefault(reason, []).append(key)
    return outcome
