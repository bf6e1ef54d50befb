"""A text is attached once, passages keep their words, and what is doubtful is said."""

from copy import copy
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied

from astana.actions.attach_text import LONGEST_TEXT, Outcome, attach_text
from astana.models import Anchor, Dossier, Evidence, Position, Rendition

PARAGRAPHS = [
    "The harbour council met on Monday to talk about the new bridge. 😀 It sat until dawn.",
    "Its chair said that the ferry would keep running until the bridge opens to lorries.",
    "Two members asked for a longer trial, and one of them left the room in anger.",
    "Fishers fear higher tolls. Shopkeepers hope for more guests, as they did in spring.",
    "An engineer warned that salt eats the cables. She asked for a second survey.",
    "The mayor replied that the survey had been paid for already and would be read aloud.",
    "The vote is due in autumn. Nobody expects it to be close, the clerk added.",
]
TEXT = "\n\n# A bridge for the harbour\n\n" + "\n\n".join(PARAGRAPHS) + "\n\nWrite to the editor."
# (paragraph, words): 14 passages, two of each paragraph.
PASSAGES = [
    (1, "harbour council met on Monday"),
    (1, "It sat until dawn."),
    (2, "the ferry would keep running"),
    (2, "until the bridge opens to lorries"),
    (3, "Two members asked for a longer trial"),
    (3, "left the room in anger"),
    (4, "Fishers fear higher tolls."),
    (4, "Shopkeepers hope for more guests"),
    (5, "salt eats the cables"),
    (5, "She asked for a second survey."),
    (6, "the survey had been paid for"),
    (6, "would be read aloud"),
    (7, "The vote is due in autumn."),
    (7, "Nobody expects it to be close"),
]


def digest(words):
    return sha256(words.encode()).hexdigest()


@pytest.fixture
def known(a_rendition, a_position):
    """An article with a synopsis and a full text known by its hash; returns that rendition."""
    synopsis = a_rendition("\n\n".join(f"Own words {n}." for n in range(1, len(PASSAGES) + 1)))
    starts = [TEXT.index(paragraph) for paragraph in PARAGRAPHS]
    full = Rendition.objects.create(
        article=synopsis.article,
        kind="full",
        sha256=digest(TEXT),
        characters=len(TEXT),
        paragraphs=[[at, at + len(words)] for at, words in zip(starts, PARAGRAPHS, strict=True)],
    )
    first = a_position(key="p001")
    others = [copy(first) for _ in PASSAGES[1:]]
    for number, position in enumerate(others, 2):
        position.pk, position.key = None, f"p{number:03}"
    evidence = Evidence.objects.bulk_create(
        Evidence(
            position=position,
            rendition=synopsis,
            start=synopsis.text.index(own := f"Own words {number}."),
            end=synopsis.text.index(own) + len(own),
            exact=own,
            paragraph=number,
        )
        for number, position in enumerate([first, *Position.objects.bulk_create(others)], 1)
    )
    Anchor.objects.bulk_create(
        Anchor(
            evidence=one,
            rendition=full,
            start=TEXT.index(words),
            end=TEXT.index(words) + len(words),
            sha256=digest(words),
        )
        for one, (_paragraph, words) in zip(evidence, PASSAGES, strict=True)
    )
    return full


def healths(report):
    """Health and new place by words."""
    return {
        PASSAGES[int(passage.evidence.position.key[1:]) - 1][1]: (
            passage.finding.health.value,
            passage.finding.start,
        )
        for passage in report.passages
    }


def changed_copy():
    """Paragraph 3 has another letter, 4 is repeated at the end, and 5 is removed."""
    return (
        TEXT.replace("a longer trial", "a longer trail")
        .replace(PARAGRAPHS[4] + "\n\n", "")
        .replace("Write to the editor.", "Fishers fear higher tolls.")
    )


def expected_in_the_copy():
    shift = len(PARAGRAPHS[4]) + 2
    expected = {}
    for paragraph, words in PASSAGES:
        start = TEXT.index(words)
        expected[words] = ("intact", start) if paragraph < 5 else ("moved", start - shift)
    expected["Two members asked for a longer trial"] = ("lost", None)
    expected["Fishers fear higher tolls."] = ("ambiguous", None)
    expected["salt eats the cables"] = ("lost", None)
    expected["She asked for a second survey."] = ("lost", None)
    return expected


# A text known by its hash


def test_a_text_known_by_its_hash_resolves_every_anchor(known):
    report = attach_text(article=known.article, text=TEXT)

    assert report.outcome == Outcome.RESOLVED
    known.refresh_from_db()
    assert (known.text, known.version, known.rights) == (TEXT, 1, "members")
    anchors = Anchor.objects.filter(rendition=known).order_by("evidence__position__key")
    assert [(anchor.exact, anchor.paragraph, anchor.health) for anchor in anchors] == [
        (words, paragraph, "intact") for paragraph, words in PASSAGES
    ]
    for anchor in anchors:
        assert known.text[anchor.start : anchor.end] == anchor.exact
        assert known.text[: anchor.start].endswith(anchor.prefix)
        assert known.text[anchor.end :].startswith(anchor.suffix)
        assert len(anchor.prefix) == 32


