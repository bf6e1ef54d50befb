"""What nobody can choose or type in data entry is refused, and never an error of ours."""

from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from astana.models import Actor, Affiliation, Article, Document, Evidence, Position, Source
from tests.admin.conftest import admin_url
from tests.admin.forms import opened

pytestmark = pytest.mark.django_db

NONSENSE = ["[]", "x", "9" * 39, "-1", "1.5", "٣", "1,2", "\x00"]
FIELDS = [
    (Position, "actor"),
    (Position, "dossier"),
    (Position, "evidence-0-rendition"),
    (Position, "evidence-0-id"),
    (Evidence, "position"),
    (Article, "source"),
    (Document, "event"),
    (Document, "signatures-0-actor"),
    (Affiliation, "person"),
]


@pytest.fixture
def talks(a_full_dossier):
    a_full_dossier("talks", size=1)


def test_an_export_that_is_asked_for_what_it_does_not_know_is_refused(desk, talks):
    for model in (Position, Actor, Source, Article):
        for query in ("nonsense=1", "p=x", "dossier__id__exact=[]", "o=x", "e=1", "kind=[]"):
            address = f"{admin_url(model, 'export')}?{query}"
            for answer in (desk.get(address), desk.post(address, {"format": "0", "resource": ""})):
                assert answer.status_code in (200, 302, 400), (model, query)


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_a_record_that_nobody_can_choose_is_refused(desk, talks, model, field):
    record = model.objects.order_by("pk").first()
    # Half of the values in each form, in turn, some of them in an empty one and the others in one
    # that is filled in: what reads them is the same for all.
    turn = FIELDS.index((model, field))
    for first, address in enumerate(
        (admin_url(model, "add"), admin_url(model, "change", record.pk))
    ):
        shown = opened(desk, address)
        for nonsense in NONSENSE[(turn + 2 * first) % 4 :: 4]:
            with transaction.atomic():
                answer = desk.post(address, shown | {field: nonsense})
                transaction.set_rollback(True)
            assert answer.status_code in (200, 302, 400), nonsense


def test_an_address_that_starts_a_form_with_nonsense_starts_it_empty(desk, talks):
    for name, nonsense in product(("actor", "dossier", "rendition", "said"), NONSENSE):
        answer = desk.get(admin_url(Position, "add"), {name: nonsense})
        assert answer.status_code in (200, 400), (name, nonsense)


def test_a_list_or_a_search_asked_for_nonsense_is_no_error(desk, talks):
    names = ("dossier__id__exact", "dossier", "q", "p", "o", "status__exact", "id__in")
    asked = {"app_label": "astana", "model_name": "position", "field_name": "actor"}
    for number, nonsense in enumerate(NONSENSE):
        for turn, model in enumerate((Position, Actor, Article, Evidence), number):
            # Each name with each value, in one of the lists or another.
            for name in names[turn % 2 :: 2]:
                answer = desk.get(admin_url(model, "changelist"), {name: nonsense})
                assert answer.status_code in (200, 302, 400), (model, name, nonsense)
            answer = desk.get(admin_url(model, "change", "1"), {"_to_field": nonsense})
            assert answer.status_code in (200, 302, 400), (model, nonsense)
        for name in ("term", "page", "dossier", "field_name", "model_name"):
            answer = desk.get(reverse("admin:autocomplete"), asked | {name: nonsense})
            assert answer.status_code in (200, 400, 403, 404), (name, nonsense)


def test_an_action_on_nonsense_is_no_error(desk, talks):
    for nonsense, model in product(NONSENSE, (Position, Actor)):
        asked = {"action": "delete_selected", "_selected_action": [nonsense], "index": nonsense}
        for values in (asked, asked | {"index": "0"}, asked | {"action": nonsense, "index": "0"}):
            answer = desk.post(admin_url(model, "changelist"), values)
            assert answer.status_code in (200, 302, 400), values
        for page in ("change", "delete", "history"):
            if "\x00" not in nonsense:
                answer = desk.get(admin_url(model, page, nonsense))
                assert answer.status_code in (200, 302, 400, 404), (page, nonsense)
