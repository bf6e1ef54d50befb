"""What a package does to a database that knows more, or less, than the package."""

from hashlib import sha256

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astana.evidence.anchor import passage_of
from astana.evidence.paragraphs import paragraphs_of
from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.load import load
from astana.exchange.problems import BrokenPackage
from astana.models import Anchor, Dossier, Evidence, Position, Rendition, Source
from tests.exchange.test_cells import NAMES, TEXTS

pytestmark = pytest.mark.django_db

FULL = "A heading\n\nThe envoy said: we back the truce.\n\nNobody answered him."
WORDS = "we back the truce"


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def place_of(words: str, text: str) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


@pytest.fixture
def a_text_for_members(a_rendition):
    """Return a full text whose words are stored, for members only."""
    return a_rendition(FULL, kind="full", rights="members")


@pytest.fixture
def an_anchored_position(a_position, a_rendition, a_text_for_members) -> Position:
    """Return a position with evidence in a synopsis, anchored in the text for members too."""
    synopsis = a_rendition("Russia is for the cease-fire.\n\nNo more is said.")
    position = a_position(key="p001", rendition=synopsis, quote="for the cease-fire")
    found = passage_of(FULL, *place_of(WORDS, FULL).values())
    Anchor.objects.create(
        evidence=position.evidence.get(),
        rendition=a_text_for_members,
        paragraph=2,
        start=found.start,
        end=found.end,
        sha256=found.sha256,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
    )
    return position


def forget_words() -> None:
    """Leave of the texts for members what a database knows that never held their words."""
    for rendition in Rendition.objects.filter(rights="members"):
        Rendition.objects.filter(pk=rendition.pk).update(text="")
    bare = {"exact": "", "prefix": "", "suffix": ""}
    Anchor.objects.update(**bare)
    for evidence in Evidence.objects.filter(rendition__rights="members").exclude(exact=""):
        Evidence.objects.filter(pk=evidence.pk).update(sha256=digest(evidence.exact), **bare)


def test_words_for_members_are_not_dumped_and_their_hashes_are(an_anchored_position):
    files = dump("talks")
    assert WORDS not in b"".join(files.values()).decode()
    assert digest(FULL) in files["renditions.csv"].decode()
    assert digest(WORDS) in files["anchors.csv"].decode()
    assert "texts/gazette-2017-01-25.synopsis.en.txt" in files
    assert len([name for name in files if name.startswith("texts/")]) == 1


def test_attached_words_change_no_dump_and_survive_a_load(an_anchored_position):
    with_words = dump("talks")
    report = load(check(with_words))
    assert not report.is_changed
    assert Rendition.objects.get(kind="full").text == FULL
    assert Anchor.objects.get().exact == WORDS
    forget_words()
    assert dump("talks") == with_words


def test_a_package_loads_where_the_words_are_unknown(an_anchored_position):
    files = dump("talks")
    _empty()
    load(check(files))
    rendition = Rendition.objects.get(kind="full")
    anchor = Anchor.objects.get()
    assert rendition.is_known_by_hash_only
    assert rendition.paragraphs == [list(pair) for pair in paragraphs_of(FULL)]
    assert (anchor.exact, anchor.sha256, anchor.paragraph) == ("", digest(WORDS), 2)
    assert dump("talks") == files


def test_evidence_in_a_text_for_members_travels_by_hash(a_position, a_text_for_members):
    a_position(key="p001", rendition=a_text_for_members, quote=WORDS)
    files = dump("talks")
    assert WORDS not in b"".join(files.values()).decode()
    assert not load(check(files)).is_changed
    assert Evidence.objects.get().exact == WORDS

    _empty()
    load(check(files))
    evidence = Evidence.objects.get()
    assert (evidence.exact, evidence.sha256) == ("", digest(WORDS))
    assert (evidence.start, evidence.end) == tuple(place_of(WORDS, FULL).values())
    assert dump("talks") == files
    assert not load(check(files)).is_changed


def test_words_that_are_here_complete_a_package_that_has_hashes(a_position, a_text_for_members):
    a_position(key="p001", rendition=a_text_for_members, quote=WORDS)
    files = dump("talks")
    Position.objects.all().delete()
    load(check(files))
    evidence = Evidence.objects.get()
    assert (evidence.exact, evidence.sha256) == (WORDS, "")
    assert evidence.prefix == FULL[: evidence.start][-32:]


def test_a_passage_that_contradicts_the_words_that_are_here_is_refused(an_anchored_position):
    files = dump("talks")
    wrong = digest("words that stand elsewhere")
    files["anchors.csv"] = files["anchors.csv"].replace(digest(WORDS).encode(), wrong.encode())
    content = check(files)
    with pytest.raises(
        BrokenPackage, match=r"anchors\.csv, line 2, column sha256: .* another hash"
    ):
        load(content)
    assert Anchor.objects.get().sha256 == digest(WORDS)


