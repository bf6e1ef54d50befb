"""Days in tables and lists: a cell that says more or less than one day is none."""

import pytest

from astana.formats.articles.days import day_in
from astana.formats.tables.days import DAY_FIRST, read_day


@pytest.mark.parametrize(
    "cell",
    [
        "2017-01-24",
        "2017-1-24",
        "20170124",
        "24.01.2017",
        "24/1/2017",
        "24 Jan 2017 at 10:30",
        "January 24th, 2017 10:30 am",
        "Tue, 24 Jan 2017 23:30:00 GMT",
        "2017-01-24T23:30:00-05:00",
        "Di, 24. Jan. 2017",
        "terça-feira, 24 de janeiro de 2017",
    ],
)
def test_a_day_is_read_as_people_write_it(cell):
    assert read_day(cell, DAY_FIRST) == "2017-01-24"


# Each was read as one of the days in it, so that a position said “until” was one said on that day.
@pytest.mark.parametrize(
    "cell",
    [
        "until 24 Jan 2017",
        "ca. 24 January 2017",
        "24–26 Jan 2017",
        "2017-01-24/2017-01-26",
        "2017-01-24 to 26",
        "between 1 Jan 2017 and 4 Feb 2017",
        "24 Jan 2017, updated 30 Jan 2017",
        "2017-01-24?",
        "Jan 2017",
        "31 February 2017",
    ],
)
def test_what_is_about_a_day_or_several_is_none(cell):
    assert read_day(cell, DAY_FIRST) == ""


def test_an_article_of_a_week_did_not_appear_on_its_last_day():
    assert day_in("24–26 January 2017") == day_in("24-26. Januar 2017") == ""
    assert day_in("Le Monde - 24 janvier 2017, p. 3") == "2017-01-24"
