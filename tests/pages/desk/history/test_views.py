"""History pages: what is shown to whom, and the way back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from astana.actions.challenges import answer, challenge
from astana.actions.comments import add, resolve
from astana.models import Assignment, Position

pytestmark = pytest.mark.django_db

CANARY = "Zanzibar"


@pytest.fixture
def coder(a_member):
    return a_member("coder", role="coder")


@pytest.fixture
def a_draft(a_position, coder):
    def build(**values) -> Position:
        values = {"status": "draft", "coder": coder, "coded_at": timezone.now()} | values
        return a_position(**values)

    return build


def _index(client, query: str = "") -> str:
    response = client.get(reverse("history:index", args=["talks"]) + query)
    assert response.status_code == 200
    return response.content.decode()


def _change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record.history.first()


def _revert(client, change):
    noun = change.instance_type._meta.model_name
    return client.post(
        reverse("history:revert", args=["talks", noun, change.id, change.history_id])
    )


def test_a_change_is_shown_word_by_word_with_names_and_days(client, a_draft, an_actor, coder):
    position = a_draft(summary="Russia supports the cease-fire.", said="2017-01-24")
    turkey = an_actor("turkey")
    _change(
        position, summary="Russia supports the long cease-fire.", said="2017-01", speaker=turkey
    )
    client.force_login(coder)
    html = client.get(
        reverse("history:detail", args=["talks", "position", position.key])
    ).content.decode()
    assert "<ins>long </ins>cease-fire" in html or "<ins>long</ins>" in html.replace(
        " </ins>", "</ins>"
    )
    assert "<del>24 Jan 2017</del>" in html
    assert "<ins>January 2017</ins>" in html
    assert "<ins>Turkey</ins>" in html


def test_drafts_of_others_are_not_in_a_coders_history(client, a_draft, a_member):
    position = a_draft(summary=f"{CANARY} agrees.")
    _change(position, note=CANARY)
    client.force_login(a_member("another", role="coder"))
    assert CANARY not in _index(client)
    address = reverse("history:detail", args=["talks", "position", position.pk])
    assert client.get(address).status_code == 404
    assert _revert(client, position.history.first()).status_code == 404


def test_passages_of_drafts_of_others_are_hidden_too(client, a_draft, a_member, a_rendition):
    text = a_rendition(f"They say {CANARY} there.")
    a_draft(rendition=text, quote=CANARY)
    client.force_login(a_member("another", role="coder"))
    assert CANARY not in _index(client)
    client.force_login(a_member("reviewer", role="reviewer"))
    assert CANARY in _index(client)


def test_a_deleted_draft_is_known_to_its_coder_and_to_reviewers(client, a_draft, a_member, coder):
    position = a_draft(summary=f"{CANARY} agrees.")
    position.delete()
    for user, knows in (
        (coder, True),
        (a_member("another", role="coder"), False),
        (a_member("reviewer", role="reviewer"), True),
    ):
        client.force_login(user)
        assert (CANARY in _index(client)) is knows


def test_a_running_round_hides_what_its_coders_deleted(
    client, a_draft, a_member, a_rendition, coder
):
    article = a_rendition().article
    other = a_member("reviewer", role="reviewer")
    mine, _ = [
        Assignment.objects.create(
            dossier=article.dossier,
            article=article,
            coder=user,
            assigned_by=coder,
            is_independent=True,
        )
        for user in (coder, other)
    ]
    position = a_draft(summary=f"{CANARY} agrees.", assignment=mine)
    client.force_login(other)
    assert CANARY not in _index(client)
    position.delete()
    assert CANARY not in _index(client)


def test_who_does_not_code_sees_no_history(client, a_draft, a_member, a_dossier):
    a_draft()
    address = reverse("history:index", args=["talks"])
    assert client.get(address).status_code == 404
    client.force_login(a_member("reader"))
    assert client.get(address).status_code == 403


def test_records_of_another_dossier_are_not_shown(client, a_dossier, an_actor, coder):
    other = a_dossier("congress")
    actor = an_actor("elsewhere", dossier=other, name=CANARY)
    an_actor()
    client.force_login(coder)
    assert CANARY not in _index(client)
    address = reverse("history:detail", args=["talks", "actor", actor.pk])
    assert client.get(address).status_code == 404


def test_changes_are_filtered_by_noun_person_and_day(client, an_actor, a_draft, coder):
    actor = an_actor("russia")
    a_draft(summary="A draft it is.")
    client.force_login(coder)
    assert "A draft it is." not in _index(client, "?noun=actor")
    assert "Russia" in _index(client, "?noun=actor")
    assert "No changes match" in _index(client, "?by=coder")
    _revert(client, _change(actor, name="Russland"))
    assert "No changes match" in _index(client, "?until=2010-01-01")
    assert "Russia" in _index(client, f"?since={timezone.localdate()}")


def test_changes_are_paged_and_none_is_left_out(client, an_actor, coder):
    actor = an_actor("russia")
    for number in range(100):
        _change(actor, description=f"Description {number}.")
    client.force_login(coder)
    seen, query = "", "?noun=actor"
    for _page in range(3):
        response = client.get(reverse("history:index", args=["talks"]) + query)
        seen += response.content.decode()
        query = response.context["older"]
    assert query == ""
    assert all(f"{number}." in seen for number in range(100))


def test_a_coder_reverts_a_change_of_an_own_draft(client, a_draft, coder):
    position = a_draft(summary="First words.")
    change = _change(position, summary="Second words.")
    client.force_login(coder)
    assert _revert(client, change).status_code == 302
    position.refresh_from_db()
    assert position.summary == "First words."
    last = position.history.first()
    assert (last.history_user, last.history_change_reason) == (coder, f"revert {change.history_id}")


def test_a_refused_revert_shows_both_versions(client, a_draft, coder):
    position = a_draft(summary="First words.")
    change = _change(position, summary="Second words.")
    _change(position, summary="Third words.")
    client.force_login(coder)
    response = _revert(client, change)
    html = response.content.decode()
    assert response.status_code == 409
    assert '<td dir="auto">Second words.</td><td dir="auto">Third words.</td>' in html


def test_a_coder_may_not_revert_what_is_published(client, a_draft, coder):
    position = a_draft(summary="First words.", status="published")
    change = _change(position, summary="Second words.")
    client.force_login(coder)
    page = client.get(reverse("history:detail", args=["talks", "position", position.pk]))
    assert "Revert this change" not in page.content.decode()
    assert _revert(client, change).status_code == 403


def test_what_was_deleted_is_brought_back_on_its_page(client, a_draft, a_rendition, coder):
    position = a_draft(rendition=a_rendition(), quote="Russia supports")
    pk = position.pk
    position.delete()
    client.force_login(coder)
    page = client.get(reverse("history:detail", args=["talks", "position", pk])).content.decode()
    assert "Restore" in page
    client.post(reverse("history:restore", args=["talks", "position", pk]))
    assert Position.objects.get(pk=pk).evidence.count() == 1


def test_stored_script_is_shown_as_words(client, a_draft, coder):
    position = a_draft(summary="<script>alert(1)</script> one.")
    _change(position, summary="<script>alert(2)</script> one.")
    client.force_login(coder)
    html = _index(client)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_the_past_of_a_comment_is_shown_to_who_may_read_it(client, a_draft, a_member, coder):
    position = a_draft()
    comment = add(by=coder, text=f"Is it {CANARY}?", position=position)
    resolve(comment=comment, by=coder)
    pages = [
        reverse("history:index", args=["talks"]),
        reverse("history:detail", args=["talks", "position", position.key]),
        reverse("history:detail", args=["talks", "comment", comment.pk]),
    ]
    another, reviewer = a_member("another", role="coder"), a_member("reviewer", role="reviewer")
    for user, knows in ((coder, True), (another, False), (reviewer, True)):
        client.force_login(user)
        for page in pages:
            assert (CANARY in client.get(page).content.decode()) is knows
    html = client.get(pages[2]).content.decode()
    assert "Resolved by" in html
    assert "Revert this change" not in html


def test_the_past_of_an_objection_is_for_reviewers(client, a_position, a_member, coder):
    position = a_position()
    reader, reviewer = a_member("reader"), a_member("reviewer", role="reviewer")
    made = challenge(position=position, kind="misread", text=CANARY, by=reader)
    answer(challenge=made, status="declined", text="It is.", by=reviewer)
    pages = [
        reverse("history:index", args=["talks"]),
        reverse("history:detail", args=["talks", "position", position.key]),
        reverse("history:detail", args=["talks", "challenge", made.pk]),
    ]
    for user, knows in ((reader, False), (coder, False), (reviewer, True)):
        client.force_login(user)
        for page in pages:
            assert (CANARY in client.get(page).content.decode()) is knows
    assert "declined" in client.get(pages[2]).content.decode()


def test_the_words_of_a_deleted_comment_are_not_shown(client, a_draft, coder):
    position = a_draft()
    comment = add(by=coder, text=CANARY, position=position)
    pk = comment.pk
    comment.delete()
    client.force_login(coder)
    assert CANARY not in _index(client)
    assert client.get(reverse("history:detail", args=["talks", "comment", pk])).status_code == 404
    address = reverse("history:restore", args=["talks", "comment", pk])
    assert client.post(address).status_code == 404


def test_a_key_that_looks_like_a_number_is_a_key(client, a_position, a_member):
    first = a_position(summary="The first of all.")
    named = a_position(key=str(first.pk), summary="Named by a number.")
    client.force_login(a_member(role="reviewer"))
    page = client.get(reverse("history:detail", args=["talks", "position", named.key]))
    assert "Named by a number." in page.content.decode()
    of_first = reverse("history:detail", args=["talks", "position", f"~{first.pk}"])
    assert "The first of all." in client.get(of_first).content.decode()
    changes = client.get(reverse("history:index", args=["talks"])).content.decode()
    assert of_first in changes
