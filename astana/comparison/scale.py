"""The five steps in which a stance's place on the scale is drawn."""


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
