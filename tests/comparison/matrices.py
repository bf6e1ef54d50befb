"""Matrices of what tests let be said."""

from datetime import date, timedelta

from astana.comparison.matrix import build_matrix
from tests.comparison.statements import (
    ACTORS,
    FIRST_DAY,
    ISSUES,
)

SECOND_DAY = FIRST_DAY + timedelta(days=1)


def matrix(spoken, **options):
    defaults = {"actors": ACTORS, "issues": ISSUES, "as_of": date(2017, 12, 31)}
    return build_matrix(spoken, **defaults | options)
