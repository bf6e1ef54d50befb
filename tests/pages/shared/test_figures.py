"""Figures in words."""

from fractions import Fraction

import pytest

from astana.pages.shared.figures import decimal


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Fraction(10), 0, "10"),
        (Fraction(0), 0, "0"),
        (Fraction(1, 2), 2, "0.50"),
        (Fraction(3, 2), 3, "1.5"),
        (Fraction(-2), 3, "−2"),
        (Fraction(-1, 1000), 2, "0.00"),
    ],
)
def test_a_figure_loses_no_zero_that_counts(value, places, words):
    assert decimal(value, places) == words
