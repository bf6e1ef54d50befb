"""An old short name of an actor or issue leads to the new one, on every kind of address."""

import pytest

from astana.actions.merge import merge_actors, merge_issues

pytestmark = pytest.mark.django_db
TALKS = "/dossiers/talks/"

ADDRESSES = {
    "actors/rossiya/?as_of=2017-01-01": "actors/russia/?as_of=2017-01-01",
    "actors/rossiya/feed.atom": "actors/russia/feed.atom",
    "issues/truce/feed.atom": "issues/cease-fire/feed.atom",
    "issues/truce/?first_hand=1": "issues/cease-fire/?first_hand=1",
    "positions/?actor=rossiya&voice=act": "positions/?actor=russia&voice=act",
    "positions/?stance=truce.supports": "positions/?stance=cease-fire.supports",
    "positions.csv?issue=truce": "positions.csv?issue=cease-fire",
    "timeline/?issue=truce&actor=rossiya": "timeline/?issue=cease-fire&actor=russia",
    "agreement/?pair=rossiya.turkey": "agreement/?pair=russia.turkey",
    "agreement/?of=rossiya": "agreement/?of=russia",
    "agreement.csv?actor=rossiya&actor=turkey": "agreement.csv?actor=russia&actor=turkey",
    "sources/?actor=rossiya": "sources/?actor=russia",
    "framing/?actor=rossiya": "framing/?actor=russia",
    "compare/?actor=rossiya&open=rossiya.truce": "compare/?actor=russia&open=russia.cease-fire",
    "compare.json?issue=truce": "compare.json?issue=cease-fire",
    "brief/?side=rossiya%2Cturkey&side=iran&issue=truce": (
        "brief/?side=russia%2Cturkey&side=iran&issue=cease-fire"
    ),
    "cite/?of=issue&name=truce": "cite/?of=issue&name=cease-fire",
}


@pytest.fixture
def merged(a_position, an_actor, an_issue, a_member):
    """Return a dossier in which one actor and one issue went into others."""
    for actor in ("russia", "rossiya", "turkey"):
        a_position(actor=actor, issue="cease-fire")
    an_actor("iran")
    reviewer = a_member("rita", role="reviewer")
    merge_actors(kept=an_actor("russia"), other=an_actor("rossiya"), by=reviewer)
    old = an_issue("truce")
    by_name = {stance.slug: stance.pk for stance in an_issue("cease-fire").stances.all()}
    stances = {stance.pk: by_name[stance.slug] for stance in old.stances.all()}
    merge_issues(kept=an_issue("cease-fire"), other=old, stances=stances, by=reviewer)


def test_an_old_name_leads_on_with_the_rest_of_the_address(client, merged):
    answers = {old: client.get(TALKS + old) for old in ADDRESSES}
    led_to = {old: answer.get("Location") for old, answer in answers.items()}
    assert led_to == {old: TALKS + new for old, new in ADDRESSES.items()}
    assert {answer.status_code for answer in answers.values()} == {302}
    found = {new: client.get(TALKS + new).status_code for new in ADDRESSES.values()}
    assert {new: status for new, status in found.items() if status != 200} == {}


def test_a_name_that_nobody_had_is_not_found(client, merged):
    assert client.get(f"{TALKS}actors/atlantis/").status_code == 404
    assert client.get(f"{TALKS}positions/?actor=atlantis").status_code == 400


def test_who_may_not_see_a_dossier_is_led_nowhere(client, merged, a_dossier):
    talks = a_dossier()
    talks.visibility = "members"
    talks.save()
    assert client.get(f"{TALKS}actors/rossiya/").status_code == 404
    assert client.get(f"{TALKS}positions/?actor=rossiya").status_code == 404
