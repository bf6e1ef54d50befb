"""A clock that is set back an hour: nothing is refused, lost or shown as it was before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from astana.actions.workflow import publish, submit
from astana.models import Dossier, Position
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


def test_work_goes_on_and_readers_see_the_newest(
    a_position, a_rendition, a_member, client, monkeypatch
):
    coder, reviewer = (a_member(role, role=role) for role in ("coder", "reviewer"))
    rendition = a_rendition()
    one = a_position(rendition=rendition, quote="They met.", summary="As it was.")
    draft = a_position(
        rendition=rendition, quote="Russia supports", actor="turkey", summary="Said later.",
        status="draft", coder=coder, coded_at=timezone.now(),
    )  # fmt: skip
    page = "/dossiers/talks/compare/?unfold=1"
    before = client.get(page)
    assert "As it was." in words_of(before)
    now = timezone.now
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() - timedelta(hours=1))
    one.summary = "As it is."
    one.save()
    submit(position=draft, by=coder)
    publish(position=Position.objects.get(pk=draft.pk), by=reviewer)
    # Whoever has the page from before is not told that it has not changed.
    after = client.get(page, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    for words in ("As it is.", "Said later."):
        assert words in words_of(after)
    assert Dossier.objects.get().version > 1
    kept = list(one.history.order_by("history_id").values_list("summary", flat=True))
    assert kept == ["As it was.", "As it is."]
    # Both are in the history that reviewers read, and the form opens with the newest.
    client.force_login(reviewer)
    assert client.get("/dossiers/talks/history/").status_code == 200
    assert "As it is." in words_of(client.get(f"/dossiers/talks/positions/{one.key}/"))
