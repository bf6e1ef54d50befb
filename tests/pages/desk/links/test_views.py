"""Links between positions at the desk: added, removed, refused and brought back."""

from datetime import UTC, datetime

import pytest

from astana.models import Assignment, Link, Position

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 3, 2, tzinfo=UTC)


def links_url(position: Position) -> str:
    return f"/dossiers/{position.dossier.slug}/positions/{position.key}/links/"


@pytest.fixture
def reviewer(a_member, client):
    user = a_member("rita", role="reviewer")
    client.force_login(user)
    return user


def link(client, position, to: str, kind: str = "repeats", field: str = "key"):
    return client.post(links_url(position), {"kind": kind, field: to})


@pytest.mark.parametrize("field", ["to", "key"])
def test_a_position_is_linked_to_one_that_is_chosen_or_named(client, reviewer, a_position, field):
    fuller, shorter = a_position(), a_position()
    answer = link(client, shorter, fuller.key, "same-utterance", field)
    assert (answer.status_code, answer["Location"]) == (302, links_url(shorter))
    made = Link.objects.get()
    assert (made.position, made.kind, made.to) == (shorter, "same-utterance", fuller)
    page = client.get(links_url(shorter)).content.decode()
    assert "Same utterance as" in page
    assert f"Remove “Same utterance as {fuller.key}”" in page
    assert "Rendered differently in" in client.get(links_url(fuller)).content.decode()
    assert (
        "Same utterance as"
        in client.get(f"/dossiers/talks/coding/positions/{shorter.key}/").content.decode()
    )


def test_positions_of_the_same_issue_and_of_the_same_article_are_offered(
    client, reviewer, a_position, a_rendition
):
    text = a_rendition("They met. Russia supports it.\n\nTurkey agrees.")
    here = a_position(rendition=text, quote="Russia supports it")
    on_issue = a_position(actor="turkey")
    beside = a_position(issue="borders", rendition=text, quote="Turkey agrees")
    far = a_position(issue="borders")
    page = client.get(links_url(here)).content.decode()
    offered = [one.key for one in (on_issue, beside, far, here) if f'value="{one.key}"' in page]
    assert offered == [on_issue.key, beside.key]


def test_coders_are_offered_their_own_unpublished_positions_alone(client, a_member, a_position):
    coder = a_member("carl", role="coder")
    mine = a_position(status="draft", coder=coder, coded_at=NOW)
    other = a_position(status="draft", coder=coder, coded_at=NOW)
    published = a_position()
    client.force_login(coder)
    page = client.get(links_url(mine)).content.decode()
    assert f'value="{other.key}"' in page
    assert f'value="{published.key}"' not in page
    refused = link(client, mine, published.key)
    assert refused.status_code == 422
    assert f"You may not change {published.key}" in refused.content.decode()
    assert client.get(links_url(published)).status_code == 403
    assert link(client, published, mine.key).status_code == 403
    assert link(client, mine, other.key).status_code == 302
    assert Link.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "to", "reason"),
    [
        ("repeats", "itself", "A position cannot be linked to itself. Choose another."),
        ("repeats", "nowhere", "The dossier has no position “nowhere” that you can see."),
        ("repeats", "", "Choose a position, or write its key below."),
        ("same-utterance", "other_issue", "One utterance is by one actor on one issue."),
        ("same-utterance", "shorter", "It is itself linked as the same utterance as"),
        (
            "same-utterance",
            "third",
            "Other renderings of the utterance are linked to this position.",
        ),
        ("nonsense", "shorter", "Select a valid choice."),
    ],
)
def test_what_cannot_be_linked_is_refused_at_its_field(
    client, reviewer, a_position, kind, to, reason
):
    fuller, shorter, third = a_position(), a_position(), a_position()
    other = a_position(issue="borders")
    Link.objects.create(position=shorter, kind="same-utterance", to=fuller)
    keys = {"itself": fuller.key, "shorter": shorter.key, "third": third.key}
    keys["other_issue"] = other.key
    answer = link(client, fuller, keys.get(to, to), kind)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert reason in page
    assert 'aria-invalid="true"' in page
    assert "Nothing was changed" in page
    assert Link.objects.count() == 1


def test_one_position_is_the_same_utterance_as_one_other(client, reviewer, a_position):
    first, second, third = a_position(), a_position(), a_position()
    link(client, second, first.key, "same-utterance")
    page = link(client, second, third.key, "same-utterance").content.decode()
    assert (
        f"It is already linked as the same utterance as {first.key}. Remove that link first" in page
    )
    page = link(client, third, second.key, "same-utterance").content.decode()
    assert f"It is itself linked as the same utterance as {first.key}. Choose that one." in page
    assert Link.objects.get().to == first


def test_two_positions_are_linked_once_in_a_way(client, reviewer, a_position):
    here, there = a_position(), a_position()
    link(client, here, there.key, "answers")
    page = link(client, here, there.key, "answers").content.decode()
    assert "The two positions are already linked in this way." in page
    assert link(client, here, there.key, "repeats").status_code == 302
    assert Link.objects.count() == 2


