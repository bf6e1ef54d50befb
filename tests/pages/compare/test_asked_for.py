"""What an address asks for is shown in its order, and what cannot be is refused by name."""

import re

import pytest

from tests.pages.cells import heads_of, panel_of
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


def test_with_nothing_chosen_the_most_reported_are_shown(compare, a_position):
    for number in range(7):
        for _ in range(7 - number):
            a_position(actor=f"actor-{number}", issue=f"issue-{number}")
    columns, rows = heads_of(compare())
    assert columns == [f"Actor {number}" for number in range(5)]
    assert rows == [f"Issue {number}" for number in range(7)]


def test_actors_and_issues_are_shown_in_the_order_of_the_address(compare, a_position):
    for actor, issue in (("russia", "cease-fire"), ("turkey", "constitution")):
        a_position(actor=actor, issue=issue)
    asked = compare("actor=turkey&actor=russia&issue=constitution&issue=cease-fire&actor=turkey")
    assert heads_of(asked) == (["Turkey", "Russia"], ["Constitution", "Cease fire"])


@pytest.mark.parametrize(
    ("query", "unknown", "offered"),
    [
        ("actor=rusia", "rusia", "russia"),
        ("actor=russia&actor=rusia", "rusia", "russia"),
        ("issue=cease-fires", "cease-fires", "cease-fire"),
        ("actor=zzz", "zzz", "russia"),
        ("as_of=2017-02-30", "2017-02-30", "2017-01-24"),
        ("as_of=24.1.2017", "24.1.2017", "2017-01-24"),
        ("as_of=2017-01", "2017-01", "2017-01-24"),
        ("as_of=٢٠١٧-٠١-٢٤", "٢٠١٧-٠١-٢٤", "2017-01-24"),
        ("first_hand=yes", "yes", "0 nor 1"),
        ("transpose=2", "2", "0 nor 1"),
        ("open=russia", "", "its actor, a dot, its issue"),
        ("actor=a b", "a b", "not a short name"),
        ("actor=<script>", "&lt;script&gt;", "not a short name"),
    ],
)
def test_what_is_unknown_is_refused_by_name_with_what_there_is(
    compare, a_position, query, unknown, offered
):
    a_position(actor="russia", issue="cease-fire")
    response = compare(query)
    assert response.status_code == 400
    problem = re.search(r'role="alert">(.*?)</ul>', response.content.decode(), re.DOTALL)[1]
    assert unknown in problem
    assert offered in problem


def test_an_actor_of_another_dossier_is_unknown_and_not_offered(compare, a_position, a_dossier):
    a_position(actor="russia")
    a_position(actor="russian-opposition", dossier=a_dossier("secret", visibility="members"))
    response = compare("actor=russian-opposition")
    assert response.status_code == 400
    assert words_of(response).count("russian-opposition") == 1


def test_more_than_can_be_compared_are_refused_with_the_limit(compare, a_position):
    a_position()
    response = compare("&".join(f"actor=actor-{number}" for number in range(61)))
    assert response.status_code == 400
    assert "61 are too many to compare: choose at most 60." in words_of(response)


def test_foreign_parameters_are_ignored_and_not_carried_along(compare, a_position):
    a_position()
    response = compare("actor=russia&utm_source=letter")
    assert response.status_code == 200
    # But for the way to sign in, which leads back to where one is.
    page = re.sub(r"[^\"]*/login/[^\"]*", "", response.content.decode())
    assert "utm_source" not in page


def test_an_open_cell_that_is_not_shown_is_closed(compare, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    response = compare("actor=russia&open=turkey.cease-fire")
    assert response.status_code == 200
    assert panel_of(response) == ""


def test_a_dossier_without_positions_says_so(compare, a_dossier):
    a_dossier()
    response = compare()
    assert response.status_code == 200
    assert "nothing to compare" in words_of(response)
