"""One passage, many positions: several actors at once, the passage again, and what is carried."""

import re

import pytest
from django.urls import reverse

from astana.models import Actor, Document, Issue, Position, Signature
from tests.addresses import HTMX

pytestmark = pytest.mark.django_db

TEXT = "They met. All of them support the cease-fire. They left."
WORDS = "All of them support the cease-fire."


@pytest.fixture
def text(a_rendition, an_issue, an_actor):
    an_issue()
    for name in ("russia", "turkey", "iran", "syria"):
        an_actor(name)
    return a_rendition(TEXT)


@pytest.fixture
def desk(client, a_member, text):
    client.force_login(a_member("coder", role="coder"))
    return client


@pytest.fixture
def url(text) -> str:
    return reverse("codings:article", args=["talks", text.article.slug])


def _sent(text, **values) -> dict:
    start = TEXT.index(WORDS)
    return {
        "rendition": text.pk,
        "start": start,
        "end": start + len(WORDS),
        "exact": WORDS,
        "actor": "Russia",
        "issue": "cease-fire",
        "stance": "supports",
        "voice": "reported-speech",
        "said": "2017-01-25",
        "do": "save",
    } | values


def _seen(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def _actors() -> list[str]:
    return [one.actor.name for one in Position.objects.order_by("pk").select_related("actor")]


def _value(html: str, name: str) -> str:
    """Return what a text field of the panel holds."""
    return re.search(rf'<input id="id_{name}"[^>]*? value="([^"]*)"', html)[1]


def test_several_actors_get_a_position_each_on_the_same_passage(desk, url, text):
    saved = desk.post(url, _sent(text, also="TURKEY; iran;Russia; "), follow=True)
    assert "p001, p002, p003 are saved as drafts." in _seen(saved)
    assert _actors() == ["Russia", "Turkey", "Iran"]
    passages = {one.evidence.get().exact for one in Position.objects.all()}
    assert passages == {WORDS}
    assert len(set(Position.objects.values_list("summary"))) == 3


def test_the_signatories_of_a_document_are_offered_and_each_gets_a_position(desk, url, text):
    signed = Document.objects.create(
        dossier=text.article.dossier, slug="accord", title="An accord", date="2017-01-24"
    )
    for name, status in (("russia", "signed"), ("turkey", "signed"), ("syria", "not-signed")):
        actor = Actor.objects.get(slug=name)
        Signature.objects.create(document=signed, actor=actor, status=status)
    shown = desk.post(url, _sent(text, document="accord", do="signatories", actor=""))
    offered = re.findall(r'name="signatories" id="[^"]*" value="([^"]*)"', shown.content.decode())
    assert offered == ["russia", "turkey"]
    assert not Position.objects.exists()
    sent = _sent(text, document="accord", actor="", signatories=["russia", "turkey"])
    assert desk.post(url, sent).status_code == 302
    assert _actors() == ["Russia", "Turkey"]
    assert set(Position.objects.values_list("document__slug", flat=True)) == {"accord"}
    assert desk.post(url, sent | {"signatories": ["syria"]}).status_code == 422


def test_several_actors_are_saved_all_or_none(desk, url, text, an_actor):
    an_actor("iran-2", name="Iran")
    for values, told in (
        ({"also": "Turkey; Iran"}, "Write one of: Iran (iran); Iran (iran-2)"),
        (
            {"also": "Turkey", "summary": "It backs it."},
            "If there are several actors, leave this empty",
        ),
        (
            {"also": "Turkey", "voice": "attributed", "attributed_by": "Turkey"},
            "The actor attributes this to itself.",
        ),
        ({"also": "Turkey", "said": "soon"}, "not a date"),
    ):
        refused = desk.post(url, _sent(text, **values))
        assert (refused.status_code, Position.objects.count()) == (422, 0)
        assert told in _seen(refused)
        assert f'value="{values["also"]}"' in refused.content.decode()


def test_others_are_offered_for_the_last_name_that_is_typed(desk, url, text):
    place = {name: _sent(text)[name] for name in ("rendition", "start", "end")}
    asked = place | {"offers": "also", "also": "Russia; tur"}
    html = desk.get(url, asked, headers=HTMX).content.decode()
    assert 'data-value="Russia; Turkey"' in html


def test_a_new_speaker_of_several_actors_is_added_once_and_hidden_from_readers(desk, url, text):
    new = {"new_speaker": "Ada Example", "new_attributed_by": "The Gazette Club"}
    kind = {"new_attributed_by_kind": "organization", "voice": "attributed"}
    assert desk.post(url, _sent(text, also="Turkey", **new, **kind)).status_code == 302
    speaker, club = (Actor.objects.get(name=name) for name in ("Ada Example", "The Gazette Club"))
    assert (speaker.kind, speaker.public, club.public) == ("person", False, False)
    spoke = Position.objects.values_list("speaker", "attributed_by")
    assert list(spoke) == [(speaker.pk, club.pk)] * 2
    there = desk.post(url, _sent(text, new_speaker="ada example"))
    assert "There is already an actor with this name: Ada Example" in _seen(there)
    kindless = desk.post(url, _sent(text, voice="attributed", new_attributed_by="Another"))
    assert "Say what kind of actor this is." in _seen(kindless)


def test_the_passage_is_coded_again_with_all_but_the_actor(desk, url, text, an_actor):
    an_actor("ada", name="Ada Example", kind="person")
    sent = _sent(text, do="again", voice="act", condition="If all keep it.", speaker="Ada Example")
    again = desk.post(url, sent, follow=True)
    html = again.content.decode()
    assert "p001 is saved as a draft." in _seen(again)
    assert f"<mark>{WORDS}</mark>" in html
    assert '<option value="act" selected>' in html
    assert 'value="supports" checked' in html
    kept = [_value(html, name) for name in ("actor", "speaker", "condition", "said")]
    assert kept == ["", "", "If all keep it.", "2017-01-25"]
    # A button of one's own, so that Enter in a field still saves and closes.
    assert html.index('value="save"') < html.index('value="again"')


def test_a_speaker_is_carried_on_for_the_same_actor_alone(desk, url, text, an_actor):
    an_actor("ada", name="Ada Example", kind="person")
    desk.post(url, _sent(text, speaker="Ada Example"))
    place = {name: _sent(text)[name] for name in ("rendition", "start", "end")}
    shown = desk.get(url, place, headers=HTMX).content.decode()
    assert _value(shown, "speaker") == "Ada Example"
    carried = re.search(r'name="carried" value="([^"]*)"', shown)[1]
    other = desk.get(url, place | {"actor": "Turkey"}, headers=HTMX).content.decode()
    assert _value(other, "speaker") == ""
    sent = _sent(text, actor="Turkey", speaker="Ada Example", carried=carried)
    asked = desk.post(url, sent)
    assert "This speaker was filled in for another actor." in _seen(asked)
    assert 'name="carried"' not in asked.content.decode()
    del sent["carried"]
    sent["confirmed"] = re.search(r'name="confirmed" value="([^"]+)"', asked.content.decode())[1]
    assert desk.post(url, sent).status_code == 302
    same = _sent(text, speaker="Ada Example", carried=carried, stance="opposes")
    assert desk.post(url, same).status_code == 302


def test_the_codebook_stands_beside_the_stances_and_each_has_its_key(desk, url, text):
    place = {name: _sent(text)[name] for name in ("rendition", "start", "end")} | {
        "issue": "cease-fire"
    }
    assert "What the codebook says" not in _seen(desk.get(url, place, headers=HTMX))
    entry = {"description": "Any halt.", "examples": "It holds.", "counter_examples": "A plan."}
    Issue.objects.filter(slug="cease-fire").update(**entry)
    shown = desk.get(url, place, headers=HTMX)
    assert "Definition Any halt. Examples It holds. Counter-examples A plan." in _seen(shown)
    # Each stance has its own entry, which describes it where it is chosen.
    Issue.objects.get(slug="cease-fire").stances.filter(slug="opposes").update(**entry)
    html = desk.get(url, place, headers=HTMX).content.decode()
    assert html.count('aria-describedby="entry-cease-fire-opposes"') == 1
    assert "<b>Examples:</b>" in html.split('id="entry-cease-fire-opposes"')[1]
    keys = re.findall(r'value="([^"]+)"[^>]*aria-keyshortcuts="(\d)"', shown.content.decode())
    assert keys[:3] == [("supports", "1"), ("neither", "2"), ("opposes", "3")]
