"""Staff who keep accounts cannot make themselves superusers."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from astana.models import Dossier, User
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send


@pytest.fixture
def clerk(client):
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    client.force_login(user)
    return user


@pytest.mark.django_db
def test_a_clerk_gives_no_rights(clerk, client):
    response = send(
        client,
        admin_url(User, "change", clerk.pk),
        is_superuser="on",
        email="clerk@example.org",
        date_joined_0="2017-01-01",
        date_joined_1="12:00:00",
    )
    assert response.status_code == 302, errors_of(response)
    clerk.refresh_from_db()
    assert (clerk.is_superuser, clerk.email) == (False, "clerk@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["change", "delete", "password_change"])
def test_a_clerk_does_not_touch_a_superuser(page, clerk, client, superuser):
    name = "admin:auth_user_password_change" if page == "password_change" else None
    address = reverse(name, args=[superuser.pk]) if name else admin_url(User, page, superuser.pk)
    assert client.post(address, {"post": "yes", "username": "taken"}).status_code == 403
    superuser.refresh_from_db()
    assert superuser.username == "root"


@pytest.mark.django_db
def test_readers_meet_another_name_of_an_account_at_once(desk, client, a_member, a_position):
    coder = a_member("bob", role="coder")
    position = a_position(coder=coder, coded_at=timezone.now())
    address = f"/dossiers/talks/positions/{position.key}/"
    kept, version = client.get(address), Dossier.objects.get().version

    def saved(**values: str) -> int:
        joined = {"date_joined_0": "2017-01-01", "date_joined_1": "12:00:00"}
        answer = send(desk, admin_url(User, "change", coder.pk), **joined, **values)
        assert answer.status_code == 302, errors_of(answer)
        return Dossier.objects.get().version

    assert saved(email="bob@example.org") == version
    assert saved(username="robert") > version
    again = client.get(address, headers={"If-None-Match": kept["ETag"]})
    assert b"by <bdi>robert</bdi>" in again.content
