"""A summary that somebody typed is asked about wherever what it sums up gets another name."""

import pytest
from django.urls import reverse

from astana.models import Actor, Membership, Position
from astana.models.summary import automatic_summary
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of
from tests.admin.forms import send as send_at_desk
from tests.admin.test_imports import _choose, clerk  # noqa: F401
from tests.pages.setup.test_views import at, filled, reviewer  # noqa: F401

pytestmark = pytest.mark.django_db

SAYS = "A sentence that somebody wrote says “Russia”, and stays as it is:"


@pytest.fixture
def typed(a_position, an_actor) -> Position:
    """A position with a summary that was typed, beside one whose summary was made."""
    made = a_position(actor="russia", issue="aid")
    names = {name: getattr(made, name) for name in ("actor", "issue", "stance")}
    Position.objects.filter(pk=made.pk).update(summary=automatic_summary(**names))
    position = a_position(actor="russia", summary="Here RUSSIA backs it.")
    a_position(actor="russia", issue="border", summary="Prussia backs it.")
    return position


def test_a_new_name_is_asked_about_once_on_the_site(reviewer, typed):  # noqa: F811
    url = at("edit", "actors", "russia")
    asked = reviewer.post(url, filled(reviewer.get(url), name="Moscow"))
    assert asked.status_code == 422
    assert f"{SAYS} {typed.key}." in asked.content.decode()
    assert Actor.objects.get(slug="russia").name == "Russia"
    # Another name is another question.
    again = filled(asked)
    assert reviewer.post(url, again | {"name": "Kremlin"}).status_code == 422
    assert reviewer.post(url, again).status_code == 302
    assert Actor.objects.get(slug="russia").name == "Moscow"
    assert "Moscow" in Position.objects.get(issue__slug="aid").summary


def test_a_new_name_is_asked_about_once_in_the_data_entry(desk, typed):
    url = admin_url(Actor, "change", typed.actor_id)
    asked = send_at_desk(desk, url, name="Moscow")
    assert f"{SAYS} {typed.key}." in errors_of(asked)
    assert 'name="renames" value="Moscow"' in asked.content.decode()
    assert send_at_desk(desk, url, name="Moscow", renames="Moscow").status_code == 302


def test_a_table_that_leaves_a_typed_summary_behind_names_its_lines(
    client,
    clerk,  # noqa: F811
    typed,
    an_actor,
):
    Membership.objects.filter(user=clerk).update(role="reviewer")
    an_actor("turkey")
    actors = "dossier,slug,name,kind\ntalks,turkey,Türkiye,state\ntalks,russia,Moscow,state\n"
    told = _choose(client, Actor, actors)
    assert f"Line 3, column name: {SAYS} {typed.key}." in told.content.decode()
    positions = "dossier,key,actor\n" + "".join(
        f"talks,{one.key},turkey\n" for one in Position.objects.order_by("pk")
    )
    told = _choose(client, Position, positions)
    assert [(one.line, one.column) for one in told.context["doubts"]] == [
        (3, "summary"),
        (4, "summary"),
    ]


def test_a_merge_shows_the_typed_summaries_that_stay_before_it_is_done(
    reviewer,  # noqa: F811
    typed,
    an_actor,
):
    an_actor("moscow")
    query = {"do": "merge", "noun": "actor", "kept": "moscow", "other": "russia"}
    html = reviewer.get(reverse("merges:new", args=["talks"], query=query)).content.decode()
    assert "2 sentences that somebody wrote stay as they are." in html
    assert "<bdi>Here RUSSIA backs it.</bdi>" in html
    assert "Russia on “Aid”" not in html
