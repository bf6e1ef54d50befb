"""`manage.py demo`, which `make run` calls at every start."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from astana.models import Article, Dossier, Membership, Position, User

pytestmark = pytest.mark.django_db


def _demo() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_the_first_start_loads_the_demonstration_dossier_and_makes_accounts(client):
    said = _demo()
    dossier = Dossier.objects.get(slug="syria-astana-2017")
    assert Position.objects.of(dossier).exists()
    accounts = dict(re.findall(r"^  (\w+) +([a-z0-9]{12})$", said, re.MULTILINE))
    assert len(set(accounts.values())) == 3
    for role in ("owner", "reviewer", "coder"):
        assert Membership.objects.get(dossier=dossier, user__username=role).role == role
        assert client.login(username=role, password=accounts[role])
    assert not User.objects.filter(is_staff=True).exists()


def test_a_later_start_keeps_what_was_entered():
    User.objects.create_user("first")
    assert "Accounts" not in _demo()
    Article.objects.update(byline="Entered by hand")
    Position.objects.first().delete()
    before = Position.objects.count(), Dossier.objects.get().version

    assert "exists already. Nothing was changed." in _demo()

    assert (Position.objects.count(), Dossier.objects.get().version) == before
    assert not Article.objects.exclude(byline="Entered by hand").exists()
    assert User.objects.count() == 1
