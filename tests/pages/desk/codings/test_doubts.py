"""What is doubtful is asked once, with what was typed kept, and saved when it is sent again."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from astana.models import Affiliation, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(client, a_member, a_rendition, an_issue, an_actor):
    """Return a function that sends a coding as a coder, the answer that came before confirmed."""
    client.force_login(a_member("cora", role="coder"))
    an_issue()
    text = a_rendition()
    sent = {"rendition": text.pk, "start": 0, "end": 9, "do": "save", "voice": "reported-speech"}
    sent |= {"actor": an_actor().name, "issue": "cease-fire", "stance": "supports"}
    address = reverse("codings:article", args=["talks", text.article.slug])

    def send(answer=None, **values):
        if answer:
            html = answer.content.decode()
            values["confirmed"] = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
        return client.post(values.pop("address", address), sent | {"said": "2017-01-24"} | values)

    return send


def _seen(answer) -> str:
    assert answer.status_code == 422
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_was_said_after_its_article_is_saved_when_it_is_sent_again(code):
    late = {"said": "2017-01-26", "summary": "My own words."}
    asked = code(**late)
    assert "Said: The article was published on 2017-01-25, and this was said later" in _seen(asked)
    assert "My own words." in asked.content.decode()
    assert not Position.objects.exists()
    assert code(asked, **late).status_code == 302
    assert Position.objects.get().said == "2017-01-26"
    # In an edit the passages say of which day the article is; what stands is not asked again.
    edit = reverse("codings:edit", args=["talks", Position.objects.get().key])
    assert code(address=edit, revision=1, note="Read twice.", **late).status_code == 302
    later = late | {"said": "2017-01-27", "revision": 2, "address": edit}
    asked = code(**later)
    assert "and this was said later: 2017-01-27." in _seen(asked)
    assert code(asked, **later).status_code == 302


def test_a_speaker_is_asked_about_out_of_office_and_for_another_actor(
    code, an_actor, a_dossier, a_position
):
    sergei = an_actor("sergei", kind="person")
    assert code(speaker="Sergei").status_code == 302
    Affiliation.objects.create(
        dossier=a_dossier(), person=sergei, body=an_actor(), role="m", start=date(2017, 1, 25)
    )
    asked = code(speaker="Sergei", said="2017-01-23")
    assert "Sergei had no role in Russia then, but had one at another time: 2017-01-25/.." in _seen(
        asked
    )
    assert code(asked, speaker="Sergei", said="2017-01-23").status_code == 302
    an_actor("turkey")
    asked = code(speaker="Sergei", actor="Turkey")
    assert "Sergei has never spoken for Turkey in this dossier." in _seen(asked)
    assert code(asked, speaker="Sergei", actor="Turkey").status_code == 302
    assert code(speaker="Sergei", actor="Turkey", said="2017-01-22").status_code == 302
    # For the one who attributes it, Sergei has a role.
    by = {"voice": "attributed", "attributed_by": "Russia", "said": "2017-01-25"}
    assert code(speaker="Sergei", actor="Turkey", **by).status_code == 302


def test_who_attributes_something_to_itself_is_asked_what_it_means(code, an_actor):
    an_actor("ministry", part_of=an_actor())
    own = {"voice": "attributed", "attributed_by": "Ministry"}
    assert "Attributed by: Ministry belongs to Russia" in _seen(code(**own))
    assert code(**own, authority="for-actor").status_code == 302
    # The actor itself, known or new, with whatever authority.
    itself = {"voice": "attributed", "attributed_by": "Russia", "authority": "for-actor"}
    asked = code(**itself)
    assert "Attributed by: The actor attributes this to itself." in _seen(asked)
    assert code(asked, **itself).status_code == 302
    new = {"actor": "", "new_actor": "Free Officers", "new_actor_kind": "armed-group"}
    new |= {"new_attributed_by": "Free Officers", "new_attributed_by_kind": "armed-group"}
    assert "The actor attributes this to itself." in _seen(code(**new, voice="attributed"))


def test_what_says_the_same_is_named_unless_its_coder_works_unseen(code, a_position, a_member):
    other = {"coder": a_member("colleague", role="coder"), "coded_at": timezone.now()}
    a_position(key="unseen", status="draft", **other)
    a_position(key="thrown-out", status="rejected", reason="Not said.")
    assert code().status_code == 302
    # An article may well say the same twice; what comes from elsewhere is another matter.
    assert code().status_code == 302
    a_position(key="p701")
    asked = code()
    assert "The same actor, issue, stance and day are already in p701." in _seen(asked)
    a_position(key="p702")
    # Another one has come: the answer to the first question does not stand for it.
    assert "are already in p701, p702." in _seen(code(asked))
    assert code(code()).status_code == 302


def test_of_several_actors_each_is_asked_about(code, an_actor, a_position):
    an_actor("turkey"), an_actor("iran")
    a_position(key="p703", actor="turkey")
    several = {"also": "Turkey; Iran"}
    asked = code(**several)
    assert "The same actor, issue, stance and day are already in p703." in _seen(asked)
    assert code(asked, **several).status_code == 302
    assert Position.objects.count() == 4
