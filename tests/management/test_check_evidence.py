"""Checking by command which passages still stand in their texts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from astana.models import Evidence

pytestmark = pytest.mark.django_db


def test_words_that_were_changed_behind_its_back_are_lost(a_position, a_rendition):
    text = a_rendition("They met. Russia supports the cease-fire.")
    position = a_position(rendition=text, quote="Russia supports")
    Evidence.objects.filter(position=position).update(exact="Russia declined")
    with pytest.raises(CommandError, match="lost"):
        call_command("check_evidence", stdout=StringIO())


def test_an_unknown_dossier_is_named():
    with pytest.raises(CommandError, match="nowhere"):
        call_command("check_evidence", "nowhere", stdout=StringIO())
