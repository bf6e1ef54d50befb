"""What a position, an issue and a link cannot say, and in which words that is refused."""

import pytest
from django.core.exceptions import ValidationError

from astana.models import Event, Examined, Link, LookedFor

pytestmark = pytest.mark.django_db


def refusal(record) -> dict[str, list[str]]:
    """Return what is said of a record, by field."""
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


@pytest.fixture
def an_event(a_dossier):
    """Return a builder of events of a day."""

    def build(slug: str = "astana-1", *, dossier=None) -> Event:
        days = {"start": "2017-01-23", "end": "2017-01-24"}
        return Event.objects.create(
            dossier=dossier or a_dossier(), slug=slug, name=slug.title(), **days
        )

    return build


def test_a_nominal_issue_has_no_values(an_issue):
    issue = an_issue()
    issue.scale = "nominal"
    assert "Empty the values" in refusal(issue)["scale"][0]
    issue.stances.update(value=None)
    issue.full_clean()
    issue.save()
    stance = issue.stances.first()
    stance.value = 1
    assert "Leave the value empty" in refusal(stance)["value"][0]


def test_yes_or_no_has_two_ends_and_nothing_between(an_issue):
    issue = an_issue()
    issue.stances.filter(value=0).update(value="0.5")
    issue.scale = "yes-no"
    assert "between yes (1) and no (-1)" in refusal(issue)["scale"][0]
    issue.stances.filter(value="0.5").update(value=None)
    issue.full_clean()
    stance = issue.stances.first()
    stance.issue, stance.value = issue, "-0.5"
    assert "write 1 or -1" in refusal(stance)["value"][0]


def test_only_a_fact_is_asked_of_an_event_of_its_dossier(an_issue, an_event, a_dossier):
    issue = an_issue()
    issue.event = an_event()
    assert "Only a disputed fact" in str(refusal(issue))
    issue.kind = "fact"
    issue.full_clean()
    issue.per_event = True
    assert "not both" in str(refusal(issue))
    issue.per_event, issue.event = False, an_event("vienna", dossier=a_dossier("other"))
    assert refusal(issue)["event"] == ["Choose an event of the same dossier."]


def test_a_question_of_each_event_needs_an_event_of_every_position(a_position, an_event):
    position = a_position()
    issue = position.issue
    issue.kind, issue.per_event = "fact", True
    assert f"Position {position.key} names no event" in refusal(issue)["per_event"][0]
    position.event = an_event()
    position.save()
    issue.full_clean()
    issue.save()
    position.event = None
    assert "Say which event" in refusal(position)["event"][0]


def test_what_was_held_after_the_day_of_the_article_is_refused(a_position, a_rendition):
    text = a_rendition("Russia is for the cease-fire.")
    position = a_position(said="2017-01-24", rendition=text, quote="for the cease-fire")
    article = position.evidence.get().rendition.article
    position.held = str(article.published.year + 1)
    assert f"The article was published on {article.published}" in refusal(position)["held"][0]
    position.held = "2003"
    position.full_clean(exclude=["reviewer", "coder"])
    position.held = "the year before"
    assert "This is not a date" in refusal(position)["held"][0]


def test_authority_is_of_who_attributes_it(a_position):
    position = a_position(voice="act")
    position.authority = "for-actor"
    assert "choose the voice" in str(refusal(position))


def test_a_position_is_not_linked_to_itself(a_position):
    position = a_position()
    assert "cannot be linked to itself" in str(
        refusal(Link(position=position, kind="repeats", to=position))
    )


def test_one_utterance_is_of_one_actor_on_one_issue(a_position):
    link = Link(position=a_position(), kind="same-utterance", to=a_position(actor="turkey"))
    assert "One utterance is by one actor on one issue" in refusal(link)["to"][0]
    link.kind = "answers"
    link.full_clean()


def test_renderings_of_an_utterance_never_lead_in_a_circle(a_position):
    first, second, third = a_position(), a_position(), a_position()
    Link.objects.create(position=second, kind="same-utterance", to=first)
    back = Link(position=first, kind="same-utterance", to=second)
    assert f"the same utterance as {first.key}" in refusal(back)["to"][0]
    onward = Link(position=first, kind="same-utterance", to=third)
    assert "Link them again" in refusal(onward)["position"][0]
    Link(position=third, kind="same-utterance", to=first).full_clean()


def test_renderings_of_an_utterance_are_not_edited_apart(a_position, an_actor, an_issue):
    fuller, shorter = a_position(key="p701"), a_position(key="p702")
    Link.objects.create(position=shorter, kind="same-utterance", to=fuller)
    for position in (fuller, shorter):
        position.actor = an_actor("turkey")
        assert refusal(position)["actor"] == [
            "p702 is linked as the same utterance as p701, and one utterance is by one actor on "
            "one issue. Remove that link first."
        ]
        position.refresh_from_db()
        position.issue = an_issue("borders")
        position.stance = position.issue.stances.first()
        assert "Remove that link first" in refusal(position)["issue"][0]
        position.refresh_from_db()
        position.summary = "In other words."
        position.full_clean()


def test_a_position_with_any_other_link_may_be_edited_to_another_issue(a_position, an_issue):
    here, there = a_position(), a_position()
    Link.objects.create(position=here, kind="answers", to=there)
    here.issue = an_issue("borders")
    here.stance = here.issue.stances.first()
    here.full_clean()


def test_a_link_to_what_is_not_published_is_not_for_readers(a_position, a_member):
    draft = a_position(status="draft")
    Link.objects.create(position=a_position(), kind="repeats", to=draft)
    member = a_member()
    assert not Link.objects.visible_to(member).exists()
    draft.status = "published"
    draft.save()
    assert Link.objects.visible_to(member).count() == 1


def test_what_was_looked_for_is_of_the_same_dossier(a_rendition, an_issue, a_dossier):
    article = a_rendition("No more is said.").article
    other = an_issue("oil", dossier=a_dossier("other"))
    said = refusal(LookedFor(article=article, issue=other))
    assert said == {"issue": ["Choose one of the same dossier."]}


def test_a_document_is_examined_for_issues_of_its_dossier(a_dossier, an_issue):
    document = a_dossier().documents.create(slug="note", title="Note", date="2017-01-24")
    other = an_issue("oil", dossier=a_dossier("other"))
    said = refusal(Examined(document=document, issue=other))
    assert said == {"issue": ["Choose one of the same dossier."]}
