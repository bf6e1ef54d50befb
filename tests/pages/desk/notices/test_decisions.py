"""After a decision the coder reads why, what was changed, and gets to the passage."""

from datetime import UTC, datetime

import pytest

from astana.actions import workflow
from astana.models import Position

pytestmark = pytest.mark.django_db

NOW = datetime(2017, 3, 1, tzinfo=UTC)


def test_a_decision_comes_with_its_reason_the_difference_and_the_way_to_the_passage(
    client, a_position, a_member, a_rendition
):
    ann, bob = a_member("ann", role="coder"), a_member("bob", role="reviewer")
    text = a_rendition("They met. Russia supports the cease-fire.")
    for key in ("mine-1", "mine-2"):
        position = a_position(
            key=key,
            status="submitted",
            coder=ann,
            coded_at=NOW,
            summary="As coded.",
            rendition=text,
            quote="supports the cease-fire",
        )
        Position.history.filter(id=position.pk).update(history_user=ann)
    first, second = Position.objects.order_by("pk")
    first.summary = "As mended."
    first.save()
    workflow.publish(position=first, by=bob)
    workflow.reject(position=second, by=bob, reason="Not said there.")
    client.force_login(ann)
    answer = client.get("/notices/")
    rows = {row["notice"].kind: row for row in answer.context["rows"]}
    changed = rows["published"]["outcome"]["differences"]
    assert [(one.label, one.before, one.after) for one in changed] == [
        ("Summary", "As coded.", "As mended.")
    ]
    assert rows["rejected"]["words"] == "Not said there."
    page = answer.content.decode()
    assert page.count("Read the passage") == 2
    assert f"/articles/{text.article.slug}/?position=mine-1#p1" in page
    assert f"/articles/{text.article.slug}/#p1" in page
    # Whoever else was told of a coding that is another's reads no difference.
    Position.objects.update(coder=bob)
    client.force_login(ann)
    assert "Read the passage" not in client.get("/notices/").content.decode()
