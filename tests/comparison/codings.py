"""Codings for the tests of the core: a builder with defaults."""

from astana.comparison.lining_up import Coding


def a_coding(
    number: int = 1,
    *,
    coder: str = "ann",
    article: str = "one",
    at: tuple[int, int] | None = (0, 10),
    spans: tuple[tuple[int, int], ...] = (),
    actor: str = "russia",
    issue: str = "cease-fire",
    stance: str = "supports",
    value: float | None = 1.0,
) -> Coding:
    return Coding(
        id=number,
        coder=coder,
        article=article,
        spans=spans or ((at,) if at else ()),
        actor=actor,
        issue=issue,
        stance=stance,
        value=value,
    )
