"""A date in words is never more precise than the date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.said import parse_said
from astana.models.said_words import day_words, days_words, said_words


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
        ("../2017-01", "by January 2017"),
        ("../2017", "by 2017"),
        ("2017-01/2017-03", "Jan – Mar 2017"),
        ("2016-12/2017-02", "Dec 2016 – Feb 2017"),
        ("2016/2017-03", "Jan 2016 – Mar 2017"),
        ("0001", "by 1"),
        ("9999", "9999"),
        ("9999-12", "December 9999"),
        ("9999-12-31", "31 Dec 9999"),
    ],
)
def test_a_date_in_words(said, words):
    days = parse_said(said)
    assert said_words(days.earliest, days.latest) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2017-01/2017-03", "Jan – Mar 2017"),
        ("2017-01-01/2017-03-31", "1 Jan – 31 Mar 2017"),
        ("2017-01-01/2017-01-31", "1–31 Jan 2017"),
        ("2017-01-01/2017-12-31", "1 Jan – 31 Dec 2017"),
        ("2017-01/2017-12", "Jan – Dec 2017"),
        ("2016/2017-03", "2016 – Mar 2017"),
        ("2016-12-24/2017-03", "24 Dec 2016 – Mar 2017"),
        ("2017/2017", "2017"),
        ("../2017", "by 2017"),
        ("../2017-12", "by December 2017"),
        ("../2017-12-31", "by 31 Dec 2017"),
        ("0001", "1"),
        ("0001-01-01/9999-12-31", "1 Jan 0001 – 31 Dec 9999"),
    ],
)
def test_a_date_is_told_as_it_was_recorded(said, words):
    days = parse_said(said)
    assert said_words(days.earliest, days.latest, said) == words


def test_an_event_is_told_by_its_days():
    assert days_words(date(2017, 1, 1), date(2017, 3, 31)) == "1 Jan – 31 Mar 2017"
    assert days_words(date(2017, 1, 1), date(2017, 1, 1)) == "1 Jan 2017"


def test_a_day_in_words():
    assert day_words(date(2017, 1, 24)) == "24 Jan 2017"


@given(st.dates(min_value=date(2, 1, 1)), st.dates(min_value=date(2, 1, 1)))
def test_every_date_has_words_that_name_its_last_year(one, other):
    assert str(max(one, other).year) in said_words(min(one, other), max(one, other))
