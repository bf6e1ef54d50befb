"""An owner brings in a table, chooses which column says what, and is not asked again."""

import re

import pytest

from astana.models import ColumnMapping, Position, Upload
from tests.a_worker import work
from tests.pages.desk.uploads.test_views import at, bring, owner, text_of  # noqa: F401

pytestmark = pytest.mark.django_db

TABLE = b"Wen,Worum,Antwort,Wann,Zitat\nGhana,Tax,yes,2017-01-24,We want it.\n"


def offered(page, name: str) -> list[str]:
    """Return what can be chosen of an option."""
    form = page.content.decode()
    field = re.search(rf'<select name="option-{name}".*?</select>', form, re.S)[0]
    return re.findall(r'<option value="([^"]*)"', field)


def test_a_table_of_which_nothing_can_be_loaded_is_not_called_here_already(
    owner,  # noqa: F811
):
    # A day of publication, and no article that was published then: no row says when it was said.
    table = b"Akteur;Frage;Haltung;Datum;Zitat\nGhana;Tax;yes;24.1.2017;We want it.\n"
    page = bring(owner, "table.csv", table)
    said = text_of(page)
    assert "Nothing in it can be loaded like this: look at what would be lost" in said
    assert "here already" not in said
    assert "1 rows with neither a day nor an article" in said
    assert "Load all of it" not in said


def test_columns_of_a_table_are_chosen_from_its_headings_also_where_they_say_nothing(
    owner,  # noqa: F811
):
    page = bring(owner, "table.csv", TABLE)
    assert "option column-actor: No column says whose position it is." in text_of(page)
    headings = ["Wen", "Worum", "Antwort", "Wann", "Zitat"]
    assert offered(page, "column-actor") == ["", "-", *headings]

    (upload,) = Upload.objects.all()
    chosen = {"format": "csv", "option-column-actor": "Wen", "option-column-issue": "Worum"}
    chosen |= {"option-column-said": "Wann"}
    owner.post(at("detail", upload.pk), chosen)
    work()
    page = owner.get(at("detail", upload.pk))
    said = text_of(page)
    assert "line 2: Ghana on “Tax”: yes, “We want it.” (2017-01-24)." in said
    assert offered(page, "delimiter") == ["", ",", ";", "|", "tab"]
    # What was proposed is chosen in the form, with what was chosen.
    selected = re.findall(r'<option value="([^"-]+)" selected>', page.content.decode())
    assert {"Wen", "Worum", "Antwort", "Wann", "Zitat"} <= set(selected)
    owner.post(at("load", upload.pk))
    work()
    position = Position.objects.get(dossier__slug="study")
    assert (position.actor.name, position.said, position.status) == ("Ghana", "2017-01-24", "draft")
    mapping = ColumnMapping.objects.get(dossier__slug="study", format="csv")
    assert mapping.options["column-actor"] == "Wen"


def test_a_table_that_would_change_nothing_is_not_offered_to_be_loaded(owner):  # noqa: F811
    table = b"actor,issue,stance,said\nGhana,Tax,yes,2017-01-24\n"
    assert "Load all of it" in text_of(bring(owner, "table.csv", table))
    owner.post(at("load", Upload.objects.get().pk))
    work()
    said = text_of(bring(owner, "table.csv", table))
    assert "All of it is already here: loading it would change nothing." in said
    assert "Load all of it" not in said
    assert "Delete the file" in said
