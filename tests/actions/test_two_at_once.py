"""Two people at the same moment: one is told, and neither loses what was typed.

On PostgreSQL both really write at once, in threads; SQLite lets one write after the other, so
that there both have read before either writes.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, close_old_connections, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from astana.actions import classes
from astana.actions.journal import Refused
from astana.actions.merge import NAMES_AN_ACTOR, merge_actors
from astana.actions.workflow import WrongStep, publish
from astana.models import Actor, Merge, Notice, Position, Pupil, User
from astana.models.reading_class import MOST_PUPILS
from astana.models.revised import StaleRecord
from tests.a_class import a_class
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment; return what each gave back, or what it raised."""
    done: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, *, waits: bool) -> None:
        try:
            if waits:
                close_old_connections()
                start.wait(timeout=30)
            done[number] = acts[number]()
        except (StaleRecord, WrongStep, Refused, classes.Refused) as error:
            done[number] = error
        finally:
            if waits:
                connections.close_all()

    if connection.vendor != "postgresql":
        for number in range(len(acts)):
            run(number, waits=False)
        return done
    threads = [
        threading.Thread(target=run, args=(number,), kwargs={"waits": True})
        for number in range(len(acts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return done


def _is_error(result: object) -> bool:
    return isinstance(result, Exception)


@pytest.fixture
def submitted(a_position, a_member):
    return a_position(
        status="submitted", coder=a_member("coder", role="coder"), coded_at=timezone.now()
    )


def test_two_who_save_a_position_at_once(submitted):
    readers = [Position.objects.get(), Position.objects.get()]
    for number, position in enumerate(readers):
        position.summary = f"Words of person {number}."
    done = _at_once(*(position.save for position in readers))
    [loser] = [number for number, result in enumerate(done) if _is_error(result)]
    stored = Position.objects.get()
    assert stored.summary == f"Words of person {1 - loser}."
    assert readers[loser].summary == f"Words of person {loser}."
    assert stored.history.filter(history_type="~").count() == 1


def test_two_who_send_a_form_at_once_and_neither_loses_text(submitted):
    address = admin_url(Position, "change", submitted.pk)
    clients = []
    for number in range(2):
        client = Client()
        client.force_login(User.objects.create_superuser(f"root-{number}"))
        page = client.get(address)
        form = page.context["adminform"].form
        data = {field.html_name: field.value() for field in form if field.value() is not None}
        for inline in page.context["inline_admin_formsets"]:
            management = inline.formset.management_form
            data |= {field.html_name: field.value() for field in management}
        data["summary"] = f"Words of person {number}."
        clients.append((client, data))
    done = _at_once(*(lambda c=client, d=data: c.post(address, d) for client, data in clients))
    assert sorted(response.status_code for response in done) == [200, 302]
    loser = next(number for number, response in enumerate(done) if response.status_code == 200)
    html = done[loser].content.decode()
    assert f"Words of person {loser}." in html
    assert f"Words of person {1 - loser}." in html
    assert Position.objects.get().summary == f"Words of person {1 - loser}."


def test_two_who_publish_at_once(submitted, a_member):
    reviewers = [a_member(f"reviewer-{number}", role="reviewer") for number in range(2)]
    seen = [Position.objects.select_related("dossier", "coder").get() for _ in reviewers]
    done = _at_once(
        *(
            lambda p=position, r=reviewer: publish(position=p, by=r)
            for position, reviewer in zip(seen, reviewers, strict=True)
        )
    )
    [loser] = [number for number, result in enumerate(done) if _is_error(result)]
    stored = Position.objects.get()
    assert (stored.status, stored.reviewer) == ("published", reviewers[1 - loser])
    assert Notice.objects.filter(kind="published").count() == 1


def test_two_who_merge_the_same_actors_in_opposite_ways_at_once(a_position, a_member):
    one, other = a_position(actor="russia").actor, a_position(actor="rossiya").actor
    reviewers = [a_member(f"reviewer-{number}", role="reviewer") for number in range(2)]
    done = _at_once(
        lambda: merge_actors(kept=one, other=other, by=reviewers[0]),
        lambda: merge_actors(kept=other, other=one, by=reviewers[1]),
    )
    assert sorted(map(_is_error, done)) == [False, True]
    left = Actor.objects.get()
    assert Merge.objects.get().kept == left.slug
    assert left.positions.count() == 2
    for model, names in NAMES_AN_ACTOR.items():
        for name in names:
            named = model.objects.exclude(**{f"{name}__isnull": True})
            assert not named.exclude(**{name: left}).exists()


def test_who_names_an_actor_while_it_is_merged_away_is_told(a_position, a_member, an_issue):
    one, other = a_position(actor="russia").actor, a_position(actor="rossiya").actor
    speaker = a_position(actor="turkey")
    reviewer = a_member("reviewer", role="reviewer")
    seen = Position.objects.get(pk=speaker.pk)
    seen.speaker = other

    def name_it() -> object:
        try:
            with transaction.atomic():
                seen.save()
        except IntegrityError as error:
            return error
        return None

    _at_once(lambda: merge_actors(kept=one, other=other, by=reviewer), name_it)
    # Whoever came first, nothing names what is gone.
    for position in Position.objects.all():
        assert position.speaker_id is None or Actor.objects.filter(pk=position.speaker_id).exists()


def test_two_pupils_who_send_at_once_do_not_share_the_last_place_in_a_class(a_dossier, a_position):
    a_position()
    group = a_class(a_dossier(), user=User.objects.create_user("teacher"))
    Pupil.objects.bulk_create(
        Pupil(group=group, token=str(number)) for number in range(MOST_PUPILS - 1)
    )
    done = _at_once(
        *(
            lambda t=token: classes.send_guesses(group=group, token=t, guesses={"A": "russia"})
            for token in ("one", "other")
        )
    )
    assert sorted(map(_is_error, done)) == [False, True]
    assert Pupil.objects.count() == MOST_PUPILS
