"""Agreement of 200 actors on 300 issues, against a pandas self-merge and a networkx projection.

`python -m benchmarks.agreement`. The three compute the same figures from the same headlines, in
turn, in one process, after a check that they agree. pandas and networkx are for developers only.
"""

import gc
import time
from collections.abc import Callable, Iterator
from random import Random
from statistics import median

from astana.comparison.agreement import WHOLE, Agreement, Answer
from benchmarks.machine import Share, environment, wait_until_idle

ACTORS, ISSUES, SHARE_SPOKEN = 200, 300, 0.985
ROUNDS = 5
VALUES = (-100, -50, 0, 50, 100)
# The aim: how many times faster than the others.
AIMS = {"pandas, self-merge": 20, "networkx, projection": 40}

Figures = dict[tuple[str, str], tuple[float, int]]


def main() -> None:
    """Print how many times faster Astana computes the agreement of all pairs than the others."""
    print(environment())
    wait_until_idle(most=20)
    print("\n".join(line for line, _is_met in lines()))


def lines() -> Iterator[tuple[str, bool | None]]:
    """Yield the lines of the table and whether each meets its aim (None: it has no aim).

    A time is the median of several rounds, each of which runs all three in turn.
    """
    answers = _answers()
    ways: dict[str, Callable[[list[Answer]], Figures]] = {
        "Astana, sets of bits": _by_astana,
        "pandas, self-merge": _by_pandas,
        "networkx, projection": _by_networkx,
    }
    found = [way(answers) for way in ways.values()]
    if not found[0] == found[1] == found[2]:
        raise SystemExit("The three ways do not give the same figures.")
    share = Share()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            gc.collect()
            started = time.process_time()
            way(answers)
            times[name].append(time.process_time() - started)
    others = share.of_others()
    yield f"\nAgreement of {ACTORS} actors from {len(answers):,} headlines, CPU time", None
    own = median(times["Astana, sets of bits"])
    for name, taken in times.items():
        ratio = median(taken) / own
        aim = AIMS.get(name)
        words = f"agreement: {name}: {median(taken) * 1000:.1f} ms, {ratio:.1f} times Astana's"
        yield (f"{words}; at least {aim}", ratio >= aim) if aim else (words, None)
    yield f"others: {'?' if others is None else f'{others:.0%}'}", None


def _answers() -> list[Answer]:
    """Return the headlines as the database gives them: actor by actor, each on most issues."""
    random = Random(1)
    scales = [random.sample(VALUES, random.randint(3, 5)) for _ in range(ISSUES)]
    return [
        Answer(f"actor-{actor}", f"issue-{issue}", f"stance-{value}", value)
        for actor in range(ACTORS)
        for issue, scale in enumerate(scales)
        if random.random() < SHARE_SPOKEN and (value := random.choice(scale)) is not None
    ]


def _by_astana(answers: list[Answer]) -> Figures:
    agreement = Agreement(
        answers,
        actors=[f"actor-{number}" for number in range(ACTORS)],
        issues=[f"issue-{number}" for number in range(ISSUES)],
    )
    return {
        (one, other): (score.total / (WHOLE * score.n), score.n)
        for one, other, score in agreement.scores()
    }


def _by_pandas(answers: list[Answer]) -> Figures:
    """Join the headlines with themselves by issue, then group by pair."""
    import pandas

    table = pandas.DataFrame(answers, columns=["actor", "issue", "stance", "value"])
    # Numbers instead of names: pandas joins and groups them several times faster.
    table["actor"], names = pandas.factorize(table["actor"])
    table["issue"] = pandas.factorize(table["issue"])[0]
    pairs = table.merge(table, on="issue", suffixes=("", "_of_other"))
    pairs = pairs[pairs["actor"] < pairs["actor_of_other"]]
    likeness = WHOLE - (pairs["value"] - pairs["value_of_other"]).abs()
    grouped = likeness.groupby([pairs["actor"], pairs["actor_of_other"]]).agg(["sum", "count"])
    return {
        (names[one], names[other]): (total / (WHOLE * n), n)
        for (one, other), total, n in zip(
            grouped.index, grouped["sum"].tolist(), grouped["count"].tolist(), strict=True
        )
    }


def _by_networkx(answers: list[Answer]) -> Figures:
    """Project the graph of actors and issues onto the actors, with a weight for each pair."""
    import networkx

    graph = networkx.Graph()
    actors = [f"actor-{number}" for number in range(ACTORS)]
    graph.add_nodes_from(actors, bipartite=0)
    graph.add_weighted_edges_from((actor, issue, value) for actor, issue, _, value in answers)
    place = {actor: number for number, actor in enumerate(actors)}

    def weigh(graph, one: str, other: str) -> tuple[float, int]:
        mine, theirs = graph[one], graph[other]
        likeness = [
            WHOLE - abs(mine[issue]["weight"] - theirs[issue]["weight"])
            for issue in mine
            if issue in theirs
        ]
        return sum(likeness) / (WHOLE * len(likeness)), len(likeness)

    projected = networkx.bipartite.generic_weighted_projected_graph(graph, actors, weigh)
    return {
        (one, other) if place[one] < place[other] else (other, one): weight
        for one, other, weight in projected.edges(data="weight")
    }


if __name__ == "__main__":
    main()
