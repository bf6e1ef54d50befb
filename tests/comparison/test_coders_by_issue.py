"""Agreement on the stance is counted issue by issue, against the chance within each."""

from dataclasses import replace
from random import Random

import pytest

from astana.comparison.coders import (
    Coded,
    Metric,
    figures,
    kappa,
)
from astana.comparison.figure import Undefined
from tests.comparison.coded import a_figure, coded


def test_agreeing_on_the_issue_is_no_agreement_on_the_stance():
    """Two issues, two answers each, and on each issue one statement of two is coded alike.

    On x: a-a, a-b; on y: a-b, b-b. Kappa: 2 of 4 are alike; by chance on x 1 of 2 (ann always says
    a, bob half of the time), on y 1 of 2 as well: (2 - 2) / (4 - 2) = 0. Alpha on x: of the values
    a a a b one pair within a unit differs, by chance 3 * 1 / (4 - 1) = 1; on y the same: 1 - 2/2.
    With the issue as part of the value p_e were (2*1 + 0 + 0 + 1*2) / 16 = 1/4, and kappa 1/3.
    """
    held = coded("xxyy", ann="aaab", bob="abbb")
    found = figures(held, resamples=0)
    assert found.percent.value == 0.5
    assert found.kappa.value == 0
    assert {metric: figure.value for metric, figure in found.alpha.items()} == dict.fromkeys(
        Metric, 0
    )
    pooled = [
        replace(answer, value=f"{answer.stratum}/{answer.value}", stratum="") for answer in held
    ]
    assert kappa(pooled, one="ann", other="bob", resamples=0).value == pytest.approx(1 / 3)


def test_observed_and_expected_are_summed_over_issues():
    """On x: a-a, b-b, a-b; on y: a-a, b-b.

    Nominal alpha: x has the values a a a b b b, of which 1 pair differs, by chance 3 * 3 / 5; y has
    a a b b and none, by chance 2 * 2 / 3; 1 - 1 / (9/5 + 4/3) = 1 - 15/47 = 32/47.
    Kappa: x has 2 alike, by chance (2*1 + 1*2) / 3; y has 2 alike, by chance (1*1 + 1*1) / 2:
    (4 - 7/3) / (5 - 7/3) = 5/8.
    """
    found = figures(coded("xxxyy", ann="abaab", bob="abbab"), resamples=0)
    assert found.alpha[Metric.NOMINAL].value == pytest.approx(32 / 47)
    assert found.kappa.value == pytest.approx(5 / 8)


@pytest.mark.parametrize("seed", range(5))
def test_stances_by_the_toss_of_a_coin_agree_no_more_than_by_chance(seed):
    """Two coders, 20 issues of two answers, 40 statements each.

    A kappa of 800 tosses has a standard error of 1 / sqrt(800) = 0.035: 0.11 is three of them. With
    issue and stance as one value these tosses give about 0.49: p_o = 1/2, p_e = 1/40.
    """
    toss = Random(seed)
    issues = "abcdefghijklmnopqrst" * 40
    ann, bob = ("".join(toss.choices("ab", k=len(issues))) for _ in range(2))
    held = coded(issues, ann=ann, bob=bob)
    found = figures(held, resamples=0)
    assert found.percent.value == pytest.approx(0.5, abs=0.06)
    for figure in (found.kappa, *found.alpha.values()):
        assert figure.n == 800
        assert abs(figure.value) < 0.11
    pooled = [
        replace(answer, value=f"{answer.stratum}/{answer.value}", stratum="") for answer in held
    ]
    assert kappa(pooled, one="ann", other="bob", resamples=0).value == pytest.approx(0.49, abs=0.06)


def test_a_unit_alone_on_its_issue_is_in_percent_agreement_only():
    held = coded("xxy", ann="abb", bob="aba")
    found = figures(held, resamples=0)
    assert (found.percent.value, found.percent.n) == (pytest.approx(2 / 3), 3)
    assert (found.kappa.value, found.kappa.n) == (1, 2)
    assert found.alpha[Metric.NOMINAL].disagreeing == ()
    alone = figures(coded("xy", ann="aa", bob="ab"), resamples=0)
    for figure in (alone.kappa, *alone.alpha.values()):
        assert (figure.undefined, figure.n) == (Undefined.ONE_UNIT, 2)
        assert figure.no_interval == Undefined.ONE_UNIT


def test_a_unit_in_two_strata_is_refused():
    with pytest.raises(ValueError, match="is in x and in y"):
        a_figure([Coded("one", 1, "a", stratum="x"), Coded("two", 1, "a", stratum="y")])
