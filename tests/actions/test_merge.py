"""Merging and splitting actors and issues: everything follows, and either can be undone."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from astana.actions import merge as merge_actions
from astana.actions.journal import Refused
from astana.actions.merge import NAMES_AN_ACTOR, merge_actors
from astana.actions.undo import undo
from astana.models import (
    Actor,
    Affiliation,
    Issue,
    Link,
    Merge,
    Position,
    SavedComparison,
    Stance,
)
from astana.models.merge import now_called
from tests.actions.all_there_is import everything

pytestmark = pytest.mark.django_db


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
    before = everything()
    kept, other = two
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert everything() == before
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
    before = everything()
    with pytest.raises(Refused, match=position.key):
        undo(merge=merge, by=reviewer)
    assert everything() == before


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


def test_a_crash_in_the_middle_leaves_nothing_half_done(two, reviewer, monkeypatch):
    before = everything()
    kept, other = two

    def crash(*_args, **_values):
        raise MemoryError

    monkeypatch.setattr(merge_actions, "_rename_in_comparisons", crash)
    with pytest.raises(MemoryError):
        merge_actors(kept=kept, other=other, by=reviewer)
    assert everything() == before
    assert not Merge.objects.exists()


def test_an_undo_does_not_part_two_renderings_that_a_merge_has_joined(two, reviewer):
    kept, other = two
    merge = merge_actors(kept=kept, other=other, by=reviewer)
    joined = Position.objects.filter(actor=kept).order_by("pk")
    link = Link.objects.create(position=joined[1], kind="same-utterance", to=joined[0])
    with pytest.raises(Refused, match="Remove that link first"):
        undo(merge=merge, by=reviewer)
    link.delete()
    undo(merge=merge, by=reviewer)
