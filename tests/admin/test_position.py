"""Positions: what is filled in by itself, and what is said where something does not fit."""

import pytest

from astana.models import Link, Position, User
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send


@pytest.fixture
def enter(desk, an_actor, an_issue):
    """Return a function that enters a position."""
    actor, issue = an_actor(), an_issue()

    def send_position(**values):
        values = {
            "dossier": actor.dossier,
            "actor": actor,
            "issue": issue,
            "stance": issue.stances.get(slug="supports"),
            "said": "2017-01-24",
            "voice": "reported-speech",
            "summary": "Russia supports it.",
        } | values
        return send(desk, admin_url(Position, "add"), **values)

    return send_position


def test_a_draft_has_a_coder_and_no_reviewer(enter, superuser):
    response = enter()
    assert response.status_code == 302, errors_of(response)
    position = Position.objects.get()
    assert (position.coder, position.reviewer, position.published_at) == (superuser, None, None)


def test_another_person_who_decides_is_the_reviewer_and_the_coder_stays(enter, client):
    enter()
    reviewer = User.objects.create_superuser("reviewer")
    client.force_login(reviewer)
    position = Position.objects.get()
    address = admin_url(Position, "change", position.pk)
    response = send(client, address, status="published")
    assert response.status_code == 302, errors_of(response)
    position.refresh_from_db()
    assert (position.coder.username, position.reviewer) == ("root", reviewer)
    reviewed_at = position.reviewed_at
    send(client, address, summary="Russia supports it still.")
    position.refresh_from_db()
    assert position.reviewed_at == reviewed_at


def test_a_summary_follows_its_stance_or_is_asked_about(enter, desk, an_issue):
    enter(summary="Russia on “Cease fire”: Supports.")
    position, opposes = Position.objects.get(), an_issue().stances.get(slug="opposes")
    address = admin_url(Position, "change", position.pk)
    assert send(desk, address, stance=opposes).status_code == 302
    position.refresh_from_db()
    assert position.summary == "Russia on “Cease fire”: Opposes."
    send(desk, address, summary="Against it.")
    changed = {"stance": an_issue().stances.get(slug="supports")}
    assert "Change it, or say that it fits." in errors_of(send(desk, address, **changed))
    assert send(desk, address, summary_stands="on", **changed).status_code == 302
    position.refresh_from_db()
    assert (position.stance.slug, position.summary) == ("supports", "Against it.")


def test_a_position_without_a_key_gets_the_next_free_one(enter, a_position):
    a_position(key="p099", stance="opposes")
    a_position(key="p9-other", stance="opposes")
    enter()
    enter(said="2017-01-23")
    enter(key="by-hand", said="2017-01-22")
    keys = set(Position.objects.values_list("key", flat=True))
    assert keys == {"p099", "p9-other", "p100", "p101", "by-hand"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"said": "2017-02-30"}, "This is not a date. Write a day (2017-01-09)"),
        ({"voice": "attributed"}, "Say who attributes this to the actor."),
        ({"status": "rejected"}, "Say why the position is rejected"),
        ({"summary": ""}, "This field is required."),
        ({"key": "no key"}, "Enter a valid “slug”"),
        ({"key": "p001"}, "The dossier has a position with this key."),
        ({"stance": 10**18}, "Select a valid choice."),
    ],
)
def test_what_does_not_fit_is_said_in_plain_words(values, message, enter, a_position):
    a_position(key="p001")
    assert message in errors_of(enter(**values))


def test_a_stance_of_another_issue_is_refused(enter, an_issue):
    wrong = an_issue("truce").stances.get(slug="supports")
    assert "This stance belongs to another issue. Choose a stance on this issue." in errors_of(
        enter(stance=wrong)
    )


def test_only_what_another_says_is_attributed(enter, an_actor):
    turkey = an_actor("turkey")
    assert "Leave this empty, or choose the voice “attributed”." in errors_of(
        enter(attributed_by=turkey)
    )
    itself = {"voice": "attributed", "attributed_by": an_actor()}
    assert "The actor attributes this to itself." in errors_of(enter(**itself))
    assert enter(**itself, confirmed="itself").status_code == 302
    other = {"attributed_by": turkey, "said": "2017-01-20"}
    assert enter(voice="attributed", **other).status_code == 302


@pytest.mark.parametrize("field", ["actor", "speaker", "attributed_by"])
def test_actors_of_another_dossier_are_refused(field, enter, an_actor, a_dossier):
    foreign = an_actor("foreign", dossier=a_dossier("other"))
    voice = "attributed" if field == "attributed_by" else "act"
    message = errors_of(enter(voice=voice, **{field: foreign}))
    assert message.count("Choose one of the same dossier.") == 1


