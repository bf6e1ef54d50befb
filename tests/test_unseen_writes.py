"""What readers see nothing of empties nothing that is kept for them."""

import re
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from astana import caching
from astana.models import Dossier, User
from tests.a_race import PEOPLE, Scene
from tests.a_watched_site import addresses
from tests.as_a_new_process import forget
from tests.permissions import VALUES_OF
from tests.writes import DRAFTS, QUIET, WRITES

pytestmark = pytest.mark.django_db
KEPT = caching.PAGES | caching.FILES | caching.SAME_FOR_ALL
VALUES = {"actor": "russia", "issue": "truce", "article": "first", "position": "p003"}
VALUES |= {"event": "talks", "document": "none", "source": "gazette", "number": 1, "suffix": "csv"}
# Some pages and files say when they were asked for.
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d(:|%3A)\d\d((:|%3A)\d\d)?")


def _numbers(scene: Scene) -> tuple[int, int]:
    return Dossier.objects.values_list("writes", "version").get(pk=scene.dossier.pk)


def _tried(scene: Scene, name: str) -> tuple[int, int]:
    """Return the numbers of the dossier after a write, which is undone."""
    with transaction.atomic():
        WRITES[name](scene)()
        numbers = _numbers(scene)
        transaction.set_rollback(True)
    return numbers


def _public_pages(scene: Scene, folder: Path) -> dict[str, object]:
    """Return all of a dossier that caches may keep, made anew."""
    folder.mkdir()
    tempfile.tempdir = str(folder)
    forget()
    client, found = Client(), {}
    for one in (one for one in addresses() if one.name in KEPT):
        values = {"dossier": scene.dossier.slug, "version": _numbers(scene)[1]} | VALUES
        values |= VALUES_OF.get(one.name, {})
        parts = {part: values[part] for part in one.parts}
        asked = QueryDict("side=russia&side=turkey" if one.name == "exports:brief" else "")
        answer = client.get(reverse(one.name, kwargs=parts, query=asked))
        assert answer.status_code == (404 if "document" in parts else 200), one.name
        body = answer.getvalue()
        found[one.name] = _parts(body) if body.startswith(b"PK") else _MOMENT.sub(b"", body)
    return found


def _parts(archive: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as file:
        return {one: _MOMENT.sub(b"", file.read(one)) for one in file.namelist()}


def test_a_write_that_readers_see_nothing_of_leaves_the_version_and_their_pages(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", None)
    scene = Scene({name: User.objects.create(username=name) for name in PEOPLE}, 0)
    pages, first = _public_pages(scene, tmp_path / "before"), _numbers(scene)
    # The last one needs another before it.
    tried = {name: _tried(scene, name) for name in WRITES if name != "settle.settle"}
    unseen = {name for name, (_writes, version) in tried.items() if version == first[1]}
    quiet = {name for name in WRITES if name.startswith(QUIET)} - {"settle.settle"}
    assert unseen == quiet | DRAFTS
    assert all(tried[name][0] > first[0] for name in DRAFTS)
    refused = []
    for name in [name for name in WRITES if name in unseen | {"settle.settle"}]:
        try:
            with transaction.atomic():
                WRITES[name](scene)()
        except Exception:
            # One before has taken what this one needs.
            refused.append(name)
    assert _numbers(scene)[1] == first[1]
    assert len(refused) < len(unseen) / 4
    after = _public_pages(scene, tmp_path / "after")
    assert [name for name in pages if after[name] != pages[name]] == []
