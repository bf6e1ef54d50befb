"""What the dossier does not know yet is added while coding, once, and readers meet it later."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from astana.actions import workflow
from astana.actions.assign import assign
from astana.models import Actor, Document, Event, Issue, Position, Stance
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

NEW = {
    "new_issue": "Demilitarised zones",
    "new_issue_question": "Should there be zones without arms?",
    "new_stance": "Only in the north",
    "new_stance_value": "0.5",
    "new_event": "Second round",
    "new_event_start": "2017-02-15",
    "new_event_end": "2017-02-16",
    "new_document": "Terms of the truce",
    "new_document_date": "2017-02-16",
}


@pytest.fixture
def text(a_rendition):
    return a_rendition()


@pytest.fixture
def sent(client, a_member, an_actor, an_issue, text):
    """Return what sends the panel of a passage as a coder, and gives the answer."""
    an_actor(), an_issue()
    cora = a_member("cora", role="coder")
    address = reverse("codings:article", args=[text.article.dossier.slug, text.article.slug])

    def send(user=cora, **values):
        client.force_login(user)
        given = {"do": "save", "rendition": text.pk, "start": 0, "end": 9, "actor": "Russia"}
        given |= {"issue": "cease-fire", "stance": "supports", "voice": "reported-speech"}
        return client.post(address, given | {"said": "2017-01-24"} | values)

    return send


def _said(answer) -> str:
    return words_of(answer)


def test_issue_stance_event_and_document_are_added_with_the_position_that_names_them(
    client, sent, a_member
):
    assert sent(issue="", stance="", **NEW).status_code == 302
    position = Position.objects.get()
    assert position.summary == "Russia on “Demilitarised zones”: Only in the north."
    issue, stance = position.issue, position.stance
    assert (issue.question, issue.order) == ("Should there be zones without arms?", 1)
    assert (stance.label, stance.value, stance.issue) == (
        "Only in the north",
        Decimal("0.5"),
        issue,
    )
    assert (position.event.start, position.event.end) == (date(2017, 2, 15), date(2017, 2, 16))
    assert position.document.date == date(2017, 2, 16)
    # Readers meet none of it before the position is published, and all of it then.
    pages = [one.get_absolute_url() for one in (issue, position.event, position.document)]
    home = f"/dossiers/{position.dossier.slug}/"
    lists = [f"{home}{name}/" for name in ("issues", "events", "documents", "compare")]
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert not any("zones" in words_of(client.get(page)) for page in lists)
    assert "Terms of" not in words_of(client.get(f"{home}documents/"))
    workflow.submit(position=position, by=position.coder)
    workflow.publish(position=position, by=a_member("rita", role="reviewer"))
    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert "Only in the north" in words_of(client.get(pages[0]))


def test_a_new_stance_is_one_of_the_chosen_issue_on_its_scale_and_there_once(sent, an_issue):
    issue = an_issue()
    assert sent(stance="", new_stance="Only at night", new_stance_value="0.3").status_code == 302
    assert Stance.objects.get(label="Only at night").issue == issue
    for wrong in (
        {"new_stance": "ONLY AT NIGHT"},
        {"new_stance": "Far beyond", "new_stance_value": "1.01"},
        {"new_issue": "Another question", "issue": ""},
    ):
        answer = sent(stance="", **wrong)
        assert answer.status_code == 422, wrong
    Issue.objects.update(scale="nominal")
    assert sent(stance="", new_stance="Somebody", new_stance_value="1").status_code == 422
    assert Stance.objects.count() == 5
    assert Position.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "again", "field", "model"),
    [
        (
            {"new_issue": "Observers of the truce", "new_stance": "Wants them"},
            {"new_issue": "Observer of the Truce", "new_stance": "Wants some"},
            "issue",
            Issue,
        ),
        (
            {"new_event": "Meeting in Astana", "new_event_start": "2017-01-23"},
            {"new_event": "Meetings in Astana", "new_event_start": "2017-01-24"},
            "event",
            Event,
        ),
        (
            {"new_actor": "Muhammad Alush", "new_actor_kind": "person"},
            {"new_actor": "Mohammad Aloush", "new_actor_kind": "person"},
            "actor",
            Actor,
        ),
    ],
)
def test_another_spelling_of_what_is_there_is_offered_before_a_second_one_is_made(
    client, sent, first, again, field, model
):
    assert sent(**first).status_code == 302
    number = model.objects.count()
    answer = sent(**again)
    assert answer.status_code == 422
    asked = answer.context["desk"].panel.form.asked[field]
    meant = asked.near[0].slug
    assert f'value="{meant}"' in answer.content.decode()
    assert sent(**again, **{f"new_{field}_is": meant}).status_code == 302
    assert model.objects.count() == number
    assert sent(**again, **{f"new_{field}_is": asked.another}).status_code == 302
    assert model.objects.count() == number + 1


def test_a_meeting_of_the_same_name_on_another_day_is_another_one_only_if_that_is_said(sent):
    held = {"new_event": "Round of talks", "new_event_start": "2017-01-23"}
    assert sent(**held).status_code == 302
    assert "There is already one with this name" in _said(sent(**held))
    later = held | {"new_event_start": "2017-02-15"}
    assert sent(**later).status_code == 422
    assert sent(**later, new_event_is="~round of talks").status_code == 302
    assert Event.objects.count() == 2


def test_coders_of_a_running_round_share_what_both_add_and_see_it_only_once_they_have(
    client, sent, a_member, text
):
    coders = {name: a_member(name, role="coder") for name in ("ann", "ben")}
    owner = a_member("olga", role="owner")
    dossier = text.article.dossier
    assign(
        dossier=dossier,
        articles=[text.article],
        coders=[*coders.values()],
        is_independent=True,
        by=owner,
    )
    assert sent(coders["ann"], issue="", stance="", **NEW).status_code == 302
    models = (Issue, Stance, Event, Document)
    number = [model.objects.count() for model in models]
    address = reverse("codings:article", args=[dossier.slug, text.article.slug])
    page = f"{address}?rendition={text.pk}&start=0&end=9&issue=cease-fire"
    client.force_login(coders["ben"])
    pages = [page, f"/dossiers/{dossier.slug}/history/"]
    for told in (words_of(client.get(one)) for one in pages):
        assert "Demilitarised" not in told
        assert "Second round" not in told
        assert "Terms of the truce" not in told
    assert sent(coders["ben"], issue="", stance="", **NEW).status_code == 302
    assert [model.objects.count() for model in models] == number
    told = words_of(client.get(page))
    assert "Demilitarised" in told
    assert "Terms of the truce" in told
