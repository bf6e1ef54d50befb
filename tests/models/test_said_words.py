"""A date in words is never more precise than the date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.said import parse_said
from astana.models.said_words import day_words, said_words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2017-01-24", "24 Jan 2017"),
        ("2017-01", "January 2017"),
        ("2016-02", "February 2016"),
        ("2017-01-01/2017-01-31", "January 2017"),
        ("2016", "2016"),
        ("2015/2016", "2015–2016"),
        ("2017-01-23/2017-01-24", "23–24 Jan 2017"),
        ("2016-12-30/2017-01-02", "30 Dec 2016 – 2 Jan 2017"),
        ("2017-01-30/2017-02-02", "30 Jan – 2 Feb 2017"),
        ("../2017-01-12", "by 12 Jan 2017"),
        ("../2017", "by 31 Dec 2017"),
        ("9999", "9999"),
        ("9999-12", "December 9999"),
        ("9999-12-31", "31 Dec 9999"),
    ],
)
def test_a_date_in_words(said, words):
    days = parse_said(said)
    assert said_words(days.earliest, days.latest) == words


def test_a_day_in_words():
    assert day_words(date(2017, 1, 24)) == "24 Jan 2017"


@given(st.dates(min_value=date(2, 1, 1)), st.dates(min_value=date(2, 1, 1)))
def test_every_date_has_words_that_name_its_last_year(one, other):
    assert str(max(one, other).year) in said_words(min(one, other), max(one, other))
