"""What can be searched for: one entry for each record, kept in step with every write."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Self

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from astana.models import in_step
from astana.models.actor import Actor, ActorName
from astana.models.article import Article
from astana.models.dossier import Dossier, Membership
from astana.models.issue import Issue, Stance
from astana.models.position import Position
from astana.models.rendition import Rendition
from astana.models.source import Source
from astana.models.user import Reader
from astana.search.entry import Entry
from astana.search.index import backend
from astana.words.initials import initials
from astana.words.normalise import searchable

# So many records are read and written at once; renditions may be long.
_BATCH = 500
# So many code points of the words of one record are searched: PostgreSQL holds a megabyte of them.
LONGEST_WORDS = 200_000


class SearchEntryQuerySet(models.QuerySet):
    """Entries; reading starts at `visible_to`, so that nothing else is even counted."""

    def visible_to(self, user: Reader) -> Self:
        """Return one entry for each record that this user may see, with the words they may read."""
        audiences = SearchEntry.Audience
        for_members = Q(audience__in=[audiences.ALL, audiences.MEMBERS])
        for_everybody = Q(audience__in=[audiences.ALL, audiences.EVERYBODY])
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        if user.is_superuser:
            return seen.filter(for_members)
        if not user.is_authenticated:
            return seen.filter(for_everybody)
        mine = Q(dossier__in=Membership.objects.filter(user=user).values("dossier"))
        return seen.filter((mine & for_members) | (~mine & for_everybody))


class SearchEntry(models.Model):
    """A record as the search knows it; its words are in the database's own full text index.

    The number follows from the record (`number_of`). An article with texts for members alone has
    two entries, of which a reader meets one. A source is no result: it leads to its articles.
    """

    class Kind(models.TextChoices):
        """What sort of record it is, in the order in which results are shown."""

        ACTOR = "actor", _("actors")
        ISSUE = "issue", _("issues")
        ARTICLE = "article", _("articles")
        POSITION = "position", _("positions")
        SOURCE = "source", _("sources")

    class Audience(models.TextChoices):
        """Who may find the record by these words."""

        ALL = "all", _("everybody and members alike")
        EVERYBODY = "everybody", _("everybody but members")
        MEMBERS = "members", _("members of the dossier")

    id = models.BigIntegerField(primary_key=True)
    # Without an index of its own: SQLite would walk through a whole dossier by it, and ask of each
    # entry whether it matches, where the words lead to a few.
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    record = models.BigIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    source = models.BigIntegerField(null=True)
    language = models.CharField(max_length=12, blank=True)
    day = models.DateField(null=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


_PLACES = list(SearchEntry.Kind)
# A stance has no entry: its words are in that of its issue, and positions refer to it.
STANCE = "stance"


def number_of(kind: str, record: int, *, is_second: bool = False) -> int:
    """Return the number of the entry of a record, so that it is found without looking."""
    return record * 10 + _PLACES.index(kind) * 2 + is_second


def reference(kind: str, record: int) -> str:
    """Return the word that stands for an actor, issue, source or stance in entries that name it.

    So a renamed actor is one changed entry, however many positions it has. Every entry also has its
    own kind as such a word.
    """
    letter = "h" if kind == STANCE else kind[0]  # what is held
    return f"{letter}{record}"


def answer_words(slug: str, label: str) -> str:
    """Return the words that a stance is found by: its short name says its label in other words."""
    return f"{label} {slug.replace('-', ' ')}"


# --- What is searched of each kind of record ----------------------------------------------------
# Each function yields the entries of those records that can be found.
Found = Iterator[Entry]


def _sources(pks: list[int]) -> Found:
    for pk, dossier, name in _rows(Source, pks, "pk", "dossier_id", "name"):
        yield _entry("source", pk, dossier, title=name)


def _actors(pks: list[int]) -> Found:
    names = _grouped(_rows(ActorName, pks, "actor_id", "name", of="actor"))
    fields = ("pk", "dossier_id", "kind", "name", "description")
    for pk, dossier, kind, name, about in _rows(Actor, pks, *fields).filter(public=True):
        called = [name, *names.get(pk, ())]
        if kind != Actor.Kind.PERSON:
            called += [short for one in called for short in initials(one)]
        title = " ".join(dict.fromkeys(called))
        yield _entry("actor", pk, dossier, title=title, body=about)


def _issues(pks: list[int]) -> Found:
    answers: dict[int, list[str]] = {}
    stances = _rows(Stance, pks, "issue_id", "slug", "label", of="issue")
    for pk, slug, label in stances.filter(public=True):
        answers.setdefault(pk, []).append(answer_words(slug, label))
    fields = ("pk", "dossier_id", "slug", "title", "question", "description", "examples")
    for pk, dossier, slug, title, *about in _rows(Issue, pks, *fields).filter(public=True):
        body = " ".join([slug.replace("-", " "), *about, *answers.get(pk, ())])
        yield _entry("issue", pk, dossier, title=title, body=body)


def _articles(pks: list[int]) -> Found:
    fields = ("article_id", "kind", "language", "rights", "version", "text")
    texts: dict[int, list[tuple]] = {}
    for pk, *text in _rows(Rendition, pks, *fields, of="article").exclude(text=""):
        texts.setdefault(pk, []).append(tuple(text))
    fields = ("pk", "dossier_id", "title", "byline", "source_id", "language", "published")
    for pk, dossier, title, byline, source, language, day in _rows(Article, pks, *fields):
        known = texts.get(pk, [])
        members = _newest(known)
        public = _newest([text for text in known if text[2] == Rendition.Rights.PUBLIC])
        audiences = {"all": public} if members == public else {"everybody": public}
        if members != public:
            audiences["members"] = members
        for audience, words in audiences.items():
            yield _entry(
                "article",
                pk,
                dossier,
                audience=audience,
                source=source,
                language=language,
                day=day.isoformat(),
                title=title,
                body=" ".join([byline, *words]),
                refs=reference("source", source),
            )


def _newest(texts: list[tuple]) -> list[str]:
    """Return the words of the newest version of each kind and language."""
    by_version = sorted(texts, key=lambda text: text[3])
    return list({(kind, language): words for kind, language, _, _, words in by_version}.values())


def _positions(pks: list[int]) -> Found:
    rows = QuerySet(Position).filter(pk__in=pks, status=Position.Status.PUBLISHED)
    for pk, dossier, actor, speaker, issue, stance, day, *words in rows.values_list(
        "pk",
        "dossier_id",
        "actor_id",
        "speaker_id",
        "issue_id",
        "stance_id",
        "latest",
        "summary",
        "condition",
        "note",
    ).iterator():
        refs = [reference("actor", who) for who in (actor, speaker) if who]
        yield _entry(
            "position",
            pk,
            dossier,
            day=day.isoformat(),
            body=" ".join(words),
            refs=" ".join([*refs, reference("issue", issue), reference(STANCE, stance)]),
        )


def _rows(model: type[models.Model], pks: list[int], *fields: str, of: str = "pk") -> QuerySet:
    # A plain QuerySet: an entry is made of everything, and `visible_to` holds when it is read.
    return QuerySet(model).filter(**{f"{of}__in": pks}).order_by("pk").values_list(*fields)


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    grouped: dict[int, list[str]] = {}
    for pk, words in rows:
        grouped.setdefault(pk, []).append(words)
    return grouped


def _entry(
    kind: str,
    record: int,
    dossier: int,
    *,
    audience: str = "all",
    source: int | None = None,
    language: str = "",
    day: str | None = None,
    title: str = "",
    body: str = "",
    refs: str = "",
) -> Entry:
    number = number_of(kind, record, is_second=audience == SearchEntry.Audience.MEMBERS)
    words = searchable(title), searchable(body)[:LONGEST_WORDS], f"{kind} {refs}"
    return Entry(number, dossier, kind, record, audience, source, language, day, *words)


_SEARCHED: dict[str, tuple[type[models.Model], Callable[[list[int]], Found]]] = {
    "source": (Source, _sources),
    "actor": (Actor, _actors),
    "issue": (Issue, _issues),
    "article": (Article, _articles),
    "position": (Position, _positions),
}
# Whose entry a record's words are in: the kind, and the field that leads there.
_OWNERS: dict[type[models.Model], tuple[str, str]] = {
    **{model: (kind, "pk") for kind, (model, _) in _SEARCHED.items()},
    ActorName: ("actor", "actor_id"),
    Stance: ("issue", "issue_id"),
    Rendition: ("article", "article_id"),
}


# --- Keeping in step ----------------------------------------------------------------------------
Owners = set[tuple[str, int]]


def is_searched(model: type[models.Model]) -> bool:
    """Return whether words of such records are searched."""
    return model in _OWNERS


def owners_of(model: type[models.Model], pks: Iterable[int]) -> Owners:
    """Return in which entries (kind and record) the words of these records are."""
    if model not in _OWNERS:
        return set()
    kind, field = _OWNERS[model]
    if field == "pk":
        return {(kind, pk) for pk in pks}
    rows = (QuerySet(model).filter(pk__in=batch) for batch in _batches(pks))
    return {(kind, owner) for found in rows for owner in found.values_list(field, flat=True)}


def write_entries(owners: Owners, *, are_there: bool = True) -> None:
    """Write the entries of these records as the records are now; call it in their transaction.

    `are_there` says whether there can be entries of them that these replace.

    The dossier has to be locked before, as `touch` does: whoever comes second then reads what the
    first one wrote.
    """
    for kind, (_model, words_of) in _SEARCHED.items():
        for pks in _batches(pk for owner, pk in owners if owner == kind):
            _write(kind, pks, words_of, are_there=are_there)


def _write(
    kind: str, pks: list[int], words_of: Callable[[list[int]], Found], *, are_there: bool = True
) -> None:
    numbers = [number_of(kind, pk) for pk in pks]
    if kind == SearchEntry.Kind.ARTICLE:
        numbers += [number_of(kind, pk, is_second=True) for pk in pks]
    if are_there:
        SearchEntry.objects.filter(pk__in=numbers).delete()
    if entries := list(words_of(pks)):
        backend().write(entries)


def rebuild(dossier: Dossier) -> Iterator[tuple[int, int]]:
    """Write all entries of a dossier again; yield how many records are done, and of how many.

    Each batch is a transaction of its own, so that readers find something throughout and writers
    wait for a batch at most.
    """
    todo = [
        (kind, pks)
        for kind, (model, _) in _SEARCHED.items()
        for pks in _batches(
            QuerySet(model).filter(dossier=dossier).order_by("pk").values_list("pk", flat=True)
        )
    ]
    number, done = sum(len(pks) for _, pks in todo), 0
    yield done, number
    for kind, pks in todo:
        with transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).hold()
            _write(kind, pks, _SEARCHED[kind][1])
        done += len(pks)
        yield done, number
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).hold()
        for kind, (model, _) in _SEARCHED.items():
            gone = SearchEntry.objects.filter(dossier=dossier, kind=kind)
            gone.exclude(record__in=QuerySet(model).filter(dossier=dossier).values("pk")).delete()


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    known = sorted(pks)
    return (known[start : start + _BATCH] for start in range(0, len(known), _BATCH))


in_step.announce(sys.modules[__name__])
