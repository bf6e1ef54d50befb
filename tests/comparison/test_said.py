"""EDTF dates: the days they mean, and those that mean nothing."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.said import UNKNOWN_START, parse_said

any_day = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017-01-09", date(2017, 1, 9), date(2017, 1, 9)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2017-01-23/2017-01-24", date(2017, 1, 23), date(2017, 1, 24)),
        ("2016-12/2017-01-03", date(2016, 12, 1), date(2017, 1, 3)),
        ("2015/2016", date(2015, 1, 1), date(2016, 12, 31)),
        ("2017-01-24/2017-01-24", date(2017, 1, 24), date(2017, 1, 24)),
        ("../2017-01-12", UNKNOWN_START, date(2017, 1, 12)),
        ("../2017-01", UNKNOWN_START, date(2017, 1, 31)),
    ],
)
def test_a_date_means_its_first_and_last_day(text, earliest, latest):
    said = parse_said(text)
    assert (said.earliest, said.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "2017-02-30",
        "2017-13",
        "2017-00",
        "2017-01-00",
        "0000",
        "../..",
        "2017/..",
        "..",
        "/",
        "2017/",
        "/2017",
        "../",
        "",
        " 2017",
        "2017\n",
        "2017-1-9",
        "17-01-09",
        "2017-01-09T12:00",
        "2017~",
        "2017?",
        "201X",
        "2017-21",
        "2017-33",
        "2017-21/2017-22",
        "2017-01-24/2017-01-23",
        "2017-01-24/2017-01-23/2017-01-22",
        "٢٠١٧-٠١-٠٩",
        "２０１７",
        "yesterday",
        "2017-01-09\x00",
        "2" * 10_000,
    ],
)
def test_what_means_no_days_is_refused(text):
    with pytest.raises(ValueError, match=r"not a date|ends before it starts"):
        parse_said(text)


def test_a_refusal_names_what_it_refuses_and_stays_short():
    with pytest.raises(ValueError, match="“2017-02-30”"):
        parse_said("2017-02-30")
    with pytest.raises(ValueError, match="not a date") as refusal:
        parse_said("x" * 10_000)
    assert len(str(refusal.value)) < 300


@given(st.text(max_size=25))
def test_any_text_is_understood_or_refused(text):
    try:
        said = parse_said(text)
    except ValueError:
        return
    assert said.earliest <= said.latest


@given(any_day)
def test_a_day_means_itself(day):
    said = parse_said(day.isoformat())
    assert said.earliest == said.latest == day
    assert said.earliest != UNKNOWN_START


@given(any_day)
def test_a_month_means_all_its_days(day):
    said = parse_said(f"{day:%Y-%m}".zfill(7))
    assert said.earliest == day.replace(day=1)
    assert said.latest == day.replace(day=monthrange(day.year, day.month)[1])


@given(any_day, any_day)
def test_an_interval_runs_from_its_start_to_its_end(one, other):
    said = parse_said(f"{min(one, other).isoformat()}/{max(one, other).isoformat()}")
    assert (said.earliest, said.latest) == (min(one, other), max(one, other))


@given(any_day)
def test_an_open_start_is_older_than_every_known_one(day):
    said = parse_said(f"../{day.isoformat()}")
    assert said.earliest == UNKNOWN_START
    assert said.earliest < parse_said("1000").earliest
    assert said.latest == day
