"""What is typed in the panel and not saved is lost with nothing that happens to a page."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from astana.models import Dossier, Membership, Position, Unfinished, User
from tests.addresses import HTMX
from tests.pages.desk.codings.test_views import (
    TEXT,
    _change,
    _edit,
    _place,
    _query,
    _seen,
    _sent,
    _url,
)
from tests.pages.desk.codings.test_views import coder as coder
from tests.pages.desk.codings.test_views import desk as desk
from tests.pages.desk.codings.test_views import draft as draft
from tests.pages.desk.codings.test_views import text as text

pytestmark = pytest.mark.django_db

PASSWORD = "secret-word-7"


def _hidden(page: str) -> dict[str, str]:
    """Return what a panel carries to say which form it is, and whose."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1]
        for name in ("ticket", "form", "begun")
    }


def _opened(client, text, words="Others", more="") -> dict[str, str]:
    return _hidden(client.get(_url(text, _query(words) + more), headers=HTMX).content.decode())


def _keep(client, text, panel, **values):
    sent = _sent(text, do="keep", **panel) | values
    return client.post(_url(text), sent, headers=HTMX)


def test_what_is_typed_is_kept_and_filled_in_when_one_comes_back(desk, text, coder):
    version = Dossier.objects.get().version
    panel = _opened(desk, text)
    told = _keep(desk, text, panel, actor="Nobody yet", said="", summary="My words.")
    assert told.status_code == 200
    assert "What you typed was saved" in _seen(told)
    assert not Position.objects.exists()
    # It is no part of the dossier: nothing that readers see is counted anew.
    assert Dossier.objects.get().version == version
    back = desk.get(_url(text, _query("Others"))).content.decode()
    assert 'value="Nobody yet"' in back
    assert "My words." in back
    assert 'name="said" maxlength="30" required list="said-days"' in back
    assert 'value="2017-01-25"' not in back.split('id="id_said"')[1].split(">")[0]
    assert 'value="supports" checked' in back
    assert "what you typed" in back
    # What Enter presses in a field is the first button of a form: not that which discards.
    assert re.search(r'<button[^>]*name="do" value="(\w+)"', back)[1] == "save"
    # The page names it where no panel is open, and another passage begins without it.
    assert "You have begun to code 1 passage" in _seen(desk.get(_url(text)))
    assert "Nobody yet" not in desk.get(_url(text, _query("They left"))).content.decode()
    # Other words that are chosen bring along what was typed elsewhere: this stands before it.
    chosen = _query("Others") + "&exact=Others&actor=Russia"
    assert 'value="Nobody yet"' in desk.get(_url(text, chosen)).content.decode()


def test_what_is_saved_or_discarded_is_not_kept_any_longer(desk, text):
    panel = _opened(desk, text)
    _keep(desk, text, panel)
    assert desk.post(_url(text), _sent(text, **panel), headers=HTMX).status_code == 302
    assert not Unfinished.objects.exists()
    panel = _opened(desk, text)
    _keep(desk, text, panel)
    again = _opened(desk, text)
    gone = desk.post(_url(text), _sent(text, do="discard", **again), follow=True)
    assert "What you typed is discarded." in _seen(gone)
    assert not Unfinished.objects.exists()


def test_two_tabs_never_write_over_each_other(desk, text):
    first = _opened(desk, text)
    second = _opened(desk, text)
    _keep(desk, text, first, summary="In the first tab.")
    _keep(desk, text, second, summary="In the second tab.")
    _keep(desk, text, first, summary="In the first tab, and more.")
    kept = [json.loads(one.typed)["summary"] for one in Unfinished.objects.order_by("pk")]
    assert kept == [["In the first tab, and more."], ["In the second tab."]]
    # What goes on from it stands for it, unless the other tab goes on too.
    third = _opened(desk, text)
    _keep(desk, text, third, summary="On from the first.")
    assert Unfinished.objects.count() == 2
    fourth = _opened(desk, text)
    _keep(desk, text, third, summary="On and on from the first.")
    _keep(desk, text, fourth, summary="On in another tab.")
    assert Unfinished.objects.count() == 3
    assert "You have begun to code 2 passages" in _seen(desk.get(_url(text, _query("Others"))))


def test_what_is_typed_is_bounded_in_length_and_number(desk, text, coder):
    panel = _opened(desk, text)
    long = _keep(desk, text, panel, note="x" * 30_000)
    assert (long.status_code, Unfinished.objects.count()) == (422, 0)
    place = {"rendition": text, "start": 0, "end": 4, "typed": "{}", "kept_at": timezone.now()}
    Unfinished.objects.bulk_create(
        Unfinished(dossier=text.article.dossier, user=coder, form=f"f{number}", **place)
        for number in range(100)
    )
    full = _keep(desk, text, panel)
    assert full.status_code == 422
    assert "Save or discard some." in _seen(full)
    assert Unfinished.objects.count() == 100


