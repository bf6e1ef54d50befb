"""Names that are misspelt or transcribed in another way are found."""

import pytest

from astana.words.names import Name, close_names, names_beginning
from astana.words.normalise import normalise

NAMES = [
    Name(number, name, normalise(name))
    for number, name in enumerate(
        (
            "Bashar al-Jaafari",
            "Alexander Lavrentyev",
            "Sergey Lavrov",
            "Mohammad Alloush",
            "Mohammad Javad Zarif",
            "Recep Tayyip Erdoğan",
            "Лаврентьев, Александр",
            "محمد جواد ظريف",
            "Syrian armed opposition",
            "Government of Syria",
            "United Nations",
        )
    )
]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jafari", "Bashar al-Jaafari"),
        ("Lavrentjew", "Alexander Lavrentyev"),
        ("Alexander Lavrentiev", "Alexander Lavrentyev"),
        ("Лаврентиев", "Лаврентьев, Александр"),
        ("Muhammad Aloush", "Mohammad Alloush"),
        ("Zareef", "Mohammad Javad Zarif"),
        ("جواد ظريف", "محمد جواد ظريف"),
        ("Erdoghan", "Recep Tayyip Erdoğan"),
        ("united nation", "United Nations"),
    ],
)
def test_the_name_meant_comes_first(typed, name):
    assert close_names(normalise(typed), NAMES)[0].name == name


@pytest.mark.parametrize("typed", ["", "a", "ab", "constitution", "timetable", "xyzzy", "zebra"])
def test_what_is_like_no_name_finds_nobody(typed):
    assert close_names(normalise(typed), NAMES) == []


def test_an_actor_comes_once_whatever_number_of_names_it_has():
    names = [
        Name(1, "Jaafari", "jaafari"),
        Name(1, "Jafari", "jafari"),
        Name(2, "Jaffar", "jaffar"),
    ]
    assert [name.actor for name in close_names("jafari", names)] == [1, 2]


def test_a_very_long_text_is_compared_in_part():
    assert close_names("jaafari " * 50_000, NAMES)[0].actor == 0


def test_names_are_offered_as_one_types():
    names = [
        Name(1, "Belarus", "belarus"),
        Name(2, "White Russia", "white russia"),
        Name(3, "Russian Federation", "russian federation"),
        Name(3, "Russia", "russia"),
    ]
    assert [name.name for name in names_beginning("rus", names)] == [
        "Russia",
        "White Russia",
        "Belarus",
    ]
    assert len(names_beginning("rus", names, most=2)) == 2
    assert names_beginning("", names) == []


def test_a_mistyped_name_is_offered_where_none_begins_like_it():
    names = [Name(1, "Lavrov", "lavrov"), Name(2, "Turkey", "turkey")]
    assert [name.actor for name in names_beginning("lavrow", names)] == [1]
