"""Titles that tell of one are hidden, those that anybody could have are not."""

import pytest

from astana.words.states import states_named
from astana.words.titles import telling_titles


@pytest.mark.parametrize(
    ("role", "telling"),
    [
        ("Foreign minister", []),
        ("Former secretary of state", ["secretary of state"]),
        ("White House press secretary", ["White House press secretary"]),
        (
            "Acting spokesman of the State Department",
            ["spokesman of the State Department", "State Department spokesman", "State Department"],
        ),
        ("Head of the delegation in Astana", ["Head of the delegation in Astana"]),
        ("President; ambassador to the United Nations", ["ambassador to the United Nations"]),
        ("", []),
    ],
)
def test_a_title_tells_where_it_says_more_than_anybody_could_be(role, telling):
    assert telling_titles(role) == telling


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("Russia", "Kremlin"),
        ("Government of Syria", "Damascus"),
        ("US Department of Defense", "Pentagon"),
        ("Türkiye", "Ankara"),
    ],
)
def test_a_state_is_known_in_the_name_of_an_actor(name, seat):
    assert seat in states_named(name)[0].seats


def test_who_is_no_state_has_no_capital():
    assert states_named("Jaysh al-Islam") == ()


@pytest.mark.parametrize("name", ["Niger", "Nigeria", "Georgia", "Guinea", "Oman", "United States"])
def test_a_name_names_one_state(name):
    assert [state.names[0] for state in states_named(name)] == [name]
