"""The desk of a coder."""

import pytest

from astana.actions.assign import assign
from astana.models import Assignment, Position
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

DESK = "/dossiers/talks/coding/"


@pytest.fixture(autouse=True)
def _coder(client, team):
    client.force_login(team["coder"])


@pytest.fixture
def given(a_rendition, team):
    def build(*, is_independent: bool = False) -> Assignment:
        article = a_rendition().article
        return assign(
            dossier=article.dossier,
            articles=[article],
            coders=[team["coder"]],
            is_independent=is_independent,
            by=team["owner"],
        )[0]

    return build


def test_what_is_assigned_is_shown_with_progress(client, given, a_coded):
    assignment = given()
    a_coded(status="draft", assignment=assignment)
    a_coded(assignment=assignment)
    page = words_of(client.get(DESK))
    assert "Gazette 2017 01 25" in page
    assert "2 positions coded" in page
    assert "1 still a draft" in page
    assert "To code 1" in page


def test_one_finishes_and_goes_on(client, given):
    assignment = given()
    address = f"{DESK}assignments/{assignment.pk}/"
    assert client.post(f"{address}finish/")["Location"] == DESK
    assert "To code 0" in words_of(client.get(DESK))
    client.post(f"{address}reopen/")
    assert "To code 1" in words_of(client.get(DESK))


def test_nobody_finishes_the_assignment_of_another(client, given, team):
    assignment = given()
    client.force_login(team["second"])
    assert client.post(f"{DESK}assignments/{assignment.pk}/finish/").status_code == 404
    assignment.refresh_from_db()
    assert assignment.finished_at is None


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "published"])
def test_each_pile_holds_one_s_own(client, a_coded, status):
    a_coded(status=status, summary="Mine.", reason="Because.")
    a_coded(status=status, summary="Of another.", reason="Because.", coder="second")
    page = words_of(client.get(f"{DESK}?show={status}"))
    assert "Mine." in page
    assert "Of another." not in page


def test_the_reason_of_a_rejection_is_shown(client, a_coded):
    position = a_coded(status="rejected", reason="It is <b>not</b> said there.")
    for address in (f"{DESK}?show=rejected", f"{DESK}positions/{position.key}/"):
        assert "It is &lt;b&gt;not&lt;/b&gt; said there." in client.get(address).content.decode()


def test_what_a_curator_decided_otherwise_is_shown(client, a_coded, a_position):
    other = a_position(stance="opposes", summary="As curated.")
    a_coded(status="rejected", reason="Settled.", settled_by=other, summary="Mine.")
    a_coded(status="rejected", reason="Not said.", summary="Plainly wrong.")
    page = words_of(client.get(f"{DESK}?show=settled"))
    assert "Mine." in page
    assert "The curator decided: Opposes As curated." in page
    assert "Plainly wrong." not in page


def test_a_draft_is_submitted_and_taken_back(client, a_coded):
    position = a_coded(status="draft")
    address = f"{DESK}positions/{position.key}/step/"
    client.post(address, {"step": "submit", "revision": position.revision})
    position.refresh_from_db()
    assert position.status == "submitted"
    client.post(address, {"step": "take-back", "revision": position.revision})
    position.refresh_from_db()
    assert position.status == "draft"


def test_a_step_on_an_older_state_is_refused_in_words(client, a_coded):
    position = a_coded(status="draft")
    Position.objects.update(summary="Changed.")
    step = {"step": "submit", "revision": position.revision}
    response = client.post(f"{DESK}positions/{position.key}/step/", step, follow=True)
    assert "Somebody has changed it since you opened it." in words_of(response)
    assert Position.objects.get().status == "draft"


@pytest.mark.parametrize("step", [{}, {"step": "publish"}, {"step": "submit", "revision": "x"}])
def test_what_is_no_step_is_refused(client, a_coded, step):
    position = a_coded(status="draft")
    values = {"revision": position.revision} | step
    response = client.post(f"{DESK}positions/{position.key}/step/", values, follow=True)
    assert "A position cannot take this step." in words_of(response)
    assert Position.objects.get().status == "draft"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "evil", "/\\evil"]
)
def test_a_step_leads_nowhere_else(client, a_coded, elsewhere):
    position = a_coded(status="draft")
    values = {"step": "submit", "revision": position.revision, "next": elsewhere}
    response = client.post(f"{DESK}positions/{position.key}/step/", values)
    assert response["Location"] == f"{DESK}positions/{position.key}/"


def test_a_draft_has_a_page_for_its_coder_and_reviewers_alone(client, a_coded, team):
    position = a_coded(status="draft", summary="A word that is a secret.")
    address = f"{DESK}positions/{position.key}/"
    statuses = {"coder": 200, "reviewer": 200, "owner": 200, "second": 404, "reader": 403}
    for name, status in statuses.items():
        client.force_login(team[name])
        response = client.get(address)
        assert response.status_code == status
        assert ("secret" in words_of(response)) is (status == 200)
    client.logout()
    assert client.get(address).status_code == 404


def test_a_running_round_hides_the_work_of_others(client, a_coded, given, team):
    given(is_independent=True)
    other = Assignment.objects.create(
        dossier=team["coder"].dossiers.get(),
        article=Assignment.objects.get().article,
        coder=team["second"],
        assigned_by=team["owner"],
        is_independent=True,
    )
    position = a_coded(coder="second", assignment=other, summary="A word that is a secret.")
    assert client.get(f"{DESK}positions/{position.key}/").status_code == 404
    for pile in ("assignments", "draft", "submitted", "rejected", "settled", "published"):
        assert "secret" not in words_of(client.get(f"{DESK}?show={pile}"))