def test_line_ends_of_another_system_do_not_make_another_text(known):
    report = attach_text(article=known.article, text="\ufeff" + TEXT.replace("\n", "\r\n"))
    assert (report.outcome, report.is_tidied) == (Outcome.RESOLVED, True)
    known.refresh_from_db()
    assert known.text == TEXT


def test_a_text_known_with_its_line_ends_keeps_them(known, a_rendition):
    text = "Another article.\r\n\r\nWith two paragraphs."
    full = Rendition.objects.create(
        article=a_rendition("Synopsis.", article="other").article,
        kind="full",
        sha256=digest(text),
        characters=len(text),
    )
    report = attach_text(article=full.article, text=text)
    assert (report.outcome, report.is_tidied) == (Outcome.RESOLVED, False)
    full.refresh_from_db()
    assert full.text == text
    assert full.paragraphs == [[0, 16], [20, 40]]


def test_the_same_text_again_changes_nothing(known):
    attach_text(article=known.article, text=TEXT)
    before = Dossier.objects.get().version, list(Anchor.objects.values()), Rendition.objects.count()

    report = attach_text(article=known.article, text=TEXT.replace("\n", "\r\n"), rights="public")

    assert report.outcome == Outcome.UNCHANGED
    after = Dossier.objects.get().version, list(Anchor.objects.values()), Rendition.objects.count()
    assert after == before
    assert Rendition.objects.get(pk=known.pk).rights == "members"


def test_a_wrong_anchor_of_the_dossier_is_found_by_its_hash(known):
    anchor = Anchor.objects.first()
    words = next(words for _, words in PASSAGES if digest(words) == anchor.sha256)
    Anchor.objects.filter(pk=anchor.pk).update(start=anchor.start + 7, end=anchor.end + 7)
    attach_text(article=known.article, text=TEXT)
    anchor.refresh_from_db()
    assert (anchor.health, anchor.exact, anchor.start) == ("moved", words, TEXT.index(words))


def test_an_anchor_whose_hash_fits_nothing_is_lost(known):
    anchor = Anchor.objects.first()
    Anchor.objects.filter(pk=anchor.pk).update(sha256=digest("never written"))
    attach_text(article=known.article, text=TEXT)
    anchor.refresh_from_db()
    assert (anchor.health, anchor.start, anchor.sha256) == ("lost", None, digest("never written"))


def test_a_wrong_length_in_the_dossier_is_named(known):
    text = "Fifteen letters"
    Rendition.objects.create(
        article=known.article, kind="full", version=2, sha256=digest(text), characters=99
    )
    with pytest.raises(ValueError, match="99 code points, but it has 15"):
        attach_text(article=known.article, text=text)


# Another text


def test_a_changed_copy_names_exactly_what_moved_and_what_is_lost_by_hash(known):
    report = attach_text(article=known.article, text=changed_copy())
    assert report.outcome == Outcome.ADDED
    assert healths(report) == expected_in_the_copy()
    known.refresh_from_db()
    assert known.text == ""
    assert Anchor.objects.filter(rendition=known, health="intact").count() == len(PASSAGES)


def test_a_changed_copy_names_exactly_what_moved_and_what_is_lost_by_words(known):
    attach_text(article=known.article, text=TEXT)
    report = attach_text(article=known.article, text=changed_copy())
    assert healths(report) == expected_in_the_copy()
    hints = {p.evidence.position.key: p.finding.hint for p in report.passages if p.finding.hint}
    assert set(hints) == {"p005"}
    found = report.rendition.text[hints["p005"].start : hints["p005"].end]
    assert found == "Two members asked for a longer trail"


def test_an_anchor_in_another_text_has_its_words_and_paragraph(known):
    report = attach_text(article=known.article, text=changed_copy())
    anchors = {
        anchor.evidence.position.key: anchor
        for anchor in Anchor.objects.filter(rendition=report.rendition)
    }
    assert len(anchors) == len(PASSAGES)
    moved, lost = anchors["p013"], anchors["p009"]
    assert (moved.exact, moved.health) == ("The vote is due in autumn.", "moved")
    assert report.rendition.text[moved.start : moved.end] == moved.exact
    # Paragraph 1 of a text without known paragraphs is its heading, and 5 was removed.
    assert moved.paragraph == 7
    assert (lost.start, lost.paragraph, lost.exact) == (None, None, "")
    assert lost.sha256 == digest("salt eats the cables")


