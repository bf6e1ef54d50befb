"""A changed text is a new version; what moved, is ambiguous or lost is listed and mended."""

import re
from hashlib import sha256
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
        "The passage is corrected"
        in _mend(client, anchor, do="place", start=anchor.start).content.decode()
    )
    anchor.refresh_from_db()
    assert (anchor.health, anchor.rendition.text[anchor.start : anchor.end]) == (
        "intact",
        "Russia supports",
    )
    assert "Every passage that you may see is where it was found" in _page(client)


def test_a_person_chooses_among_the_places_of_ambiguous_words(client, article, coded):
    coded()
    changed = "Russia supports it, they say. And: Russia supports the cease-fire."
    _paste(client, article, changed)
    anchor = Anchor.objects.get()
    assert (anchor.health, anchor.start) == ("ambiguous", None)
    assert _page(client).count("Choose this place") == 2
    filtered = reverse("passages:index", args=["talks"]) + "?health=ambiguous"
    assert f'name="next" value="{filtered}"' in _page(client, "?health=ambiguous")
    where = {"start": changed.rindex("Russia"), "next": filtered}
    # The filters stay.
    assert _mend(client, anchor, do="place", **where).redirect_chain == [(filtered, 302)]
    anchor.refresh_from_db()
    assert (anchor.health, anchor.start) == ("intact", changed.rindex("Russia"))
    assert anchor.suffix.startswith(" the cease-fire")


def test_a_place_where_the_words_do_not_stand_is_refused(client, article, coded):
    coded()
    _paste(client, article, "Russia supports it, they say. And: Russia supports the cease-fire.")
    anchor = Anchor.objects.get()
    assert "are not there" in _mend(client, anchor, do="place", start=3).content.decode()
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
    assert 'value="withdraw"' in html
    assert "rests on this passage alone" not in html
    assert reverse("codings:article", args=["talks", article.slug]) in html
    lost = Anchor.objects.get(health="lost")
    _mend(client, lost, do="withdraw")
    assert position.evidence.get().number == 2


def test_the_only_passage_of_a_position_is_not_withdrawn(client, article, coded):
    position = coded()
    _paste(client, article, "Nothing of all that.")
    html = _page(client)
    assert 'value="withdraw"' not in html
    assert "rests on this passage alone" in html
    html = _mend(client, Anchor.objects.get(), do="withdraw").content.decode()
    assert "at least one passage" in html
    assert position.evidence.exists()


HINTED = "They met. Russia supports a cease-fire.\n\nOthers did not speak at all."


def _mended_together(client, boxes):
    address = reverse("passages:mend_together", args=["talks"])
    return client.post(address, {"passage": boxes}, follow=True).content.decode()


def _boxes(html: str, *, ticked: bool = True) -> list[str]:
    """Return what the boxes say, those that are ticked or those that are not."""
    found = re.findall(r'name="passage" value="([^"]+)"( checked)?', html)
    return [value for value, checked in found if bool(checked) == ticked]


def test_a_lost_passage_stands_at_the_most_similar_place_in_one_click(client, article, coded):
    coded(quote="Russia supports the cease-fire")
    _paste(client, article, HINTED)
    lost = Anchor.objects.get()
    assert lost.health == "lost"
    html = _page(client)
    assert "Accept this passage" in html
    assert "<del>the</del> <ins>a</ins>" in html
    place = re.search(
        r'name="start" value="(\d+)"><input type="hidden" name="end" value="(\d+)"', html
    )
    start, end = (int(number) for number in place.groups())
    _mend(client, lost, do="place", start=start, end=end)
    lost.refresh_from_db()
    assert (lost.health, lost.exact) == ("intact", "Russia supports a cease-fire")
    assert lost.rendition.text[lost.start : lost.end] == lost.exact
    assert (lost.paragraph, lost.suffix[:1]) == (1, ".")
    assert lost.sha256 == sha256(lost.exact.encode()).hexdigest()
    assert lost.history.count() == 2


@pytest.mark.parametrize(("start", "end"), [(0, 9), (41, 70), (10, 9), (10, 900), (39, 41)])
def test_a_lost_passage_does_not_stand_at_words_unlike_it(client, article, coded, start, end):
    coded(quote="Russia supports the cease-fire")
    _paste(client, article, HINTED)
    lost = Anchor.objects.get()
    html = _mend(client, lost, do="place", start=start, end=end).content.decode()
    assert "are not there" in html
    lost.refresh_from_db()
    assert (lost.health, lost.start) == ("lost", None)


