"""`manage.py demo`, which `make run` calls at every start."""

from io import StringIO

import pytest
from django.core.management import call_command

from astana.models import Article, Dossier, Position

pytestmark = pytest.mark.django_db


def _demo() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_the_first_start_loads_the_demonstration_dossier():
    _demo()
    dossier = Dossier.objects.get(slug="syria-astana-2017")
    assert Position.objects.of(dossier).exists()


def test_a_later_start_keeps_what_was_entered():
    _demo()
    Article.objects.update(byline="Entered by hand")
    Position.objects.first().delete()
    before = Position.objects.count(), Dossier.objects.get().version

    assert "stays as it is" in _demo()

    assert (Position.objects.count(), Dossier.objects.get().version) == before
    assert not Article.objects.exclude(byline="Entered by hand").exists()
