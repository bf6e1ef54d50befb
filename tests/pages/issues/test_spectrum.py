"""Who stands where on an issue, who is silent, and the sentence that says so."""

from datetime import date

import pytest

from astana.models import Issue
from astana.models.counts import counts_of
from astana.pages.issues.spectrum import spectrum_of

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 31)


def test_the_spectrum_counts_who_has_spoken(a_position, an_issue, a_dossier, rf, admin_user):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="supports")
    a_position(actor="iran", issue="constitution")
    issue = Issue.objects.select_related("dossier").get(slug="cease-fire")
    found = spectrum_of(
        issue, counts=counts_of(a_dossier()), as_of=DAY, first_hand_only=False, user=admin_user
    )
    assert found.spoken == 2
    assert [actor.slug for actor in found.standings[0].silent] == ["iran"]
    assert found.sentence == ("As of 31 Jan 2017, 2 of 3 actors are heard, 1 stance is reported.")


def test_what_a_person_said_for_another_is_counted_once(
    a_position, an_actor, an_issue, a_dossier, admin_user
):
    envoy = an_actor("envoy", kind="person")
    a_position(actor="russia", speaker=envoy)
    a_position(actor="envoy", issue="constitution")
    issue = Issue.objects.select_related("dossier").get(slug="cease-fire")
    found = spectrum_of(
        issue, counts=counts_of(a_dossier()), as_of=DAY, first_hand_only=False, user=admin_user
    )
    assert found.spoken == 1
    assert found.standings[0].silent == []
    assert found.sentence.startswith("As of 31 Jan 2017, 1 of 2 actors")
