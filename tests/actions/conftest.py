"""Two actors and two issues to be merged or split, and who does it."""

from datetime import date

import pytest

from astana.models import (
    ActorName,
    Affiliation,
    Document,
    Event,
    Participation,
    SavedComparison,
    Signature,
    Stance,
)


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


@pytest.fixture
def two_issues(an_issue, a_position):
    kept, other = an_issue("cease-fire"), an_issue("truce")
    Stance.objects.create(issue=other, slug="later", label="Only later", order=9)
    a_position(issue="cease-fire")
    for stance in ("supports", "opposes", "later"):
        a_position(issue="truce", stance=stance)
    return kept, other
