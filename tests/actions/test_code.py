"""Record positions on passages, change them, and lose nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from astana.actions.code import add_passage, change_position, code_position, remove_passage
from astana.actions.coding import Coding, NewActor
from astana.actions.workflow import WrongStep
from astana.evidence.anchor import passage_of
from astana.models import Actor, Assignment, Evidence, Position, User
from astana.models.revised import StaleRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(a_member) -> User:
    return a_member("coder", role="coder")


@pytest.fixture
def text(a_rendition):
    return a_rendition()


@pytest.fixture
def a_coding(an_actor, an_issue):
    def build(**values) -> Coding:
        issue = values.pop("issue", None) or an_issue()
        stance = issue.stances.get(slug=values.pop("stance", "supports"))
        values = {"actor": an_actor(), "voice": "reported-speech", "said": "2017-01-24"} | values
        return Coding(issue=issue, stance=stance, **values)

    return build


def _passage(text, words="supports the cease-fire"):
    start = text.text.index(words)
    return passage_of(text.text, start, start + len(words))


def _coded(text, coding, coder, **values) -> Position:
    return code_position(rendition=text, passage=_passage(text), coding=coding, by=coder, **values)


def test_a_position_is_a_draft_of_its_coder_on_the_words_in_the_text(text, a_coding, coder):
    position = _coded(text, a_coding(), coder)
    evidence = position.evidence.get()
    assert (position.key, position.status, position.coder) == ("p001", "draft", coder)
    assert text.text[evidence.start : evidence.end] == evidence.exact == "supports the cease-fire"
    assert (evidence.prefix, evidence.paragraph) == ("They met. Russia ", 1)
    assert evidence.suffix.startswith(".\n\nOthers")


def test_a_summary_left_empty_is_made_of_what_was_chosen(text, a_coding, coder):
    position = _coded(text, a_coding(), coder)
    assert position.summary == "Russia on “Cease fire”: Supports."
    assert _coded(text, a_coding(summary="My words."), coder).summary == "My words."


def test_keys_follow_one_another(text, a_coding, coder, a_position):
    a_position(key="p041")
    assert [_coded(text, a_coding(), coder).key for _ in range(2)] == ["p042", "p043"]


def test_a_position_can_be_handed_in_at_once(text, a_coding, coder):
    assert _coded(text, a_coding(), coder, is_submitted=True).status == "submitted"


def test_a_new_actor_comes_with_the_position_or_not_at_all(text, a_coding, coder):
    position = _coded(text, a_coding(actor=NewActor("Free Officers", "armed-group")), coder)
    assert (position.actor.slug, position.actor.kind) == ("free-officers", "armed-group")
    with pytest.raises(ValidationError):
        _coded(text, a_coding(actor=NewActor("Others", "armed-group"), said="never"), coder)
    assert not Actor.objects.filter(name="Others").exists()


def test_new_actors_whose_names_have_no_latin_letters_get_short_names_too(text, a_coding, coder):
    slugs = [
        _coded(text, a_coding(actor=NewActor(name, "person")), coder).actor.slug
        for name in ("محمد", "علي")
    ]
    assert slugs == ["actor", "actor-2"]


@pytest.mark.parametrize("role", ["reader", None])
def test_only_coders_code(text, a_coding, a_member, role):
    by = a_member("r", role=role) if role else User.objects.create_user("stranger")
    with pytest.raises(PermissionDenied):
        _coded(text, a_coding(), by)
    assert not Position.objects.exists()


def test_what_does_not_fit_together_is_refused(text, a_coding, coder, a_dossier, an_actor):
    other = an_actor("elsewhere", dossier=a_dossier("other"))
    for values in ({"said": "soon"}, {"voice": "attributed"}, {"actor": other}):
        with pytest.raises(ValidationError):
            _coded(text, a_coding(**values), coder)
    assert not Evidence.objects.exists()


def _assign(text, coder, **values) -> Assignment:
    return Assignment.objects.create(
        dossier=text.article.dossier,
        article=text.article,
        coder=coder,
        assigned_by=coder,
        **values,
    )


def test_a_position_belongs_to_the_open_assignment_of_its_coder(text, a_coding, coder, a_member):
    _assign(text, a_member("other", role="coder"))
    assert _coded(text, a_coding(), coder).assignment is None
    mine = _assign(text, coder, is_independent=True)
    assert _coded(text, a_coding(), coder).assignment == mine


def test_nothing_is_added_to_a_round_that_its_coder_has_finished(text, a_coding, coder):
    from django.utils import timezone

    _assign(text, coder, is_independent=True, finished_at=timezone.now())
    with pytest.raises(WrongStep):
        _coded(text, a_coding(), coder)


def test_a_change_is_kept_and_a_stale_one_refused(text, a_coding, coder):
    position = _coded(text, a_coding(), coder)
    stale = Position.objects.get()
    change_position(position=position, coding=a_coding(stance="opposes"), by=coder)
    with pytest.raises(StaleRecord):
        change_position(position=stale, coding=a_coding(stance="neither"), by=coder)
    assert Position.objects.get().stance.slug == "opposes"
    assert position.history.count() == 2


def test_others_do_not_change_a_draft_unless_they_review(text, a_coding, coder, a_member):
    position = _coded(text, a_coding(), coder)
    with pytest.raises(PermissionDenied):
        change_position(position=position, coding=a_coding(), by=a_member("b", role="coder"))
    reviewer = a_member("c", role="reviewer")
    change_position(position=position, coding=a_coding(summary="Mended."), by=reviewer)
    assert Position.objects.get().summary == "Mended."


def test_a_second_passage_is_numbered_and_the_last_one_stays(text, a_coding, coder):
    position = _coded(text, a_coding(), coder)
    second = add_passage(
        position=position, rendition=text, passage=_passage(text, "Others"), by=coder
    )
    assert (second.number, second.paragraph) == (2, 2)
    with pytest.raises(WrongStep):
        add_passage(position=position, rendition=text, passage=_passage(text), by=coder)
    remove_passage(evidence=position.evidence.get(number=1), by=coder)
    with pytest.raises(WrongStep):
        remove_passage(evidence=position.evidence.get(), by=coder)


def test_a_passage_of_another_article_is_not_added(text, a_coding, coder, a_rendition):
    position = _coded(text, a_coding(), coder)
    other = a_rendition("Other words stand here.", article="gazette-2017-02-01")
    with pytest.raises(WrongStep):
        add_passage(position=position, rendition=other, passage=_passage(other, "words"), by=coder)
