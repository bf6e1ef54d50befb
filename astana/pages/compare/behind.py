"""The articles behind a comparison, and on paper their passages as numbered notes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.utils.translation import gettext as _

from astana.models import Evidence, Health
from astana.models.kept import kept, state_of
from astana.models.prepared import Given, Prepared
from astana.models.rendition import readable_by
from astana.models.said_words import day_words
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import Table
from astana.pages.shared.selection import Selection

# Of so many positions, those of the first rows, the passages are printed.
MOST_WITH_NOTES = 200
_ARTICLE = ("published", "slug", "source__name", "language", "title", "dossier")
_PASSAGE = ("position__key", "paragraph", "role", "health", "rendition__language")


@dataclass(frozen=True, slots=True)
class Note:
    """A passage as a note on paper; `who` are those who say it, `trouble` why it has no words."""

    number: int
    who: tuple[str, ...]
    words: str
    trouble: str
    language: str
    paragraph: int | None
    is_disputing: bool


@dataclass(frozen=True, slots=True)
class Article:
    """An article behind a comparison, in words; `slug` leads to it."""

    source: str
    day: str
    slug: str
    language: str
    title: str
    notes: tuple[Note, ...]


def kept_behind(selection: Selection, table: Table, *, user: Any) -> dict[str, Any]:
    """Return what is behind a comparison; kept for those who are not signed in.

    Who else may read the words of members is asked again each time.
    """
    make = partial(articles_behind, selection, table, user=user)
    if user.is_authenticated:
        return make()
    return kept(selection.dossier, "behind", state_of(selection), make)


def articles_behind(selection: Selection, table: Table, *, user: Any) -> dict[str, Any]:
    """Return the articles behind the positions in the cells, with their passages; one query.

    The articles come oldest first; `numbers` are those of the notes by the key of a position.
    `is_cut` says that not all positions have their notes; then only the articles of those that have
    are listed, of so many as `number` says.

    It starts at the positions. Asked for the articles of the dossier that have such passages,
    SQLite would look at every article.
    """
    who = _who(table)
    first = list(who)[:MOST_WITH_NOTES]
    shown = list(table.matrix.shown)
    rows: Iterable[tuple[Any, ...]] = ()
    if shown and user.is_authenticated:
        rows = _passages(shown, user=user)
    elif shown:
        rows = _public_passages(Evidence.objects.db).tuples(positions=shown)
    found: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for row in rows:
        found[row[: len(_ARTICLE)]].add(row[len(_ARTICLE) :])
    noted = set(first)
    numbers: dict[str, list[int]] = defaultdict(list)
    number, articles, not_listed = 0, [], 0
    for (day, slug, source, language, title, dossier), passages in sorted(found.items()):
        if dossier != selection.dossier.pk:
            continue
        notes = []
        for keys, facts in _alike(one for one in passages if one[0] in noted):
            number += 1
            for key in keys:
                numbers[key].append(number)
            said = tuple(dict.fromkeys(name for key in keys for name in who[key]))
            notes.append(Note(number, said, **facts))
        if not notes and len(who) > len(first):
            not_listed += 1
            continue
        articles.append(Article(source, day_words(day), slug, language, title, tuple(notes)))
    return {
        "articles": articles,
        "number": len(articles) + not_listed,
        "numbers": dict(numbers),
        "is_cut": len(who) > len(first),
    }


def _passages(positions: list[Any], *, user: Any) -> QuerySet:
    """Return the passages of positions (primary keys) with their articles, words where readable."""
    readable = readable_by(user, path="rendition__")
    return (
        Evidence.objects.filter(position__pk__in=positions)
        .annotate(
            words=Case(When(readable, then=F("exact")), default=Value("", TextField())),
            is_readable=Case(When(readable, then=Value(True)), default=Value(False)),
        )
        .order_by()
        .values_list(
            *(f"rendition__article__{name}" for name in _ARTICLE), *_PASSAGE, "words", "is_readable"
        )
    )


@cache
def _public_passages(using: str) -> Prepared:
    """Return the query for what anybody may read."""
    return Prepared(_passages([Given("positions")], user=AnonymousUser()).using(using))


def _who(table: Table) -> dict[str, tuple[str, ...]]:
    """Return by the key of a position who says it, in the order of the table."""
    found: dict[str, list[str]] = {}
    for row in table.rows:
        for cell in row.cells:
            for line in cell.voices:
                found.setdefault(line.key, []).append(_says(line, cell.actor_name))
    return {key: tuple(names) for key, names in found.items()}


def _says(line: Line, actor: str) -> str:
    name = line.actor or actor
    if line.is_second_hand:
        # Translators: an actor, and how we know, such as “Turkey, attributed by Russia”.
        return _("%(actor)s, %(how)s") % {"actor": name, "how": line.how}
    if line.spoken_by and line.spoken_by != name:
        # Translators: an actor, and the person who speaks for it.
        return _("%(actor)s (%(speaker)s)") % {"actor": name, "speaker": line.spoken_by}
    return name


def _alike(passages: Iterator[tuple[Any, ...]]) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Yield each passage once, with the keys of the positions that rest on it."""
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for key, paragraph, role, health, language, words, is_readable in passages:
        # Words that are not shown may be others for each position.
        mark = words or key
        alike[(paragraph or 0, role, mark, health, language, words, is_readable)].append(key)
    for (paragraph, role, _mark, health, language, words, is_readable), keys in sorted(
        alike.items()
    ):
        facts = {
            "words": words,
            "trouble": _trouble(words, health, is_readable=is_readable),
            "language": language,
            "paragraph": paragraph or None,
            "is_disputing": role == Evidence.Role.DISPUTES,
        }
        yield sorted(keys), facts


def _trouble(words: str, health: str, *, is_readable: bool) -> str:
    """Return what is to be said of a passage beside its words."""
    if not is_readable:
        return _("for members of the dossier")
    if not words:
        return _("words not stored here")
    if health in (Health.AMBIGUOUS, Health.LOST):
        return str(Health(health).label)
    return ""
