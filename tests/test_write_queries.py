"""What a write asks the database, from the request to the redirect: nothing that is not shown.

Savepoints and the ends of a transaction count: each is a way to the database and back.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from astana.actions.workflow import publish, reject, submit
from astana.models import Position
from astana.models.process_cache import cache
from astana.models.search import SearchEntry

pytestmark = pytest.mark.django_db(transaction=True)

CHOICES = ("astana_event", "astana_document")


@pytest.fixture
def asked(client):
    """Return what a request asks that ends in a redirect, with nothing in the process's memory."""

    def ask(address: str, sent: dict) -> list[str]:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address, sent).status_code == 302
        return [query["sql"] for query in queries]

    return ask


@pytest.fixture
def coding(client, a_member, a_rendition, an_issue, an_actor):
    """What a coder sends who saves a passage, and where to."""
    client.force_login(a_member("coder", role="coder"))
    text = a_rendition()
    an_issue()
    an_actor()
    sent = {
        "rendition": text.pk,
        "start": 0,
        "end": 9,
        "actor": "Russia",
        "issue": "cease-fire",
        "stance": "supports",
        "voice": "reported-speech",
        "said": "2017-01-25",
        "do": "save",
    }
    return reverse("codings:article", args=["talks", text.article.slug]), sent


def test_saving_a_coding_asks_little(asked, coding):
    assert len(asked(*coding)) <= 25


def test_saving_a_coding_reads_no_choices_that_nobody_sees(asked, coding):
    queries = asked(*coding)
    assert not [sql for sql in queries for table in CHOICES if f'FROM "{table}"' in sql]


def test_adding_a_passage_and_changing_a_position_ask_little(asked, coding):
    address, sent = coding
    asked(address, sent)
    position = Position.objects.get()
    place = {"do": "add", "start": 10, "end": 16, "position": position.key}
    assert len(asked(address, sent | place)) <= 15
    edit = reverse("codings:edit", args=["talks", position.key])
    assert len(asked(edit, sent | {"revision": position.revision, "summary": "Else."})) <= 24


def test_publishing_asks_little_and_counts_no_facets(client, asked, a_position, a_member):
    coder = a_member("coder", role="coder")
    first, second = (
        a_position(status="submitted", coder=coder, coded_at=timezone.now()) for _ in range(2)
    )
    client.force_login(a_member("reviewer", role="reviewer"))
    address = reverse("review:decide", args=["talks", first.key])
    queries = asked(address, {"decision": "publish", "revision": first.revision})
    assert not [sql for sql in queries if 'FROM "astana_issue"' in sql]
    # Fifteen, and the end of the transaction.
    assert len(queries) <= 16
    assert Position.objects.get(pk=second.pk).status == "submitted"


def test_a_position_is_found_while_it_is_published_whatever_one_object_went_through(
    a_position, a_member, client
):
    coder, reviewer = a_member("coder", role="coder"), a_member("reviewer", role="reviewer")
    position = a_position(status="draft", coder=coder, coded_at=timezone.now(), summary="A truce.")

    def finds() -> bool:
        return SearchEntry.objects.filter(kind="position", record=position.pk).exists()

    submit(position=position, by=coder)
    assert not finds()
    publish(position=position, by=reviewer)
    assert finds()
    reject(position=position, by=reviewer, reason="Not said.")
    assert not finds()
    position.delete()
    assert not finds()