def test_a_list_and_a_key_that_differ_are_refused(client, reviewer, a_position):
    here, one, other = a_position(), a_position(), a_position()
    data = {"kind": "repeats", "to": one.key, "key": other.key}
    answer = client.post(links_url(here), data)
    assert answer.status_code == 422
    assert "leave the other field empty" in answer.content.decode()


def a_round(position: Position, coder, rendition) -> Assignment:
    return Assignment.objects.create(
        dossier=position.dossier,
        article=rendition.article,
        coder=coder,
        assigned_by=coder,
        is_independent=True,
    )


def test_what_a_running_round_hides_can_neither_be_named_nor_found(
    client, a_member, a_position, a_rendition
):
    text = a_rendition()
    me, other = a_member("rita", role="reviewer"), a_member("olga", role="coder")
    mine = a_position(status="draft", coder=me, coded_at=NOW)
    hidden = a_position(status="draft", coder=other, coded_at=NOW)
    for position, coder in ((mine, me), (hidden, other)):
        position.assignment = a_round(position, coder, text)
        position.save()
    client.force_login(me)
    assert client.get(links_url(hidden)).status_code == 404
    assert client.post(links_url(hidden), {"kind": "repeats", "key": mine.key}).status_code == 404
    assert hidden.key not in client.get(links_url(mine)).content.decode()
    told = link(client, mine, hidden.key).content.decode()
    unknown = link(client, mine, "p98765").content.decode()
    assert f"The dossier has no position “{hidden.key}” that you can see." in told
    assert "The dossier has no position “p98765” that you can see." in unknown
    # A link that is there already tells nothing either.
    kept = Link.objects.create(position=mine, kind="repeats", to=hidden)
    assert hidden.key not in client.get(links_url(mine)).content.decode()
    client.post(f"{links_url(mine)}remove/", {"link": kept.pk})
    assert Link.objects.filter(pk=kept.pk).exists()


def test_what_a_running_round_hides_is_linked_when_it_is_over(
    client, reviewer, a_member, a_position, a_rendition
):
    coder, published = a_member("olga", role="coder"), a_position()
    coded = a_position(status="submitted", coder=coder, coded_at=NOW)
    coded.assignment = assignment = a_round(coded, coder, a_rendition())
    coded.save()
    told = link(client, coded, published.key).content.decode()
    assert "Link them when the round is over" in told
    Assignment.objects.filter(pk=assignment.pk).update(finished_at=NOW)
    assert link(client, coded, published.key).status_code == 302


def test_who_has_finished_in_a_round_links_nothing(client, a_member, a_position, a_rendition):
    me, text = a_member("carl", role="coder"), a_rendition()
    mine, also = (a_position(status="submitted", coder=me, coded_at=NOW) for _number in range(2))
    assignment = a_round(mine, me, text)
    for position in (mine, also):
        position.assignment = assignment
        position.save()
    Assignment.objects.filter(pk=assignment.pk).update(finished_at=NOW)
    client.force_login(me)
    assert client.get(links_url(mine)).status_code == 200
    assert link(client, mine, also.key).status_code == 422
    assert not Link.objects.exists()


def test_a_link_that_was_removed_is_in_the_history_and_comes_back(client, reviewer, a_position):
    here, there = a_position(key="p801"), a_position(key="p802")
    link(client, here, there.key)
    number = Link.objects.get().pk
    answer = client.post(f"{links_url(here)}remove/", {"link": number}, follow=True)
    past = f"/dossiers/talks/history/link/~{number}/"
    assert past in answer.content.decode()
    assert not Link.objects.exists()
    changes = client.get("/dossiers/talks/history/?noun=link").content.decode()
    assert "p801, repeats: p802" in changes
    assert "deleted" in changes
    assert "added" in changes
    client.post(f"{past}restore/")
    back = Link.objects.get()
    assert (back.pk, back.position, back.to) == (number, here, there)
    assert back.history.first().history_user == reviewer


def test_a_link_whose_positions_were_edited_apart_does_not_come_back(
    client, reviewer, a_position, an_actor
):
    here, there = a_position(), a_position()
    link(client, here, there.key, "same-utterance")
    number = Link.objects.get().pk
    client.post(f"{links_url(here)}remove/", {"link": number})
    there.actor = an_actor("turkey")
    there.save()
    answer = client.post(f"/dossiers/talks/history/link/~{number}/restore/")
    assert "One utterance is by one actor on one issue" in answer.content.decode()
    assert not Link.objects.exists()


def test_who_may_change_one_end_alone_cannot_bring_the_link_back(client, a_member, a_position):
    coder = a_member("carl", role="coder")
    mine, published = a_position(status="draft", coder=coder, coded_at=NOW), a_position()
    gone = Link.objects.create(position=mine, kind="repeats", to=published)
    number = gone.pk
    client.force_login(coder)
    assert "Remove “" not in client.get(links_url(mine)).content.decode()
    client.post(f"{links_url(mine)}remove/", {"link": number})
    assert Link.objects.filter(pk=number).exists()
    gone.delete()
    client.post(f"/dossiers/talks/history/link/~{number}/restore/")
    assert not Link.objects.exists()
