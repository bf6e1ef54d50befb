"""`rebuild_search` writes the index anew and says how far it is."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from astana.models import SearchEntry
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db


def _told(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


def test_every_dossier_is_rebuilt_and_progress_is_told():
    for slug in ("congress", "talks"):
        a_large_dossier(slug, size=3)
    number = SearchEntry.objects.count()
    SearchEntry.objects.all().delete()
    told = _told()
    assert SearchEntry.objects.count() == number
    for slug in ("congress", "talks"):
        steps = re.findall(rf"{slug}: (\d+) of (\d+) records", told)
        done, records = [int(step[0]) for step in steps], {int(step[1]) for step in steps}
        # Drafts are records too, but none to be found.
        assert (done[0], {done[-1]}) == (0, records)
        assert done == sorted(done)
        assert min(records) >= number // 2


def test_one_dossier_can_be_rebuilt_alone():
    for slug in ("congress", "talks"):
        a_large_dossier(slug, size=3)
    SearchEntry.objects.all().delete()
    assert "talks" not in _told("--dossier", "congress")
    assert set(SearchEntry.objects.values_list("dossier__slug", flat=True)) == {"congress"}


def test_an_unknown_dossier_is_named_with_those_there_are(a_dossier):
    a_dossier("talks")
    with pytest.raises(CommandError, match=r"no dossier nowhere.*talks"):
        _told("--dossier", "nowhere")
