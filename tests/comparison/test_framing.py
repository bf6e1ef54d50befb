"""What sources call an actor is counted by source and by name; a neutral name is told apart."""

from datetime import date

from astana.comparison.framing import Use, actors_by_name, called_by_source, spelled

DAY, LATER = date(2017, 1, 24), date(2017, 2, 1)


def a_use(name: str, *, source: int = 1, day: date = DAY, paragraph: int = 1, own: bool = False):
    return Use(7, name, source, "an-article", day, paragraph, is_own=own)


def called(*uses: Use):
    return called_by_source(uses, neutral="Government (GOV)", languages={"Regime": "en"})


def test_each_source_has_its_names_the_most_used_first():
    one, other = called(
        a_use("Regime"),
        a_use("Government", paragraph=2, own=True),
        a_use("Government", paragraph=3),
        a_use("Regime", source=2),
    )
    assert [(w.name, w.number, w.own) for w in one.wordings] == [
        ("Government", 2, 1),
        ("Regime", 1, 0),
    ]
    assert [(w.name, w.language) for w in other.wordings] == [("Regime", "en")]
    assert (one.source, other.source) == (1, 2)
    assert one.wordings[0].language == ""


def test_of_names_used_as_often_the_first_of_the_alphabet_leads():
    uses = [a_use(name) for name in ("Regime", "Junta", "State", "State")]
    assert [wording.name for wording in called(*uses)[0].wordings] == ["State", "Junta", "Regime"]


def test_the_neutral_name_and_its_two_halves_are_plain():
    plain, other = called(
        a_use("Government (GOV)"), a_use("Government"), a_use("GOV"), a_use("Regime", source=2)
    )
    assert plain.is_plain
    assert not other.is_plain


def test_places_are_told_once_from_the_oldest():
    (one,) = called(
        a_use("Regime", day=LATER), a_use("Regime", paragraph=2), a_use("Regime"), a_use("Regime")
    )
    assert one.wordings[0].places == (
        (DAY, "an-article", 1),
        (DAY, "an-article", 2),
        (LATER, "an-article", 1),
    )
    assert one.wordings[0].number == 4


def test_of_one_day_the_places_are_in_the_order_of_articles_and_what_has_no_number_leads():
    articles = ["six", "five", "four", "three", "two", "one"]
    uses = [
        Use(7, "Regime", 1, article, DAY, paragraph, is_own=False)
        for article in articles
        for paragraph in (2, 1, None)
    ]
    places = called(*uses)[0].wordings[0].places
    assert [place[1:] for place in places] == [
        (article, paragraph) for article in sorted(articles) for paragraph in (None, 1, 2)
    ]


def test_a_name_that_two_actors_share_stands_for_both():
    known = actors_by_name([("Free Army (FA)", 1), ("FA", 2)])
    assert known == {"Free Army (FA)": [1], "Free Army": [1], "FA": [1, 2]}
    assert spelled(["FA"], "FA", known=known) == {1: "FA", 2: "FA"}


def test_the_spelling_that_stands_there_is_taken():
    known = {"Al-Bab": [1], "Al Bab": [1]}
    assert spelled(["Al Bab", "Al-Bab"], "Al-Bab", known=known) == {1: "Al-Bab"}
