"""Bootstrap intervals: percentiles of what samples give, and none where most give nothing."""

from astana.comparison.figure import Interval, Undefined, figure, interval


def _mean(counted):
    return sum(number * times for (number,), times in counted) / sum(n for _, n in counted)


def test_an_interval_leaves_out_a_fortieth_at_either_end():
    rows = [(number,) for number in range(20)]
    all_means = interval(rows, _mean, resamples=39, seed=3)
    narrower = interval(rows, _mean, resamples=40, seed=3)
    assert all_means.low <= narrower.low < 9.5 < narrower.high <= all_means.high
    # The mean of twenty numbers from 0 to 19 has a standard error of 1.29.
    found = interval(rows, _mean, resamples=1000)
    assert abs(found.low - (9.5 - 1.96 * 1.29)) < 0.4
    assert abs(found.high - (9.5 + 1.96 * 1.29)) < 0.4


def of_samples(*results):
    """Return the interval of samples, no two alike, that give these results in turn."""
    given = iter(results)
    rows = [(number,) for number in range(30)]
    return interval(rows, lambda _counted: next(given), resamples=len(results))


def test_of_forty_results_the_lowest_and_the_highest_are_left_out():
    assert of_samples(*range(39, -1, -1)) == Interval(1, 38, resamples=40, left_out=0)


def test_there_is_an_interval_where_more_than_half_of_the_samples_give_something():
    assert of_samples(1.0, None, 2.0, 3.0) == Interval(1.0, 3.0, resamples=4, left_out=1)
    assert of_samples(1.0, None, None, 2.0) is None


def test_two_rows_have_an_interval_unless_they_do_not_vary():
    """The one sample is undefined where it draws the same row twice."""
    found = [
        figure(
            [(1,), (2,)],
            lambda counted: 1.0 if len(counted) == 2 else None,
            ("a", "b"),
            (),
            resamples=1,
            seed=seed,
        )
        for seed in range(20)
    ]
    assert {(one.interval is None, one.no_interval) for one in found} == {
        (False, None),
        (True, Undefined.NO_VARIATION),
    }


def test_there_is_no_interval_where_most_samples_are_undefined():
    rows = [(1,), (2,), (3,)]
    # All three are in 6 of 27 samples.
    found = figure(rows, lambda counted: 1.0 if len(counted) == 3 else None, ("a", "b", "c"), ())
    assert (found.value, found.undefined) == (1.0, None)
    assert (found.interval, found.no_interval) == (None, Undefined.NO_VARIATION)


def test_one_row_has_no_interval():
    found = figure([(1,)], _mean, ("a",), ())
    assert (found.value, found.no_interval) == (1.0, Undefined.ONE_UNIT)