@pytest.mark.parametrize("health", ["ambiguous", "lost"])
def test_a_passage_without_a_place_survives(an_anchored_position, health):
    nowhere = {"start": None, "end": None, "health": health}
    Evidence.objects.update(**nowhere)
    Anchor.objects.update(paragraph=None, **nowhere)
    files = dump("talks")
    assert not load(check(files)).is_changed
    _empty()
    load(check(files))
    assert Evidence.objects.get().health == health
    assert Anchor.objects.get().health == health
    assert dump("talks") == files


@pytest.mark.parametrize("health", ["moved", "reset"])
def test_that_a_passage_moved_or_was_set_anew_is_not_lost_by_loading(an_anchored_position, health):
    Evidence.objects.update(health=health)
    Anchor.objects.update(health=health)
    assert not load(check(dump("talks"))).is_changed
    assert Evidence.objects.get().health == health


def test_a_changed_text_is_a_new_version_and_the_older_one_stays(an_anchored_position, a_rendition):
    files = dump("talks")
    old = Rendition.objects.get(kind="synopsis")
    text = "Russia is still for the cease-fire.\n"
    name = "texts/gazette-2017-01-25.synopsis.en.txt"
    rows = files["renditions.csv"].decode()
    rows = rows.replace(old.sha256, digest(text)).replace(f",{old.characters},", f",{len(text)},")
    changed = files | {name: text.encode(), "renditions.csv": rows.encode()}
    start = text.index("for the cease-fire")
    changed["evidence.csv"] = (
        files["evidence.csv"]
        .decode()
        .replace("en,1,1,10,28,", f"en,1,1,{start},{start + 18},")
        .encode()
    )
    load(check(changed))
    versions = Rendition.objects.filter(kind="synopsis").order_by("version")
    assert [(one.version, one.text) for one in versions] == [(1, old.text), (2, text)]
    assert Evidence.objects.get().rendition.version == 2
    assert not load(check(changed)).is_changed
    later = dump("talks")
    assert later["texts/gazette-2017-01-25.synopsis.en.v2.txt"] == text.encode()
    assert later[name] == old.text.encode()


def test_summaries_that_were_made_follow_a_package_and_typed_ones_stay(a_position, a_rendition):
    passage = {"rendition": a_rendition("They back the truce."), "quote": "truce"}
    a_position(key="made", summary="Russia on “Cease fire”: Supports.", **passage)
    a_position(key="typed", summary="It backs the truce.", **passage)
    files = dump("talks")
    files["actors.csv"] = files["actors.csv"].replace(b"Russia", b"Moscow")
    files["positions.csv"] = files["positions.csv"].replace(b",supports,", b",opposes,")
    assert load(check(files)).is_changed
    summaries = {"made": "Moscow on “Cease fire”: Opposes.", "typed": "It backs the truce."}
    assert dict(Position.objects.values_list("key", "summary")) == summaries
    assert set(Position.objects.values_list("stance__slug", flat=True)) == {"opposes"}
    # The same package once more still has the sentence of before.
    assert not load(check(files)).is_changed
    assert dict(Position.objects.values_list("key", "summary")) == summaries


def _empty() -> None:
    """Delete the dossier and all that is in it."""
    for model in (Evidence, Position, Rendition):
        model.objects.all().delete()
    dossier = Dossier.objects.get()
    for name in ("articles", "sources", "issues", "actors"):
        getattr(dossier, name).all().delete()
    dossier.delete()


@settings(
    max_examples=15 if connection.vendor == "sqlite" else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    texts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3, unique=True),
    notes=st.lists(TEXTS, min_size=3, max_size=3),
    title=NAMES,
)
def test_whatever_is_written_survives_a_round_trip(
    a_dossier, a_rendition, a_position, texts, notes, title
):
    with transaction.atomic():
        a_dossier(title=title[:200], description=notes[0])
        for number, text in enumerate(texts):
            paragraphs = [list(pair) for pair in paragraphs_of(text)]
            rendition = a_rendition(text, article=f"article-{number}", language="ar")
            Rendition.objects.filter(pk=rendition.pk).update(paragraphs=paragraphs)
            words = text.strip()
            position = a_position(note=notes[1], condition=notes[2][:500])
            Evidence.objects.create(
                position=position,
                rendition=rendition,
                exact=words,
                prefix=text[: text.index(words)][-32:],
                **place_of(words, text),
            )
        files = dump("talks")
        assert not load(check(files)).is_changed
        _empty()
        load(check(files))
        assert Source.objects.count() == 1
        assert dump("talks") == files
        transaction.set_rollback(True)
