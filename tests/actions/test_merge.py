"""Merging and splitting actors and issues: everything follows, and either can be undone."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from astana.actions import merge as merge_actions
from astana.actions.journal import Refused
from astana.actions.merge import NAMES_AN_ACTOR, merge_actors, merge_issues
from astana.actions.split import split_actor, split_issue
from astana.actions.undo import undo
from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Document,
    Event,
    Issue,
    Link,
    LookedFor,
    Merge,
    Participation,
    Position,
    SavedComparison,
    Signature,
    Stance,
)
from astana.models.merge import now_called
from astana.models.past import NOUNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(a_member):
    return a_member("reviewer", role="reviewer")


@pytest.fixture
def two(a_dossier, an_actor, a_position, reviewer):
    """Return two actors with everything that can name an actor, some of it of both."""
    dossier = a_dossier()
    kept, other = an_actor("russia"), an_actor("rossiya", name="Rossiya")
    an_actor("ministry", part_of=other)
    envoy = an_actor("envoy", kind="person")
    ActorName.objects.create(actor=kept, name="Россия", language="ru")
    ActorName.objects.create(actor=other, name="Россия", language="ru")
    ActorName.objects.create(actor=other, name="Rusland", language="nl")
    Affiliation.objects.create(dossier=dossier, person=envoy, body=kept, role="envoy")
    Affiliation.objects.create(dossier=dossier, person=envoy, body=other, role="envoy")
    Affiliation.objects.create(dossier=dossier, person=other, body=kept, role="itself")
    day = date(2017, 1, 23)
    event = Event.objects.create(dossier=dossier, slug="talks", name="Talks", start=day, end=day)
    document = Document.objects.create(dossier=dossier, slug="text", title="Text", date=day)
    for actor in (kept, other):
        Participation.objects.create(event=event, actor=actor, role="party")
        Signature.objects.create(document=document, actor=actor, status="signed")
    Participation.objects.create(event=event, actor=other, role="host")
    a_position(actor="russia")
    a_position(actor="rossiya")
    a_position(actor="turkey", voice="attributed", attributed_by="rossiya")
    a_position(actor="turkey", speaker=other)
    SavedComparison.objects.create(
        dossier=dossier,
        user=reviewer,
        title="Saved",
        query="actor=rossiya&actor=russia&issue=rossiya&open=rossiya.cease-fire",
    )
    return kept, other


def _everything() -> dict:
    """Return all records by kind, without their revisions."""
    return {
        name: sorted(
            (
                tuple((key, value) for key, value in row.items() if key != "revision")
                for row in model.objects.values()
            ),
            key=str,
        )
        for name, model in NOUNS.items()
    } | {"saved": list(SavedComparison.objects.values_list("pk", "query"))}


def test_nothing_else_names_an_actor():
    named = {
        (relation.related_model, relation.field.name) for relation in Actor._meta.related_objects
    }
    known = {(model, name) for model, names in NAMES_AN_ACTOR.items() for name in names}
    assert named == known


def test_only_positions_and_stances_name_an_issue_or_a_stance():
    named = {
        (relation.related_model.__name__, relation.field.name)
        for model in (Issue, Stance)
        for relation in model._meta.related_objects
    }
    assert named == {
        ("Position", "issue"),
        ("Position", "stance"),
        ("Stance", "issue"),
        ("LookedFor", "issue"),
        ("Examined", "issue"),
    }


def test_everything_that_named_the_other_names_the_one_that_stays(two, reviewer):
    kept, other = two
    merge_actors(kept=kept, other=other, by=reviewer)
    assert not Actor.objects.filter(slug="rossiya").exists()
    assert Position.objects.filter(actor=kept).count() == 2
    assert Position.objects.filter(attributed_by=kept).count() == 1
    assert Position.objects.filter(speaker=kept).count() == 1
    assert set(kept.names.values_list("name", flat=True)) == {"Россия", "Rusland", "Rossiya"}
    assert Affiliation.objects.count() == 1
    assert set(kept.participations.values_list("role", flat=True)) == {"party", "host"}
    assert kept.signatures.count() == 1
    assert Actor.objects.get(slug="ministry").part_of == kept
    saved = SavedComparison.objects.get().query
    assert saved == "actor=russia&issue=rossiya&open=russia.cease-fire"


def test_nothing_dangles_after_a_merge(two, reviewer):
    kept, other = two
    pk = other.pk
    merge_actors(kept=kept, other=other, by=reviewer)
    for model, names in NAMES_AN_ACTOR.items():
        for name in names:
            assert not model.objects.filter(**{name: pk}).exists()


def test_undoing_a_merge_of_actors_brings_everything_back(two, reviewer):
    before = _everything()
    kept, other = two
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert _everything() == before
    merge.refresh_from_db()
    assert merge.undone_by == reviewer
    with pytest.raises(Refused):
        undo(merge=merge, by=reviewer)


def test_a_merge_is_in_the_history_of_what_it_moved(two, reviewer):
    kept, other = two
    position = Position.objects.get(actor=other)
    merge_actors(kept=kept, other=other, by=reviewer)
    assert position.history.first().actor_id == kept.pk
    assert Actor.history.filter(id=other.pk).first().history_type == "-"


def test_two_terms_in_one_role_stay_two(two, reviewer, an_actor, a_dossier):
    kept, other = two
    minister = an_actor("minister", kind="person")
    terms = {"dossier": a_dossier(), "person": minister, "role": "minister"}
    first = Affiliation.objects.create(
        body=kept, start=date(2000, 1, 1), end=date(2004, 1, 1), **terms
    )
    second = Affiliation.objects.create(body=other, start=date(2010, 1, 1), **terms)
    assert "2010-01-01/" in str(second)
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    assert set(minister.affiliations.values_list("pk", "body")) == {
        (first.pk, kept.pk),
        (second.pk, kept.pk),
    }
    undo(merge=merge, by=reviewer)
    assert minister.affiliations.get(pk=second.pk).body.slug == "rossiya"


def test_old_names_lead_on_until_the_merge_is_undone(two, reviewer, a_dossier, an_actor):
    kept, other = two
    first = merge_actors(kept=kept, other=other, by=reviewer)
    third = an_actor("federation")
    second = merge_actors(kept=third, other=kept, by=reviewer)
    asked = {"noun": "actor", "dossier": a_dossier(), "user": reviewer}
    assert now_called("rossiya", **asked) == "federation"
    undo(merge=second, by=reviewer)
    assert now_called("rossiya", **asked) == "russia"
    undo(merge=first, by=reviewer)
    assert now_called("rossiya", **asked) == "rossiya"
    assert now_called("atlantis", **asked) is None


def test_what_was_renamed_leads_on_too(an_actor, a_dossier):
    actor = an_actor("russia")
    actor.slug = "russian-federation"
    actor.save()
    asked = {"noun": "actor", "dossier": a_dossier(), "user": AnonymousUser()}
    assert now_called("russia", **asked) == "russian-federation"


def test_two_merges_are_undone_in_their_order(two, reviewer, an_actor):
    kept, other = two
    first = merge_actors(kept=kept, other=other, by=reviewer)
    merge_actors(kept=an_actor("federation"), other=kept, by=reviewer)
    with pytest.raises(Refused, match="Later changes"):
        undo(merge=first, by=reviewer)


def test_an_undo_is_refused_where_a_later_change_stands_in_the_way(two, reviewer, an_actor):
    kept, other = two
    position = Position.objects.get(actor=other)
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    position.refresh_from_db()
    position.actor = an_actor("iran")
    position.save()
    before = _everything()
    with pytest.raises(Refused, match=position.key):
        undo(merge=merge, by=reviewer)
    assert _everything() == before


def test_an_undo_is_refused_where_the_short_name_is_taken(two, reviewer, an_actor):
    kept, other = two
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    an_actor("rossiya")
    with pytest.raises(Refused, match="short name"):
        undo(merge=merge, by=reviewer)


def test_what_was_deleted_since_does_not_hinder_an_undo(two, reviewer):
    kept, other = two
    position = Position.objects.get(actor=other)
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    position.delete()
    undo(merge=merge, by=reviewer)
    assert Actor.objects.filter(slug="rossiya").exists()


def test_one_that_attributes_to_the_other_is_not_merged_with_it(a_position, reviewer):
    position = a_position(actor="russia", voice="attributed", attributed_by="turkey")
    with pytest.raises(Refused, match=position.key):
        merge_actors(kept=position.actor, other=position.attributed_by, by=reviewer)


def test_a_body_is_not_merged_with_its_whole(an_actor, reviewer):
    whole = an_actor("russia")
    body = an_actor("office", part_of=an_actor("ministry", part_of=whole))
    for kept, other in ((whole, body), (body, whole)):
        with pytest.raises(Refused, match="part of"):
            merge_actors(kept=kept, other=other, by=reviewer)


def test_only_reviewers_merge(two, a_member):
    kept, other = two
    with pytest.raises(PermissionDenied):
        merge_actors(kept=kept, other=other, by=a_member("coder", role="coder"))


def test_actors_of_two_dossiers_are_not_merged(an_actor, a_dossier, reviewer):
    other = an_actor("russia", dossier=a_dossier("congress"))
    with pytest.raises(Refused, match="dossier"):
        merge_actors(kept=an_actor("russia"), other=other, by=reviewer)


@pytest.fixture
def two_issues(an_issue, a_position):
    kept, other = an_issue("cease-fire"), an_issue("truce")
    Stance.objects.create(issue=other, slug="later", label="Only later", order=9)
    a_position(issue="cease-fire")
    for stance in ("supports", "opposes", "later"):
        a_position(issue="truce", stance=stance)
    return kept, other


def _mapped(kept, other, **names):
    known = {stance.slug: stance.pk for stance in kept.stances.all()}
    return {
        stance.pk: known.get(names.get(stance.slug, stance.slug)) for stance in other.stances.all()
    }


def test_positions_take_the_stances_that_the_reviewer_maps(two_issues, reviewer):
    kept, other = two_issues
    stances = _mapped(kept, other, supports="neither")
    merge_issues(kept=kept, other=other, stances=stances, by=reviewer)
    assert not Issue.objects.filter(slug="truce").exists()
    found = sorted(Position.objects.values_list("issue__slug", "stance__slug"))
    assert found == [
        ("cease-fire", "later"),
        ("cease-fire", "neither"),
        ("cease-fire", "opposes"),
        ("cease-fire", "supports"),
    ]
    assert kept.stances.last().label == "Only later"


def test_undoing_a_merge_of_issues_brings_everything_back(two_issues, reviewer):
    before = _everything()
    kept, other = two_issues
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert _everything() == before


def test_a_stance_that_is_not_mapped_stops_the_merge(two_issues, reviewer):
    kept, other = two_issues
    with pytest.raises(Refused, match="stance"):
        merge_issues(kept=kept, other=other, stances={}, by=reviewer)


def test_a_question_of_fact_is_not_merged_with_one_of_preference(an_issue, reviewer):
    with pytest.raises(Refused, match="fact"):
        merge_issues(
            kept=an_issue("truce"), other=an_issue("attack", kind="fact"), stances={}, by=reviewer
        )


def test_an_added_stance_that_is_used_since_stops_the_undo(two_issues, reviewer, a_position):
    kept, other = two_issues
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    a_position(issue="cease-fire", stance="later")
    with pytest.raises(Refused, match="positions"):
        undo(merge=merge, by=reviewer)


def test_a_split_actor_takes_what_was_chosen_and_no_more(two, reviewer):
    _kept, other = two
    before = _everything()
    mine = Position.objects.get(actor=other)
    spoken = Position.objects.get(speaker=other)
    merge = split_actor(
        actor=other,
        name="Rossiya II",
        slug="",
        rows=[("position", mine.pk, "actor"), ("position", spoken.pk, "actor")],
        by=reviewer,
    )
    new = Actor.objects.get(slug="rossiya-ii")
    assert (new.positions.get(), new.kind) == (mine, other.kind)
    assert Position.objects.get(speaker=other) == spoken
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert _everything() == before


def test_a_split_issue_has_the_same_stances(two_issues, reviewer):
    before = _everything()
    _kept, other = two_issues
    moved = other.positions.get(stance__slug="later")
    merge = split_issue(
        issue=other, title="Pause", slug="pause", question="?", positions=[moved.pk], by=reviewer
    )
    new = Issue.objects.get(slug="pause")
    assert list(new.stances.values_list("slug")) == list(other.stances.values_list("slug"))
    moved.refresh_from_db()
    assert (moved.issue, moved.stance.issue, moved.stance.slug) == (new, new, "later")
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert _everything() == before


def test_a_split_actor_has_an_address_whatever_its_script(two, reviewer):
    _kept, other = two
    row = ("position", Position.objects.get(actor=other).pk, "actor")
    split_actor(actor=other, name="روسيا", slug="", rows=[row], by=reviewer)
    assert Actor.objects.get(name="روسيا").slug == "actor"


def test_a_split_that_takes_nothing_is_none(two, reviewer):
    with pytest.raises(Refused, match="Choose"):
        split_actor(actor=two[0], name="Another", slug="another", rows=[], by=reviewer)
    assert not Actor.objects.filter(slug="another").exists()


def test_a_split_is_not_undone_once_the_new_one_is_used(two, reviewer, a_position):
    _kept, other = two
    row = ("position", Position.objects.get(actor=other).pk, "actor")
    merge = split_actor(actor=other, name="New", slug="new", rows=[row], by=reviewer)
    a_position(actor="new")
    with pytest.raises(Refused, match="positions"):
        undo(merge=merge, by=reviewer)


def test_a_crash_in_the_middle_leaves_nothing_half_done(two, reviewer, monkeypatch):
    before = _everything()
    kept, other = two

    def crash(*_args, **_values):
        raise MemoryError

    monkeypatch.setattr(merge_actions, "_rename_in_comparisons", crash)
    with pytest.raises(MemoryError):
        merge_actors(kept=kept, other=other, by=reviewer)
    assert _everything() == before
    assert not Merge.objects.exists()


def test_what_was_looked_for_stays_only_where_both_issues_were(two_issues, a_rendition, reviewer):
    kept, other = two_issues
    both, only_kept, only_other = (
        a_rendition(f"Text {name}.", article=name).article for name in ("both", "kept", "other")
    )
    for article, issue in [(both, kept), (both, other), (only_kept, kept), (only_other, other)]:
        LookedFor.objects.create(article=article, issue=issue)
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    assert [one.article for one in LookedFor.objects.all()] == [both]
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert LookedFor.objects.count() == 4


def test_issues_that_ask_in_different_ways_are_not_merged(two_issues, reviewer):
    kept, other = two_issues
    other.stances.update(value=None)
    Issue.objects.filter(pk=other.pk).update(scale="nominal")
    with pytest.raises(Refused, match="in different ways"):
        merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)


@pytest.mark.parametrize("noun", ["actor", "issue"])
def test_a_split_does_not_part_two_renderings_of_one_utterance(a_position, reviewer, noun):
    fuller, shorter = a_position(), a_position()
    Link.objects.create(position=shorter, kind="same-utterance", to=fuller)
    before = _everything()

    def split(*positions: Position) -> Merge:
        if noun == "actor":
            rows = [("position", one.pk, "actor") for one in positions]
            return split_actor(actor=fuller.actor, name="Next", slug="next", rows=rows, by=reviewer)
        pks = [one.pk for one in positions]
        return split_issue(
            issue=fuller.issue,
            title="Next",
            slug="next",
            question="?",
            positions=pks,
            by=reviewer,
        )

    with pytest.raises(Refused, match=f"{shorter.key} is linked as the same utterance"):
        split(fuller)
    assert _everything() == before
    merge = split(fuller, shorter)
    undo(merge=merge, by=reviewer)
    assert _everything()["position"] == before["position"]


def test_an_undo_does_not_part_two_renderings_that_a_merge_has_joined(two, reviewer):
    kept, other = two
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    joined = Position.objects.filter(actor=kept).order_by("pk")
    link = Link.objects.create(position=joined[1], kind="same-utterance", to=joined[0])
    with pytest.raises(Refused, match="Remove that link first"):
        undo(merge=merge, by=reviewer)
    link.delete()
    undo(merge=merge, by=reviewer)