def test_nobody_sees_what_another_has_typed(desk, text, a_member):
    _keep(desk, text, _opened(desk, text), summary="Mine alone.")
    other = Client()
    other.force_login(a_member("other", role="owner"))
    assert "Mine alone." not in other.get(_url(text, _query("Others"))).content.decode()
    own = Unfinished.objects.get()
    named = _query("Others") + f"&unfinished={own.form}"
    assert "Mine alone." not in other.get(_url(text, named)).content.decode()
    theirs = {"form": own.form, "begun": f"{own.form}.{own.revision}"}
    other.post(_url(text), _sent(text, do="discard", **theirs))
    assert Unfinished.objects.filter(pk=own.pk).exists()


def test_a_session_that_has_ended_asks_to_sign_in_in_place_and_goes_on(client, desk, text, coder):
    coder.set_password(PASSWORD)
    coder.save()
    client.force_login(coder)
    panel = _opened(client, text)
    client.logout()
    asked = client.post(_url(text), _sent(text, summary="My words.", **panel), headers=HTMX)
    assert (asked.status_code, asked["HX-Retarget"]) == (401, "#signing-in")
    assert not Position.objects.exists()
    html = asked.content.decode()
    back = re.search(r'name="next" value="([^"]*)"', html)[1].replace("&amp;", "&")
    wrong = {"login": "coder", "password": "not-it", "next": back}
    assert (
        'id="signing-in"' in client.post("/accounts/login/", wrong, headers=HTMX).content.decode()
    )
    signed_in = client.post("/accounts/login/", wrong | {"password": PASSWORD}, headers=HTMX)
    assert signed_in["Location"] == back
    panel_again = client.get(back, headers=HTMX).content.decode()
    assert '<div id="signing-in"></div>' in panel_again
    assert "My words." in panel_again
    # The form that is open still goes on as it is.
    saved = client.post(_url(text), _sent(text, summary="My words.", **panel), headers=HTMX)
    assert saved.status_code == 302
    assert Position.objects.get().summary == "My words."
    assert not Unfinished.objects.exists()


def test_without_scripts_the_page_to_sign_in_leads_back_to_what_was_typed(
    client, desk, text, coder
):
    panel = _opened(desk, text)
    desk.logout()
    led = desk.post(_url(text), _sent(text, summary="My words.", **panel))
    place = _place("Others")
    back = f"{_url(text)}?rendition={text.pk}&start={place['start']}&end={place['end']}#panel"
    assert led["Location"] == "/accounts/login/?next=" + quote(back, safe="")
    desk.force_login(coder)
    assert "My words." in desk.get(back).content.decode()


def test_a_ticket_opens_nothing_and_nobody_can_forge_one(client, desk, text, coder):
    panel = _opened(desk, text)
    desk.logout()
    for ticket in ("", "x", signing.dumps([coder.pk, text.article_id]), panel["ticket"][:-1]):
        refused = _keep(client, text, panel | {"ticket": ticket})
        assert (refused.status_code, Unfinished.objects.count()) == (404, 0)
    assert client.get(_url(text) + "?ticket=" + panel["ticket"]).status_code == 404
    # Who has signed in instead meets the question too, and it is kept for who typed it.
    other = User.objects.create_user("other")
    client.force_login(other)
    assert _keep(client, text, panel).status_code == 401
    assert Unfinished.objects.get().user == coder
    # Who is no member any more, or has no account that works, is a stranger.
    Unfinished.objects.all().delete()
    Membership.objects.all().delete()
    assert _keep(client, text, panel).status_code == 404
    Membership.objects.create(dossier=text.article.dossier, user=coder, role="coder")
    User.objects.filter(pk=coder.pk).update(is_active=False)
    assert _keep(client, text, panel).status_code == 404
    assert not Unfinished.objects.exists()


def test_a_browser_that_leaves_sends_along_what_was_typed(desk, text):
    panel = _opened(desk, text)
    sent = _sent(text, do="keep", summary="The last words.", **panel)
    assert desk.post(_url(text), sent).status_code == 204
    assert "The last words." in desk.get(_url(text, _query("Others"))).content.decode()


