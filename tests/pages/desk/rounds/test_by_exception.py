"""A curator settles by exception: what agrees at once, then one difference after the other."""

import pytest
from django.urls import reverse

from astana.models import Assignment, Evidence, Position, User
from tests.a_large_dossier import TEXT, a_keeper, a_large_dossier

pytestmark = pytest.mark.django_db

ROUND = {"dossier": "talks", "article": "article-0"}
DETAIL = "/dossiers/talks/coding/rounds/article-0/"


@pytest.fixture
def talks():
    """Return a dossier with a round of five units: 0 and 3 differ in stance, 2 in a condition."""
    dossier = a_large_dossier("talks", size=5)
    for number in range(5):
        passages = Evidence.objects.filter(position__key__in=[f"r{number}", f"s{number}"])
        start = number * 5
        passages.update(start=start, end=start + 4, exact=TEXT[start : start + 4])
    Position.objects.filter(key="r2").update(condition="Only if the others do.")
    return dossier


@pytest.fixture
def curator(client, talks):
    client.force_login(a_keeper())
    return client


def test_all_that_agree_is_accepted_in_one_step_and_differences_are_left(curator):
    shown = curator.get(DETAIL).context["shown"]
    assert [unit.number for unit in shown["alike"]] == [2, 5]
    assert [unit.number for unit in shown["differing"]] == [1, 3, 4]
    accept = reverse("rounds:accept", kwargs=ROUND)
    # What the curator did not see is not accepted.
    assert curator.post(accept, {"codings": "r1 s1"}).status_code == 422
    assert not Position.objects.filter(key__in=["r1", "s1", "r4"], public=True).exists()
    done = curator.post(accept, {"codings": " ".join(shown["alike_keys"])}, follow=True)
    assert "2 units are published." in done.content.decode()
    assert set(Position.objects.filter(key__regex="^[rs][0-9]").values_list("key", "status")) == {
        *((f"{letter}{number}", "submitted") for letter in "rs" for number in (0, 2, 3)),
        *((f"r{number}", "published") for number in (1, 4)),
        *((f"s{number}", "rejected") for number in (1, 4)),
    }
    after = curator.get(DETAIL)
    assert [unit.number for unit in after.context["shown"]["decided"]] == [2, 5]
    assert after.content.decode().count('name="decision" value="accept"') == 1


def test_nobody_accepts_unread_what_is_their_own(curator, talks):
    Assignment.objects.filter(coder__username="talks-r").update(coder=a_keeper())
    Position.objects.filter(coder__username="talks-r").update(coder=a_keeper())
    keys = curator.get(DETAIL).context["shown"]["alike_keys"]
    curator.post(reverse("rounds:accept", kwargs=ROUND), {"codings": " ".join(keys)})
    published = Position.objects.filter(assignment__isnull=False, public=True)
    assert set(published.values_list("key", flat=True)) == {"s1", "s4"}


def test_a_decision_leads_to_the_next_difference(curator):
    page = curator.get(DETAIL, {"unit": 3, "coders": "hidden"})
    url = reverse("rounds:decide", kwargs=ROUND) + page.context["query"]
    keys = page.context["shown"]["current"].keys
    posted = {"codings": " ".join(keys), "chosen": keys[0], "decision": "accept"}
    after = curator.post(url, posted, follow=True)
    assert after.context["shown"]["current"].number == 4
    assert after.context["form"].hides
    refused = curator.post(url, posted)
    assert (refused.status_code, refused.context["shown"]["current"].number) == (422, 4)
    assert curator.get(DETAIL, {"unit": "x"}).status_code == 400


def test_whose_coding_it_is_can_be_hidden_from_the_curator(curator):
    write = reverse("rounds:write", kwargs={**ROUND, "position": "r0"})
    for address in (DETAIL, write):
        assert "talks-r" in curator.get(address).content.decode()
        page = curator.get(address, {"coders": "hidden"}).content.decode()
        assert "Coding A" in page
        assert "talks-r" not in page
        assert "talks-s" not in page


def test_another_position_offers_all_fields_and_the_stances_of_the_chosen_issue(curator, talks):
    url = reverse("rounds:write", kwargs={**ROUND, "position": "r0"})
    form = curator.get(url).context["form"]
    assert set(Position.SAYS) <= set(form.fields)
    assert {one.issue.slug for one in form.fields["stance"].queryset} == {"issue-0"}
    other = talks.issues.get(slug="issue-2")
    posted = {"do": "stances", "issue": other.pk, "summary": "Typed so far.", "said": "2017-01-24"}
    asked = curator.post(url, posted)
    form = asked.context["form"]
    assert {one.issue.slug for one in form.fields["stance"].queryset} == {"issue-2"}
    assert "Typed so far." in asked.content.decode()
    assert asked.status_code == 200
    position = Position.objects.get(key="r0")
    whole = posted | {
        "do": "publish",
        "stance": other.stances.first().pk,
        "actor": position.actor_id,
        "voice": "direct-quote",
        "speaker": talks.actors.get(slug="person").pk,
        "event": talks.events.first().pk,
        "note": "A note.",
        "reason": "It is about the other matter.",
    }
    assert curator.post(url, whole | {"stance": position.stance_id}).status_code == 422
    assert curator.post(url, whole).status_code == 302
    third = Position.objects.get(settles=position)
    assert (third.issue, third.speaker.slug, third.note) == (other, "person", "A note.")
    position.refresh_from_db()
    assert position.reason.endswith("It is about the other matter.")


def test_whose_stance_was_taken_reads_confirmed_and_not_rejected(curator, talks):
    url = reverse("rounds:decide", kwargs=ROUND)
    for number in (0, 1):
        keys = f"r{number} s{number}"
        curator.post(url, {"codings": keys, "chosen": f"r{number}", "decision": "merge"})
    assert Position.objects.get(key="s1").is_confirmed
    curator.force_login(User.objects.get(username="talks-s"))
    desk = reverse("coding:index", args=["talks"])
    piles = {name: number for name, _label, number in curator.get(desk).context["piles"]}
    assert (piles["confirmed"], piles["rejected"], piles["settled"]) == (1, 1, 1)
    for pile, key in (("confirmed", "s1"), ("rejected", "s0"), ("settled", "s0")):
        shown = curator.get(desk, {"show": pile}).context["shown"]
        assert [one.key for one in shown] == [key]
    of_one = curator.get(reverse("coding:position", args=["talks", "s1"])).content.decode()
    assert "confirmed" in of_one
    assert "ejected" not in of_one


def test_who_recorded_nothing_has_not_coded_differently(curator):
    Position.objects.filter(key="s1").delete()
    shown = curator.get(DETAIL + "?unit=2")
    assert "recorded by 1 of 2" in shown.content.decode()
    assert "coded differently" not in shown.content.decode()
    assert "coded differently" in curator.get(DETAIL + "?unit=1").content.decode()
    # Nor is it coded alike: nobody accepts it unread.
    assert 2 not in [unit.number for unit in shown.context["shown"]["alike"]]
