"""The two-mode network against sums over single statements, and against its projection."""

from fractions import Fraction
from itertools import combinations

import networkx
from hypothesis import given

from astana.comparison.two_mode import TwoMode
from tests.comparison.test_discourse import ACTORS, ISSUES, all_said, discourse, statements


@given(all_said)
def test_a_figure_is_a_sum_over_single_statements_and_nothing_is_no_figure(said):
    both = discourse(*said)
    spoken = {actor: statements(said, actor) for actor in ACTORS}
    for normalisation in ("none", "activity", "prominence"):
        for counting in ("statements", "balance"):
            found = TwoMode(both, counting=counting, normalisation=normalisation)
            expected = {}
            for actor in ACTORS:
                for issue in ISSUES:
                    values = [value for on, value in spoken[actor] if on == issue]
                    of_all = [on for one in ACTORS for on, _ in spoken[one] if on == issue]
                    divisors = {"activity": len(spoken[actor]), "prominence": len(of_all)}
                    if values:
                        figure = len(values) if counting == "statements" else sum(values)
                        figure = Fraction(figure) / divisors.get(normalisation, 1)
                        expected[actor, issue] = (figure, len(values))
            assert {(actor, issue): tuple(share) for actor, issue, share in found.edges()} == (
                expected
            )
            pairs = {(actor, issue) for actor in ACTORS for issue in ISSUES}
            assert {pair for pair in pairs if found.share(*pair) is None} == pairs - set(expected)


@given(all_said)
def test_projected_onto_actors_the_statements_are_congruence_and_conflict_together(said):
    """networkx multiplies what two actors said on each issue, and adds that up."""
    both = discourse(*said)
    graph = networkx.Graph()
    graph.add_nodes_from(ACTORS)
    for actor, issue, share in TwoMode(both).edges():
        graph.add_edge(actor, issue, weight=share.n)
    projected = networkx.bipartite.generic_weighted_projected_graph(
        graph,
        ACTORS,
        weight_function=lambda graph, one, other: sum(
            graph[one][issue]["weight"] * graph[other][issue]["weight"]
            for issue in set(graph[one]) & set(graph[other])
        ),
    )
    for one, other in combinations(ACTORS, 2):
        weight = projected.get_edge_data(one, other, {"weight": 0})["weight"]
        assert both.tie(one, other).ignore == weight
