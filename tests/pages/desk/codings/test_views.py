"""The coding page and the page of a position that is changed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from astana.models import Assignment, Link, Position
from tests.addresses import HTMX

pytestmark = pytest.mark.django_db

TEXT = "They met. “We support the cease-fire,” Russia said.\n\nOthers did not speak. They left."


@pytest.fixture
def coder(a_member):
    return a_member("coder", role="coder")


@pytest.fixture
def text(a_rendition, an_issue, an_actor):
    an_issue()
    an_actor()
    return a_rendition(TEXT)


@pytest.fixture
def desk(client, coder, text):
    client.force_login(coder)
    return client


def _url(text, query: str = "") -> str:
    article = text.article
    return reverse("codings:article", args=[article.dossier.slug, article.slug]) + query


def _place(words: str) -> dict:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def _query(words: str) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in _place(words).items())


def _sent(text, words: str = "Others", **values) -> dict:
    return {
        "rendition": text.pk,
        "exact": words,
        "actor": "Russia",
        "issue": "cease-fire",
        "stance": "supports",
        "voice": "reported-speech",
        "said": "2017-01-25",
        "do": "save",
    } | (_place(words) | values)


def _seen(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_every_sentence_is_a_link_that_opens_the_panel(desk, text):
    html = desk.get(_url(text)).content.decode()
    place = _place("Others did not speak.")
    link = f"?rendition={text.pk}&amp;start={place['start']}&amp;end={place['end']}#panel"
    assert f'href="{link}"' in html
    opened = desk.get(_url(text, _query("Others did not speak.")))
    assert "<mark>Others did not speak.</mark>" in opened.content.decode()


def test_the_words_of_the_chunks_are_the_text(desk, text):
    html = desk.get(_url(text, _query("did not"))).content.decode()
    chunks = re.findall(r'data-start="(\d+)"[^>]*>([^<]*)</', html)
    assert chunks
    for start, words in chunks:
        assert TEXT[int(start) :].startswith(words)
    assert "".join(words for _, words in chunks) == TEXT.replace("\n\n", "")


def test_the_panel_is_a_slice_of_the_page_and_has_no_text(desk, text):
    whole = desk.get(_url(text, _query("Others"))).content.decode()
    panel = desk.get(_url(text, _query("Others")), headers=HTMX).content.decode()
    # Each panel has a name of its own, and a ticket of the moment.
    token = re.compile(r'name="(csrfmiddlewaretoken|ticket|form)" value="[^"]+"')
    assert token.sub("", panel) in token.sub("", whole)
    assert "data-start" not in panel


def test_the_stances_are_those_of_the_issue(desk, text, an_issue):
    an_issue("borders").stances.filter(slug="supports").update(label="Open them")
    panel = desk.get(_url(text, _query("Others") + "&issue=borders"), headers=HTMX)
    assert "Open them" in _seen(panel)
    assert "Open them" not in _seen(desk.get(_url(text, _query("Others")), headers=HTMX))


def test_asking_for_stances_without_scripts_keeps_what_was_typed(desk, text):
    sent = _sent(text, do="stances", stance="", actor="Nobody yet", summary="My words.")
    answer = desk.post(_url(text), sent)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'value="Nobody yet"' in html
    assert "My words." in html
    assert 'value="opposes"' in html
    assert 'role="alert"' not in html
    assert not Position.objects.exists()


def test_actors_are_offered_while_one_types(desk, text):
    query = _query("Others") + "&offers=actor&actor=russ"
    assert 'data-value="Russia"' in desk.get(_url(text, query), headers=HTMX).content.decode()


def test_a_coding_is_saved_and_shown_in_the_text(desk, text, coder):
    answer = desk.post(_url(text), _sent(text))
    assert answer.status_code == 302
    assert answer["Location"].endswith("#p2")
    page = desk.get(answer["Location"])
    assert "p001 is saved as a draft." in _seen(page)
    assert "draft" in _seen(page)
    assert Position.objects.get().coder == coder


def test_a_coding_that_is_not_complete_keeps_everything(desk, text):
    answer = desk.post(_url(text), _sent(text, actor="Nobody", summary="My words.", do="submit"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="Nobody"' in html
    assert "My words." in html
    assert "<mark>Others</mark>" in html
    assert 'value="supports" checked' in html
    assert not Position.objects.exists()


def test_words_that_do_not_stand_there_are_refused(desk, text):
    assert desk.post(_url(text), _sent(text, exact="Iran")).status_code == 422
    assert desk.get(_url(text, "?start=3&end=2")).status_code == 400
    assert not Position.objects.exists()


def test_the_next_of_a_run_begins_like_the_last_one(desk, text):
    desk.post(_url(text), _sent(text, said="2017-01", voice="act"))
    html = desk.get(_url(text, _query("They left")), headers=HTMX).content.decode()
    assert 'value="2017-01"' in html
    assert '<option value="act" selected>' in html
    assert "Filled in from p001" in html
    fresh = desk.get(_url(text, _query("They left") + "&fresh=1"), headers=HTMX).content.decode()
    assert 'id="id_actor" name="actor" maxlength="300"' in fresh
    assert 'value="2017-01-25"' in fresh


def test_a_second_passage_goes_to_a_position_of_ones_own(desk, text, a_position):
    theirs = a_position(key="p777", status="draft")
    desk.post(_url(text), _sent(text))
    mine = Position.objects.get(coder__isnull=False)
    assert (
        desk.post(_url(text), _sent(text, "They left", do="add", position=mine.key)).status_code
        == 302
    )
    assert mine.evidence.count() == 2
    refused = desk.post(_url(text), _sent(text, "They met", do="add", position=theirs.key))
    assert refused.status_code == 422
    assert not theirs.evidence.exists()


def test_a_suggestion_is_filled_in_until_it_is_turned_off(desk, text, coder):
    query = _query("We support the cease-fire,")
    assert "perhaps of Russia" in desk.get(_url(text)).content.decode()
    assert '<option value="direct-quote" selected>' in desk.get(_url(text, query)).content.decode()
    off = reverse("codings:suggestions", args=["talks", text.article.slug])
    desk.post(off, {"wants": "0"})
    assert "perhaps of Russia" not in desk.get(_url(text)).content.decode()
    desk.post(off, {"wants": "1"})
    assert "perhaps of Russia" in desk.get(_url(text)).content.decode()


def test_coders_see_their_own_and_what_is_published(desk, text, a_position, coder, a_member):
    other = a_member("other", role="coder")
    seen = {"rendition": text, "coded_at": timezone.now()}
    a_position(summary="Mine.", status="draft", coder=coder, quote="They met", **seen)
    a_position(summary="Theirs.", status="draft", coder=other, quote="Others", **seen)
    a_position(summary="Public.", coder=other, quote="They left", **seen)
    page = _seen(desk.get(_url(text)))
    assert ("Mine." in page, "Theirs." in page, "Public." in page) == (True, False, True)


def test_who_codes_independently_sees_nobody_else(desk, text, a_position, coder, a_member):
    other = a_member("other", role="coder")
    Assignment.objects.create(
        dossier=text.article.dossier,
        article=text.article,
        coder=coder,
        assigned_by=other,
        is_independent=True,
    )
    a_position(
        summary="Public.", coder=other, coded_at=timezone.now(), quote="They left", rendition=text
    )
    page = _seen(desk.get(_url(text)))
    assert "Public." not in page
    assert "independently" in page


def test_a_text_for_members_is_coded_by_members_alone(desk, client, a_rendition, a_dossier):
    private = a_rendition("Secret words.", article="secret-2017-01-25", rights="members")
    assert "Secret words." in _seen(desk.get(_url(private)))
    client.logout()
    assert client.get(_url(private)).status_code == 404


@pytest.fixture
def draft(desk, text):
    desk.post(_url(text), _sent(text))
    return Position.objects.get()


def _edit(draft) -> str:
    return reverse("codings:edit", args=["talks", draft.key])


def _change(draft, **values) -> dict:
    return _sent(draft.evidence.get().rendition, revision=draft.revision) | values


def test_a_draft_is_changed_and_handed_in(desk, draft):
    assert desk.post(_edit(draft), _change(draft, summary="Better.")).status_code == 302
    draft.refresh_from_db()
    assert (draft.summary, draft.status) == ("Better.", "draft")
    desk.post(_edit(draft), _change(draft, do="submit"))
    draft.refresh_from_db()
    assert draft.status == "submitted"
    step = {"step": "take-back", "revision": draft.revision, "next": _edit(draft)}
    back = desk.post(reverse("coding:step", args=["talks", draft.key]), step, follow=True)
    assert "is a draft again" in _seen(back)
    assert back.request["PATH_INFO"] == _edit(draft)


def test_a_summary_that_was_made_is_made_anew_with_what_it_sums_up(desk, draft):
    assert draft.summary == "Russia on “Cease fire”: Supports."
    changed = _change(draft, stance="opposes", summary=draft.summary)
    assert desk.post(_edit(draft), changed).status_code == 302
    draft.refresh_from_db()
    assert (draft.stance.slug, draft.summary) == ("opposes", "Russia on “Cease fire”: Opposes.")
    new = {"actor": "", "new_actor": "Free Officers", "new_actor_kind": "armed-group"}
    desk.post(_edit(draft), _change(draft, summary=draft.summary, **new))
    draft.refresh_from_db()
    assert draft.summary == "Free Officers on “Cease fire”: Supports."


def test_a_summary_typed_by_hand_is_asked_about_where_what_it_sums_up_changes(desk, draft):
    desk.post(_edit(draft), _change(draft, summary="It backs the truce."))
    draft.refresh_from_db()
    same = _change(draft, summary="It backs the truce.")
    assert desk.post(_edit(draft), same | {"note": "Read twice."}).status_code == 302
    draft.refresh_from_db()
    changed = same | {"stance": "opposes", "revision": draft.revision}
    asked = desk.post(_edit(draft), changed)
    assert asked.status_code == 422
    assert "Change it, or say that it fits." in _seen(asked)
    assert 'type="checkbox" name="summary_stands"' in asked.content.decode()
    assert Position.objects.get().stance.slug == "supports"
    assert desk.post(_edit(draft), changed | {"summary_stands": "1"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.stance.slug, draft.summary) == ("opposes", "It backs the truce.")
    again = _change(draft, summary="It is for the truce.")
    assert desk.post(_edit(draft), again).status_code == 302


def test_an_edit_that_parts_two_renderings_is_refused_at_the_field(desk, draft, an_actor):
    other = Position.objects.get()
    other.pk, other.key, other._state.adding = None, "p801", True
    other.save()
    Link.objects.create(position=draft, kind="same-utterance", to=other)
    name = an_actor("turkey").name
    answer = desk.post(_edit(draft), _change(draft, actor=name))
    assert answer.status_code == 422
    page = _seen(answer)
    assert f"Actor: {draft.key} is linked as the same utterance as p801" in page
    assert "Remove that link first." in page
    assert Position.objects.get(pk=draft.pk).actor != an_actor("turkey")


def test_a_stale_edit_is_refused_with_both_versions(desk, draft):
    sent = _change(draft, summary="Mine.", note="A long note.")
    other = Position.objects.get()
    other.summary = "Theirs."
    other.save()
    answer = desk.post(_edit(draft), sent)
    assert answer.status_code == 409
    page = _seen(answer)
    assert "Theirs." in page
    assert "Mine." in page
    assert "A long note." in page
    assert Position.objects.get().summary == "Theirs."
    again = re.search(r'name="revision" value="(\d+)"', answer.content.decode())[1]
    assert desk.post(_edit(draft), sent | {"revision": again}).status_code == 302
    assert Position.objects.get().summary == "Mine."


def test_a_race_that_only_saving_sees_is_refused_the_same_way(desk, draft, monkeypatch):
    from astana.pages.desk.codings import views as codings

    change = codings.change_position

    def late(**values):
        Position.objects.update(summary="Theirs.")
        return change(**values)

    monkeypatch.setattr(codings, "change_position", late)
    answer = desk.post(_edit(draft), _change(draft, summary="Mine."))
    assert answer.status_code == 409
    assert "Theirs." in _seen(answer)
    assert Position.objects.get().summary == "Theirs."


def test_what_is_published_is_changed_by_reviewers_alone(client, desk, draft, a_member):
    Position.objects.update(status="published", published_at=timezone.now())
    assert desk.get(_edit(draft)).status_code == 403
    assert desk.post(_edit(draft), _change(draft)).status_code == 403
    client.force_login(a_member("other", role="coder"))
    assert client.get(_edit(draft)).status_code == 403
    client.force_login(a_member("reviewer", role="reviewer"))
    draft.refresh_from_db()
    assert client.post(_edit(draft), _change(draft, summary="Mended.")).status_code == 302
    assert Position.objects.get().summary == "Mended."


def test_the_draft_of_another_coder_is_not_there(client, desk, draft, a_member):
    client.force_login(a_member("other", role="coder"))
    assert client.get(_edit(draft)).status_code == 404
    assert client.post(_edit(draft), _change(draft)).status_code == 404


def test_a_passage_is_taken_away_but_not_the_last_one(desk, draft, text):
    desk.post(_url(text), _sent(text, "They left", do="add", position=draft.key))
    remove = reverse("codings:remove", args=["talks", draft.key])
    assert "The passage is removed" in _seen(desk.post(remove, {"number": "1"}, follow=True))
    assert draft.evidence.get().exact == "They left"
    assert "no longer there" in _seen(desk.post(remove, {"number": "1"}, follow=True))
    assert "at least one passage" in _seen(desk.post(remove, {"number": "2"}, follow=True))
    assert draft.evidence.count() == 1


def test_opening_the_panel_asks_as_many_questions_for_a_small_and_a_large_dossier(client, db):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from astana.models.process_cache import cache
    from tests.a_large_dossier import a_keeper, a_large_dossier

    client.force_login(a_keeper())
    counts = []
    for slug, size in (("small", 3), ("large", 60)):
        a_large_dossier(slug, size=size)
        cache.clear()
        url = reverse("codings:article", args=[slug, "article-0"]) + "?start=0&end=15&issue=issue-0"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, headers=HTMX).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_a_browser_counts_each_line_end_as_it_is_stored(desk, a_rendition):
    words = "They met\r\nin Astana.\r\n\r\nRussia\r\nagreed."
    stored = a_rendition(words, article="gazette-2017-01-26")
    html = desk.get(_url(stored)).content.decode()
    chunks = re.findall(r'data-start="(\d+)"[^>]*>([^<]*)</', html)
    # A page spells a carriage return out, as a browser drops the sign itself.
    assert not any("\r" in chunk for _start, chunk in chunks)
    for start, chunk in chunks:
        assert words[int(start) :].startswith(chunk.replace("&#13;", "\r"))
