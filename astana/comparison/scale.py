"""How a stance is drawn: by its place on a scale, or, without a scale, by its place in the list."""

# So many answers of a nominal issue have a sign of their own; further ones share them in turn.
SIGNS = 6


def step(value: float | None) -> str:
    """Return the step of a value of -1..1: minus-2, minus-1, zero, plus-1, plus-2, or off.

    `off` is for a stance without a value, such as “declines to answer”. The halves of each side
    begin beyond 0.5.
    """
    if value is None:
        return "off"
    if value == 0:
        return "zero"
    side = "plus" if value > 0 else "minus"
    return f"{side}-{2 if abs(value) > 0.5 else 1}"


def sign(place: int) -> str:
    """Return the sign of an answer of a nominal issue, answer-1 to answer-6, by its place from 0.

    All are of one neutral colour: none is nearer to another, and none stands on a side.
    """
    return f"answer-{place % SIGNS + 1}"


def drawn_as(value: float | None, *, place: int, is_nominal: bool) -> str:
    """Return the step of a stance, or its sign where the issue is nominal and it has no value."""
    if value is None and is_nominal:
        return sign(place)
    return step(None if value is None else float(value))
