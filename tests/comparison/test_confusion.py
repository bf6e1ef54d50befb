"""Which values coders take for each other, against a count by definition."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.coders import Coded
from astana.comparison.confusion import confusion, confusion_by, pairs_of, to_discuss

ANSWERS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.integers(0, 5)), st.sampled_from(["for", "no", "yes"])
)


def coded(answers) -> list[Coded]:
    """Return codings by coder and unit; units with an even number are of one issue."""
    return [
        Coded(coder, str(unit), value, stratum=str(unit % 2))
        for (coder, unit), value in answers.items()
    ]


@given(ANSWERS, st.randoms())
def test_each_cell_counts_the_pairs_that_have_its_two_values(answers, random):
    held = coded(answers)
    found = confusion_by(pairs_of(held), lambda pair: pair.stratum)
    expected = {}
    for (one, unit), (other, same) in product(answers, answers):
        if one < other and unit == same:
            values = tuple(sorted((answers[one, unit], answers[other, unit])))
            key = (str(unit % 2), values)
            expected[key] = expected.get(key, 0) + 1
    counted = {
        (issue, values): len(pairs)
        for issue, each in found.items()
        for values, pairs in each.cells.items()
    }
    assert counted == expected
    whole = confusion(pairs_of(held))
    assert whole.pairs == sum(expected.values())
    assert whole.differing == sum(n for (_, (a, b)), n in expected.items() if a != b)
    assert 0 <= whole.share <= 1
    # Nobody is taken to be right: neither the order of codings nor the names matter.
    random.shuffle(held)
    shuffled = confusion(pairs_of(held))
    assert {key: len(one) for key, one in shuffled.cells.items()} == {
        key: len(one) for key, one in whole.cells.items()
    }
    named = [Coded("cba"["abc".index(c.coder)], c.unit, c.value, stratum=c.stratum) for c in held]
    assert {key: len(one) for key, one in confusion(pairs_of(named)).cells.items()} == {
        key: len(one) for key, one in whole.cells.items()
    }


def test_what_differs_most_is_discussed_first_and_what_agrees_never():
    answers = {
        **{("a", unit): "yes" for unit in range(9)},
        **{("b", unit): "no" if unit in (0, 2, 3) else "yes" for unit in range(9)},
    }
    found = confusion_by(
        pairs_of(coded(answers)), lambda pair: {"3": "rare", "5": "alike"}.get(pair.unit, "often")
    )
    assert list(to_discuss(found)) == ["often", "rare"]
    assert found["often"].worst == ("no", "yes")
    assert found["alike"].worst is None
    assert confusion([]).share == 0


def test_a_coder_has_one_value_for_a_unit():
    with pytest.raises(ValueError, match="twice"):
        pairs_of([Coded("a", "1", "yes"), Coded("a", "1", "no")])
