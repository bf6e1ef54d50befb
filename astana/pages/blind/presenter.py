"""A comparison read blind: the texts without names, and what the reader's guesses are worth."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from astana.models import Actor, ActorName, Position, Source
from astana.models.names import names_in
from astana.models.positions.then import shown_then
from astana.pages.blind.forms import BlindSet
from astana.pages.shared.ends import Ends, ends_of
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import Table, compare_table
from astana.pages.shared.passages import PassageView, passages_of
from astana.words.masking import SOMEBODY, Hidden, Mask, mask_of
from astana.words.names import close_names
from astana.words.normalise import normalise

# The words of a line that can name somebody, and are shown without the names.
_WORDS = ("label", "summary", "condition", "how")


@dataclass(frozen=True, slots=True)
class BlindPassage:
    """A passage without names; `trouble` says why its words could not be placed."""

    before: str
    exact: str
    after: str
    trouble: str
    language: str
    source: str
    is_disputing: bool


@dataclass(frozen=True, slots=True)
class BlindVoice:
    """One stance in a cell without names: its line, and what it was said at or in."""

    line: Line
    event: str
    is_of_body: bool
    passages: tuple[BlindPassage, ...]


@dataclass(frozen=True, slots=True)
class BlindCell:
    """What stands under a letter; no voices is silence."""

    letter: str
    voices: tuple[BlindVoice, ...]


@dataclass(frozen=True, slots=True)
class BlindRow:
    """An issue without names."""

    title: str
    question: str
    is_fact: bool
    ends: Ends
    cells: tuple[BlindCell, ...]


@dataclass(frozen=True)
class BlindTable:
    """Issues x letters. `sources` are pairs of a label and the name behind it."""

    mask: Mask
    rows: tuple[BlindRow, ...]
    sources: tuple[tuple[str, str], ...]
    hidden: int

    @property
    def stated(self) -> int:
        """How many cells hold at least one statement."""
        return sum(bool(cell.voices) for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a reader made of a letter. `name` is empty as long as the letter is hidden."""

    letter: str
    words: str
    name: str
    feedback: str
    is_right: bool
    is_revealed: bool


@dataclass(frozen=True)
class Score:
    """All letters, and how many were recognised; over when none is hidden any more."""

    guesses: tuple[Guess, ...]
    recognised: int
    is_over: bool

    @property
    def opened(self) -> set[str]:
        """The letters whose names the reader knows."""
        return {guess.letter for guess in self.guesses if guess.name}


def blind_table(blind: BlindSet, *, user: Any, opened: Collection[str] = ()) -> BlindTable:
    """Return the comparison with all names hidden but those behind the `opened` letters.

    Seven queries, whatever is compared. When every letter is opened, the sources are too.
    """
    table = compare_table(blind.selection)
    positions = _positions_of(table, user=user)
    passages = passages_of(list(positions.values()), dossier=blind.selection.dossier, user=user)
    is_over = set(blind.letters) <= set(opened)
    sources = _source_labels(passages, blind.seed)
    # Who speaks now stands in the passages, and who spoke then in the words of then.
    told = [*positions.values(), *table.versions.values()]
    mask = mask_of(() if is_over else _hidden(blind, told, sources, opened, user=user))
    shown_then(positions, table.versions)
    column = {actor.slug: n for n, actor in enumerate(blind.selection.actors)}
    issues = {issue.slug: issue for issue in blind.selection.issues}

    def voice(line: Line, pk: int) -> BlindVoice:
        position = positions[pk]
        happened = position.event or position.document
        words = {name: mask.apply(getattr(line, name)) for name in _WORDS}
        return BlindVoice(
            line=replace(line, key="", spoken_by="", actor="", **words),
            event=mask.apply(str(happened)) if happened else "",
            is_of_body=bool(line.actor),
            passages=tuple(
                _passage(one, mask, one.source if is_over else sources[one.source])
                for one in passages[pk]
            ),
        )

    rows = []
    for drawn, row in zip(table.rows, table.matrix.rows, strict=True):
        issue = issues[row.issue]
        cells = []
        for letter, actor in blind.letters.items():
            n = column[actor.slug]
            voices = zip(drawn.cells[n].voices, row.cells[n].voices, strict=True)
            cells.append(BlindCell(letter, tuple(voice(one, said.id) for one, said in voices)))
        title, question = mask.apply(issue.title), mask.apply(issue.question)
        meant = ends_of(issue)
        named = (replace(end, label=mask.apply(end.label)) for end in meant.ends)
        meant = replace(meant, ends=tuple(named))
        rows.append(BlindRow(title, question, issue.kind == "fact", meant, tuple(cells)))
    key = tuple((label, name) for name, label in sources.items())
    return BlindTable(mask, tuple(rows), key, table.hidden)


