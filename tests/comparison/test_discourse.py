"""Congruence and conflict against the definition written out, statement by statement."""

from fractions import Fraction

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.agreement import Agreement, Answer
from astana.comparison.discourse import Discourse, Said

ACTORS = ("russia", "turkey", "iran")
ISSUES = ("cease-fire", "guarantor", "election")

all_said = st.lists(
    st.builds(
        Said,
        st.sampled_from(ACTORS),
        st.sampled_from(ISSUES),
        st.sampled_from([-100, -40, 0, 50, 100]),
        st.integers(0, 3),
    ),
    max_size=20,
)
pairs = st.permutations(ACTORS).map(lambda actors: actors[:2])


def discourse(*said: Said) -> Discourse:
    return Discourse(said, actors=ACTORS, issues=ISSUES)


def statements(said: list[Said], actor: str) -> list[tuple[str, Fraction]]:
    """Return each statement of an actor by itself, as (issue, value)."""
    return [
        (one.issue, Fraction(one.value, 100))
        for one in said
        if one.actor == actor
        for _time in range(one.times)
    ]


@given(all_said, pairs)
def test_a_tie_is_the_sum_over_all_pairs_of_statements(said, pair):
    mine, theirs = (statements(said, actor) for actor in pair)
    met = [abs(v - w) / 2 for issue, v in mine for other, w in theirs if issue == other]
    network = discourse(*said)
    tie = network.tie(*pair)
    assert tie.congruence == sum(1 - distance for distance in met)
    assert tie.conflict == sum(met)
    assert tie.subtract == tie.congruence - tie.conflict
    assert tie.n == len({issue for issue, _ in mine} & {issue for issue, _ in theirs})
    assert tie.ignore == len(met)
    assert tie.activity == len(mine) + len(theirs)
    assert network.divisor(*pair, "average") == Fraction(tie.activity or 2, 2)


@given(all_said, pairs)
def test_a_pair_is_divided_by_what_its_two_said_alone_and_alike(said, pair):
    mine, theirs = (statements(said, actor) for actor in pair)
    alone = [one for one in mine if one not in theirs] + [one for one in theirs if one not in mine]
    alike = [one for one in mine for other in theirs if one == other]
    expected = {
        "none": 1,
        "average": Fraction(len(mine) + len(theirs), 2),
        "jaccard": len(alone) + len(alike),
        "cosine": len(mine) * len(theirs),
    }
    both = discourse(*said)
    for normalisation, divisor in expected.items():
        assert both.divisor(*pair, normalisation) == (divisor or 1)


@given(
    *[
        st.dictionaries(st.sampled_from(ISSUES), st.sampled_from([-100, 100]), min_size=1)
        for _actor in range(2)
    ]
)
def test_said_once_on_yes_and_no_jaccard_is_the_coefficient_of_two_sets_of_neighbours(mine, theirs):
    graph = networkx.Graph()
    for actor, cells in (("russia", mine), ("turkey", theirs)):
        graph.add_edges_from((actor, cell) for cell in cells.items())
    both = discourse(
        *(Said("russia", issue, value, 1) for issue, value in mine.items()),
        *(Said("turkey", issue, value, 1) for issue, value in theirs.items()),
    )
    figure = both.tie("russia", "turkey").congruence / both.divisor("russia", "turkey", "jaccard")
    [(_, _, coefficient)] = networkx.jaccard_coefficient(graph, [("russia", "turkey")])
    assert float(figure) == pytest.approx(coefficient)


@given(all_said, pairs)
def test_a_tie_has_no_direction(said, pair):
    assert discourse(*said).tie(*pair) == discourse(*said).tie(*pair[::-1])


@given(all_said, pairs)
def test_parts_add_up_to_the_tie(said, pair):
    both = discourse(*said)
    tie, parts = both.tie(*pair), both.parts(*pair).values()
    assert sum(part.congruent for part in parts) == tie.congruent
    assert sum(part.conflicting for part in parts) == tie.conflicting
    assert sum(part.n for part in parts) == tie.n
    assert sum(part.activity for part in parts) == tie.activity


def test_on_yes_and_no_it_counts_shared_and_opposed_stances():
    """One shared and one opposed stance, of two and three statements."""
    both = discourse(
        Said("russia", "cease-fire", 100, 1),
        Said("turkey", "cease-fire", 100, 1),
        Said("russia", "guarantor", 100, 1),
        Said("turkey", "guarantor", -100, 1),
        Said("turkey", "election", -100, 1),
    )
    tie = both.tie("russia", "turkey")
    assert (tie.congruence, tie.conflict, tie.subtract, tie.n) == (1, 1, 0, 2)
    assert both.divisor("russia", "turkey", "average") == Fraction(2 + 3, 2)


def test_what_is_said_again_multiplies():
    """Two statements meet three: six pairs."""
    both = discourse(Said("russia", "election", 100, 2), Said("turkey", "election", 100, 3))
    assert both.tie("russia", "turkey").congruence == 6


def test_an_actor_can_agree_and_disagree_on_one_issue():
    both = discourse(
        Said("russia", "election", 100, 1),
        Said("russia", "election", -100, 1),
        Said("turkey", "election", 100, 1),
    )
    tie = both.tie("russia", "turkey")
    assert (tie.congruence, tie.conflict) == (1, 1)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(ACTORS), st.sampled_from(ISSUES)), st.integers(-100, 100)
    ),
    pairs,
)
def test_said_once_each_congruence_is_the_sum_of_agreement(cells, pair):
    said = [Said(actor, issue, value, 1) for (actor, issue), value in cells.items()]
    answers = [Answer(one.actor, one.issue, str(one.value), one.value) for one in said]
    score = Agreement(answers, actors=ACTORS, issues=ISSUES).score(*pair)
    assert discourse(*said).tie(*pair).congruence == score.sum


def test_what_was_said_is_told_by_value():
    both = discourse(Said("russia", "election", -100, 1), Said("russia", "election", 50, 2))
    assert list(both.said("russia", "election").items()) == [(50, 2), (-100, 1)]
    assert both.said("turkey", "election") == {}
