"""A summary that was made of names follows them, whatever changes them; a typed one stays."""

from copy import copy

import pytest

from astana.actions.merge import merge_actors, merge_issues
from astana.actions.undo import undo
from astana.models import Actor, Issue, Position, Stance
from astana.models.summary import automatic_summary, remade
from astana.models.together import Together

pytestmark = pytest.mark.django_db

MADE = "Russia on “Cease fire”: Supports."


@pytest.fixture
def made(a_position):
    """Return a position whose summary was made, beside one whose summary was typed."""
    a_position(key="typed", summary="It backs the truce.")
    return a_position(key="made", summary=MADE)


def _summaries() -> dict[str, str]:
    return dict(Position.objects.order_by("key").values_list("key", "summary"))


def _is(summary: str) -> None:
    assert _summaries() == {"made": summary, "typed": "It backs the truce."}


def test_it_follows_an_actor_an_issue_and_a_stance_that_are_renamed(made):
    made.actor.name = "Russian Federation"
    made.actor.save()
    _is("Russian Federation on “Cease fire”: Supports.")
    Issue.objects.filter(pk=made.issue_id).update(title="Truce")
    _is("Russian Federation on “Truce”: Supports.")
    stance = Stance.objects.get(pk=made.stance_id)
    stance.label = "For it"
    Stance.objects.bulk_update([stance], ["label"])
    _is("Russian Federation on “Truce”: For it.")
    # Nothing is overwritten in silence, and what was published was not edited.
    made.refresh_from_db()
    past = made.history.order_by("history_id").values_list("summary", flat=True)
    assert [*past][:2] == [MADE, "Russian Federation on “Cease fire”: Supports."]
    assert made.edited_at is None
    # A record that keeps its name moves nothing.
    revision = made.revision
    made.issue.question = "Is there to be one?"
    made.issue.title = "Truce"
    made.issue.save()
    made.refresh_from_db()
    assert made.revision == revision


def test_it_follows_a_table_that_renames_and_one_that_takes_another_stance(made, a_member):
    by = a_member("loader", role="owner")
    was = Actor.objects.get(pk=made.actor_id)
    now = copy(was)
    now.name = "Moscow"
    table = Together(by=by)
    table.change([now], [was])
    table.write()
    _is("Moscow on “Cease fire”: Supports.")
    assert made.history.first().history_user == by

    # Two tables still have the sentence of before: it is made anew each time.
    for stance in ("opposes", "supports"):
        was = Position.objects.get(pk=made.pk)
        now = copy(was)
        now.summary, now.stance = MADE, made.issue.stances.get(slug=stance)
        table = Together(by=by)
        table.change([now], [was])
        table.write()
        _is(f"Moscow on “Cease fire”: {stance.title()}.")


def test_it_follows_merges_and_what_undoes_them(made, an_actor, an_issue, a_member):
    by = a_member("reviewer", role="reviewer")
    merge = merge_actors(kept=an_actor("moscow"), other=made.actor, by=by)
    _is("Moscow on “Cease fire”: Supports.")
    undo(merge=merge, by=by)
    _is(MADE)
    truce = an_issue("truce")
    same = {one.pk: truce.stances.get(slug=one.slug).pk for one in made.issue.stances.all()}
    merge = merge_issues(kept=truce, other=made.issue, stances=same, by=by)
    _is(f"Russia on “{truce.title}”: Supports.")
    undo(merge=merge, by=by)
    _is(MADE)


def test_what_one_types_in_the_form_of_one_that_is_made_is_typed(made):
    own = "Russia on “Cease fire”: only if others keep it."
    made.summary = own
    made.save()
    made.stance = made.issue.stances.get(slug="opposes")
    made.save()
    made.actor.name = "Moscow"
    made.actor.save()
    _is(own)
    # What was made once and is brought back is made of the names of now.
    made.refresh_from_db()
    made.summary = MADE
    made.save()
    _is("Moscow on “Cease fire”: Opposes.")


def test_only_what_would_have_been_made_is_made_anew():
    was, now = ("A", "B", "C"), ("D", "E", "F")
    assert remade("A on “B”: C.", was=was, now=now) == "D on “E”: F."
    assert remade("A on “B”: C!", was=was, now=now) == "A on “B”: C!"
    long = ("A" * 300, "B" * 200, "C" * 120)
    cut = automatic_summary(actor=long[0], issue=long[1], stance=long[2])
    assert remade(cut, was=long, now=now) == "D on “E”: F."


def test_it_follows_what_is_set_back_to_what_was_read_first(made):
    Position.objects.filter(pk=made.pk).update(status="submitted", published_at=None)
    position = Position.objects.get(pk=made.pk)
    first, other = position.stance, Stance.objects.get(issue=position.issue, slug="opposes")
    for stance in (other, first):
        position.stance = stance
        position.save()
    _is(MADE)