def score_of(
    blind: BlindSet, *, guesses: dict[str, str], revealed: Collection[str], is_all: bool
) -> Score:
    """Return what the guesses are worth; who was revealed before being guessed is not counted."""
    names = names_in([blind.selection.dossier]) if any(guesses.values()) else []
    kin = set(Actor.objects.kin_of([actor.pk for actor in blind.letters.values()]))
    known: dict[str, set[int]] = defaultdict(set)
    for name in names:
        known[name.normalised].add(name.actor)
    shown = []
    for letter, actor in blind.letters.items():
        words = guesses.get(letter, "")
        wanted = normalise(words)
        meant = known.get(wanted) or {name.actor for name in close_names(wanted, names, most=1)}
        is_right = actor.pk in meant and letter not in revealed
        is_opened = is_right or is_all or letter in revealed
        if not words or (is_opened and not is_right):
            feedback = ""
        elif is_right:
            feedback = _("Right.")
        elif any((pk, actor.pk) in kin for pk in meant):
            feedback = _("Close: a part of it, what it is part of, or one of its people.")
        elif meant:
            feedback = _("No, not this one.")
        else:
            feedback = _("No actor of this dossier has a name like that. Check the spelling.")
        name = actor.name if is_opened else ""
        is_revealed = is_opened and not is_right
        shown.append(Guess(letter, words, name, feedback, is_right, is_revealed))
    return Score(
        guesses=tuple(shown),
        recognised=sum(guess.is_right for guess in shown),
        is_over=all(guess.name for guess in shown),
    )


def _positions_of(table: Table, *, user: Any) -> dict[int, Position]:
    found = Position.objects.visible_to(user).select_related("event", "document")
    return found.in_bulk(list(table.matrix.shown))


def _source_labels(passages: dict[int, list[PassageView]], seed: int) -> dict[str, str]:
    """Return a numbered label for each source that is shown, in an order of the seed's own."""
    names = sorted({passage.source for found in passages.values() for passage in found})
    Random(seed + 1).shuffle(names)
    return {name: _("Source %(number)s") % {"number": n} for n, name in enumerate(names, 1)}


def _hidden(
    blind: BlindSet,
    positions: Iterable[Any],
    sources: dict[str, str],
    opened: Collection[str],
    *,
    user: Any,
) -> list[Hidden]:
    """Return every name by which an actor that is still hidden, or a source, could be told."""
    dossier = blind.selection.dossier
    letters = {actor.pk: letter for letter, actor in blind.letters.items() if letter not in opened}
    pairs = Actor.objects.kin_of(list(letters))
    kin: dict[int, set[str]] = defaultdict(set)
    for pk, actor in pairs:
        kin[pk].add(letters[actor])
    for position in positions:
        speaks_for = position.attributed_by_id or position.actor_id
        if position.speaker_id and speaks_for in kin:
            kin[position.speaker_id] |= kin[speaks_for]
    label = {
        pk: f"[{next(iter(found))}]" if len(found) == 1 else SOMEBODY for pk, found in kin.items()
    }
    hidden = []
    of_dossier = Actor.objects.visible_to(user).of(dossier).filter(pk__in=kin)
    persons = set()
    for pk, name, slug, kind in of_dossier.values_list("pk", "name", "slug", "kind"):
        if kind == Actor.Kind.PERSON:
            persons.add(pk)
        hidden += [Hidden(name, label[pk], pk in persons), _of_slug(slug, label[pk])]
    names = ActorName.objects.visible_to(user).filter(actor__in=kin)
    for pk, name in names.values_list("actor", "name"):
        hidden.append(Hidden(name, label[pk], pk in persons))
    for name, slug in Source.objects.visible_to(user).of(dossier).values_list("name", "slug"):
        words = f"[{sources[name]}]" if name in sources else SOMEBODY
        hidden += [Hidden(name, words), _of_slug(slug, words)]
    return hidden


def _of_slug(slug: str, label: str) -> Hidden:
    """Return a short name as a name: most are one, or an abbreviation."""
    return Hidden(slug, label, is_abbreviation=len(slug) < 4)


def _passage(passage: PassageView, mask: Mask, source: str) -> BlindPassage:
    excerpt = passage.excerpt
    parts = (excerpt.before, excerpt.exact, excerpt.after) if excerpt else ("", passage.words, "")
    before, exact, after = mask.pieces(*parts)
    return BlindPassage(
        before=before,
        exact=exact,
        after=after,
        trouble=passage.trouble,
        language=passage.language,
        source=source,
        is_disputing=passage.is_disputing,
    )