def test_a_position_moves_to_another_dossier_only_with_all_that_it_names(
    desk, a_position, a_dossier
):
    position = a_position()
    address = admin_url(Position, "change", position.pk)
    message = errors_of(send(desk, address, dossier=a_dossier("other")))
    assert message.count("Choose one of the same dossier.") == 2


def test_a_passage_of_another_dossier_is_refused_in_the_form_of_the_position(
    enter, a_rendition, a_dossier
):
    foreign = a_rendition(dossier=a_dossier("other"))
    message = errors_of(
        enter(evidence__0__rendition=foreign, evidence__0__exact="Others did not speak.")
    )
    assert "Choose one of the same dossier." in message
    assert not Position.objects.exists()


def test_a_position_saved_as_new_has_its_own_key_and_passages(desk, a_position, a_rendition):
    rendition = a_rendition()
    position = a_position(key="p007", rendition=rendition, quote="Others did not speak.")
    address = admin_url(Position, "change", position.pk)
    later = {"said": "2017-01-26", "confirmed": "after-article:2017-01-25"}
    response = send(desk, address, _saveasnew="1", **later)
    assert response.status_code == 302, errors_of(response)
    copy = Position.objects.get(key="p008")
    assert (copy.said, copy.evidence.get().exact) == ("2017-01-26", "Others did not speak.")
    assert position.evidence.count() == 1


def test_another_position_starts_like_the_last(desk, enter, a_rendition):
    rendition = a_rendition()
    response = enter(
        _addanother="1",
        evidence__0__rendition=rendition,
        evidence__0__exact="Others did not speak.",
    )
    assert response.status_code == 302, errors_of(response)
    page = desk.get(response["Location"])
    form = page.context["adminform"].form
    assert (form["said"].value(), form["voice"].value()) == ("2017-01-24", "reported-speech")
    assert (form["key"].value(), form["summary"].value()) == (None, None)
    passage = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert str(passage["rendition"].value()) == str(rendition.pk)


def test_a_prepared_passage_may_stay_empty(desk, enter, a_rendition, an_actor, an_issue):
    enter(_addanother="1")
    position = Position.objects.get()
    address = f"{admin_url(Position, 'add')}?rendition={a_rendition().pk}"
    response = send(
        desk,
        address,
        dossier=position.dossier,
        actor=position.actor,
        issue=position.issue,
        stance=position.stance,
        said="2017",
        voice="act",
        summary="Russia acted.",
    )
    assert response.status_code == 302, errors_of(response)
    assert Position.objects.count() == 2


def test_what_is_doubtful_is_asked_once_in_the_form_of_the_position(enter, a_rendition):
    passage = {
        "evidence__0__rendition": a_rendition(),
        "evidence__0__exact": "Others did not speak.",
    }
    asked = enter(said="2017-01-26", **passage)
    assert errors_of(asked) == (
        "The article was published on 2017-01-25, and this was said later: 2017-01-26."
    )
    assert not Position.objects.exists()
    html = asked.content.decode()
    assert 'name="confirmed" value="after-article:2017-01-25"' in html
    assert "save once more to confirm it" in html
    said_again = enter(said="2017-01-26", confirmed="after-article:2017-01-25", **passage)
    assert said_again.status_code == 302, errors_of(said_again)


def test_what_only_the_database_refuses_comes_back_as_a_message(desk, enter, monkeypatch):
    enter(key="p001")
    monkeypatch.setattr("astana.admin.position.next_key", lambda dossier: "p001")
    monkeypatch.setattr(Position, "validate_constraints", lambda self, exclude=None: None)
    message = errors_of(enter(summary="Kept in the form.", said="2017-01-23"))
    assert "Nothing was saved: the database refused these values." in message
    assert Position.objects.count() == 1


def test_an_edit_that_parts_two_renderings_is_refused_at_its_field(desk, a_position, an_actor):
    fuller, shorter = a_position(), a_position()
    Link.objects.create(position=shorter, kind="same-utterance", to=fuller)
    address = admin_url(Position, "change", fuller.pk)
    response = send(desk, address, actor=an_actor("turkey"))
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert f"{shorter.key} is linked as the same utterance" in form.errors["actor"][0]
    fuller.refresh_from_db()
    assert fuller.actor.slug == "russia"


def test_a_link_that_cannot_be_is_refused_at_its_row(desk, a_position):
    here, elsewhere = a_position(), a_position(issue="borders")
    address = admin_url(Position, "change", here.pk)
    row = {"links__TOTAL_FORMS": 1, "links__0__kind": "same-utterance"}
    response = send(desk, address, **row, links__0__to=elsewhere)
    assert "One utterance is by one actor on one issue" in errors_of(response)
    assert not Link.objects.exists()
    fitting = a_position()
    assert send(desk, address, **row, links__0__to=fitting).status_code == 302
    assert Link.objects.get().to == fitting
