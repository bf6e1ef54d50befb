"""What coders made of units, for the tests of their agreement."""

from astana.comparison.coders import (
    Coded,
    Metric,
    alpha,
)

NUMBERS = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}


def coded(issues: str = "", **rows: str) -> list[Coded]:
    """Return one coding for each letter or digit: a row for each coder, a dot where none is.

    `issues` has a letter for each unit, its stratum.
    """
    return [
        Coded(
            coder,
            unit,
            value,
            float(NUMBERS.get(value, value if value.isdigit() else 0)),
            issues[unit - 1 : unit],
        )
        for coder, row in rows.items()
        for unit, value in enumerate(row, 1)
        if value != "."
    ]


def table(rows: list[list[int]]) -> list[Coded]:
    """Return the codings of two coders of whose values a table counts the pairs."""
    pairs = [(i, j) for i, row in enumerate(rows) for j, n in enumerate(row) for _ in range(n)]
    return [
        Coded(coder, unit, str(value))
        for unit, pair in enumerate(pairs)
        for coder, value in zip(("one", "other"), pair, strict=True)
    ]


def a_figure(held: list[Coded], metric: Metric = Metric.NOMINAL):
    return alpha(held, metric=metric, resamples=0)