def test_a_passage_in_another_setting_is_said_to_be_so_and_accepted(client, article, coded):
    coded(quote="supports the cease-fire")
    _paste(client, article, TEXT.replace(" ", "\u00a0"))
    anchor = Anchor.objects.get()
    assert (anchor.health, anchor.exact) == ("reset", "supports\u00a0the\u00a0cease-fire")
    html = _page(client, "?health=reset")
    assert "It is here now in another setting" in html
    _mend(client, anchor, do="place", start=anchor.start, end=anchor.end)
    anchor.refresh_from_db()
    assert anchor.health == "intact"


def test_words_in_another_setting_are_shown_to_choose_from(client, article, coded):
    coded(quote="supports the cease-fire")
    twice = "Who supports the\ncease-fire? Russia supports the\u00a0cease-fire."
    _paste(client, article, twice)
    anchor = Anchor.objects.get()
    assert anchor.health == "ambiguous"
    assert _page(client).count("Choose this place") == 2
    start = twice.rindex("supports")
    _mend(client, anchor, do="place", start=start, end=len(twice) - 1)
    anchor.refresh_from_db()
    assert (anchor.health, anchor.exact) == ("intact", "supports the\u00a0cease-fire")


def test_passages_that_the_same_edit_changed_are_mended_at_once(client, article, coded):
    coded(quote="Russia supports the cease-fire")
    coded(quote="They met. 🕊 Russia supports")
    coded(quote="Others did not speak")
    _paste(client, article, TEXT.replace("Russia", "Moscow").replace("speak", "vote"))
    html = _page(client)
    section = html[
        html.index("Changed by the same edit") : html.index("Accept the ticked passages")
    ]
    assert "<del>Russia</del> <ins>Moscow</ins>" in section
    boxes = _boxes(section)
    assert len(boxes) == 2
    assert "2 passages are corrected." in _mended_together(client, boxes)
    assert sorted(Anchor.objects.values_list("health", "exact")) == [
        ("intact", "Moscow supports the cease-fire"),
        ("intact", "They met. 🕊 Moscow supports"),
        ("lost", "Others did not speak"),
    ]


def test_passages_with_the_same_words_are_accepted_at_once(client, article, coded):
    coded()
    coded(quote="Others did not speak")
    _paste(client, article, f"A new beginning. {TEXT}")
    boxes = _boxes(_page(client))
    assert len(boxes) == 2
    _mended_together(client, boxes[:1])
    assert sorted(Anchor.objects.values_list("health", flat=True)) == ["intact", "moved"]


def test_what_is_ambiguous_is_not_ticked_beforehand(client, article, coded):
    coded()
    coded(quote="Others did not speak")
    _paste(client, article, "Elsewhere: Russia supports it.\n\nAnd so: Others did not speak up.")
    assert set(Anchor.objects.values_list("health", flat=True)) == {"ambiguous"}
    html = _page(client)
    assert _boxes(html) == []
    assert len(_boxes(html, ticked=False)) == 2


def test_of_passages_mended_at_once_all_are_or_none(client, article, coded):
    coded()
    coded(quote="Others did not speak")
    _paste(client, article, f"A new beginning. {TEXT}")
    boxes = _boxes(_page(client))
    stale = Anchor.objects.order_by("pk").last()
    Anchor.objects.filter(pk=stale.pk).update(prefix="x")
    assert "Somebody else has just corrected one of them" in _mended_together(client, boxes)
    assert set(Anchor.objects.values_list("health", flat=True)) == {"moved"}
    Anchor.objects.filter(pk=stale.pk).update(health="intact")
    assert "Somebody else has just corrected one of them" in _mended_together(client, boxes)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([], "Tick at least one passage."),
        (["anchor-1-1-x-9"], "Select a valid choice"),
        ([f"anchor-{pk}-1-0-9" for pk in range(101)], "At most 100 passages at once."),
        (["anchor-999999-1-0-9"], "Somebody else has just corrected one of them"),
    ],
)
def test_boxes_that_say_nothing_are_refused(client, article, coded, boxes, words):
    assert words in _mended_together(client, boxes)


