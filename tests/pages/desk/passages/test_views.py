"""A changed text is a new version; what moved, is ambiguous or lost is listed and mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from astana.models import Anchor, Evidence, Position, Rendition

pytestmark = pytest.mark.django_db

TEXT = "They met. 🕊 Russia supports the cease-fire.\n\nOthers did not speak at all."


@pytest.fixture
def coder(a_member, client):
    user = a_member("coder", role="coder")
    client.force_login(user)
    return user


@pytest.fixture
def article(a_rendition):
    return a_rendition(TEXT).article


@pytest.fixture
def coded(a_position, article, coder):
    """Return a builder of own drafts that rest on words of the synopsis."""

    def build(quote: str = "Russia supports", **values) -> Position:
        values = {"status": "draft", "coder": coder, "coded_at": timezone.now()} | values
        return a_position(rendition=article.renditions.get(version=1), quote=quote, **values)

    return build


def _paste(client, article, text: str):
    of = article.renditions.order_by("-version").first()
    address = reverse("passages:text", args=["talks", article.slug])
    return client.post(address, {"of": of.pk, "text": text.replace("\n", "\r\n")}, follow=True)


def _page(client, query: str = "") -> str:
    response = client.get(reverse("passages:index", args=["talks"]) + query)
    assert response.status_code == 200
    return response.content.decode()


def _mend(client, row, **data):
    address = reverse("passages:mend", args=["talks", row._meta.model_name, row.pk])
    return client.post(address, {"revision": row.revision} | data, follow=True)


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(client, article, coded):
    coded()
    html = _paste(client, article, f"A new beginning. {TEXT}").content.decode()
    assert "Stored as version 2" in html
    old, new = article.renditions.order_by("version")
    assert (old.text, new.text) == (TEXT, f"A new beginning. {TEXT}")
    assert (new.kind, new.rights) == (old.kind, old.rights)
    passage = Evidence.objects.get()
    assert (passage.rendition, passage.health) == (old, "intact")
    anchor = Anchor.objects.get()
    assert (anchor.rendition, anchor.health) == (new, "moved")


def test_a_moved_passage_is_accepted_with_one_click(client, article, coded):
    position = coded()
    _paste(client, article, f"A new beginning. {TEXT}")
    html = _page(client)
    assert "Accept this place" in html
    assert position.key in html
    anchor = Anchor.objects.get()
    assert (
        "The passage is mended"
        in _mend(client, anchor, do="place", start=anchor.start).content.decode()
    )
    anchor.refresh_from_db()
    assert (anchor.health, anchor.rendition.text[anchor.start : anchor.end]) == (
        "intact",
        "Russia supports",
    )
    assert "Every passage stands where it was found" in _page(client)


def test_a_person_chooses_among_the_places_of_ambiguous_words(client, article, coded):
    coded()
    changed = "Russia supports it, they say. And: Russia supports the cease-fire."
    _paste(client, article, changed)
    anchor = Anchor.objects.get()
    assert (anchor.health, anchor.start) == ("ambiguous", None)
    assert _page(client).count("It is this one") == 2
    _mend(client, anchor, do="place", start=changed.rindex("Russia"))
    anchor.refresh_from_db()
    assert (anchor.health, anchor.start) == ("intact", changed.rindex("Russia"))
    assert anchor.suffix.startswith(" the cease-fire")


def test_a_place_where_the_words_do_not_stand_is_refused(client, article, coded):
    coded()
    _paste(client, article, "Russia supports it, they say. And: Russia supports the cease-fire.")
    anchor = Anchor.objects.get()
    assert "do not stand there" in _mend(client, anchor, do="place", start=3).content.decode()
    assert "Choose a place" in _mend(client, anchor, do="place").content.decode()
    anchor.refresh_from_db()
    assert anchor.health == "ambiguous"


def test_lost_words_are_shown_with_what_is_most_alike_and_can_be_withdrawn(client, article, coded):
    position = coded(quote="Russia supports the cease-fire")
    quote = TEXT.index("Others")
    Evidence.objects.create(
        position=position,
        number=2,
        rendition=article.renditions.get(),
        start=quote,
        end=quote + 6,
        exact="Others",
    )
    _paste(client, article, "They met. Russia supported the cease-fires.\n\nOthers did not speak.")
    html = _page(client, "?health=lost")
    assert "The most similar passage is this" in html
    assert reverse("codings:article", args=["talks", article.slug]) in html
    lost = Anchor.objects.get(health="lost")
    _mend(client, lost, do="withdraw")
    assert position.evidence.get().number == 2


def test_the_only_passage_of_a_position_is_not_withdrawn(client, article, coded):
    position = coded()
    _paste(client, article, "Nothing of all that.")
    html = _mend(client, Anchor.objects.get(), do="withdraw").content.decode()
    assert "at least one passage" in html
    assert position.evidence.exists()


def test_two_who_mend_at_once_are_told(client, article, coded):
    coded()
    _paste(client, article, f"A new beginning. {TEXT}")
    anchor = Anchor.objects.get()
    Anchor.objects.filter(pk=anchor.pk).update(prefix="x")
    html = _mend(client, anchor, do="place", start=anchor.start).content.decode()
    assert "Somebody else has just mended it" in html


def test_drafts_of_others_are_not_listed_nor_mended(client, article, coded, a_member):
    position = coded(quote="Russia supports")
    _paste(client, article, f"A new beginning. {TEXT}")
    client.force_login(a_member("another", role="coder"))
    assert position.key not in _page(client)
    anchor = Anchor.objects.get()
    assert _mend(client, anchor, do="place", start=anchor.start).status_code == 404


def test_what_is_published_is_mended_by_reviewers(client, article, coded, a_member):
    coded(status="published")
    _paste(client, article, f"A new beginning. {TEXT}")
    anchor = Anchor.objects.get()
    assert "A reviewer can mend it" in _page(client)
    assert _mend(client, anchor, do="place", start=anchor.start).status_code == 403
    client.force_login(a_member("reviewer", role="reviewer"))
    _mend(client, anchor, do="place", start=anchor.start)
    anchor.refresh_from_db()
    assert anchor.health == "intact"


def test_the_same_text_again_changes_nothing(client, article, coded):
    coded()
    html = _paste(client, article, TEXT).content.decode()
    assert "is already stored, as version 1" in html
    assert Rendition.objects.count() == 1


def test_white_space_at_the_edges_of_a_text_is_kept(client, a_rendition, coder):
    """The first line break, above all: without it every passage would move."""
    article = a_rendition("\n  They met.\n\nAll of them.\n").article
    html = _paste(client, article, article.renditions.get().text).content.decode()
    assert "is already stored, as version 1" in html
    assert Rendition.objects.count() == 1
    _paste(client, article, "\n\n They met in Astana. \n")
    assert article.renditions.get(version=2).text == "\n\n They met in Astana. \n"


def test_a_text_that_is_stored_with_two_characters_a_line_end_stays_so(client, a_rendition, coder):
    article = a_rendition("They met.\r\n\r\nAll of them.").article
    html = _paste(client, article, "They met.\n\nAll of them.").content.decode()
    assert "is already stored, as version 1" in html
    assert Rendition.objects.count() == 1


def test_an_empty_text_is_refused_and_nothing_typed_is_lost(client, article, coder):
    of = article.renditions.get()
    address = reverse("passages:text", args=["talks", article.slug])
    assert client.post(address, {"of": of.pk, "text": " "}).status_code == 422
    response = client.post(address, {"of": "0", "text": "What was typed."})
    assert response.status_code == 422
    assert b"What was typed." in response.content


def test_only_the_newest_version_counts(client, article, coded):
    coded()
    _paste(client, article, "Nothing of all that.")
    _paste(client, article, f"{TEXT}\n\nCorrected.")
    assert "Every passage stands where it was found" in _page(client)


def test_the_command_prints_the_same_and_fails_where_one_is_lost(client, article, coded):
    position = coded()
    out = StringIO()
    call_command("check_evidence", "talks", stdout=out)
    counts = "0 intact in another setting, 0 moved, 0 ambiguous, 0 lost"
    assert f"1 passages, {counts}" in out.getvalue()
    _paste(client, article, "Nothing of all that.")
    out = StringIO()
    with pytest.raises(CommandError, match="1 passage is lost") as error:
        call_command("check_evidence", stdout=out)
    assert error.value.returncode == 1
    assert f"lost\ttalks/{position.key}" in out.getvalue()


def test_the_command_finds_words_that_were_changed_behind_its_back(coded):
    position = coded()
    Evidence.objects.filter(position=position).update(exact="Russia declined")
    with pytest.raises(CommandError, match="lost"):
        call_command("check_evidence", stdout=StringIO())


def test_the_command_names_an_unknown_dossier():
    with pytest.raises(CommandError, match="nowhere"):
        call_command("check_evidence", "nowhere", stdout=StringIO())
