"""What is found is what a second way finds, slow and obvious, whatever the texts."""

import re
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from astana.evidence.anchor import Health, Passage, find, hash_of, passage_of
from tests.evidence.found import place

LETTERS = st.sampled_from([*"ab", " ", "\n", "é", "e\u0301", "😀", "ش", "\r\n"])
WORDS = st.lists(LETTERS, max_size=14).map("".join)
LONG = st.lists(LETTERS, min_size=1, max_size=45).map("".join)


@st.composite
def passages(draw):
    """A text, and the start and end of a passage of it that is not only white space."""
    text = draw(LONG)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, min(len(text), start + 12)))
    assume(text[start:end].strip())
    return text, start, end


def bare(words):
    """Words without their setting, the obvious way."""
    words = unicodedata.normalize("NFD", words.replace("\xad", ""))
    return re.sub(r"\s+", " ", words)


def slow_find(original, start, end, text):
    """Judge every place by the rules, with the original at hand and without any short cut."""
    exact = original[start:end]
    prefix, suffix = original[max(0, start - 32) : start], original[end : end + 32]

    def stand(words, whole):
        return [at for at in range(len(whole)) if whole[at:].startswith(words)]

    def alike():
        """All the cuts of the text that are the words in another setting."""
        cuts = [
            (first, last)
            for first in range(len(text))
            for last in range(first + 1, len(text) + 1)
            if bare(text[first:last]) == bare(exact)
            and not (last < len(text) and unicodedata.combining(text[last]))
        ]
        # White space at the edge of words may be cut in several places.
        return [
            (first, last)
            for first, last in cuts
            if not (text[first - 1 : first].isspace() and text[first].isspace())
            and not (text[last : last + 1].isspace() and text[last - 1].isspace())
        ]

    def sides(first, last):
        before, after = bare(text[:first]), bare(text[last:])
        return [
            before.endswith(bare(prefix).lstrip()) if prefix.strip() else not before.strip(),
            after.startswith(bare(suffix).rstrip()) if suffix.strip() else not after.strip(),
        ]

    def joins(one, other):
        return all(
            letter and (letter.isalnum() or unicodedata.combining(letter))
            for letter in (one, other)
        )

    def torn(first, last):
        edges = text[first], text[last - 1]
        return (
            joins(text[first - 1 : first] if first else "", edges[0])
            and not joins(prefix[-1:], edges[0])
        ) or (joins(edges[1], text[last : last + 1]) and not joins(edges[1], suffix[:1]))

    def echoed():
        def echoes(sides, whole):
            return max([len(stand(side, whole)) - 1 for side in sides if len(side) >= 24] or [0])

        now = echoes([bare(prefix).strip(), bare(suffix).strip()], bare(text))
        return now > echoes([prefix.strip(), suffix.strip()], original)

    places, was = stand(exact, text), stand(exact, original)
    if text == original:
        return Health.INTACT, start
    if len(places) > 1:
        both = [at for at in places if all(sides(at, at + len(exact)))]
        if len(places) != len(was) or len(both) != 1:
            return Health.AMBIGUOUS, None
        first, last = both[0], both[0] + len(exact)
    else:
        cuts = [(at, at + len(exact)) for at in places] or alike()
        if not cuts:
            return Health.LOST, None
        if len(cuts) > 1:
            return Health.AMBIGUOUS, None
        first, last = cuts[0]
        is_whole = start == 0 and end == len(original)
        if len(was) > 1:
            fits = all(sides(first, last))
        else:
            fits = first == start or any(sides(first, last)) or is_whole
            fits = fits and not torn(first, last)
        if not fits:
            return Health.AMBIGUOUS, None
    if places and first == start:
        return Health.INTACT, first
    if echoed() or (places and len(alike()) > len(places)):
        return Health.AMBIGUOUS, None
    return (Health.MOVED if places else Health.RESET), first


@given(passages(), WORDS, st.integers(0, 45), st.integers(0, 20))
def test_findings_equal_those_of_the_slow_way(passage, insert, at, removed):
    original, start, end = passage
    text = original[:at] + insert + original[at + removed :]
    assert place(find(passage_of(original, start, end), text)) == slow_find(
        original, start, end, text
    )


SCRAPS = st.lists(st.sampled_from(["yes", "a" * 32, "b" * 32, "\n\n", " "]), min_size=1, max_size=8)


@given(SCRAPS, SCRAPS, SCRAPS, SCRAPS)
def test_findings_equal_those_of_the_slow_way_where_sides_agree(before, after, other, another):
    original = "".join([*before, "yes", *after])
    start = len("".join(before))
    for scraps in (
        [*other, "yes", *after],
        [*before, "yes", *other],
        [*other, *before, "yes", *after],
        [*other, "yes", *another],
        [*before, *other, *after],
    ):
        text = "".join(scraps)
        assert place(find(passage_of(original, start, start + 3), text)) == slow_find(
            original, start, start + 3, text
        )


@given(passages())
def test_in_the_same_text_every_passage_is_intact(passage):
    text, start, end = passage
    finding = find(passage_of(text, start, end), text)
    assert (finding.health, finding.start, finding.end) == (Health.INTACT, start, end)


@given(WORDS, WORDS, WORDS, WORDS)
def test_words_inserted_before_move_a_single_passage_by_their_length(insert, before, inner, after):
    text = f"{before}<{inner}>.{after}"
    passage = passage_of(text, len(before), len(before) + len(inner) + 2)
    health = Health.MOVED if insert else Health.INTACT
    assert place(find(passage, insert + text)) == (health, passage.start + len(insert))


@given(passages())
def test_a_deleted_passage_is_lost(passage):
    text, start, end = passage
    rest = text[:start] + text[end:]
    assume(bare(text[start:end]) not in bare(rest))
    assert find(passage_of(text, start, end), rest).health == Health.LOST


@given(passages(), st.booleans())
def test_a_duplicated_passage_is_ambiguous(passage, at_once):
    text, start, end = passage
    exact = text[start:end]
    longer = text[:end] + exact + text[end:] if at_once else text + exact
    assert find(passage_of(text, start, end), longer).health == Health.AMBIGUOUS


@given(passages(), LONG)
def test_whatever_is_found_has_the_very_words(passage, text):
    original, start, end = passage
    exact = original[start:end]
    for sought in (
        passage_of(original, start, end),
        Passage(start=start, end=end, sha256=hash_of(exact)),
        Passage(start=None, end=None, exact=exact),
    ):
        finding = find(sought, text)
        if finding.health in (Health.INTACT, Health.MOVED):
            assert text[finding.start : finding.end] == exact
        elif finding.health == Health.RESET:
            assert exact not in text
            assert bare(text[finding.start : finding.end]) == bare(exact)
        else:
            assert finding.start is finding.end is None
        assert finding.candidates > 0 or exact not in text


@given(passages(), WORDS, st.integers(0, 45), st.integers(0, 20))
def test_a_hash_alone_is_judged_like_words_without_context(passage, insert, at, removed):
    original, start, end = passage
    text = original[:at] + insert + original[at + removed :]
    exact = original[start:end]
    bare = Passage(start=start, end=end, exact=exact)
    hashed = Passage(start=start, end=end, sha256=hash_of(exact))
    by_words, by_hash = find(bare, text), find(hashed, text)
    if by_words.health == Health.RESET or exact not in text:
        # In what setting the words stood is known in part only.
        assert by_hash.start is None or place(by_hash) == place(by_words)
    else:
        assert place(by_hash) == place(by_words)
