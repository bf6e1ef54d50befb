"""Every page of the admin answers, and asks as many queries of a large dossier as of a small."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astana.admin.record import RecordAdmin
from astana.models import (
    Actor,
    Anchor,
    Article,
    Assignment,
    Challenge,
    Comment,
    Document,
    Dossier,
    Event,
    Import,
    Invitation,
    Issue,
    Membership,
    Merge,
    Notice,
    Position,
    Rendition,
    SavedComparison,
    User,
)
from astana.models.record import Record
from tests.admin.conftest import admin_url

MODELS = [model for model in admin.site._registry if model is not Group]
# Anchors are made by attaching a text, saved comparisons on the compare page, and all that the
# desk keeps at the desk.
LOGS = [Anchor, SavedComparison, Assignment, Challenge, Comment, Import, Invitation, Merge, Notice]
ENTERED = [model for model in MODELS if model not in LOGS]

# Session, account and savepoints, a count, the rows, the choices of the filters and the days.
MOST_QUERIES = 16


def _queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, response.content[:2000]
    return [query["sql"] for query in captured]


def _name(model) -> str:
    return model._meta.model_name


def test_every_noun_can_be_entered():
    records = {model for model in apps.get_models() if issubclass(model, Record)}
    nouns = {model for model in records if model in admin.site._registry}
    parts = {inline.model for noun in admin.site._registry.values() for inline in noun.inlines}
    assert nouns | parts >= records


def _pages() -> dict[str, str]:
    """Return the addresses of each model's list, empty form, and form of the record made last."""
    lists = {f"list of {_name(model)}": admin_url(model, "changelist") for model in MODELS}
    empty = {f"new {_name(model)}": admin_url(model, "add") for model in ENTERED}
    last = {model: model._default_manager.order_by("-pk").first().pk for model in MODELS}
    return (
        lists | empty | {_name(model): admin_url(model, "change", last[model]) for model in MODELS}
    )


def test_a_page_asks_as_many_queries_of_many_rows(desk, a_full_dossier):
    # Both dossiers are made once for all pages: they take longer than the pages.
    a_full_dossier("small", size=2)
    addresses = _pages()
    # What Django asks once for each process is asked now.
    ContentType.objects.get_for_models(*apps.get_models())
    desk.get(addresses["position"])
    small = {name: _queries(desk, address) for name, address in addresses.items()}
    a_full_dossier("large", size=9)
    large = {name: _queries(desk, address) for name, address in addresses.items()}
    many = {name: found for name, found in large.items() if len(found) > MOST_QUERIES}
    assert many == {}
    # An empty form may ask less: what it offers is not looked up where there is too much of it.
    grown = {
        name: found
        for name, found in large.items()
        if len(found) > len(small[name])
        or (len(found) < len(small[name]) and not name.startswith("new "))
    }
    assert grown == {}


def _add_part(whole, number: int, *, an_actor) -> None:
    """Give a record one more of what is entered within its form."""
    match whole:
        case Actor():
            whole.names.create(name=f"Alias {number}", language="en")
        case Article():
            whole.renditions.create(
                kind="full", version=number, text="Words.", sha256=number, characters=6
            )
        case Document():
            whole.signatures.create(actor=an_actor(f"signer-{number}"), status="signed")
        case Dossier():
            Membership.objects.create(
                dossier=whole, user=User.objects.create_user(f"member-{number}")
            )
        case Event():
            whole.participations.create(actor=an_actor(f"guest-{number}"), role="party")
        case Issue():
            whole.stances.create(slug=f"stance-{number}", label=f"Stance {number}")
        case Position():
            whole.evidence.create(
                number=number,
                rendition=Rendition.objects.first(),
                start=number,
                end=number + 1,
                exact=Rendition.objects.first().text[number],
            )