def test_reviewers_see_what_waits(client, a_coded, team):
    a_coded()
    assert "Review 1" not in words_of(client.get(DESK))
    client.force_login(team["reviewer"])
    assert "Review 1" in words_of(client.get(DESK))


def test_a_page_that_was_just_emptied_is_the_one_before(client, a_coded):
    position = a_coded(status="draft")
    answer = client.get(f"{DESK}?show=draft&page=2")
    assert (answer.status_code, list(answer.context["shown"])) == (200, [position])
    assert client.get(f"{DESK}?show=draft&page=3").status_code == 400


def test_an_unknown_pile_is_named(client):
    response = client.get(f"{DESK}?show=nobody")
    assert response.status_code == 400
    assert "“nobody” is unknown." in words_of(response)


def test_a_draft_is_deleted_from_the_desk_and_brought_back(client, a_coded, a_rendition):
    position = a_coded(status="draft", rendition=a_rendition(), quote="Russia supports")
    for page in (f"{DESK}?show=draft", f"{DESK}positions/{position.key}/"):
        assert "Delete the draft" in words_of(client.get(page))
    address = f"{DESK}positions/{position.key}/delete/"
    response = client.post(address, {"revision": position.revision}, follow=True)
    past = f"/dossiers/talks/history/position/~{position.pk}/"
    assert f"{position.key} is deleted." in words_of(response)
    assert f'<a href="{past}">its history</a>' in response.content.decode()
    assert not Position.objects.exists()
    assert "Restore" in words_of(client.get(past))
    client.post(f"{past}restore/")
    assert Position.objects.get().evidence.count() == 1


def test_a_deleted_draft_comes_back_where_its_assignment_is_gone(client, a_coded, given, team):
    assignment = given()
    position = a_coded(status="draft", assignment=assignment)
    address = f"{DESK}positions/{position.key}/delete/"
    client.post(address, {"revision": position.revision})
    assignment.delete()
    past = f"/dossiers/talks/history/position/{position.pk}/"
    assert "Restore" in words_of(client.get(past))
    client.post(f"{past}restore/")
    assert Position.objects.get().assignment is None


@pytest.mark.parametrize("status", ["submitted", "published", "rejected"])
def test_what_is_no_draft_is_not_deleted(client, a_coded, status):
    position = a_coded(status=status, reason="Because.")
    page = f"{DESK}positions/{position.key}/"
    assert "Delete the draft" not in words_of(client.get(page))
    response = client.post(f"{page}delete/", {"revision": position.revision}, follow=True)
    assert "Only a draft that was never published can be deleted." in words_of(response)
    assert Position.objects.exists()


def test_the_draft_of_another_is_not_deleted(client, a_coded, team):
    position = a_coded(status="draft")
    page = f"{DESK}positions/{position.key}/"
    for name, status in {"second": 404, "reviewer": 302, "reader": 403}.items():
        client.force_login(team[name])
        assert "Delete the draft" not in words_of(client.get(page))
        response = client.post(f"{page}delete/", {"revision": position.revision})
        assert response.status_code == status
    assert Position.objects.exists()


@pytest.mark.parametrize("revision", [{}, {"revision": "x"}, {"revision": 7}])
def test_a_draft_is_deleted_only_as_it_was_read(client, a_coded, revision):
    position = a_coded(status="draft")
    response = client.post(f"{DESK}positions/{position.key}/delete/", revision, follow=True)
    assert "Somebody has changed it since you opened it." in words_of(response)
    assert Position.objects.exists()


def test_who_finishes_is_told_of_what_is_still_a_draft(client, given, a_coded):
    assignment = given()
    finish = f"{DESK}assignments/{assignment.pk}/finish/"
    assert "still a draft" not in words_of(client.post(finish, follow=True)).split("To code")[0]
    a_coded(status="draft", assignment=assignment)
    told = words_of(client.post(finish, follow=True))
    assert "1 position is still a draft and does not count." in told


def test_nobody_is_told_that_work_is_hidden_once_the_round_is_settled(client, given):
    assignment = given(is_independent=True)
    hidden = "nobody sees the others&#x27; work"
    assert hidden in words_of(client.get(DESK)).replace("'", "&#x27;")
    now = assignment.created_at
    Assignment.objects.filter(pk=assignment.pk).update(
        finished_at=now, settled_at=now, settled_by=assignment.assigned_by
    )
    assert hidden not in words_of(client.get(DESK)).replace("'", "&#x27;")


def test_what_was_finished_in_a_round_is_not_changed(client, given, a_coded):
    assignment = given(is_independent=True)
    position = a_coded(status="draft", assignment=assignment)
    client.post(f"{DESK}assignments/{assignment.pk}/finish/")
    told = "You have finished coding this article"
    page = f"{DESK}positions/{position.key}/"
    assert told in words_of(client.get(page))
    assert "Delete the draft" not in words_of(client.get(page))
    edit = f"/dossiers/talks/positions/{position.key}/edit/"
    assert told in words_of(client.get(edit))
    values = {
        "revision": position.revision,
        "actor": position.actor.name,
        "actor_choice": position.actor.slug,
        "issue": position.issue.slug,
        "stance": f"{position.issue.slug}.{position.stance.slug}",
        "voice": position.voice,
        "said": position.said,
        "summary": "Second thoughts.",
    }
    changed = client.post(edit, values | {"do": "save"})
    assert changed.status_code in (409, 422)
    assert "Second thoughts." in changed.content.decode()
    for shown in (page, edit):
        step = {"step": "submit", "revision": position.revision, "next": shown}
        assert told in words_of(client.post(f"{page}step/", step, follow=True))
    position.refresh_from_db()
    assert (position.status, position.summary) == ("draft", "russia supports cease-fire.")
