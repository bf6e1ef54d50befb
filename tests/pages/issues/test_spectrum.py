"""Which issues are contested, and how far apart the stances lie."""

from datetime import date

import pytest

from astana.models import Issue
from astana.models.counts import counts_of
from astana.pages.issues.spectrum import contested, spectrum_of

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 31)


@pytest.fixture
def most_contested(a_dossier):
    def find(*, as_of: date = DAY, most: int = 10) -> list[str]:
        issues = list(Issue.objects.of(a_dossier()))
        found = contested(issues, counts=counts_of(a_dossier()), as_of=as_of, most=most)
        return [issue.slug for issue, _row in found]

    return find


def test_the_widest_spread_comes_first_then_the_most_stances(a_position, most_contested):
    for issue, stances in (
        ("near", ("supports", "neither")),
        ("far", ("supports", "opposes")),
        ("far-and-many", ("supports", "opposes", "opposes")),
        ("one", ("supports",)),
        ("agreed", ("supports", "supports", "supports")),
    ):
        for number, stance in enumerate(stances):
            a_position(actor=f"actor-{number}", issue=issue, stance=stance)
    assert most_contested() == ["far-and-many", "far", "near"]
    assert most_contested(most=1) == ["far-and-many"]


def test_nothing_is_contested_before_it_was_said(a_position, most_contested):
    a_position(actor="russia", stance="supports", said="2017-01-01")
    a_position(actor="turkey", stance="opposes", said="2017-01-24")
    assert most_contested(as_of=date(2017, 1, 23)) == []
    assert most_contested(as_of=date(2017, 1, 24)) == ["cease-fire"]


def test_a_stance_off_the_scale_is_far_from_nothing(a_position, most_contested):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="declines")
    assert most_contested() == []


def test_the_spectrum_counts_who_has_spoken(a_position, an_issue, a_dossier, rf, admin_user):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="supports")
    a_position(actor="iran", issue="constitution")
    issue = Issue.objects.select_related("dossier").get(slug="cease-fire")
    found = spectrum_of(
        issue, counts=counts_of(a_dossier()), as_of=DAY, first_hand_only=False, user=admin_user
    )
    assert found.spoken == 2
    assert [actor.slug for actor in found.silent] == ["iran"]
    assert found.sentence == (
        "As of 31 Jan 2017, 2 of 3 actors have stated a position, 1 stance is held."
    )
