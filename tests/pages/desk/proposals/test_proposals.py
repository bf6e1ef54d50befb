"""What coders add is a proposal where the dossier says so, and a reviewer decides on it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from astana.actions import merge as merging
from astana.actions import proposals, settle, workflow
from astana.actions.additions import add
from astana.actions.assign import assign
from astana.actions.coding import NewActor, NewDocument, NewEvent, NewIssue, NewStance
from astana.actions.journal import Refused
from astana.actions.undo import undo
from astana.actions.workflow import WrongStep
from astana.models import (
    Actor,
    ActorName,
    Dossier,
    Event,
    Issue,
    Membership,
    Merge,
    Position,
    Stance,
    User,
)
from astana.models.proposals import proposals_waiting
from tests.pages.rows import words_of
from tests.test_pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(a_dossier) -> Dossier:
    """A dossier in which what coders add is a proposal."""
    return a_dossier(additions_are_proposed=True)


@pytest.fixture
def team(dossier, a_member):
    roles = {"cora": "coder", "carl": "coder", "rita": "reviewer", "olga": "owner"}
    return {name: a_member(name, role=role) for name, role in roles.items()}


@pytest.fixture
def proposed(dossier, team):
    """Return what adds something as a coder."""

    def propose(new, *, within=None, under=None, by="cora"):
        return add(new, within=within or dossier, by=team[by], under=under)

    return propose


@pytest.fixture
def coded(dossier, team, a_position, a_rendition):
    """Return what gives a submitted position of a coder that names some records."""

    def code(**named) -> Position:
        position = a_position(
            dossier=dossier,
            status="submitted",
            coder=team["cora"],
            coded_at="2017-02-01T00:00Z",
            quote="They met.",
            rendition=a_rendition(article=f"article-{Position.objects.count()}", dossier=dossier),
        )
        Position.objects.filter(pk=position.pk).update(**named)
        return Position.objects.get(pk=position.pk)

    return code


def _decide(client, record, user, **given):
    client.force_login(user)
    noun = record._meta.model_name
    address = reverse("proposals:decide", args=[record.belongs_to().slug, noun, record.pk])
    record.refresh_from_db()
    return client.post(address, {"revision": record.revision} | given)


def _new_event(name="Third round", day=date(2017, 3, 14)) -> NewEvent:
    return NewEvent(name, day, day)


def test_a_coders_addition_waits_and_a_reviewers_does_not(dossier, proposed, an_issue):
    assert proposed(_new_event()).proposed
    assert not proposed(_new_event("Fourth round"), by="rita").proposed
    Dossier.objects.update(additions_are_proposed=False)
    dossier.refresh_from_db()
    assert not proposed(NewStance("Only later"), within=an_issue()).proposed


def test_the_queue_shows_each_with_where_it_is_used_and_what_is_called_alike(
    client, dossier, team, proposed, coded, an_actor, an_issue
):
    an_actor("mohammad-alloush", name="Mohammad Alloush", kind="person", dossier=dossier)
    proposed(NewIssue("Prisoners", "Should prisoners be exchanged?"))
    proposed(NewStance("Only at night"), within=an_issue(dossier=dossier))
    person = proposed(NewActor("Muhammad Aloush", "person"))
    proposed(NewDocument("Terms", date(2017, 2, 16)))
    event = proposed(_new_event())
    position = coded(event=event, speaker=person)
    client.force_login(team["rita"])
    desk = client.get(f"/dossiers/{dossier.slug}/review/")
    assert "Proposals 5" in words_of(desk)
    address = f"/dossiers/{dossier.slug}/proposals/"
    told = words_of(client.get(address))
    assert "5 proposals by coders are waiting" in told
    assert "Merge into Mohammad Alloush" in told
    assert f"Named by {position.key}" in told
    assert "14 Mar 2017" in told
    assert "On “Cease fire”, off the scale" in told
    asked = len(queries_of(client, address))
    for number in range(3):
        proposed(NewActor(f"Front {number}", "party"))
        proposed(NewStance(f"Only on day {number}"), within=an_issue(dossier=dossier))
        proposed(NewIssue(f"Convoy {number}", "What of it?"))
    assert len(queries_of(client, address)) == asked
    client.force_login(team["cora"])
    assert client.get(address).status_code == 403


def test_accepting_leaves_it_at_the_desk_until_something_published_names_it(
    client, team, proposed, coded
):
    event = proposed(_new_event())
    position = coded(event=event)
    assert _decide(client, event, team["rita"], do="accept").status_code == 302
    event.refresh_from_db()
    assert (event.proposed, event.public) == (False, False)
    assert "decided on it in the meantime" in words_of(
        _decide(client, event, team["olga"], do="accept")
    )
    workflow.publish(position=Position.objects.get(pk=position.pk), by=team["rita"])
    event.refresh_from_db()
    assert event.public


def test_a_new_name_is_asked_about_once_where_a_typed_summary_says_the_old_one(
    client, team, proposed, coded
):
    actor = proposed(NewActor("Northern Front", "armed-group"))
    position = coded(actor=actor, summary="The northern front agrees.")
    asked = _decide(client, actor, team["rita"], do="rename", name="Front of the North")
    assert asked.status_code == 422
    told = f"says “Northern Front”, and stays as it is: {position.key}."
    assert told in words_of(asked)
    assert 'name="told" value="Front of the North"' in asked.content.decode()
    answer = {"do": "rename", "name": "Front of the North", "told": "Front of the North"}
    assert _decide(client, actor, team["rita"], **answer).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.proposed) == ("Front of the North", False)


def test_renaming_accepts_under_a_name_that_no_other_issue_or_stance_has(
    client, team, proposed, an_issue, dossier
):
    issue = an_issue(dossier=dossier)
    stance = proposed(NewStance("only nightly"), within=issue)
    taken = _decide(client, stance, team["rita"], do="rename", name="SUPPORTS")
    assert taken.status_code == 422
    assert "There is already one with this name" in words_of(taken)
    assert _decide(client, stance, team["rita"], do="rename", name="").status_code == 422
    assert _decide(client, stance, team["rita"], do="rename", name=" Only  at night ")
    stance.refresh_from_db()
    assert (stance.label, stance.proposed) == ("Only at night", False)


def test_merging_lets_what_is_there_stand_for_it_and_can_be_undone(
    client, team, proposed, coded, an_actor, an_issue, dossier
):
    known = an_actor("alloush", name="Mohammad Alloush", kind="person", dossier=dossier)
    person = proposed(NewActor("Muhammad Aloush", "person"))
    meeting = Event.objects.create(
        dossier=dossier, slug="third", name="Third Astana round", start="2017-03-14",
        end="2017-03-15",
    )  # fmt: skip
    event = proposed(_new_event())
    issue = an_issue(dossier=dossier)
    stance = proposed(NewStance("Support"), within=issue)
    position = coded(event=event, speaker=person, stance=stance)
    assert _decide(client, person, team["rita"], near="alloush").status_code == 302
    assert _decide(client, event, team["rita"], do="merge", into="nobody").status_code == 422
    assert _decide(client, event, team["rita"], do="merge", into=meeting.name).status_code == 302
    assert _decide(client, stance, team["rita"], near="supports").status_code == 302
    position.refresh_from_db()
    assert (position.speaker, position.event) == (known, meeting)
    assert position.stance.slug == "supports"
    # The other spelling is a further name from now on.
    assert ActorName.objects.get(actor=known).name == "Muhammad Aloush"
    assert f"The event {event.name} was merged into Third Astana round." in words_of(
        client.get(f"/dossiers/{dossier.slug}/merges/")
    )
    for one in Merge.objects.order_by("-pk"):
        undo(merge=one, by=team["rita"])
    position.refresh_from_db()
    assert (position.event.name, position.event.proposed) == ("Third round", True)
    assert position.speaker.name == "Muhammad Aloush"
    assert position.stance.label == "Support"


def test_stances_of_a_merged_issue_go_into_those_of_their_name_or_are_proposed_anew(
    client, team, proposed, coded, an_issue, dossier
):
    known = an_issue("truce", dossier=dossier, kind="fact", scale="nominal")
    known.stances.update(value=None)
    new = proposed(NewIssue("Truces", "What of truces?"))
    like = proposed(NewStance("supports"), within=new)
    other = proposed(NewStance("Only in the north"), within=new)
    first, second = coded(issue=new, stance=like), coded(issue=new, stance=other)
    assert _decide(client, new, team["rita"], near="truce").status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert first.stance == known.stances.get(slug="supports")
    assert second.stance.issue == known
    assert (second.stance.proposed, second.stance.public) == (True, False)
    assert not Issue.objects.filter(pk=new.pk).exists()


def test_nothing_is_published_that_names_a_proposal_unless_the_reviewer_accepts_it(
    client, team, proposed, coded, an_issue, dossier
):
    issue = proposed(NewIssue("Prisoners", "Should prisoners be exchanged?"))
    stance = proposed(NewStance("Wants it", 1), within=issue)
    position = coded(issue=issue, stance=stance)
    with pytest.raises(WrongStep, match="Only proposed so far: “"):
        workflow.publish(position=position, by=team["rita"])
    # Nor does what is published come to name one.
    public = coded()
    workflow.publish(position=public, by=team["rita"])
    public.event = proposed(_new_event())
    with pytest.raises(Exception, match="Only proposed"):
        public.full_clean()
    client.force_login(team["rita"])
    queue = client.get(f"/dossiers/{dossier.slug}/review/?position={position.key}")
    assert "Publishing accepts it: Prisoners (issue)." in words_of(queue).replace(" .", ".")
    form = {"decision": "publish", "revision": Position.objects.get(pk=position.pk).revision}
    address = reverse("review:decide", args=[dossier.slug, position.key])
    assert client.post(address, form).status_code == 409
    together = {"chosen": f"{position.key}.{form['revision']}", "step": "publish"}
    told = client.post(f"/dossiers/{dossier.slug}/review/", together, follow=True)
    assert "Only proposed so far" in words_of(told)
    seen = queue.context["coded"]["accepts"]
    assert client.post(address, form | {"accepts": seen}).status_code == 302
    issue.refresh_from_db(), stance.refresh_from_db()
    assert (issue.public, issue.proposed) == (stance.public, stance.proposed) == (True, False)


def test_a_round_is_settled_with_nothing_that_is_only_proposed(
    team, proposed, coded, dossier, a_rendition
):
    article = a_rendition(dossier=dossier).article
    coders = [team["cora"], team["carl"]]
    assign(dossier=dossier, articles=[article], coders=coders, is_independent=True, by=team["olga"])
    article.assignments.update(finished_at="2017-02-02T00:00Z")
    event = proposed(_new_event(), under=article.assignments.get(coder=team["cora"]).pk)
    codings = [
        coded(event=event, assignment=one, coder=one.coder) for one in article.assignments.all()
    ]

    def settled(act) -> Position:
        first, *others = Position.objects.filter(pk__in=[one.pk for one in codings])
        return act(coding=first, others=others, by=team["rita"])

    for act in (settle.accept, settle.merge):
        with pytest.raises(WrongStep, match="Only proposed so far: “Third round”"):
            settled(act)
    proposals.accept(proposal=event, by=team["rita"])
    assert Event.objects.get(pk=settled(settle.merge).event_id).public


def test_only_reviewers_decide_and_not_on_what_a_round_hides_from_them(
    client, team, proposed, dossier, a_rendition
):
    article = a_rendition(dossier=dossier).article
    coders = [team[name] for name in ("cora", "carl", "rita")]
    assign(dossier=dossier, articles=[article], coders=coders, is_independent=True, by=team["olga"])
    under = article.assignments.get(coder=team["cora"]).pk
    event = proposed(_new_event(), under=under)
    for name in ("cora", "carl"):
        assert _decide(client, event, team[name], do="accept").status_code == 403
    assert _decide(client, event, team["rita"], do="accept").status_code == 404
    page = f"/dossiers/{dossier.slug}/proposals/"
    assert "Third round" not in words_of(client.get(page))
    assert "Proposals 0" in words_of(client.get(page))
    client.force_login(team["olga"])
    assert "Third round" in words_of(client.get(page))
    both = team["rita"], team["olga"]
    assert [proposals_waiting(dossier, user=user) for user in both] == [0, 1]
    article.assignments.update(finished_at=timezone.now())
    assert [proposals_waiting(dossier, user=user) for user in both] == [1, 1]


def test_what_waits_is_counted_for_each_dossier(proposed, team, dossier, a_dossier):
    other = a_dossier("other")
    Membership.objects.create(dossier=other, user=team["olga"], role="owner")
    proposed(_new_event())
    olga = User.objects.get(pk=team["olga"].pk)
    assert [proposals_waiting(one, user=olga) for one in (dossier, other, dossier)] == [1, 0, 1]
    Membership.objects.filter(user=olga).update(role="reader")
    assert proposals_waiting(dossier, user=User.objects.get(pk=olga.pk)) == 0


def test_two_who_propose_the_same_at_once_propose_one(proposed, an_issue, dossier):
    issue = an_issue(dossier=dossier)
    for new, within in (
        (NewIssue("Prisoners", "What of them?"), None),
        (NewStance("Only at night"), issue),
        (NewActor("Free Front", "party"), None),
        (_new_event(), None),
        (NewDocument("Terms", date(2017, 2, 16)), None),
    ):
        first = proposed(new, within=within)
        assert proposed(new, within=within, by="carl") == first
    assert Stance.objects.filter(label="Only at night").count() == 1
    assert Actor.objects.filter(name="Free Front").count() == 1


def test_a_proposal_takes_nothing_public_into_itself(proposed, team, an_actor, dossier):
    known = an_actor("alloush", name="Alloush", kind="person", dossier=dossier)
    person = proposed(NewActor("Muhammad Aloush", "person"))
    with pytest.raises(Refused, match="Only proposed"):
        merging.merge_actors(kept=person, other=known, by=team["rita"])
    proposals.accept(proposal=person, by=team["rita"])
    assert merging.merge_actors(kept=Actor.objects.get(pk=person.pk), other=known, by=team["rita"])
