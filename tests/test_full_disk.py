"""On a full disk nothing is half done, it is said why, and what was typed can be sent again."""

import gc
from collections.abc import Callable

import pytest
from django.db import connection
from django.urls import reverse

from astana.admin.loading import load_table
from astana.models import Actor, Dossier, Import
from tests.a_filled_form import forms_of
from tests.a_worker import work
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def disk():
    """Let SQLite have no more than so many pages beside those that it has, or any number."""

    def fill(pages: int | None) -> None:
        # What earlier tests began to read and let go of, SQLite takes for reading still.
        gc.collect()
        with connection.cursor() as cursor:
            # No page is left free within the file.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            (used,) = cursor.fetchone()
            most = 1_000_000_000 if pages is None else used + pages
            cursor.execute(f"PRAGMA max_page_count = {most}")

    yield fill
    fill(None)


def test_what_was_typed_is_kept_where_nothing_can_be_written(client, a_member, disk: Callable):
    client.force_login(a_member("rita", role="reviewer"))
    address = reverse("setup:new", args=["talks", "actors"])
    none = {f"{part}-{name}_FORMS": "0" for part in ("names", "affiliations")
            for name in ("TOTAL", "INITIAL")}  # fmt: skip
    sent = none | {"name": "Ankara", "kind": "state", "description": "Who it is. " * 800}
    version = Dossier.objects.get().version
    disk(0)
    answer = client.post(address, sent)
    assert answer.status_code == 503
    assert "The server has no disk space left." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert (Actor.objects.count(), Dossier.objects.get().version) == (0, version)
    disk(None)
    kept = next(
        form for form in forms_of(answer.content.decode(), page=address) if "kind" in form.names
    )
    [(action, data)] = kept.sent()
    assert client.post(action, data).status_code == 302
    assert Actor.objects.get().description == sent["description"].strip()


def test_an_import_that_finds_no_room_loads_nothing_and_says_why(client, a_member, disk: Callable):
    user = a_member("clara", role="coder")
    user.is_staff = user.is_superuser = True
    user.save()
    client.force_login(user)
    rows = [f"talks,a{number},A {number},state" for number in range(300)]
    content = "\n".join(["dossier,slug,name,kind", *rows])
    found = Import.objects.create(user=user, noun="actor", kind="csv", content=content)
    load_table.enqueue(found.pk, found.run)
    disk(20)
    work()
    page = client.get(admin_url(Import, "change", found.pk)).content.decode()
    assert "Nothing was loaded. The server has no disk space left." in page
    assert not Actor.objects.exists()
    disk(None)
    client.post(reverse("admin:import_again", args=[found.pk]))
    work()
    assert Actor.objects.count() == 300
