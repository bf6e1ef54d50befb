"""A coder sees what became of own codings, and nothing that a round still keeps back."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from astana.actions import settle
from astana.models import Article, Position, User
from tests.a_large_dossier import a_keeper, a_large_dossier

pytestmark = pytest.mark.django_db

NOW = datetime(2017, 3, 1, tzinfo=UTC)

ADDRESS = "/dossiers/talks/coding/outcomes/"


def test_a_coder_reads_what_was_coded_against_what_stands_and_why(client):
    a_large_dossier("talks", size=2)
    read = {key: Position.objects.get(key=key) for key in ("r0", "s0", "r1", "s1")}
    opposes = read["r0"].issue.stances.get(slug="opposes")
    final = settle.write(
        coding=read["r0"],
        others=[read["s0"]],
        by=a_keeper(),
        values={"stance": opposes, "summary": "Summary of the final."},
        reason="See paragraph two.",
    )
    settle.reject(codings=[read["r1"], read["s1"]], by=a_keeper(), reason="Not said there.")
    client.force_login(User.objects.get(username="talks-r"))
    assert client.get(ADDRESS).context["outcomes"] == []
    settle.settle(article=Article.objects.get(slug="article-0"), by=a_keeper())
    answer = client.get(ADDRESS)
    outcomes = {one["mine"].key: one for one in answer.context["outcomes"]}
    assert {key: one["final"] for key, one in outcomes.items()} == {"r0": final, "r1": None}
    differing = {one.label: (one.before, one.after) for one in outcomes["r0"]["differences"]}
    assert differing["Stance"] == ("Supports", "Opposes")
    assert set(differing) == {"Stance", "Summary"}
    page = answer.content.decode()
    assert "See paragraph two." in page
    assert "Not said there." in page
    assert f"{reverse('articles:detail', args=['talks', 'article-0'])}#p2" in page
    # Of a final that is taken away again, coders read no more.
    Position.objects.filter(pk=final.pk).update(status="rejected", reason="Wrong.")
    assert {one["final"] for one in client.get(ADDRESS).context["outcomes"]} == {None}


def test_an_edit_of_a_reviewer_is_a_difference_too(client, a_position, a_member, a_dossier):
    coder, reviewer = a_member("ann", role="coder"), a_member("bob", role="reviewer")
    position = a_position(key="mine", status="draft", coder=coder, coded_at=NOW)
    Position.history.filter(id=position.pk).update(history_user=coder)
    position.summary, position.status, position.reviewer = "Edited.", "published", reviewer
    position.reviewed_at = position.coded_at
    position.save()
    client.force_login(coder)
    answer = client.get(reverse("outcomes:index", args=[a_dossier().slug]))
    found = answer.context["outcomes"][0]
    assert [one.label for one in found["differences"]] == ["Summary"]
    assert (found["final"], found["is_other"]) == (position, False)
