"""A curator settles what independent coders made of an article."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from astana.actions import settle
from astana.actions.workflow import WrongStep
from astana.models import Assignment, Notice, Position

pytestmark = pytest.mark.django_db

TEXT = "They met. Russia supports the cease-fire.\n\nTurkey spoke later."


@pytest.fixture
def curator(a_member):
    return a_member("curator", role="reviewer")


@pytest.fixture
def a_round(a_dossier, a_member, a_position, a_rendition, curator):
    """Return a builder of a finished round: one coding of each coder, by name and stance."""

    def build(**stances: str) -> dict[str, Position]:
        rendition = a_rendition(TEXT)
        codings = {}
        for name, stance in stances.items():
            coder = a_member(name, role="coder")
            assignment = Assignment.objects.create(
                dossier=a_dossier(),
                article=rendition.article,
                coder=coder,
                assigned_by=curator,
                is_independent=True,
                finished_at=timezone.now(),
            )
            codings[name] = a_position(
                key=f"of-{name}",
                stance=stance,
                status="submitted",
                coder=coder,
                coded_at=timezone.now(),
                assignment=assignment,
                rendition=rendition,
                quote="supports the cease-fire" if name == "ann" else "Russia supports",
            )
        return codings

    return build


def test_one_coding_is_accepted_in_favour_of_the_others(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    settle.accept(coding=ann, others=[bob], by=curator)
    assert Position.objects.get(pk=ann.pk).public
    bob.refresh_from_db()
    assert (bob.status, bob.settled_by, bob.reviewer) == ("rejected", ann, curator)
    assert ann.key in bob.reason


def test_a_merge_rests_on_the_passages_of_all_and_leaves_the_codings_as_they_were(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    merged = settle.merge(coding=ann, others=[bob], by=curator)
    assert {passage.exact for passage in merged.evidence.all()} == {
        "supports the cease-fire",
        "Russia supports",
    }
    assert merged.public
    for coding in (ann, bob):
        coding.refresh_from_db()
        assert (coding.status, coding.settled_by) == ("rejected", merged)
        assert coding.evidence.count() == 1


def test_a_curator_writes_a_third_one(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    opposes = ann.issue.stances.get(slug="opposes")
    third = settle.write(coding=ann, others=[bob], by=curator, values={"stance": opposes})
    assert (third.stance, third.coder, third.public) == (opposes, curator, True)
    assert set(Position.objects.filter(settled_by=third)) == {ann, bob}


def test_all_codings_can_be_rejected_with_a_reason(a_round, curator):
    codings = list(a_round(ann="supports", bob="neither").values())
    with pytest.raises(WrongStep):
        settle.reject(codings=codings, by=curator, reason="  ")
    settle.reject(codings=codings, by=curator, reason="No statement at all.")
    assert set(Position.objects.values_list("status", flat=True)) == {"rejected"}


def test_nothing_is_decided_before_all_have_finished(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    Assignment.objects.filter(coder=bob.coder).update(finished_at=None)
    with pytest.raises(WrongStep):
        settle.accept(coding=ann, others=[bob], by=curator)
    with pytest.raises(WrongStep):
        settle.settle(article=ann.assignment.article, by=curator)
    assert set(Position.objects.values_list("status", flat=True)) == {"submitted"}


def test_what_was_decided_is_not_decided_again(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    settle.accept(coding=ann, others=[bob], by=curator)
    with pytest.raises(WrongStep):
        settle.accept(coding=bob, others=[], by=curator)


def test_coders_do_not_settle_and_curators_do_not_accept_their_own(a_round, curator, a_dossier):
    ann, bob = a_round(ann="supports", bob="neither").values()
    with pytest.raises(PermissionDenied):
        settle.accept(coding=ann, others=[bob], by=bob.coder)
    ann.coder.membership_set.update(role="reviewer")
    ann.coder.__dict__.pop("_roles", None)
    with pytest.raises(PermissionDenied):
        settle.accept(coding=ann, others=[bob], by=ann.coder)
    assert not Position.objects.filter(status="published").exists()


def test_a_round_is_settled_when_all_is_decided_and_its_coders_are_told(a_round, curator):
    ann, bob = a_round(ann="supports", bob="neither").values()
    with pytest.raises(WrongStep):
        settle.settle(article=ann.assignment.article, by=curator)
    settle.accept(coding=ann, others=[bob], by=curator)
    settle.settle(article=ann.assignment.article, by=curator)
    assert not Assignment.objects.filter(settled_at=None).exists()
    told = Notice.objects.filter(kind="settled").values_list("user__username", flat=True)
    assert sorted(told) == ["ann", "bob"]


def test_a_decision_is_whole_or_not_at_all(a_round, curator, monkeypatch):
    ann, bob = a_round(ann="supports", bob="neither").values()

    def crash(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(settle, "_put_in_place", crash)
    with pytest.raises(RuntimeError):
        settle.merge(coding=ann, others=[bob], by=curator)
    assert set(Position.objects.values_list("key", "status")) == {
        ("of-ann", "submitted"),
        ("of-bob", "submitted"),
    }
