"""The network of actors: figures by each measure, edges, distances and camps."""

from fractions import Fraction
from itertools import combinations

import pytest

from astana.comparison.agreement import Agreement, Answer
from astana.comparison.discourse import Discourse, Said
from astana.comparison.network import OF_STATEMENTS, Network

ACTORS, ISSUES = ["iran", "russia", "turkey"], ["aid", "border"]
HELD = [
    ("russia", "aid", 100),
    ("russia", "border", 100),
    ("turkey", "aid", 100),
    ("turkey", "border", 0),
    ("iran", "aid", -100),
]
MEASURES = ["agreement", "points", *OF_STATEMENTS]


def a_network(**asked) -> Network:
    """Russia and Turkey hold values on aid and border, Iran on aid alone; each is said once."""
    answers = [Answer(actor, issue, str(value), value) for actor, issue, value in HELD]
    said = [Said(actor, issue, value, 1) for actor, issue, value in HELD]
    return Network(
        lambda: Agreement(answers, actors=ACTORS, issues=ISSUES),
        lambda: Discourse(said, actors=ACTORS, issues=ISSUES),
        **asked,
    )


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("agreement", Fraction(3, 4)),
        ("points", 3),
        ("congruence", Fraction(3, 2)),
        ("conflict", Fraction(1, 2)),
        ("subtract", 1),
        ("ignore", 2),
    ],
)
def test_each_measure_has_its_figure(measure, value):
    assert a_network(measure=measure).figure("russia", "turkey")[::2] == (value, 2)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_pair_that_shares_too_few_issues_has_no_figure(measure):
    assert a_network(measure=measure, least=2).figure("russia", "iran") == (None, None, 1)
    assert a_network(measure=measure, least=2).open_range("russia", "iran") is None
    assert a_network(measure=measure).figure("russia", "iran").value is not None


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("least", [1, 2, 3])
def test_the_edges_are_the_pairs_that_have_a_figure(measure, least):
    network = a_network(measure=measure, least=least)
    figures = {pair: network.figure(*pair) for pair in combinations(ACTORS, 2)}
    edges = {(one, other): figure for one, other, figure in network.edges()}
    assert edges == {pair: one for pair, one in figures.items() if one.value is not None}


def test_points_are_tinted_by_agreement_and_ties_by_themselves():
    assert a_network(measure="points").figure("russia", "turkey").depth == Fraction(3, 4)
    assert a_network(measure="conflict").figure("russia", "turkey").depth == Fraction(1, 2)


@pytest.mark.parametrize(("normalisation", "by"), [("average", 2), ("jaccard", 3), ("cosine", 4)])
def test_normalised_a_tie_is_divided(normalisation, by):
    """Each of the two said two things, one of them alike: 1.5 / 2, 1.5 / (1 + 1 + 1), 1.5 / 4."""
    network = a_network(measure="congruence", normalisation=normalisation)
    assert network.figure("russia", "turkey").value == Fraction(3, 2) / by


def test_only_measures_of_headlines_leave_a_range():
    assert a_network(measure="conflict").open_range("russia", "iran") is None
    assert a_network().open_range("russia", "iran") == (0, Fraction(1, 2))


@pytest.mark.parametrize("measure", MEASURES)
def test_who_is_near_whom_is_a_matter_of_agreement_whatever_the_measure(measure):
    network = a_network(measure=measure)
    assert network.distances(ACTORS) == {
        ("iran", "russia"): 1,
        ("iran", "turkey"): 1,
        ("russia", "turkey"): Fraction(1, 4),
    }
    assert {frozenset(camp) for camp in network.camps(ACTORS)} == {
        frozenset({"iran"}),
        frozenset({"russia", "turkey"}),
    }


def test_a_distance_needs_as_many_issues_as_a_figure():
    assert set(a_network(least=2).distances(ACTORS)) == {("russia", "turkey")}


def test_what_is_not_needed_is_not_asked_for():
    def refuse():
        raise AssertionError

    answers = [Answer("russia", "aid", "1", 100), Answer("turkey", "aid", "1", 100)]
    agreement = Agreement(answers, actors=ACTORS, issues=ISSUES)
    assert Network(lambda: agreement, refuse).figure("russia", "turkey").value == 1
    discourse = Discourse([], actors=ACTORS, issues=ISSUES)
    assert list(Network(refuse, lambda: discourse, measure="conflict").edges()) == []
