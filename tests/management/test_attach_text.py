"""The command that attaches a text says what became of it, and what to do about bad input."""

from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command

from astana.models import Anchor, Rendition

TEXT = "# Heading\n\nThe café opens 😀 at noon.\n\nThe owner fears the rain."


@pytest.fixture
def article(a_rendition, a_position):
    """An article whose full text is known by its hash, with two passages."""
    synopsis = a_rendition("It opens.\n\nThere is fear.", article="gazette-2017-01-25")
    full = Rendition.objects.create(
        article=synopsis.article,
        kind="full",
        sha256=sha256(TEXT.encode()).hexdigest(),
        characters=len(TEXT),
        paragraphs=[[11, 37], [39, 64]],
    )
    for key, quote, words in (
        ("p001", "It opens.", "The café opens 😀 at noon."),
        ("p002", "There is fear.", "fears the rain"),
    ):
        evidence = a_position(key=key, rendition=synopsis, quote=quote).evidence.get()
        start = TEXT.index(words)
        Anchor.objects.create(
            evidence=evidence,
            rendition=full,
            start=start,
            end=start + len(words),
            sha256=sha256(words.encode()).hexdigest(),
        )
    return synopsis.article


@pytest.fixture
def attach(tmp_path, capsys):
    """Run the command on a file with some words, and return what it prints."""

    def run(words, *arguments, article="gazette-2017-01-25"):
        file = tmp_path / "text.txt"
        file.write_bytes(words if isinstance(words, bytes) else words.encode())
        call_command("attach_text", article, str(file), *arguments)
        return capsys.readouterr().out

    return run


def test_a_known_text_is_attached_for_members(article, attach):
    printed = attach(TEXT)
    assert "knew this text by its hash" in printed
    assert "p001  passage 1  paragraph 1  intact  11-36 -> 11-36" in printed
    assert (
        "2 passages: 2 intact, 0 intact in another setting, 0 moved, 0 ambiguous, 0 lost."
        in printed
    )
    assert Rendition.objects.get(kind="full").rights == "members"


def test_a_changed_text_prints_the_health_of_each_passage(article, attach):
    attach(TEXT)
    printed = attach("New. " + TEXT.replace("at noon", "at moon"), "--rights", "public")
    assert "stored as a new version" in printed
    assert "p001  passage 1  (paragraph 1)  lost  11-36 -> nowhere  most similar: 16-41" in printed
    assert "p002  passage 1  paragraph 3  moved  48-62 -> 53-67" in printed
    assert (
        "2 passages: 0 intact, 0 intact in another setting, 1 moved, 0 ambiguous, 1 lost."
        in printed
    )
    assert Rendition.objects.get(kind="full", version=2).rights == "public"


def test_words_that_stand_twice_are_counted(article, attach):
    printed = attach(TEXT + " He fears the rain.")
    assert "ambiguous  48-62 -> nowhere  its words occur in 2 places" in printed


def test_the_same_text_again_says_that_nothing_changed(article, attach):
    attach(TEXT)
    assert "Nothing changed." in attach(TEXT)


def test_passages_of_the_synopsis_are_only_counted(a_rendition, a_position, attach):
    a_position(rendition=a_rendition("It opens."), quote="It opens.")
    printed = attach(TEXT)
    assert "0 passages" in printed
    assert "1 more rest on another rendition" in printed


def test_an_unknown_article_names_those_that_are_similar(article, attach):
    with pytest.raises(CommandError, match=r"no article.*Did you mean gazette-2017-01-25\?"):
        attach(TEXT, article="gazete-2017-01-25")


def test_an_unknown_dossier_names_those_that_are_similar(article, attach):
    with pytest.raises(CommandError, match=r"no dossier “talk”. Did you mean talks\?"):
        attach(TEXT, "--dossier", "talk")


def test_an_article_of_several_dossiers_asks_for_one(article, a_rendition, a_dossier, attach):
    a_rendition("Other.", article=article.slug, dossier=a_dossier("other"))
    with pytest.raises(CommandError, match=r"other, talks.*--dossier"):
        attach(TEXT)
    assert "intact" in attach(TEXT, "--dossier", "talks")


def test_bytes_that_are_no_utf_8_are_named(article, attach):
    with pytest.raises(CommandError, match=r"byte at position 3 \(0xe9\)"):
        attach("caf\u00e9".encode("latin-1"))


def test_a_file_that_is_not_there_is_named(article, tmp_path):
    with pytest.raises(CommandError, match=r"missing\.txt cannot be read: No such file"):
        call_command("attach_text", article.slug, str(tmp_path / "missing.txt"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        call_command("attach_text", article.slug, str(tmp_path))


def test_a_file_beyond_the_bound_is_refused_unread(article, tmp_path):
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(9_000_000)
    with pytest.raises(CommandError, match="larger than"):
        call_command("attach_text", article.slug, str(file))


def test_an_empty_file_is_refused(article, attach):
    with pytest.raises(CommandError, match="The text is empty"):
        attach("\n")
