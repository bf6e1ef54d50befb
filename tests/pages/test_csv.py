"""Every CSV file of the site is in one dialect, and strict readers find the same values in it."""

import csv
import io
import re
from decimal import Decimal

import frictionless
import pandas
import pytest

from astana.exchange.dump import dump_published
from astana.models import Stance
from tests.admin.conftest import admin_url

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
FILES = (
    "positions.csv",
    "compare.csv?issue=cease-fire&actor=russia&actor=turkey",
    "agreement.csv?least=1",
    "brief.csv?side=russia&side=turkey",
    "actors.csv",
    "issues.csv",
    "articles.csv",
    "events.csv",
)
# What readers must know is that an empty cell is nothing, and that the word NA is a word.
AS_IT_IS = {"keep_default_na": False, "na_values": [""]}


@pytest.fixture
def files(client, a_position, a_rendition, admin_client) -> dict[str, bytes]:
    """All CSV files of a dossier with texts that readers stumble over, by address or name."""
    text = a_rendition()
    for actor, stance in (("russia", "opposes"), ("turkey", "neither")):
        a_position(
            actor=actor, stance=stance, rendition=text, quote="They met.",
            summary='He said "no",\r\nthen =1+1; 🕊 нет\rلا', condition="NA", note="-1",
        )  # fmt: skip
    Stance.objects.filter(slug="neither").update(value=Decimal("-0.25"))
    found = {address: client.get(BASE + address) for address in FILES}
    form = {"format": "0", "resource": ""}
    found["stances of the data entry"] = admin_client.post(admin_url(Stance, "export"), form)
    assert {response.status_code for response in found.values()} == {200}
    package = dump_published("talks").items()
    return {name: response.getvalue() for name, response in found.items()} | {
        f"{name} of the package": content for name, content in package if name.endswith(".csv")
    }


def test_all_csv_is_in_one_dialect(files):
    for name, content in files.items():
        text = content.decode()
        assert not text.startswith("\ufeff"), name
        assert text.endswith("\n"), name
        heading, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert {len(row) for row in rows} <= {len(heading)}, name
        assert len(set(heading)) == len(heading), name
        # The only returns are those inside texts, and no empty text stands in quotes.
        assert text.count("\r") == sum(cell.count("\r") for row in rows for cell in row), name
        assert not re.search(r'(^|,)""(,|$)', text, re.MULTILINE), name


def test_strict_readers_agree_on_every_file(files):
    for name, content in files.items():
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
        seen = pandas.read_csv(io.BytesIO(content), **AS_IT_IS)
        assert len(seen) == len(rows), name
        resource = frictionless.Resource(data=content, format="csv", encoding="utf-8")
        report = resource.validate()
        assert report.valid, (name, report.flatten(["message"]))
        assert resource.stats.rows == len(rows), name


def test_readers_take_numbers_for_numbers_flags_for_flags_and_words_for_words(files):
    seen = pandas.read_csv(io.BytesIO(files["positions.csv"]), **AS_IT_IS).set_index("actor")
    assert seen["value"].to_dict() == {"russia": -1, "turkey": -0.25}
    assert seen["first_hand"].dtype == bool
    assert set(seen["condition"]) == {"NA"}
    assert seen["attributed_by"].isna().all()
    for name in ("positions.csv", "stances of the data entry"):
        schema = frictionless.Schema.describe(files[name], format="csv", encoding="utf-8")
        assert schema.get_field("value").type == "number", name
    stances = pandas.read_csv(io.BytesIO(files["stances of the data entry"]), **AS_IT_IS)
    assert stances["value"].min() == -1
