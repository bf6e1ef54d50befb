"""A text is edited and set in every way, and no passage of it jumps, is lost or passes for intact.

The text is our own. Each passage is known as it is stored, with the words around it, and as it
travels, by place and hash alone.
"""

import re
import textwrap
import time
import unicodedata

import pytest

from astana.evidence.anchor import Health, Passage, find, find_all, passage_of

PARAGRAPHS = [
    "The council of Übersee met on Monday, in the old café by the quay, to talk about a bridge. "
    "“We don’t want a second ferry,” its chair said, and nobody at the table answered her.",
    "The ferry is to run until the bridge opens to lorries. Two members asked for a longer trial, "
    "and one of them left the room in anger before the vote on it was called.",
    "Fishers fear higher tolls, as they had said in spring. Shopkeepers hope for more guests; "
    "their guild’s letter of support was read aloud, twice, at the wish of the mayor.",
    "An engineer warned that salt eats the cables. She asked for a second survey by people who "
    "aren’t paid by the builder, and for a date by which its findings have to be public.",
    "The mayor replied that the survey had been paid for already. “It’s enough to read it,” he "
    "said, and promised that copies would lie in the naïvely named Hall of Answers.",
    "The vote is due in autumn. Nobody expects it to be close, the clerk added after the session.",
]
TEXT = "\n\n".join(PARAGRAPHS)
# Two passages of each paragraph; the last paragraph has its first sentence and its end.
WORDS = [
    "met on Monday, in the old café by the quay",
    "“We don’t want a second ferry,” its chair said",
    "The ferry is to run until the bridge opens to lorries.",
    "Two members asked for a longer trial",
    "Fishers fear higher tolls, as they had said in spring.",
    "their guild’s letter of support was read aloud",
    "salt eats the cables",
    "a second survey by people who aren’t paid by the builder",
    "the survey had been paid for already",
    "“It’s enough to read it,” he said",
    "The vote is due in autumn.",
    "Nobody expects it to be close",
]
PLACES = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in WORDS]
STORED = [passage_of(TEXT, *place) for place in PLACES]
BY_HASH = [
    Passage(one.start, one.end, sha256=one.sha256, text_sha256=one.text_sha256) for one in STORED
]

# Corrections of a passage in its place: a word changed, put in, left out, turned, doubled.
CHANGED = [
    WORDS[0].replace("Monday", "Tuesday"),
    WORDS[1].replace("don’t want", "want"),
    WORDS[2].replace("is to run", "is not to run"),
    WORDS[3].replace("Two members", "Two of the members"),
    WORDS[4].replace("higher", "lower"),
    WORDS[5].replace("guild’s", "guilds’"),
    WORDS[6].replace("salt", "silt"),
    WORDS[7].replace("aren’t", "are"),
    WORDS[8].replace("already", "twice already"),
    WORDS[9].replace("enough", "not enough"),
    WORDS[10].replace("autumn", "Autumn"),
    WORDS[11].replace("Nobody expects", "The clerk expected"),
]


def plain_signs(text):
    return text.translate(str.maketrans("“”’", '""\''))


