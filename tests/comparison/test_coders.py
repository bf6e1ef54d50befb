"""Agreement between coders: published examples, a second implementation by definition, rules."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana.comparison.coders import (
    Coded,
    Metric,
    alpha,
    by_group,
    figures,
    kappa,
    percent,
)
from astana.comparison.figure import Undefined
from tests.comparison.coded import a_figure, coded, table

# Krippendorff, 2011, "Computing Krippendorff's Alpha-Reliability", sections A, B, and C and D.
BINARY = coded(meg="0100000010", owen="1110010000")
NOMINAL = coded(ben="aabbdcccedda", gerry="babbbccceddd")
FOUR_OBSERVERS = coded(a="123321412...", b="1233224125.3", c=".3332342251.", d="12332441251.")


@pytest.mark.parametrize(
    ("held", "metric", "exact", "published"),
    [
        (BINARY, Metric.NOMINAL, Fraction(2, 21), "0.095"),
        (NOMINAL, Metric.NOMINAL, Fraction(155, 224), "0.692"),
        (FOUR_OBSERVERS, Metric.NOMINAL, Fraction(113, 152), "0.743"),
        (FOUR_OBSERVERS, Metric.ORDINAL, Fraction(108577, 133160), "0.815"),
        (FOUR_OBSERVERS, Metric.INTERVAL, Fraction(951, 1120), "0.849"),
    ],
)
def test_alpha_is_that_of_krippendorff_2011(held, metric, exact, published):
    found = a_figure(held, metric).value
    assert f"{found:.3f}" == published
    assert found == pytest.approx(float(exact), abs=1e-12)


def by_definition(held: list[Coded], metric: Metric) -> Fraction | None:
    """Return alpha as 1 - D_o / D_e: all pairs within units, against all pairs of a stratum."""
    disagreements = [
        disagreement(here, metric)
        for stratum in {answer.stratum for answer in held}
        if (here := [answer for answer in held if answer.stratum == stratum])
    ]
    observed = sum(each[0] for each in disagreements if each)
    by_chance = sum(each[1] for each in disagreements if each)
    return 1 - observed / by_chance if by_chance else None


def disagreement(held: list[Coded], metric: Metric) -> tuple[Fraction, Fraction] | None:
    """Return what differs in one stratum, and what would by chance; None with a unit or none."""
    units: dict[object, list[Fraction | str]] = {}
    for answer in held:
        value = answer.value if metric is Metric.NOMINAL else answer.number
        if value is not None:
            units.setdefault(answer.unit, []).append(
                value if isinstance(value, str) else Fraction(value)
            )
    pairable = [values for values in units.values() if len(values) > 1]
    every = [value for values in pairable for value in values]

    def distance(one, other):
        if metric is Metric.NOMINAL:
            return int(one != other)
        if metric is Metric.INTERVAL:
            return (one - other) ** 2
        low, high = min(one, other), max(one, other)
        between = sum(low <= value <= high for value in every)
        return (between - Fraction(every.count(low) + every.count(high), 2)) ** 2

    if len(pairable) < 2:
        return None
    n = len(every)
    observed = sum(
        Fraction(distance(one, other)) / (len(values) - 1)
        for values in pairable
        for one, other in permutations(values, 2)
    )
    by_chance = sum(
        Fraction(distance(one, other)) / (n - 1) for one, other in permutations(every, 2)
    )
    return observed, by_chance


def test_kappa_is_that_of_cohen_1960():
    """Table 2b, page 45: 140 of 200 alike, 82 by chance."""
    held = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    found = kappa(held, one="one", other="other", resamples=0)
    assert (found.n, len(found.agreeing)) == (200, 140)
    assert found.value == pytest.approx(float(Fraction(29, 59)))
    assert f"{found.value:.4f}" == "0.4915"


def test_kappa_is_that_of_fleiss_1981():
    """Statistical Methods for Rates and Proportions, table 13.1: 89 of 100 alike, 66 by chance."""
    held = table([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    found = kappa(held, one="one", other="other", resamples=0)
    assert found.value == pytest.approx(float(Fraction(23, 34)))
    assert f"{found.value:.2f}" == "0.68"


def test_percent_agreement_is_the_mean_over_the_pairs_of_coders():
    held = coded(one="aab.", other="aac.", third="a..b")
    assert percent(held, resamples=0).value == pytest.approx((2 / 3 + 1 + 1) / 3)


@st.composite
def codings(draw):
    """A few coders, units and values, so that gaps, ties and lone units come about."""
    units = range(draw(st.integers(0, 6)))
    row = st.text("abc.", min_size=len(units), max_size=len(units))
    issues = draw(st.text("xy", min_size=len(units), max_size=len(units)) | st.just(""))
    return coded(issues, **{coder: draw(row) for coder in ("ann", "bob", "cyd")})


few = settings(max_examples=40, deadline=None)


@few
@given(codings(), st.sampled_from(Metric))
def test_alpha_is_what_its_definition_says(held, metric):
    expected = by_definition(held, metric)
    found = a_figure(held, metric)
    assert (found.value is None) == (found.undefined is not None) == (expected is None)
    if expected is not None:
        assert found.value == pytest.approx(float(expected), abs=1e-12)


@few
@given(codings())
def test_percent_and_kappa_are_what_their_definitions_say(held):
    said = {(answer.coder, answer.unit): answer.value for answer in held}
    issue = {answer.unit: answer.stratum for answer in held}
    shares = []
    for one, other in combinations(("ann", "bob", "cyd"), 2):
        both = [unit for coder, unit in said if coder == one and (other, unit) in said]
        found = kappa(held, one=one, other=other, resamples=0)
        if both:
            shares.append(
                Fraction(sum(said[one, unit] == said[other, unit] for unit in both), len(both))
            )
        # Units that are alone on their issue cannot tell agreement from chance.
        strata = [[unit for unit in both if issue[unit] == name] for name in set(issue.values())]
        strata = [units for units in strata if len(units) > 1]
        n = sum(map(len, strata))
        assert found.n == (n or len(both))
        same = sum(said[one, unit] == said[other, unit] for units in strata for unit in units)
        chance = sum(
            Fraction(said[one, mine] == said[other, theirs], len(units))
            for units in strata
            for mine in units
            for theirs in units
        )
        if chance < n:
            assert found.value == pytest.approx(float((same - chance) / (n - chance)))
        else:
            assert found.value is None
    expected = pytest.approx(float(mean(shares))) if shares else None
    assert percent(held, resamples=0).value == expected


@few
@given(codings(), st.sampled_from(Metric), st.randoms(use_true_random=False))
def test_the_order_of_the_codings_is_irrelevant(held, metric, random):
    other = random.sample(held, len(held))
    one, two = (alpha(each, metric=metric, resamples=20) for each in (held, other))
    assert (one.value, one.undefined, one.interval) == (two.value, two.undefined, two.interval)
    assert set(one.agreeing) == set(two.agreeing)
    assert set(one.disagreeing) == set(two.disagreeing)


@few
@given(codings(), st.permutations("abc"))
def test_the_names_of_categories_are_irrelevant(held, names):
    renamed = [
        replace(answer, value=dict(zip("abc", names, strict=True))[answer.value]) for answer in held
    ]
    one, other = a_figure(held).value, a_figure(renamed).value
    assert one == (other if other is None else pytest.approx(other))


@few
@given(codings(), st.sampled_from(Metric))
def test_a_unit_coded_by_one_coder_alone_changes_nothing(held, metric):
    assert a_figure([*held, Coded("ann", "lone", "z", 9.0)], metric) == a_figure(held, metric)


@pytest.mark.parametrize("metric", Metric)
def test_perfect_agreement_with_variation_is_one(metric):
    held = coded(one="aabc.", other="aab.c", third=".abcc")
    found = alpha(held, metric=metric, resamples=50)
    assert found.value == 1
    assert (found.interval.low, found.interval.high) == (1, 1)
    assert kappa(held, one="one", other="other", resamples=0).value == 1


def test_a_single_category_is_undefined_and_not_one():
    found = figures(coded(one="aaa", other="aaa"), resamples=20)
    assert found.percent.value == 1
    for figure in (found.kappa, *found.alpha.values()):
        assert (figure.value, figure.interval) == (None, None)
        assert figure.undefined == figure.no_interval == Undefined.NO_VARIATION
        assert figure.agreeing == (1, 2, 3)


def test_one_unit_is_too_few_and_none_is_none():
    one, none = coded(one="ab", other="b."), coded(one="a.", other=".b")
    assert a_figure(one).undefined == Undefined.ONE_UNIT
    assert (percent(one).value, percent(one).no_interval) == (0, Undefined.ONE_UNIT)
    assert a_figure(none).undefined == percent(none).undefined == Undefined.NO_UNITS
    assert a_figure([]).n == 0


def test_a_stance_off_the_scale_is_missing_in_the_scaled_metrics_alone():
    held = [*coded(one="ab", other="ab"), Coded("one", 3, "declines"), Coded("other", 3, "a", 1.0)]
    assert a_figure(held, Metric.INTERVAL).n == 2
    assert a_figure(held).disagreeing == (3,)


def test_a_figure_keeps_the_units_behind_it():
    found = a_figure(FOUR_OBSERVERS)
    assert found.disagreeing == (2, 6, 8)
    assert found.agreeing == (1, 3, 4, 5, 7, 9, 10, 11)
    assert found.n == 11


def test_the_interval_is_the_same_each_time_and_says_how_it_was_drawn():
    one, other = (alpha(FOUR_OBSERVERS, resamples=200) for _ in range(2))
    assert one == other
    assert one.interval.low < one.value < one.interval.high
    assert one.interval.resamples == 200
    assert alpha(FOUR_OBSERVERS, resamples=0).no_interval is None


def test_samples_without_variation_are_left_out_and_counted():
    """One unit in five differs: a sample misses it in (4 / 5)**5 of all cases, about a third."""
    found = alpha(coded(one="aaaab", other="aaaab"), resamples=300).interval
    assert 60 < found.left_out < 140


def test_each_group_has_its_figures():
    held = coded(one="aabb", other="aabc", third="bb..")
    assert kappa(held, one="one", other="third", resamples=0).n == 2
    assert figures(held, resamples=0).kappa is None
    groups = by_group(held, lambda answer: "late" if answer.unit > 2 else "early", resamples=0)
    assert list(groups) == ["early", "late"]
    assert groups["late"].coders == ("one", "other")
    assert groups["late"].percent.disagreeing == (4,)
    beside = by_group(held, str, coders=["one", "other", "third"], resamples=0)
    assert {tuple(each.by_measure) for each in beside.values()} == {
        ("percent", "nominal", "ordinal", "interval")
    }


def test_each_group_has_the_measures_and_samples_that_were_asked_for():
    held = coded(one="aabbab" * 5, other="aabcb." * 5)
    asked = {"coders": ["one", "other"], "metrics": [Metric.NOMINAL], "resamples": 20}
    one, again = (by_group(held, lambda _answer: "all", **asked)["all"] for _ in range(2))
    assert list(one.by_measure) == ["percent", "kappa", "nominal"]
    assert {figure.interval.resamples for figure in one.by_measure.values()} == {20}
    assert one == again
    alone = by_group(coded(one="ab"), lambda _answer: "all", **asked)["all"]
    assert (alone.coders, alone.kappa.undefined) == (("one", "other"), Undefined.NO_UNITS)


def test_the_figures_have_alpha_by_each_metric():
    """Those of Krippendorff 2011, sections C and D."""
    found = figures(FOUR_OBSERVERS, resamples=0).alpha
    assert {metric.value: f"{figure.value:.3f}" for metric, figure in found.items()} == {
        "nominal": "0.743",
        "ordinal": "0.815",
        "interval": "0.849",
    }


def test_coding_a_unit_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        a_figure([Coded("one", 1, "a"), Coded("one", 1, "b")])


def test_kappa_asks_for_two_coders():
    with pytest.raises(ValueError, match="two different"):
        kappa(NOMINAL, one="ben", other="ben")


def test_a_coder_who_coded_nothing_is_one_of_the_two():
    alone = coded(x="aab")
    assert "kappa" not in figures(alone, resamples=0).by_measure
    both = figures(alone, coders=["x", "y"], metrics=[Metric.NOMINAL], resamples=0)
    assert list(both.by_measure) == ["percent", "kappa", "nominal"]
    assert {one.undefined for one in both.by_measure.values()} == {Undefined.NO_UNITS}