@pytest.mark.parametrize(
    "model", [model for model in MODELS if admin.site._registry[model].inlines], ids=_name
)
def test_a_form_asks_as_many_queries_of_many_parts(model, desk, a_full_dossier, an_actor):
    a_full_dossier("small", size=1)
    whole = model.objects.first()
    address = admin_url(model, "change", whole.pk)
    few = _queries(desk, address)
    for number in range(2, 9):
        _add_part(whole, number, an_actor=an_actor)
    many = _queries(desk, address)
    assert len(many) == len(few), many


def test_every_list_answers_a_search(desk, a_full_dossier):
    a_full_dossier("small", size=1)
    found = {
        _name(model): desk.get(admin_url(model, "changelist"), {"q": "(cease [актёр"}).status_code
        for model in MODELS
    }
    assert set(found.values()) == {200}, found


def test_staff_without_permission_are_refused_everywhere(a_full_dossier):
    a_full_dossier("small", size=1)
    client = Client()
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    found = {}
    for model in MODELS:
        first = model._default_manager.first().pk
        for page in (("changelist",), ("add",), ("change", first)):
            found[_name(model), page[0]] = client.get(admin_url(model, *page)).status_code
    assert set(found.values()) == {403}, found


def test_every_form_can_be_seen_with_permission_to_see_it(a_full_dossier):
    a_full_dossier("small", size=1)
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    Membership.objects.create(dossier=Dossier.objects.get(), user=user, role="owner")
    # Nobody sees what another keeps, and is told, but who runs the site.
    SavedComparison.objects.update(user=user)
    Notice.objects.update(user=user)
    Import.objects.update(user=user)
    client = Client()
    client.force_login(user)
    found = {}
    for model in MODELS:
        address = admin_url(model, "change", model._default_manager.first().pk)
        answers = client.get(address), client.post(address, {})
        found[_name(model)] = tuple(answer.status_code for answer in answers)
    assert set(found.values()) == {(200, 403)}, found


def test_a_reader_is_sent_to_sign_in_everywhere(a_member):
    client = Client()
    client.force_login(a_member("reader", role="owner"))
    for model in MODELS:
        response = client.get(admin_url(model, "changelist"))
        assert response.status_code == 302
        assert "/login/" in response["Location"], model


def test_deleting_anything_asks_first(desk, a_full_dossier):
    a_full_dossier("small", size=1)
    found = {
        _name(model): desk.get(
            admin_url(model, "delete", model._default_manager.first().pk)
        ).status_code
        for model in ENTERED
    }
    assert set(found.values()) == {200}, found


def test_a_position_is_deleted_with_its_passages_and_their_anchors(desk, a_full_dossier):
    a_full_dossier("small", size=1)
    position = Position.objects.get()
    response = desk.post(admin_url(Position, "delete", position.pk), {"post": "yes"})
    assert response.status_code == 302
    assert not Position.objects.exists()
    assert not Anchor.objects.exists()


def test_an_actor_with_positions_is_not_deleted(desk, a_position):
    position = a_position()
    address = admin_url(type(position.actor), "delete", position.actor_id)
    response = desk.post(address, {"post": "yes"})
    assert "would require deleting the following protected related objects" in (
        response.content.decode()
    )
    position.actor.refresh_from_db()


def test_every_record_leads_to_its_page_on_the_site(a_full_dossier, desk):
    a_full_dossier("small", size=1)
    led = []
    for model in MODELS:
        record = model._default_manager.first()
        options = admin.site._registry[model]
        address = options.get_view_on_site_url(record)
        if not isinstance(options, RecordAdmin) or not options.view_on_site:
            assert address is None or address == record.get_absolute_url()
            continue
        assert address.startswith("/dossiers/small/")
        page = desk.get(admin_url(model, "change", record.pk)).content.decode()
        assert f'href="{address}"' in page.replace("&amp;", "&")
        led.append(model)
    assert {Position, Actor, Issue, Article} <= set(led)


def test_a_draft_has_no_page_on_the_site(a_position):
    draft = a_position(status="draft")
    assert admin.site._registry[Position].get_view_on_site_url(draft) is None