def paragraph(number):
    return PARAGRAPHS[number // 2]


def corrected(number, text=TEXT):
    return text.replace(WORDS[number], CHANGED[number])


NOTES = {
    "corrected": corrected,
    "corrected, and quoted in a note at the end": lambda n: (
        f"{corrected(n)}\n\nCorrection: an earlier version said “{WORDS[n]}”."
    ),
    "corrected, and its paragraph quoted in a note at the end": lambda n: (
        f"{corrected(n)}\n\nCorrection: an earlier version said: {paragraph(n)}"
    ),
    "corrected, and quoted in a note at the beginning": lambda n: (
        f"Correction: an earlier version said “{WORDS[n]}”.\n\n{corrected(n)}"
    ),
    "corrected, and quoted with plain signs in a note at the end": lambda n: (
        f"{corrected(n)}\n\nIt said: {plain_signs(WORDS[n])}"
    ),
    "its paragraph removed, and its words quoted at the end": lambda n: (
        TEXT.replace(paragraph(n), "This paragraph was taken back.")
        + f"\n\nAn earlier version said “{WORDS[n]}”."
    ),
}
EDITS = [(name, number) for name in NOTES for number in range(len(WORDS))]


def test_there_are_sixty_edits_and_each_changes_the_text():
    assert len(EDITS) >= 60
    assert all(NOTES[name](number) != TEXT for name, number in EDITS)


@pytest.mark.parametrize(
    ("passages", "earlier"),
    [(STORED, [TEXT]), (STORED, []), (BY_HASH, [])],
    ids=["stored", "stored alone", "by hash"],
)
@pytest.mark.parametrize("name", NOTES)
def test_a_passage_that_was_changed_never_jumps_into_a_note(passages, earlier, name):
    for number in range(len(WORDS)):
        text = NOTES[name](number)
        together = find_all(passages, text, earlier=earlier)
        for finding in (together[number], find(passages[number], text)):
            assert finding.start is None, (name, WORDS[number], finding)
            assert finding.health in (Health.AMBIGUOUS, Health.LOST)
        stays = [one for one in range(len(WORDS)) if WORDS[one] in text.split("\n\nCorrection")[0]]
        for one in stays:
            at = together[one].start
            assert at is None or text[at : at + len(WORDS[one])] == WORDS[one]


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_an_edit_elsewhere_never_loses_a_passage(number):
    """Words put in before; another passage corrected; one doubled; one paragraph taken away."""
    other = (number + 5) % len(WORDS)
    rest = "\n\n".join(one for one in PARAGRAPHS if one != paragraph(other))
    for text in (
        f"By our own reporter\n\n{TEXT}",
        TEXT.replace("\n\nAn engineer", "\n\nIt was late by then.\n\nAn engineer"),
        corrected(other),
        f"{TEXT}\n\n{WORDS[other]}",
        rest,
    ):
        place = text.index(WORDS[number])
        health = Health.INTACT if place == STORED[number].start else Health.MOVED
        stored = find_all(STORED, text, earlier=[TEXT])[number]
        by_hash = find_all(BY_HASH, text)[number]
        assert (stored.health, stored.start) == (health, place)
        assert (by_hash.health, by_hash.start) == (health, place)


def test_a_passage_that_is_repeated_is_ambiguous():
    for passages in (STORED, BY_HASH):
        for number, words in enumerate(WORDS):
            finding = find_all(passages, f"{TEXT}\n\n{words}")[number]
            assert (finding.health, finding.candidates) == (Health.AMBIGUOUS, 2)


def test_a_removed_paragraph_that_is_quoted_whole_is_not_where_its_passages_stand():
    """All around them is quoted too; the paragraphs behind them tell."""
    for number in range(len(WORDS) - 2):
        rest = "\n\n".join(one for one in PARAGRAPHS if one != paragraph(number))
        text = f"{rest}\n\nWe removed a paragraph which said: {paragraph(number)} We regret it."
        for findings in (find_all(STORED, text, earlier=[TEXT]), find_all(BY_HASH, text)):
            assert findings[number].health == Health.AMBIGUOUS
            # What follows tells, where more of the text follows than was quoted.
            assert number > 7 or findings[-1].health == Health.MOVED


# Another setting


def soft_hyphens(text):
    return re.sub(r"([a-z]{3})(?=[a-z]{3})", "\\1\xad", text)


SETTINGS = {
    "lines wrapped": lambda text: "\n\n".join(
        textwrap.fill(one, 40, break_on_hyphens=False) for one in text.split("\n\n")
    ),
    "lines wrapped by two code points": lambda text: "\r\n\r\n".join(
        textwrap.fill(one, 50, break_on_hyphens=False).replace("\n", "\r\n")
        for one in text.split("\n\n")
    ),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "no-break spaces now and then": lambda text: re.sub(r" (\w{1,3}) ", "\xa0\\1 ", text),
    "two spaces behind a sentence": lambda text: text.replace(". ", ".  "),
    "straight quotation marks": plain_signs,
    "soft hyphens": soft_hyphens,
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "all of it": lambda text: soft_hyphens(
        plain_signs(unicodedata.normalize("NFD", textwrap.fill(text, 60)))
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_in_another_setting_no_passage_is_lost(name):
    text = SETTINGS[name](TEXT)
    for findings in (
        find_all(STORED, text),
        find_all(STORED, text, earlier=[TEXT]),
        [find(one, text) for one in STORED],
    ):
        for words, finding in zip(WORDS, findings, strict=True):
            now = " ".join(text[finding.start : finding.end].replace("\xad", "").split())
            assert unicodedata.normalize("NFC", plain_signs(now)) == plain_signs(words)
            stands = words in text
            assert (finding.health is Health.RESET) != stands


@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "all of it"])
def test_in_another_setting_no_passage_known_by_its_hash_is_lost(name):
    text = SETTINGS[name](TEXT)
    expected = [(one.start, one.end) for one in find_all(STORED, text)]
    assert [(one.start, one.end) for one in find_all(BY_HASH, text)] == expected


@pytest.mark.parametrize("name", SETTINGS)
def test_and_back_into_the_setting_of_before_no_passage_is_lost(name):
    """A coder found the passages in a text that was set otherwise."""
    before = SETTINGS[name](TEXT)
    places = [(one.start, one.end) for one in find_all(STORED, before)]
    passages = [passage_of(before, *place) for place in places]
    for number, finding in enumerate(find_all(passages, TEXT, earlier=[before])):
        assert (finding.start, finding.end) == PLACES[number]


@pytest.mark.parametrize("name", SETTINGS)
def test_in_another_setting_no_other_words_are_intact(name):
    for number in range(len(WORDS)):
        text = SETTINGS[name](corrected(number))
        for passages in (STORED, BY_HASH):
            finding = find_all(passages, text)[number]
            assert (finding.health, finding.start) == (Health.LOST, None)


@pytest.mark.parametrize("name", SETTINGS)
def test_in_another_setting_no_passage_jumps_into_a_note(name):
    for number, words in enumerate(WORDS):
        text = SETTINGS[name](f"{corrected(number)}\n\nIt said “{words}” before.")
        for passages in (STORED, BY_HASH):
            finding = find_all(passages, text)[number]
            assert finding.start is None
            assert find(passages[number], text).start is None


# The worst texts


@pytest.mark.parametrize(
    "scrap",
    ["a", "word ", "a b c d e f g ", "a\xa0", "a\xad", "e\u0301\u0316", "\"'", "é😀", "Yes.\n\n"],
)
def test_in_the_worst_texts_many_passages_are_looked_for_in_time(scrap):
    """A text of 100,000 code points in ten times the time of one of 10,000, not a hundred times."""

    def seconds(length):
        before = (scrap * length)[:length]
        text = f"Head. {before[: length // 2]} not “so” {before[length // 2 :]}"
        passages = [
            passage_of(before, start, start + 50) for start in range(0, length - 60, length // 50)
        ]
        by_hash = [Passage(one.start, one.end, sha256=one.sha256) for one in passages]
        begun = time.process_time()
        find_all(passages, text, earlier=[before])
        find_all(by_hash, text)
        return time.process_time() - begun

    assert seconds(100_000) < 40 * min(seconds(10_000) for _ in range(2)) + 0.3