def test_a_lost_passage_is_found_again_in_a_later_text(known):
    attach_text(article=known.article, text=TEXT)
    attach_text(article=known.article, text="Nothing of all that.")
    report = attach_text(article=known.article, text=TEXT + "\n\nCorrected.")
    assert {health for health, _start in healths(report).values()} == {"intact"}
    assert report.rendition.version == 3


def test_another_text_is_a_new_version_and_never_an_overwrite(known):
    attach_text(article=known.article, text=TEXT)
    report = attach_text(article=known.article, text=changed_copy(), rights="public")
    assert report.rendition.version == 2
    assert report.rendition.rights == "public"
    assert Rendition.objects.get(pk=known.pk).text == TEXT
    assert Evidence.objects.filter(health="intact").count() == len(PASSAGES)


def test_a_text_in_another_language_counts_its_own_versions(known):
    report = attach_text(article=known.article, text="Кратко.", language="ru")
    assert (report.rendition.language, report.rendition.version) == ("ru", 1)


def test_attaching_raises_the_version_of_the_dossier(known):
    before = Dossier.objects.get().version
    attach_text(article=known.article, text=changed_copy())
    assert Dossier.objects.get().version > before


def test_the_number_of_queries_does_not_grow_with_the_passages(
    known, django_assert_max_num_queries
):
    with django_assert_max_num_queries(24):
        attach_text(article=known.article, text=changed_copy())


# Passages known from the synopsis only


def test_a_passage_of_the_synopsis_is_anchored_only_where_its_words_stand(a_rendition, a_position):
    synopsis = a_rendition("The ferry stays, and salt eats the cables.\n\nOthers object.")
    for quote in ("salt eats the cables", "The ferry stays", "Others object"):
        a_position(rendition=synopsis, quote=quote)
    text = TEXT + "\n\nOthers object, and then others. Others object."

    report = attach_text(article=synopsis.article, text=text)

    anchor = Anchor.objects.get()
    assert (anchor.exact, anchor.health) == ("salt eats the cables", "moved")
    assert anchor.start == text.index("salt eats")
    assert [passage.is_anchored for passage in report.passages] == [True, False, False]


def test_evidence_of_a_full_text_is_looked_for_in_the_next(a_rendition, a_position):
    full = a_rendition(TEXT, kind="full")
    a_position(rendition=full, quote="salt eats the cables")
    attach_text(article=full.article, text="New: " + TEXT)
    anchor = Anchor.objects.get()
    assert (anchor.health, anchor.start) == ("moved", TEXT.index("salt eats") + 5)
    assert Evidence.objects.get().health == "intact"


def test_evidence_of_a_text_known_by_its_hash_is_checked_in_its_words(a_rendition, a_position):
    full = a_rendition(TEXT, kind="full")
    a_position(rendition=full, quote="salt eats the cables")
    Rendition.objects.filter(pk=full.pk).update(text="")
    Evidence.objects.update(start=10, end=30, paragraph=None)
    attach_text(article=full.article, text=TEXT)
    evidence = Evidence.objects.get()
    assert (evidence.health, evidence.start) == ("moved", TEXT.index("salt eats"))
    assert not Anchor.objects.exists()


def test_drafts_are_looked_for_too(known):
    Position.objects.update(status="draft")
    assert len(attach_text(article=known.article, text=TEXT).passages) == len(PASSAGES)


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n\ufeff"[::-1], "empty"),
        ("a" * (LONGEST_TEXT + 1), "2,000,000"),
        ("a\0b", "NUL byte at code point 1"),
        ("a \ud83d", "surrogate"),
    ],
)
def test_a_text_that_is_none_is_refused(known, text, message):
    with pytest.raises(ValueError, match=message):
        attach_text(article=known.article, text=text)
    assert not Rendition.objects.filter(kind="full").exclude(text="").exists()


def test_an_unknown_right_is_refused(known):
    with pytest.raises(ValueError, match="public or members"):
        attach_text(article=known.article, text=TEXT, rights="all")


def test_evidence_that_is_white_space_is_named_and_nothing_is_stored(known):
    Evidence.objects.filter(position__key="p003").update(exact="  ")
    Anchor.objects.filter(evidence__position__key="p003").delete()
    with pytest.raises(ValueError, match="p003 1"):
        attach_text(article=known.article, text=TEXT)
    assert not Rendition.objects.filter(kind="full").exclude(text="").exists()


def test_only_coders_may_attach(known, a_member, django_user_model):
    stranger = django_user_model.objects.create_user("mallory")
    for nobody in (stranger, a_member("reader", role="reader")):
        with pytest.raises(PermissionDenied):
            attach_text(article=known.article, text=TEXT, by=nobody)
    report = attach_text(article=known.article, text=TEXT, by=a_member("coder", role="coder"))
    assert report.outcome == Outcome.RESOLVED
