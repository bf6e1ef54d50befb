"""What coders added keeps its standing in a package: at the desk alone, or a proposal."""

import csv
import io

import pytest

from astana.actions.additions import add
from astana.actions.coding import NewActor, NewDocument, NewEvent, NewIssue, NewStance
from astana.exchange.check import check
from astana.exchange.dump import dump, dump_published
from astana.exchange.load import load
from astana.exchange.problems import BrokenPackage
from astana.models import Actor, Article, Document, Dossier, Event, Issue, Position, Stance

pytestmark = pytest.mark.django_db

MODELS = (Actor, Issue, Stance, Event, Document)
DAY = "2017-03-14"


@pytest.fixture
def written(a_dossier, a_member, a_position, a_rendition, an_issue):
    """Write a dossier with a proposal and an addition of each kind."""
    dossier = a_dossier(additions_are_proposed=True)
    text = a_rendition(dossier=dossier)
    a_position(dossier=dossier, quote="They met.", rendition=text)
    people = {True: a_member("cora", role="coder"), False: a_member("rita", role="reviewer")}
    for is_proposed, by in people.items():
        word = "Proposed" if is_proposed else "Accepted"
        for new in (
            NewActor(f"{word} front", "party"),
            NewIssue(f"{word} issue", "What of it?"),
            NewStance(f"{word} stance"),
            NewEvent(f"{word} event", DAY, DAY),
            NewDocument(f"{word} document", DAY),
        ):
            within = an_issue(dossier=dossier) if isinstance(new, NewStance) else dossier
            add(new, within=within, by=by, under=None)
    a_position(dossier=dossier, key="waits", status="draft", quote="They met.", rendition=text)
    return dossier


def _standing() -> list:
    rows = [model.objects.values_list("slug", "public", "proposed") for model in MODELS]
    return [sorted(found.order_by()) for found in rows]


def test_it_is_kept_by_a_dump_and_a_load_and_no_reader_gets_it(written):
    before, files = _standing(), dump(written.slug)
    assert [sum(proposed for _, _, proposed in rows) for rows in before] == [1] * 5
    assert [sum(not public for _, public, _ in rows) for rows in before] == [2] * 5
    Position.objects.all().delete()
    Article.objects.all().delete()
    Dossier.objects.all().delete()
    load(check(files))
    assert _standing() == before
    assert dump(written.slug) == files
    # Loaded again, nothing changes; and what readers get has no word of it.
    assert not load(check(files)).is_changed
    published = dump_published(written.slug)
    assert not any(b"Proposed" in one or b"standing" in one for one in published.values())


def test_a_package_in_which_all_is_public_has_no_column_for_it(a_dossier, a_position):
    a_position()
    assert not any(b"standing" in content for content in dump(a_dossier().slug).values())


def test_a_package_in_which_something_public_names_a_proposal_is_refused(written):
    files = dump(written.slug)
    rows = list(csv.DictReader(io.StringIO(files["positions.csv"].decode())))
    public = next(row for row in rows if row["status"] == "published")
    public["event"] = "proposed-event"
    text = io.StringIO()
    table = csv.DictWriter(text, list(public), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    with pytest.raises(BrokenPackage, match="“proposed-event” is only proposed"):
        check(files | {"positions.csv": text.getvalue().encode()})