def test_what_is_refused_says_so_at_its_field(desk, text):
    panel = _opened(desk, text)
    answer = desk.post(_url(text), _sent(text, said="soon", actor="", **panel), headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#panel")
    html = answer.content.decode()
    for name in ("said", "actor"):
        control = re.search(rf'<input id="id_{name}"[^>]*>', html)[0]
        assert 'aria-invalid="true"' in control
        assert f"id_{name}_error" in control
        assert f'id="id_{name}_error"' in html
    # It goes on in the same form.
    assert _hidden(html)["form"] == panel["form"]


def test_a_save_is_confirmed_in_the_panel_beside_the_text(desk, text):
    panel = _opened(desk, text)
    led = desk.post(_url(text), _sent(text, **panel), headers=HTMX)
    content = desk.get(led["Location"], headers=HTMX).content.decode()
    assert 'id="content"' in content
    assert "p001 is saved as a draft." in content.split('id="panel"')[1]


def test_deleting_an_account_takes_along_what_it_typed(desk, text, coder):
    _keep(desk, text, _opened(desk, text))
    Unfinished.objects.update(kept_at=timezone.now() - timedelta(days=3))
    Membership.objects.all().delete()
    coder.delete()
    assert not Unfinished.objects.exists()


def test_a_passage_is_made_longer_with_all_that_is_typed(desk, text):
    panel = _opened(desk, text, "They left")
    typed = {"actor": "Nobody yet", "issue": "cease-fire", "stance": "opposes", "said": "2016"}
    typed |= {
        "held": "2015",
        "summary": "My words.",
        "voice": "direct-quote",
        "certainty": "hinted",
    }
    sent = _sent(text, "They left", do="before", **panel) | typed
    answer = desk.post(_url(text), sent, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#panel")
    html = answer.content.decode()
    assert "<mark>Others did not speak. They left</mark>" in html
    assert _hidden(html)["form"] == panel["form"]
    for value in ('value="Nobody yet"', 'value="opposes" checked', 'value="2016"', 'value="2015"'):
        assert value in html
    for value in ("My words.</textarea>", '"direct-quote" selected', '"hinted" selected'):
        assert value in html
    # At an end of the text nothing is added.
    assert 'value="after"' in html
    longest = _sent(text, TEXT, do="after", **panel)
    assert 'value="after"' not in desk.post(_url(text), longest, headers=HTMX).content.decode()


def test_what_is_typed_to_change_a_position_is_kept_as_that_for_a_passage(desk, text, draft):
    address, version = _edit(draft), Dossier.objects.get().version
    first, second = (_hidden(desk.get(address).content.decode()) for _ in range(2))
    for form, words in ((first, "In the first tab."), (second, "In the second tab.")):
        sent = _change(draft, do="keep", summary=words, said="", **form)
        told = desk.post(address, sent, headers=HTMX)
        assert (told.status_code, "What you typed was saved" in _seen(told)) == (200, True)
    assert Dossier.objects.get().version == version
    assert Position.objects.get().summary == draft.summary
    back = desk.get(address).content.decode()
    assert "In the second tab.</textarea>" in back
    assert re.search(r'<button[^>]*name="do" value="(\w+)"', back)[1] == "save"
    assert 'value="2017-01-25"' not in back.split('id="id_said"')[1].split(">")[0]
    assert f'<a href="?unfinished={first["form"]}"><bdi>In the first tab.' in back
    named = desk.get(f"{address}?unfinished={first['form']}").content.decode()
    assert "In the first tab.</textarea>" in named
    # The panel of its passage does not mistake it for a new coding.
    assert "In the second tab." not in desk.get(_url(text, _query("Others"))).content.decode()
    # What is saved, or discarded, is let go; what somebody has changed meanwhile shows both.
    mine = _hidden(named)
    assert desk.post(address, _change(draft, summary="Saved.", **mine)).status_code == 302
    left = Unfinished.objects.get()
    assert left.form == second["form"]
    stale = _change(draft, summary="In the second tab.", **second)
    assert desk.post(address, stale, headers=HTMX).status_code == 409
    gone = desk.post(address, stale | {"do": "discard"}, follow=True, headers=HTMX)
    assert "What you typed is discarded." in _seen(gone)
    assert "Saved.</textarea>" in gone.content.decode()
    assert not Unfinished.objects.exists()


def test_a_session_that_ends_while_a_position_is_changed_loses_nothing(
    client, desk, draft, coder, a_member
):
    address = _edit(draft)
    form = _hidden(desk.get(address).content.decode())
    desk.logout()
    sent = _change(draft, summary="My words.", **form)
    asked = client.post(address, sent, headers=HTMX)
    assert (asked.status_code, asked["HX-Retarget"]) == (401, "#signing-in")
    assert f'name="next" value="{address}"' in asked.content.decode()
    assert client.post(address, sent)["Location"] == f"/accounts/login/?next={quote(address, '')}"
    client.force_login(coder)
    again = client.get(address, headers=HTMX).content.decode()
    assert '<div id="signing-in"></div>' in again
    assert "My words.</textarea>" in again
    assert client.post(address, sent, headers=HTMX).status_code == 302
    assert (Position.objects.get().summary, Unfinished.objects.count()) == ("My words.", 0)
    # The ticket is good for nothing but this position, and only while its holder may change it.
    client.logout()
    other = Position.objects.get()
    other.pk, other.key, other._state.adding = None, "p802", True
    other.save()
    assert client.post(_edit(other), sent, headers=HTMX).status_code == 404
    Position.objects.update(status="published", published_at=timezone.now())
    assert client.post(address, sent, headers=HTMX).status_code == 404
    assert not Unfinished.objects.exists()
