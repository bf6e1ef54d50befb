"""Who took part, who signed and who belonged where: always actors of the same dossier."""

from datetime import date

import pytest

from astana.models import Affiliation, Document, Event
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send


@pytest.fixture
def an_event(a_dossier):
    return Event.objects.create(
        dossier=a_dossier(),
        slug="talks",
        name="Talks",
        start=date(2017, 1, 23),
        end=date(2017, 1, 24),
    )


def test_participants_are_of_the_dossier(desk, an_event, an_actor, a_dossier):
    address = admin_url(Event, "change", an_event.pk)
    values = {"participations-TOTAL_FORMS": 1, "participations-0-role": "host"}
    foreign = an_actor("foreign", dossier=a_dossier("other"))
    response = send(desk, address, **values, **{"participations-0-actor": foreign})
    assert "Choose one of the same dossier." in errors_of(response)
    response = send(desk, address, **values, **{"participations-0-actor": an_actor()})
    assert response.status_code == 302, errors_of(response)
    assert an_event.participations.get().role == "host"


def test_an_event_ends_after_it_starts(desk, an_event):
    response = send(desk, admin_url(Event, "change", an_event.pk), end="2017-01-01")
    assert "The event ends before it starts." in errors_of(response)


def test_signatories_are_of_the_dossier(desk, an_actor, a_dossier):
    values = {
        "dossier": a_dossier(),
        "title": "Joint statement",
        "slug": "joint-statement",
        "date": "2017-01-24",
        "signatures-TOTAL_FORMS": 1,
        "signatures-0-status": "signed",
    }
    foreign = an_actor("foreign", dossier=a_dossier("other"))
    address = admin_url(Document, "add")
    response = send(desk, address, **values, **{"signatures-0-actor": foreign})
    assert "Choose one of the same dossier." in errors_of(response)
    response = send(desk, address, **values, **{"signatures-0-actor": an_actor()})
    assert response.status_code == 302, errors_of(response)


def test_a_document_is_of_an_event_of_its_dossier(desk, an_event, a_dossier):
    response = send(
        desk,
        admin_url(Document, "add"),
        dossier=a_dossier("other"),
        title="Joint statement",
        slug="joint-statement",
        date="2017-01-24",
        event=an_event,
    )
    assert "Choose one of the same dossier." in errors_of(response)


def test_persons_and_bodies_are_of_the_dossier(desk, an_actor, a_dossier):
    values = {"dossier": a_dossier(), "person": an_actor("minister"), "role": "minister"}
    foreign = an_actor("foreign", dossier=a_dossier("other"))
    address = admin_url(Affiliation, "add")
    assert "Choose one of the same dossier." in errors_of(
        send(desk, address, **values, body=foreign)
    )
    response = send(desk, address, **values, body=an_actor("ministry"))
    assert response.status_code == 302, errors_of(response)
