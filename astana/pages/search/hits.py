"""The records that a search has found, each with what is shown of it, marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from astana.evidence.paragraphs import paragraph_at
from astana.models import Actor, Article, Issue, Position, Stance
from astana.models.found import actors_of, articles_of, holding, issues_of, positions_of
from astana.models.search import answer_words
from astana.search.excerpt import Piece, excerpt, marked, places
from astana.search.terms import Term
from astana.words.initials import initials
from astana.words.normalise import normalise

_MOST_NAMES = 3
_MOST_HOLDERS = 60


@dataclass(frozen=True)
class Hit:
    """A record that was found; `words` are its fields by name, marked.

    `excerpt` is a part of its text around what was found, or empty, `url` leads there. `is_called`
    says of an actor that this is its name, and not a part of it.
    """

    record: Any
    words: dict[str, SafeString]
    excerpt: str = ""
    url: str = ""
    paragraph: int | None = None
    answers: list[SimpleNamespace] = field(default_factory=list)
    is_called: bool = False


def hits_of(kind: str, records: list[int], *, terms: Sequence[Term], user: Any) -> list[Hit]:
    """Return the records (primary keys) of a kind that a user may see, in the order given."""
    fetch, hit = _KINDS[kind]
    found = {record.pk: record for record in fetch(records, user)}
    hits = [hit(found[pk], terms) for pk in records if pk in found]
    return _answered(hits, terms, user) if kind == "issue" else hits


def _answered(hits: list[Hit], terms: Sequence[Term], user: Any) -> list[Hit]:
    """Add to issues the stances that have most of the words, with who holds them; two queries."""
    answers = {hit.record.pk: _best(hit.record.stances.all(), terms) for hit in hits}
    stances = [stance.pk for best in answers.values() for stance in best]
    if not stances:
        return hits
    held: dict[int, list[Position]] = {}
    found, are_more = holding(
        stances,
        user,
        issues=[issue for issue, best in answers.items() if best],
        as_of=timezone.localdate(),
        most=_MOST_HOLDERS,
    )
    for position in found:
        held.setdefault(position.stance_id, []).append(position)
    for hit in hits:
        hit.answers.extend(
            SimpleNamespace(
                step=stance.step,
                label=_mark(stance.label, terms),
                held=_of_each_actor(held.get(stance.pk, ())),
                # Who holds it may be among those who were not asked about.
                may_be_more=are_more,
            )
            for stance in answers[hit.record.pk]
        )
    return hits


def _best(stances: Sequence[Stance], terms: Sequence[Term]) -> list[Stance]:
    """Return the stances with most of the terms in their label or short name, if with any."""
    having = {
        stance: len({term for *_, term in places(answer_words(stance.slug, stance.label), terms)})
        for stance in stances
    }
    most = max(having.values(), default=0)
    return [stance for stance in stances if most and having[stance] == most][:_MOST_NAMES]


def _of_each_actor(positions: Sequence[Position]) -> list[Position]:
    """Return one position of each actor: of a question asked of each event the newest."""
    newest: dict[int, Position] = {}
    for position in positions:
        newest.setdefault(position.actor_id, position)
    return list(newest.values())


def _actor(actor: Actor, terms: Sequence[Term]) -> Hit:
    aliases = [name.name for name in actor.names.all() if places(name.name, terms)]
    names = format_html_join(
        SafeString(", "),
        "<bdi>{}</bdi>",
        ((_html(marked(name, terms)),) for name in dict.fromkeys(aliases[:_MOST_NAMES])),
    )
    words = {"title": _mark(actor.name, terms), "names": names}
    called = [actor.name, *(name.name for name in actor.names.all())]
    if actor.kind != Actor.Kind.PERSON:
        called += [short for name in called for short in initials(name)]
    typed = {" ".join(map(str, terms)), *(terms[0].others if len(terms) == 1 else ())}
    return Hit(actor, words, is_called=not typed.isdisjoint(map(normalise, called)))


def _issue(issue: Issue, terms: Sequence[Term]) -> Hit:
    words = {"title": _mark(issue.title, terms), "question": _mark(issue.question, terms)}
    parts = (_excerpt(text, terms)[0] for text in (issue.description, issue.examples))
    return Hit(issue, words, next((part for part in parts if part), SafeString("")))


def _article(article: Article, terms: Sequence[Term]) -> Hit:
    words = {
        "title": _mark(article.title, terms),
        "byline": _mark(article.byline, terms),
        "source": _mark(article.source.name, terms),
    }
    for rendition, paragraphs, text in article.texts:
        part, place = _excerpt(text, terms)
        if place is not None:
            number = paragraph_at(paragraphs, place)
            url = f"{article.get_absolute_url()}?rendition={rendition}"
            return Hit(article, words, part, f"{url}#p{number}" if number else url, number)
    return Hit(article, words)


def _position(position: Position, terms: Sequence[Term]) -> Hit:
    words = {
        "actor": position.actor.name,
        "issue": position.issue.title,
        "title": position.summary,
        "condition": position.condition,
        "speaker": position.spoken_by.name if position.spoken_by else "",
    }
    return Hit(
        position,
        {name: _mark(text, terms) for name, text in words.items()},
        _excerpt(position.note, terms)[0],
    )


def _mark(text: str, terms: Sequence[Term]) -> SafeString:
    return _html(marked(text, terms))


def _excerpt(text: str, terms: Sequence[Term]) -> tuple[SafeString, int | None]:
    """Return the part of a text with what was found, marked, and where that begins."""
    part = excerpt(text, terms)
    if part is None:
        return SafeString(""), None
    before = "… " if part.is_cut_before else ""
    after = " …" if part.is_cut_after else ""
    return format_html("{}{}{}", before, _html(part.pieces), after), part.found


def _html(pieces: Sequence[Piece]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text,)
            for piece in pieces
        ),
    )


_KINDS: dict[str, tuple[Callable[[list[int], Any], Any], Callable[[Any, Sequence[Term]], Hit]]] = {
    "actor": (actors_of, _actor),
    "issue": (issues_of, _issue),
    "article": (articles_of, _article),
    "position": (positions_of, _position),
}
