"""Many positions at once: each for itself, and each refusal named with its reason."""

import pytest
from django.utils import timezone

from astana.models import Notice, Position
from tests.admin.conftest import admin_url
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

QUEUE, DESK = "/dossiers/talks/review/", "/dossiers/talks/coding/"


def _send(client, address: str, step: str, *positions: Position, follow=True, **values):
    chosen = [f"{one.key}.{one.revision}" for one in positions]
    return client.post(address, {"chosen": chosen, "step": step} | values, follow=follow)


def _statuses(*positions: Position) -> list[str]:
    known = dict(Position.objects.values_list("key", "status"))
    return [known[one.key] for one in positions]


def test_reviewers_publish_many_and_what_is_refused_is_named(client, a_coded, team):
    client.force_login(team["reviewer"])
    good, own = a_coded(actor="turkey"), a_coded(actor="turkey", coder="reviewer")
    decided = a_coded(actor="turkey", status="published")
    changed = a_coded(actor="turkey")
    Position.objects.filter(pk=changed.pk).update(summary="Other words.")
    queue = f"{QUEUE}?actor=turkey"
    html = client.get(queue).content.decode()
    assert f'action="{queue}"' in html
    assert f'form="many" name="chosen" value="{good.key}.1"' in html
    answer = _send(client, queue, "publish", good, own, decided, changed)
    # The filters are kept.
    assert answer.redirect_chain == [(queue, 302)]
    page = words_of(answer)
    assert "1 position is published." in page
    assert f"Not done for {own.key}: A second person has to decide" in page
    assert f"Not done for {decided.key}: The position is published." in page
    assert f"Not done for {changed.key}: Somebody has changed it since" in page
    assert _statuses(good, own, changed) == ["published", "submitted", "submitted"]


def test_many_are_rejected_with_one_reason_and_nothing_without(client, a_coded, team):
    client.force_login(team["reviewer"])
    two = [a_coded(), a_coded()]
    refused = _send(client, QUEUE, "reject", *two)
    assert refused.status_code == 422
    assert "Say why the positions are rejected" in words_of(refused)
    assert f'value="{two[1].key}.1" checked' in refused.content.decode()
    assert "Choose at least one position." in words_of(_send(client, QUEUE, "publish"))
    assert _send(client, QUEUE, "publish", *two, chosen="p1.x").status_code == 422
    assert "2 positions are rejected." in words_of(
        _send(client, QUEUE, "reject", *two, reason="Not said there.")
    )
    found = Position.objects.values_list("status", "reason")
    assert set(found) == {("rejected", "Not said there.")}
    assert Notice.objects.filter(user=team["coder"], kind="rejected").exists()


def test_coders_hand_in_many_of_their_own_alone(client, a_coded, team):
    client.force_login(team["coder"])
    mine = [a_coded(status="draft"), a_coded(status="draft")]
    other = a_coded(status="draft", coder="second")
    drafts = f"{DESK}?show=draft"
    assert "Submit the chosen" in client.get(drafts).content.decode()
    answer = _send(client, drafts, "submit", *mine, other)
    assert answer.redirect_chain == [(drafts, 302)]
    assert "2 positions are submitted." in words_of(answer)
    # Of what is not, or no longer, on one's desk no more is said.
    assert f"Not done for {other.key}: It is no longer there." in words_of(answer)
    assert _statuses(*mine, other) == ["submitted", "submitted", "draft"]
    # What only reviewers decide is no step of this desk.
    assert _send(client, drafts, "publish", *mine).status_code == 422
    for one in mine:
        one.refresh_from_db()
    answer = _send(client, f"{DESK}?show=submitted", "take-back", *mine)
    assert "2 positions are drafts again." in words_of(answer)


def test_the_data_entry_takes_the_same_steps_with_many(client, django_user_model, a_position):
    client.force_login(django_user_model.objects.create_superuser("root"))
    coder = django_user_model.objects.create_user("cora")
    by = {"coder": coder, "coded_at": timezone.now()}
    one, two = (a_position(status="submitted", **by) for _ in range(2))
    draft = a_position(status="draft", **by)
    address = f"{admin_url(Position, 'changelist')}?q=russia"

    def act(action: str, *rows: Position, **values):
        sent = {"action": action, "_selected_action": [row.pk for row in rows]} | values
        return client.post(address, sent, follow=True)

    assert "Say why the positions are rejected" in words_of(act("reject_many", one))
    answer = act("reject_many", one, draft, reason="Not said.")
    assert answer.redirect_chain == [(address, 302)]
    assert "1 position is rejected." in words_of(answer)
    assert f"Not done for {draft.key}: The position is draft." in words_of(answer)
    assert "1 position is published." in words_of(act("publish_many", two))
    assert "1 position is submitted." in words_of(act("submit_many", draft))
    assert _statuses(one, two, draft) == ["rejected", "published", "submitted"]
