"""What a search finds, by kind and place: all of it up to a bound, beyond it what was entered last.

Up to `MOST_COUNTED` matches are counted as they are. Of more, each kind is looked at alone, from
the record entered last backwards, in the order in which the index of the words gives them: so the
cost depends on the bound and not on the matches. The bound counts what the reader may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from astana.evidence.paragraphs import paragraph_at
from astana.models import Actor, Article, Issue, Position, SearchEntry, Source
from astana.models.found import actors_of, articles_of, issues_of, positions_of
from astana.models.search import reference
from astana.pages.search.forms import KINDS, PLACES, SearchForm
from astana.pages.shared.filters import MOST_COUNTED
from astana.search.excerpt import Piece, excerpt, marked, places
from astana.search.index import backend, counted, newest
from astana.search.terms import Term

_COLUMNS = ("kind", "dossier_id", "source", "language")
_MOST_REFERENCES = 500
_MOST_NAMES = 3


@dataclass(frozen=True)
class Row:
    """How many entries with the same values match."""

    kind: str
    dossier: str
    source: str
    language: str
    number: int

    def is_in(self, places: dict[str, set[str]]) -> bool:
        """Return whether it is in one of the chosen places of each sort."""
        return all(getattr(self, name) in chosen for name, chosen in places.items())


@dataclass(frozen=True)
class Look:
    """The matches of one kind that were looked at, and whether there are more."""

    rows: list[Row]
    is_more: bool = False

    @property
    def number(self) -> int:
        """How many were looked at."""
        return sum(row.number for row in self.rows)


class Matches:
    """What a valid form with terms finds among the entries that a user may see."""

    def __init__(self, form: SearchForm, *, entries: QuerySet, expression: str, user: Any) -> None:
        self.form, self.entries, self.expression, self.user = form, entries, expression, user
        # The sources that occur, and those chosen: short name and name.
        self.sources: dict[int, tuple[str, str]] = {}
        self._dossiers = {dossier.pk: dossier.slug for dossier in form.dossiers}
        found = backend().matching(entries.filter(kind__in=KINDS), expression)
        first = self._looked_at(found.order_by())
        self.is_bounded = first.is_more
        self._looks: dict[tuple[str, ...], Look] = {}
        if self.is_bounded:
            self._learn((), slugs=form.chosen("source"))
        else:
            for kind in KINDS:
                self._looks[kind,] = Look([row for row in first.rows if row.kind == kind])

    def everything(self, kind: str) -> Look:
        """Return what is found of a kind in all places."""
        return self._look(kind, ())

    def look(self, kind: str, *, but: str = "") -> Look:
        """Return what is found of a kind in the chosen places, whatever is chosen in `but`."""
        names = [name for name in PLACES if name != but and self.form.chosen(name)]
        places = {name: set(self.form.chosen(name)) for name in names}
        everything = self.everything(kind)
        kept = [row for row in everything.rows if row.is_in(places)]
        if not everything.is_more:
            return Look(kept)
        # Where all that was looked at is in these places, there is nothing else to look at.
        return everything if kept == everything.rows else self._look(kind, tuple(names))

    def newest(self, kind: str, shown: slice) -> list[int]:
        """Return records of a kind of which there are more: the newest of those looked at."""
        return newest(self._last_entered(kind), most=MOST_COUNTED, shown=shown)

    def of_kind(self, kind: str, names: Iterable[str] = PLACES) -> tuple[QuerySet, str]:
        """Return the entries of a kind that match in the chosen places, and what was looked for."""
        entries, chosen = self.entries.filter(kind=kind), self.form.cleaned_data
        expression = backend().with_reference(self.expression, kind)
        if "dossier" in names and chosen["dossier"]:
            entries = entries.filter(dossier__in=[option.key for option in chosen["dossier"]])
        if "source" in names and (slugs := self.form.chosen("source")):
            pks = [pk for pk, (slug, _) in self.sources.items() if slug in slugs]
            entries = entries.filter(source__in=pks)
            if self.is_bounded and 0 < len(pks) <= _MOST_REFERENCES:
                references = [reference(SearchEntry.Kind.SOURCE, pk) for pk in pks]
                expression = backend().with_reference(expression, *references)
        if "language" in names and (languages := self.form.chosen("language")):
            entries = entries.filter(language__in=languages)
        return backend().matching(entries, expression), expression

    def _look(self, kind: str, names: tuple[str, ...]) -> Look:
        key = (kind, *names)
        if key not in self._looks:
            is_elsewhere = kind != SearchEntry.Kind.ARTICLE and {"source", "language"} & {*names}
            last = None if is_elsewhere else self._last_entered(kind, names)
            self._looks[key] = Look([]) if last is None else self._looked_at(last)
        return self._looks[key]

    def _last_entered(self, kind: str, names: Iterable[str] = PLACES) -> QuerySet:
        return backend().last_entered_first(self.of_kind(kind, names)[0])

    def _looked_at(self, found: QuerySet) -> Look:
        """Count the first matches; where there is one too many, the largest number is one less."""
        counts = sorted(counted(found, *_COLUMNS, most=MOST_COUNTED + 1), key=lambda row: -row[-1])
        self._learn({source for _, _, source, _, _ in counts if source})
        is_more = sum(number for *_, number in counts) > MOST_COUNTED
        rows = [
            Row(
                kind,
                self._dossiers.get(dossier, ""),
                self.sources.get(source, ("",))[0],
                language,
                number - (is_more and place == 0),
            )
            for place, (kind, dossier, source, language, number) in enumerate(counts)
        ]
        return Look(rows, is_more)

    def _learn(self, pks: Iterable[int], *, slugs: Iterable[str] = ()) -> None:
        """Get to know the sources of these numbers and short names, if they are not known yet."""
        unknown, slugs = {*pks} - self.sources.keys(), {*slugs}
        if unknown or slugs:
            rows = Source.objects.visible_to(self.user).filter(
                Q(pk__in=unknown) | Q(slug__in=slugs)
            )
            found = rows.values_list("pk", "slug", "name")
            self.sources |= {pk: (slug, name) for pk, slug, name in found}


@dataclass(frozen=True)
class Hit:
    """A record that was found; `words` are its fields by name, marked.

    `excerpt` is a part of its text around what was found, or empty, `url` leads there.
    """

    record: Any
    words: dict[str, SafeString]
    excerpt: str = ""
    url: str = ""
    paragraph: int | None = None


def hits_of(kind: str, records: list[int], *, terms: Sequence[Term], user: Any) -> list[Hit]:
    """Return the records (primary keys) of a kind that a user may see, in the order given."""
    fetch, hit = _KINDS[kind]
    found = {record.pk: record for record in fetch(records, user)}
    return [hit(found[pk], terms) for pk in records if pk in found]


def _actor(actor: Actor, terms: Sequence[Term]) -> Hit:
    aliases = [name.name for name in actor.names.all() if places(name.name, terms)]
    names = format_html_join(
        SafeString(", "),
        "<bdi>{}</bdi>",
        ((_html(marked(name, terms)),) for name in dict.fromkeys(aliases[:_MOST_NAMES])),
    )
    return Hit(actor, {"title": _mark(actor.name, terms), "names": names})


def _issue(issue: Issue, terms: Sequence[Term]) -> Hit:
    labels = [stance.label for stance in issue.stances.all() if places(stance.label, terms)]
    stances = format_html_join(
        SafeString(" · "), "{}", ((_html(marked(label, terms)),) for label in labels[:_MOST_NAMES])
    )
    words = {"title": issue.title, "question": issue.question}
    return Hit(
        issue,
        {name: _mark(text, terms) for name, text in words.items()} | {"stances": stances},
        _excerpt(issue.description, terms)[0],
    )


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
        "speaker": position.speaker.name if position.speaker else "",
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
