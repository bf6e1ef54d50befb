"""What translators are given, and what stands in a page that runs the other way than its words."""

import re
import warnings
from pathlib import Path

from django.utils.translation.template import TranslatorCommentWarning, templatize

TEMPLATES = sorted(Path("templates").rglob("*.html"))
# What people wrote, in any language, and what ends in a mark that would stand at the wrong end.
WRITTEN = re.compile(
    r"\{\{ (?:[a-z_]+\.)*(?:summary|condition|question|description|examples|counter_examples"
    r"|hit\.words\.title|(?:position|one)\.(?:note|reason))(?:\|[a-z]+(?::\d+)?)? \}\}"
)
# In these the words are the site's own.
OF_THE_SITE = {"templates/method/api.html"}


def test_no_comment_for_translators_is_lost():
    """It stands on the line before its message, as another place in a line is not looked at."""
    with warnings.catch_warnings(record=True) as lost:
        warnings.simplefilter("always", TranslatorCommentWarning)
        for file in TEMPLATES:
            templatize(file.read_text(), origin=str(file))
    assert [str(one.message) for one in lost] == []


def test_what_people_wrote_runs_in_its_own_direction():
    found = 0
    for file in TEMPLATES:
        if str(file) in OF_THE_SITE:
            continue
        text = file.read_text()
        for written in WRITTEN.finditer(text):
            found += 1
            before = re.sub(r"\{[%{#].*?[%}#]\}", "", text[: written.start()])
            opened = before.rpartition("<")[2]
            is_in_a_tag = ">" not in opened
            is_apart = opened.startswith("bdi") or 'dir="auto"' in opened
            assert is_in_a_tag or is_apart, f"{file}: {written.group()} has no <bdi>"
    assert found > 50


def test_words_in_a_language_of_their_own_run_as_that_language_does():
    found = 0
    for file in TEMPLATES:
        for tag in re.findall(
            r"<(?!html|bdi)[a-z0-9]+ [^>]*\blang=[^>]*>(?:<bdi)?", file.read_text()
        ):
            found += 1
            assert "dir=" in tag or "<bdi" in tag, f"{file}: {tag} has no direction"
    assert found > 4


def test_each_comment_for_translators_in_code_is_beside_its_message():
    """Between it and the words of the message there is no line of another kind."""
    found = 0
    for file in sorted(Path("astana").rglob("*.py")):
        text = file.read_text()
        for comment in re.finditer(r"# Translators:.*\n(?: *#.*\n)*(.*\n)", text):
            found += 1
            message = r" *[\"']|.*(?:\b_|gettext(?:_lazy)?|\blose)\([\"']"
            assert re.match(message, comment[1]), f"{file}: {comment[0]}"
    assert found > 50


def test_makemessages_knows_whatever_marks_a_message():
    for file in sorted(Path("astana").rglob("*.py")):
        names = re.findall(r"\bn?p?gettext\w* as (\w+)", file.read_text())
        assert set(names) <= {"_"}, file