def test_passages_of_others_are_not_mended_at_once(client, article, coded, a_member):
    coded(status="published")
    coded(status="published", quote="Others did not speak")
    _paste(client, article, f"A new beginning. {TEXT}")
    assert _boxes(_page(client)) == []
    boxes = [
        f"anchor-{one.pk}-{one.revision}-{one.start}-{one.end}" for one in Anchor.objects.all()
    ]
    address = reverse("passages:mend_together", args=["talks"])
    assert client.post(address, {"passage": boxes}).status_code == 403
    assert set(Anchor.objects.values_list("health", flat=True)) == {"moved"}
    client.force_login(a_member("reviewer", role="reviewer"))
    assert "2 passages are corrected." in _mended_together(client, _boxes(_page(client)))


def test_two_who_mend_at_once_are_told(client, article, coded):
    coded()
    _paste(client, article, f"A new beginning. {TEXT}")
    anchor = Anchor.objects.get()
    Anchor.objects.filter(pk=anchor.pk).update(prefix="x")
    html = _mend(client, anchor, do="place", start=anchor.start).content.decode()
    assert "Somebody has changed it since you opened it." in html


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
    assert "A reviewer can correct it" in _page(client)
    assert _mend(client, anchor, do="place", start=anchor.start).status_code == 403
    client.force_login(a_member("reviewer", role="reviewer"))
    _mend(client, anchor, do="place", start=anchor.start)
    anchor.refresh_from_db()
    assert anchor.health == "intact"


def test_the_same_text_again_changes_nothing(client, article, coded):
    coded()
    html = _paste(client, article, TEXT).content.decode()
    assert "is already stored as version 1" in html
    assert Rendition.objects.count() == 1


def test_only_the_newest_version_counts(client, article, coded):
    coded()
    _paste(client, article, "Nothing of all that.")
    _paste(client, article, f"{TEXT}\n\nCorrected.")
    assert "Every passage that you may see is where it was found" in _page(client)


def test_what_filters_leave_out_is_not_said_to_stand_where_it_was_found(client, article, coded):
    coded()
    _paste(client, article, "Nothing of all that.")
    for query in ("?health=moved", "?article=another"):
        page = _page(client, query)
        assert "Every passage" not in page
        assert "other passages are no longer where they were found" in page
        assert "There is nothing to check" not in page
    beyond = _page(client, "?page=2")
    assert "1 passage is no longer where" in beyond
    assert "This page of the list is empty." in beyond


def test_the_command_prints_the_same_and_fails_where_one_is_lost(client, article, coded):
    position = coded()
    out = StringIO()
    call_command("check_evidence", "talks", stdout=out)
    counts = "0 intact in another setting, 0 moved, 0 ambiguous, 0 lost"
    assert f"1 passage, {counts}" in out.getvalue()
    _paste(client, article, "Nothing of all that.")
    out = StringIO()
    with pytest.raises(CommandError, match="1 passage is lost") as error:
        call_command("check_evidence", stdout=out)
    assert error.value.returncode == 1
    assert f"lost\ttalks/{position.key}" in out.getvalue()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?health=zz", "“zz” is unknown. Known values: lost, ambiguous, moved, reset."),
        ("?article=a b", "This is not the short name of an article."),
        ("?page=zz", "The list has no such page."),
        ("?page=0", "The list has no such page."),
    ],
)
def test_an_address_that_cannot_be_understood_is_refused_in_words(client, a_member, query, told):
    client.force_login(a_member("rosa", role="reviewer"))
    answer = client.get(reverse("passages:index", args=["talks"]) + query)
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_what_is_hidden_is_not_said_to_stand_where_it_was_found(client, a_member, article, coded):
    coded()
    _paste(client, article, "Nothing of all that.")
    # The coding of somebody else is hidden from another coder, but not from a reviewer.
    client.force_login(a_member("carl", role="coder"))
    page = _page(client)
    assert "Every passage that you may see is where" in page
    client.force_login(a_member("rita", role="reviewer"))
    assert "1 passage is no longer where" in _page(client)
    Evidence.objects.all().delete()
    assert "Every passage is where it was found" in _page(client)
