"""Agreement against a second, slow, obvious implementation, and by what must always hold."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.agreement import WHOLE, Agreement, Answer, Outcome

ACTORS = ("russia", "turkey", "iran", "usa")
ISSUES = ("cease-fire", "guarantor", "election", "border", "aid")


def said(actor: str, issue: str, value: int | None, stance: str = "") -> Answer:
    return Answer(actor, issue, stance or f"stance-{value}", value)


def agreement(*answers: Answer) -> Agreement:
    return Agreement(answers, actors=ACTORS, issues=ISSUES)


values = st.one_of(st.none(), st.sampled_from([-100, -50, 0, 50, 100]), st.integers(-100, 100))
answers = st.lists(
    st.builds(said, st.sampled_from(ACTORS), st.sampled_from(ISSUES), values), max_size=25
)
pairs = st.permutations(ACTORS).map(lambda actors: actors[:2])


def value_of(found: list[Answer], actor: str, issue: str) -> Fraction | None:
    """Return the single value of a cell as the definition has it, slowly."""
    stances = {(one.stance, one.value) for one in found if one[:2] == (actor, issue)}
    if len(stances) != 1:
        return None
    [(_stance, value)] = stances
    return None if value is None else Fraction(value, 100)


def slow_score(found: list[Answer], one: str, other: str) -> list[Fraction]:
    both = [(value_of(found, one, issue), value_of(found, other, issue)) for issue in ISSUES]
    return [1 - abs(v - w) / 2 for v, w in both if v is not None and w is not None]


def slow_range(found: list[Answer], one: str, other: str) -> tuple[Fraction, Fraction]:
    """Try every way of answering or not answering each open issue with what is most extreme."""
    known = slow_score(found, one, other)
    choices = []
    for issue in ISSUES:
        v, w = value_of(found, one, issue), value_of(found, other, issue)
        if v is None or w is None:
            ends = (Fraction(-1), Fraction(0), Fraction(1))
            mine, theirs = (ends if v is None else (v,)), (ends if w is None else (w,))
            mine += (w,) if v is None and w is not None else ()
            theirs += (v,) if w is None and v is not None else ()
            likenesses = [1 - abs(a - b) / 2 for a, b in product(mine, theirs)]
            choices.append((None, min(likenesses), max(likenesses)))
    means = [
        Fraction(sum(filled), len(filled))
        for way in product(*choices)
        if (filled := [*known, *(one for one in way if one is not None)])
    ]
    return min(means), max(means)


@given(answers, pairs)
def test_a_score_is_that_of_the_slow_way(found, pair):
    score = agreement(*found).score(*pair)
    known = slow_score(found, *pair)
    assert score.n == len(known)
    assert score.sum == sum(known)
    assert score.value == (Fraction(sum(known), len(known)) if known else None)


@given(answers, pairs)
def test_the_open_range_is_that_of_the_slow_way(found, pair):
    assert agreement(*found).open_range(*pair) == slow_range(found, *pair)


@given(answers)
def test_all_pairs_at_once_are_each_pair_by_itself(found):
    both = agreement(*found)
    assert list(both.scores()) == [
        (one, other, both.score(one, other)) for one, other in combinations(ACTORS, 2)
    ]


@given(answers, pairs)
def test_agreement_has_no_direction(found, pair):
    both = agreement(*found)
    assert both.score(*pair) == both.score(*pair[::-1])
    assert both.open_range(*pair) == both.open_range(*pair[::-1])


@given(answers, st.sampled_from(ACTORS))
def test_an_actor_agrees_with_itself(found, actor):
    both = agreement(*found)
    assert both.score(actor, actor) == (WHOLE * both.held(actor), both.held(actor))


@given(answers, pairs)
def test_a_score_lies_in_its_open_range(found, pair):
    both = agreement(*found)
    low, high = both.open_range(*pair)
    value = both.score(*pair).value
    assert 0 <= low <= high <= 1
    assert value is None or low <= value <= high


@given(answers, pairs)
def test_parts_add_up_to_the_score(found, pair):
    both = agreement(*found)
    likenesses = [part.likeness for part in both.parts(*pair) if part.likeness is not None]
    assert (sum(likenesses), len(likenesses)) == both.score(*pair)


@given(answers, pairs)
def test_every_issue_is_a_part_with_one_outcome(found, pair):
    parts = agreement(*found).parts(*pair)
    assert tuple(part.issue for part in parts) == ISSUES
    for part in parts:
        counts = part.outcome in (Outcome.AGREE, Outcome.DIFFER)
        assert counts == (part.likeness is not None)
        assert (part.outcome == Outcome.NEITHER) == (not part.one and not part.other)
        assert (part.outcome == Outcome.ONE) == (bool(part.one) != bool(part.other))


@given(answers, st.randoms())
def test_the_order_of_headlines_is_irrelevant(found, random):
    shuffled = random.sample(found, len(found))
    assert list(agreement(*found).scores()) == list(agreement(*shuffled).scores())


@given(answers, pairs, st.sampled_from(ISSUES))
def test_silence_changes_no_score(found, pair, issue):
    """An issue on which neither has spoken may be asked about or not."""
    silent = [one for one in found if not (one.issue == issue and one.actor in pair)]
    with_it = Agreement(silent, actors=ACTORS, issues=ISSUES)
    without = Agreement(silent, actors=ACTORS, issues=[one for one in ISSUES if one != issue])
    assert with_it.score(*pair) == without.score(*pair)


@given(answers, pairs, st.sampled_from(ISSUES), st.integers(-100, 100))
def test_when_an_open_issue_is_answered_the_score_stays_in_the_range(found, pair, issue, value):
    before = agreement(*found)
    part = next(part for part in before.parts(*pair) if part.issue == issue)
    if part.outcome != Outcome.ONE:
        return
    silent = pair[1] if part.one else pair[0]
    after = agreement(*found, said(silent, issue, value)).score(*pair).value
    low, high = before.open_range(*pair)
    assert after is None or low <= after <= high


@given(answers, pairs, st.sampled_from(ACTORS))
def test_what_others_say_changes_no_score(found, pair, third):
    if third in pair:
        return
    without = [one for one in found if one.actor != third]
    assert agreement(*found).score(*pair) == agreement(*without).score(*pair)


@given(
    st.lists(
        st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1])), min_size=1, max_size=5
    )
)
def test_on_its_stances_it_is_the_official_wahl_o_mat_score(theses):
    """Two points for the same answer, one beside neutral, none for the opposite; of the most."""
    official = {0: 2, 1: 1, 2: 0}
    points = sum(official[abs(mine - theirs)] for mine, theirs in theses)
    score = agreement(
        *(
            said(actor, issue, 100 * thesis[number])
            for issue, thesis in zip(ISSUES, theses, strict=False)
            for number, actor in enumerate(("russia", "turkey"))
        )
    ).score("russia", "turkey")
    assert score.points == points
    assert score.value == Fraction(points, 2 * len(theses))


def pair_on(*answers: Answer, issues: tuple[str, ...]) -> Agreement:
    return Agreement(answers, actors=("russia", "turkey"), issues=issues)


def test_without_any_issue_the_range_is_all_there_is():
    assert pair_on(issues=()).open_range("russia", "turkey") == (0, 1)


def test_when_nothing_is_open_the_range_is_the_score():
    both = pair_on(said("russia", "aid", 100), said("turkey", "aid", 50), issues=("aid",))
    assert both.open_range("russia", "turkey") == (Fraction(3, 4), Fraction(3, 4))


def test_the_range_of_the_one_open_issue_is_what_the_other_can_say():
    """From 0 the furthest that another can stand is 1: a likeness of a half."""
    both = pair_on(said("russia", "aid", 0), issues=("aid",))
    assert both.open_range("russia", "turkey") == (Fraction(1, 2), 1)


def test_an_open_issue_lowers_a_score_by_no_more_than_it_can():
    """They agree on one issue, and on the other are alike by a half at least: (1 + 1/2) / 2."""
    both = pair_on(
        said("russia", "aid", 100),
        said("turkey", "aid", 100),
        said("russia", "border", 0),
        issues=("aid", "border"),
    )
    assert both.open_range("russia", "turkey") == (Fraction(3, 4), 1)


def test_an_open_issue_that_can_only_raise_the_score_does_not_lower_it():
    """Likeness 0 and 1/2 on two issues, at least 1/2 on the open one: 1/4, and (1/2 + 1) / 3."""
    both = pair_on(
        said("russia", "aid", 100),
        said("turkey", "aid", -100),
        said("russia", "election", 100),
        said("turkey", "election", 0),
        said("russia", "border", 0),
        issues=("aid", "election", "border"),
    )
    assert both.open_range("russia", "turkey") == (Fraction(1, 4), Fraction(1, 2))


@pytest.mark.parametrize(("value", "outcome"), [(100, Outcome.AGREE), (99, Outcome.DIFFER)])
def test_only_equal_values_agree(value, outcome):
    both = pair_on(said("russia", "aid", 100), said("turkey", "aid", value), issues=("aid",))
    [part] = both.parts("russia", "turkey")
    assert part.outcome == outcome


def test_silence_shows_no_answer():
    [part] = pair_on(said("russia", "aid", 100), issues=("aid",)).parts("russia", "turkey")
    assert (len(part.one), part.other) == (1, ())


def test_two_voices_of_the_other_are_two_voices():
    both = pair_on(
        said("russia", "aid", 100),
        said("turkey", "aid", 100),
        said("turkey", "aid", -100),
        issues=("aid",),
    )
    [part] = both.parts("russia", "turkey")
    assert part.outcome == Outcome.TWO_VOICES


def test_two_voices_are_counted_apart():
    both = agreement(
        said("russia", "aid", 100), said("russia", "aid", -100), said("turkey", "aid", 100)
    )
    [part] = [part for part in both.parts("russia", "turkey") if part.issue == "aid"]
    assert part.outcome == Outcome.TWO_VOICES
    assert both.score("russia", "turkey").n == 0


def test_two_voices_with_one_value_are_two_voices():
    both = agreement(
        said("russia", "aid", 100, "all"),
        said("russia", "aid", 100, "most"),
        said("turkey", "aid", 100, "all"),
    )
    assert both.score("russia", "turkey").n == 0


def test_the_same_stance_from_two_positions_is_one_voice():
    both = agreement(
        said("russia", "aid", 100), said("russia", "aid", 100), said("turkey", "aid", 50)
    )
    assert both.score("russia", "turkey").value == Fraction(3, 4)


def test_the_same_stance_off_the_scale_does_not_count():
    both = agreement(said("russia", "aid", None), said("turkey", "aid", None))
    [part] = [part for part in both.parts("russia", "turkey") if part.issue == "aid"]
    assert part.outcome == Outcome.OFF_SCALE
    assert both.score("russia", "turkey").value is None


def test_an_issue_that_nobody_asked_about_does_not_count():
    found = [said("russia", "aid", 100), said("turkey", "aid", 100)]
    both = Agreement(found, actors=ACTORS, issues=["border"])
    assert both.score("russia", "turkey").n == 0


def test_an_actor_that_nobody_asked_about_is_unknown():
    with pytest.raises(KeyError):
        agreement().score("russia", "atlantis")


def slow_sameness(found: list[Answer], one: str, other: str, nominal: tuple[str, ...]):
    """Count same and different answers as the rule says it: one voice on either side."""
    same = different = 0
    for issue in nominal:
        mine, theirs = (
            {answer.stance for answer in found if answer[:2] == (actor, issue)}
            for actor in (one, other)
        )
        if len(mine) == 1 and len(theirs) == 1:
            same += mine == theirs
            different += mine != theirs
    return same, same + different


nominal_answers = st.lists(
    st.builds(
        said,
        st.sampled_from(ACTORS),
        st.sampled_from(("who", "where")),
        st.none(),
        st.sampled_from(("they", "we", "nobody")),
    ),
    max_size=14,
)


@given(answers, nominal_answers, pairs)
def test_answers_without_an_order_are_the_same_or_not_and_enter_no_figure(found, apart, pair):
    nominal = ("who", "where")
    plain = agreement(*found)
    both = Agreement([*found, *apart], actors=ACTORS, issues=ISSUES, nominal=nominal)
    assert both.sameness(*pair) == slow_sameness(apart, *pair, nominal)
    assert both.score(*pair) == plain.score(*pair)
    assert both.open_range(*pair) == plain.open_range(*pair)
    assert both.parts(*pair)[: len(ISSUES)] == plain.parts(*pair)


def test_same_and_different_answers_are_told_apart():
    """Who: both say they. Where: here and there. Silence and two voices on no side."""
    found = Agreement(
        [
            said("russia", "who", None, "they"),
            said("turkey", "who", None, "they"),
            said("russia", "where", None, "here"),
            said("turkey", "where", None, "there"),
            said("iran", "who", None, "they"),
            said("iran", "who", None, "we"),
        ],
        actors=ACTORS,
        issues=(),
        nominal=("who", "where"),
    )
    assert found.sameness("russia", "turkey") == (1, 2)
    assert found.sameness("russia", "iran") == (0, 0)
    outcomes = [part.outcome for part in found.parts("russia", "turkey")]
    assert outcomes == [Outcome.SAME, Outcome.DIFFERENT]
    outcomes = [part.outcome for part in found.parts("russia", "iran")]
    assert outcomes == [Outcome.TWO_VOICES, Outcome.ONE]


def test_the_nearest_come_first_and_who_shares_too_little_has_no_rank():
    answers = [
        Answer(actor, issue, str(value), value)
        for actor, values in {
            "reader": (100, 100, 100),
            "far": (-100, -100, -100),
            "near": (100, 100, None),
            "nearer": (100, 100, 100),
            "silent": (100, None, None),
        }.items()
        for issue, value in zip("abc", values, strict=True)
        if value is not None
    ]
    actors = ["reader", "far", "near", "nearer", "silent"]
    agreement = Agreement(answers, actors=actors, issues="abc")
    found = agreement.nearest("reader", least=2)
    assert [(actor, score.n) for actor, score in found] == [("nearer", 3), ("near", 2), ("far", 3)]
    every = agreement.nearest("reader", least=0)
    assert [actor for actor, _ in every] == ["nearer", "near", "silent", "far"]
    nobody = Agreement([], actors=actors, issues="abc")
    assert nobody.nearest("reader", least=0) == []
