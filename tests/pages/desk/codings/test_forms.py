"""What a coder says is complete, and actors go by any of their names."""

from datetime import date

import pytest

from astana.actions.coding import NewActor
from astana.models import ActorName, Event, Position
from astana.models.actors_at_desk import actors_called, name_to_fill_in, offers
from astana.pages.desk.codings.forms import CodingForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(a_member):
    """A coder, at whose desk it is."""
    return a_member("cora", role="coder")


@pytest.fixture
def russia(an_actor):
    actor = an_actor("russia")
    ActorName.objects.create(actor=actor, name="روسيا", language="ar")
    return actor


@pytest.fixture
def coded(cora, a_dossier, an_issue, russia):
    an_issue()

    def build(**values) -> CodingForm:
        values = {
            "actor": "Russia",
            "issue": "cease-fire",
            "stance": "supports",
            "voice": "reported-speech",
            "certainty": "stated",
            "said": "2017-01-24",
        } | values
        return CodingForm(values, instance=Position(dossier=a_dossier()), user=cora)

    return build


def test_an_actor_goes_by_any_of_its_names(cora, a_dossier, russia):
    for name in ("Russia", "RUSSIA", "روسيا", "russia", "Russia (russia)"):
        assert actors_called(name, dossier=a_dossier(), user=cora) == [russia]


def test_who_shares_a_name_is_asked_for(cora, coded, an_actor, russia):
    other = an_actor("russia-2", name="Russia")
    form = coded(actor="RUSSIA")
    assert not form.is_valid()
    assert {offer.slug for offer in form.fields["actor"].matches} == {"russia", "russia-2"}
    assert coded(actor="RUSSIA", actor_is="russia-2").is_valid()
    assert name_to_fill_in(other, dossier=other.dossier, user=cora) == "Russia (russia-2)"
    assert actors_called("Russia (russia-2)", dossier=other.dossier, user=cora) == [other]


def test_a_name_never_leads_to_another_actor_whose_short_name_it_is(cora, an_actor):
    named = an_actor("someone", name="iran")
    an_actor("iran", name="Islamic Republic of Iran")
    filled_in = name_to_fill_in(named, dossier=named.dossier, user=cora)
    assert actors_called(filled_in, dossier=named.dossier, user=cora) == [named]


def test_a_name_that_nobody_has_brings_those_that_are_like_it(coded):
    form = coded(actor="Rusia")
    assert not form.is_valid()
    assert [offer.slug for offer in form.fields["actor"].matches] == ["russia"]


def test_offers_come_as_one_types(cora, a_dossier, russia, an_actor):
    an_actor("belarus", name="Belarus")
    an_actor("white-russia", name="White Russia")
    found = [offer.slug for offer in offers("rus", dossier=a_dossier(), user=cora)]
    assert found == ["russia", "white-russia", "belarus"]
    assert [offer.also for offer in offers("روس", dossier=a_dossier(), user=cora)] == ["روسيا"]


def test_a_new_actor_stands_in_for_one_that_is_known(coded):
    form = coded(actor="", new_actor="Free Officers", new_actor_kind="armed-group")
    assert form.is_valid()
    assert form.coding().actor == NewActor("Free Officers", "armed-group")
    for values in ({"new_actor_kind": ""}, {"new_actor": "روسيا"}):
        wrong = {"actor": "", "new_actor": "Free", "new_actor_kind": "state"} | values
        assert not coded(**wrong).is_valid()


def test_a_stance_answers_the_issue(coded, an_issue):
    other = an_issue("borders")
    other.stances.filter(slug="supports").update(slug="closed")
    assert not coded(stance="closed").is_valid()
    assert coded(issue="borders", stance="closed").is_valid()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"actor": ""}, "actor"),
        ({"said": "2017-02-30"}, "said"),
        ({"said": "soon"}, "said"),
        ({"voice": "attributed"}, "attributed_by"),
        ({"voice": "attributed", "attributed_by": "Russia"}, "attributed_by"),
        ({"attributed_by": "Turkey"}, "attributed_by"),
        ({"voice": "whisper"}, "voice"),
        ({"issue": "nobody"}, "issue"),
        ({"event": "nobody"}, "event"),
        ({"summary": "x" * 501}, "summary"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(coded, an_actor, values, field):
    an_actor("turkey")
    form = coded(**values)
    assert not form.is_valid()
    assert field in form.errors


def test_foreign_fields_change_nothing(coded):
    form = coded(status="published", coder="1", key="p999", dossier="2")
    assert form.is_valid()
    assert not {"status", "coder", "key", "dossier"} & set(form.cleaned_data)


def test_a_stale_edit_shows_the_words_of_both(cora, a_position, a_dossier, an_issue):
    position = a_position(actor="russia", summary="Before.")
    data = {
        "actor": "Russia",
        "issue": "cease-fire",
        "stance": "opposes",
        "voice": "reported-speech",
        "certainty": "stated",
        "said": "2017-01-24",
        "summary": "Mine.",
        "revision": str(position.revision),
    }
    other = Position.objects.get()
    other.issue = an_issue("borders")
    other.stance = other.issue.stances.get(slug="neither")
    other.summary = "Theirs."
    other.save()
    form = CodingForm(data, instance=Position.objects.get(), user=cora)
    assert not form.is_valid()
    assert {row.name: (row.stored, row.typed) for row in form.differences} == {
        "issue": ("Borders", "Cease fire"),
        "stance": ("Neither", "Opposes"),
        "summary": ("Theirs.", "Mine."),
    }


def test_what_was_held_is_a_date_and_not_after_the_article(cora, a_dossier, coded):
    form = coded(held="2003")
    assert form.is_valid()
    assert form.coding().held == "2003"
    form = coded(held="long ago")
    assert "This is not a date" in str(form.errors["held"])
    form = CodingForm(
        coded(held="2017-02").data,
        instance=Position(dossier=a_dossier()),
        user=cora,
        published=date(2017, 1, 25),
    )
    assert "The article was published on 2017-01-25, before 2017-02-01" in str(form.errors["held"])


def test_authority_is_of_who_attributes_it(coded):
    form = coded(authority="for-actor")
    assert "choose the voice" in str(form.errors["authority"])


def test_a_question_of_each_event_asks_for_the_event(coded, a_dossier, an_issue):
    an_issue("direct-talks", kind="fact", per_event=True)
    form = coded(issue="direct-talks")
    assert "Say which event this is about" in str(form.errors["event"])
    Event.objects.create(
        dossier=a_dossier(), slug="astana-1", name="Astana", start="2017-01-23", end="2017-01-24"
    )
    assert coded(issue="direct-talks", event="astana-1").is_valid()


def test_certainty_is_stated_unless_the_coder_says_otherwise(coded):
    for sent, certainty in [({"certainty": ""}, "stated"), ({"certainty": "hinted"}, "hinted")]:
        form = coded(**sent)
        assert form.is_valid()
        assert form.coding().certainty == certainty


def test_the_form_of_a_position_holds_all_that_it_says(cora, a_position):
    position = a_position(
        voice="attributed",
        attributed_by="turkey",
        authority="for-actor",
        certainty="implied",
        held="2003",
    )
    form = CodingForm(instance=position, user=cora)
    shown = {name: form[name].value() for name in ("authority", "certainty", "held")}
    assert shown == {"authority": "for-actor", "certainty": "implied", "held": "2003"}
