"""A dossier of any size, the same for the same size, written straight into the tables.

Two hundred actors, three hundred issues; an article for every ten positions, three passages for
every two. Actors and issues are spoken of unequally, as in life: the most reported cells hold
hundreds of positions at a million, and many hold none. One in five is second-hand, some are not
published, and some share their day with another stance of the same cell.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from astana.models import (
    Actor,
    ActorName,
    Article,
    Dossier,
    Event,
    Evidence,
    Issue,
    Position,
    Rendition,
    Source,
    Stance,
)
from astana.models.search import rebuild
from astana.words.sorting import sort_key
from benchmarks import words

ACTORS, ISSUES, SOURCES, EVENTS = 200, 300, 60, 40
POSITIONS_AN_ARTICLE = 10
FIRST_DAY, DAYS = date(2012, 1, 1), 5_000
NOW = "2026-01-01 00:00:00+00:00"
VOICES = ("direct-quote", "reported-speech", "document", "act", "attributed", "characterised")
VOICE_WEIGHTS = (20, 45, 10, 5, 12, 8)
STATUSES = ("published", "draft", "submitted", "rejected")
STATUS_WEIGHTS = (94, 3, 2, 1)

# A dossier that another recipe has made is not measured.
RECIPE = sha256(
    b"".join(Path(path).read_bytes() for path in (__file__, words.__file__))
).hexdigest()[:12]


class AnotherRecipe(Exception):
    """The database holds a dossier that an older recipe has made."""


def a_generated_dossier(size: int) -> Dossier:
    """Return the dossier of `size` positions, written now if the database has none.

    Raises AnotherRecipe where it has one that is made differently.
    """
    slug = f"generated-{size}"
    dossier = Dossier.objects.filter(slug=slug).first()
    if dossier is None:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                slug=slug,
                title=f"Generated: {size:,} positions",
                description=RECIPE,
                visibility="public",
            )
            _write(dossier, size)
        _keep_house()
        for _done in rebuild(dossier):
            pass
    elif dossier.description != RECIPE:
        raise AnotherRecipe(slug)
    return dossier


def _write(dossier: Dossier, size: int) -> None:
    random = Random(size)
    actors = _actors(dossier, random)
    issues = _issues(dossier, random)
    sources = _ids(Source, SOURCES)
    _insert(
        Source,
        ("id", "dossier_id", "slug", "name", "kind", "country", "language", "homepage"),
        (
            (pk, dossier.pk, f"source-{n}", f"{words.COUNTRIES[n % 25]} Gazette {n}", "newspaper",
             "", "en", "")
            for n, pk in enumerate(sources)
        ),
    )  # fmt: skip
    events = _ids(Event, EVENTS)
    _insert(
        Event,
        ("id", "dossier_id", "slug", "name", "place", "start", '"end"', "description"),
        (
            (pk, dossier.pk, f"round-{n}", f"Round {n} of the talks", words.COUNTRIES[n % 25],
             day := _day(n * DAYS // EVENTS), day, "")
            for n, pk in enumerate(events)
        ),
    )  # fmt: skip
    # The rows of articles, texts, positions and passages refer to each other: they are made
    # together, a thousand articles at a time, so that memory stays flat.
    articles = -(-size // POSITIONS_AN_ARTICLE)
    story = _Story(dossier.pk, random, actors, issues, sources, events)
    for start in range(0, articles, 1_000):
        batch = story.tell(range(start, min(start + 1_000, articles)), size)
        for model, columns, rows in batch:
            _insert(model, columns, rows)


def _actors(dossier: Dossier, random: Random) -> list[tuple[int, str]]:
    """Write the actors; return their primary keys and names."""
    keys = _ids(Actor, ACTORS)
    named = [(pk, *words.actor_name(number)) for number, pk in enumerate(keys)]
    countries = len(words.COUNTRIES)
    _insert(
        Actor,
        ("id", "dossier_id", "slug", "name", "sort_name", "kind", "part_of_id", "description",
         "wikidata"),
        (
            (pk, dossier.pk, f"actor-{n}", name, sort_key(name), kind,
             keys[n % countries] if 2 * countries <= n < 3 * countries else None, "", "")
            for n, (pk, name, kind) in enumerate(named)
        ),
    )  # fmt: skip
    foreign = [(pk, *one) for pk in keys for one in words.foreign_names(random)]
    _insert(
        ActorName,
        ("id", "actor_id", "language", "name"),
        ((pk, *row) for pk, row in zip(_ids(ActorName, len(foreign)), foreign, strict=True)),
    )
    return [(pk, name) for pk, name, _kind in named]


def _issues(dossier: Dossier, random: Random) -> list[tuple[int, str, list[int]]]:
    """Write the issues and their stances; return primary keys, titles, and those of stances."""
    keys = _ids(Issue, ISSUES)
    titles = [words.issue_title(number) for number in range(ISSUES)]
    _insert(
        Issue,
        ("id", "dossier_id", "slug", "title", "question", "kind", '"group"', '"order"',
         "description", "examples", "counter_examples"),
        (
            (pk, dossier.pk, f"issue-{n}", title, f"What should become of the {title.lower()}?",
             "fact" if n % 10 == 9 else "preference", words.MATTERS[n % len(words.MATTERS)], n,
             "What is asked for and offered.", "", "")
            for n, (pk, title) in enumerate(zip(keys, titles, strict=True))
        ),
    )  # fmt: skip
    answers = [
        (issue, order, label, value)
        for issue in keys
        for order, (value, label) in enumerate(
            [*random.sample(words.STANCES, random.randint(3, 5)), (None, "Declines to answer")]
        )
    ]
    stances = _ids(Stance, len(answers))
    _insert(
        Stance,
        ("id", "issue_id", "slug", "label", "value", '"order"'),
        (
            (pk, issue, f"stance-{order}", label, value, order)
            for pk, (issue, order, label, value) in zip(stances, answers, strict=True)
        ),
    )
    of_issue: dict[int, list[int]] = {}
    for pk, (issue, *_rest) in zip(stances, answers, strict=True):
        of_issue.setdefault(issue, []).append(pk)
    return [(pk, title, of_issue[pk]) for pk, title in zip(keys, titles, strict=True)]


Batch = tuple[type[Model], tuple[str, ...], list[tuple]]

_ARTICLE = (
    "id", "dossier_id", "slug", "source_id", "title", "byline", "published", "url", "language",
    "coverage",
)  # fmt: skip
_RENDITION = (
    "id", "article_id", "kind", "language", "rights", "version", "text", "sha256", "characters",
    "paragraphs", "created_at",
)  # fmt: skip
_POSITION = (
    "id", "dossier_id", "key", "actor_id", "issue_id", "stance_id", "summary", "condition", "said",
    "earliest", "latest", "voice", "attributed_by_id", "speaker_id", "event_id", "note", "status",
    "reason", "published_at",
)  # fmt: skip
_EVIDENCE = (
    "id", "position_id", "number", "role", "rendition_id", "paragraph", "start", '"end"', "exact",
    "prefix", "suffix", "sha256", "health",
)  # fmt: skip


class _Story:
    """What has been told so far: the next primary keys, and the passages of the last article."""

    def __init__(
        self,
        dossier: int,
        random: Random,
        actors: list[tuple[int, str]],
        issues: list[tuple[int, str, list[int]]],
        sources: Sequence[int],
        events: Sequence[int],
    ) -> None:
        self.dossier, self.random = dossier, random
        self.actors, self.issues, self.sources, self.events = actors, issues, sources, events
        self.articles, self.renditions = _first_id(Article), _first_id(Rendition)
        self.positions, self.evidence = _first_id(Position), _first_id(Evidence)
        self.last: list[tuple] = []
        self.told: tuple | None = None

    def tell(self, numbers: Iterable[int], size: int) -> list[Batch]:
        """Return the rows of some articles and of all that rests on them."""
        articles: list[tuple] = []
        renditions: list[tuple] = []
        positions: list[tuple] = []
        evidence: list[tuple] = []
        for number in numbers:
            published = number * DAYS * POSITIONS_AN_ARTICLE // max(size, 1)
            first = number * POSITIONS_AN_ARTICLE
            said = [
                self._position(n, published)
                for n in range(first, min(first + POSITIONS_AN_ARTICLE, size))
            ]
            passages = self._article(number, published, said, articles, renditions)
            positions += said
            evidence += self._passages(said, passages)
            self.last = passages
        return [
            (Article, _ARTICLE, articles),
            (Rendition, _RENDITION, renditions),
            (Position, _POSITION, positions),
            (Evidence, _EVIDENCE, evidence),
        ]

    def _position(self, number: int, published: int) -> tuple:
        random = self.random
        actor, name = _unequally(random, self.actors)
        issue, title, stances = _unequally(random, self.issues)
        said, earliest, latest = _said(random, published)
        if self.told and random.random() < 0.02:
            (actor, name), (issue, title, stances), (said, earliest, latest) = self.told
        self.told = (actor, name), (issue, title, stances), (said, earliest, latest)
        voice = random.choices(VOICES, VOICE_WEIGHTS)[0]
        status = random.choices(STATUSES, STATUS_WEIGHTS)[0]
        others = random.sample(self.actors, 2)
        by = next(pk for pk, _name in others if pk != actor) if voice == "attributed" else None
        return (
            self.positions + number, self.dossier, f"p{number}", actor, issue,
            self._stance(actor, issue, stances, latest),
            words.sentence(random, name, title), words.condition(random),
            said, earliest, latest, voice, by,
            others[0][0] if voice == "direct-quote" else None,
            random.choice(self.events) if random.random() < 0.2 else None, "", status,
            "The passage does not say so." if status == "rejected" else "",
            NOW if status == "published" else None,
        )  # fmt: skip

    def _stance(self, actor: int, issue: int, stances: list[int], latest: str) -> int:
        """Return what the actor mostly says: a country and its bodies one thing, then another."""
        if self.random.random() < 0.05:
            return self.random.choice(stances)
        country = (actor - self.actors[0][0]) % len(words.COUNTRIES)
        settled = Random(country * ISSUES + issue - self.issues[0][0])
        before, after = settled.choice(stances), settled.choice(stances)
        return before if latest < _day(settled.randrange(DAYS)) else after

    def _article(
        self, number: int, published: int, said: list[tuple], articles: list, renditions: list
    ) -> list[tuple]:
        """Add the article and its text; return (rendition, paragraph, start, end, words) each."""
        article, rendition = self.articles + number, self.renditions + number
        blocks, places, at = [], [], 0
        for paragraph, position in enumerate(said, 1):
            opening = words.sentence(self.random, self.actors[0][1], self.issues[0][1])
            passage = position[6]
            start = at + len(opening) + 1
            places.append((rendition, paragraph, start, start + len(passage), passage))
            blocks.append(f"{opening} {passage}")
            at += len(blocks[-1]) + 2
        text = "\n\n".join(blocks)
        ends = [place[3] for place in places]
        starts = [0, *(end + 2 for end in ends[:-1])]
        articles.append(
            (article, self.dossier, f"article-{number}", self.random.choice(self.sources),
             f"What the parties said of the {self.issues[number % ISSUES][1].lower()}", "",
             _day(published + 1), "", "en", "full")
        )  # fmt: skip
        renditions.append(
            (rendition, article, "synopsis", "en", "public", 1, text,
             sha256(text.encode()).hexdigest(), len(text),
             str([list(pair) for pair in zip(starts, ends, strict=True)]), NOW)
        )  # fmt: skip
        return places

    def _passages(self, said: list[tuple], places: list[tuple]) -> Iterator[tuple]:
        """Yield a passage for each position, and for every second one more in the last article."""
        for n, (position, place) in enumerate(zip(said, places, strict=True)):
            yield self._passage(position[0], 1, "supports", place)
            if n % 2 and self.last:
                role = "disputes" if self.random.random() < 0.1 else "supports"
                yield self._passage(position[0], 2, role, self.last[n % len(self.last)])

    def _passage(self, position: int, number: int, role: str, place: tuple) -> tuple:
        rendition, paragraph, start, end, exact = place
        self.evidence += 1
        return (
            self.evidence - 1, position, number, role, rendition, paragraph, start, end, exact,
            "", "", "", "intact",
        )  # fmt: skip


def _unequally(random: Random, choices: Sequence[Any]) -> Any:
    """Return one of the choices, the first ones far more often."""
    return choices[int(len(choices) * random.random() ** 2)]


def _said(random: Random, published: int) -> tuple[str, str, str]:
    """Return the EDTF date of a statement of about this day, and its earliest and latest day."""
    day = FIRST_DAY + timedelta(days=max(0, published - random.randrange(10)))
    kind = random.random()
    if kind < 0.85:
        return day.isoformat(), day.isoformat(), day.isoformat()
    if kind < 0.92:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return f"{day:%Y-%m}", first.isoformat(), last.isoformat()
    if kind < 0.98:
        last = day + timedelta(days=1)
        return f"{day}/{last}", day.isoformat(), last.isoformat()
    return f"../{day}", "0001-01-01", day.isoformat()


def _day(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def _first_id(model: type[Model]) -> int:
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _ids(model: type[Model], number: int) -> range:
    first = _first_id(model)
    return range(first, first + number)


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple]) -> None:
    """Write rows in the fastest way of the database, each as if nobody had changed it since.

    No history is written and no version is raised: the dossier is as good as loaded from files.
    Columns that are not named and cannot be empty have the defaults of the model.
    """
    unnamed = [
        field
        for field in model._meta.concrete_fields
        if not (field.null or field.generated)
        and not {field.column, f'"{field.column}"'} & {*columns}
    ]
    defaults = tuple(
        field.get_db_prep_save(field.get_default(), connection=connection) for field in unnamed
    )
    columns = (*columns, *(f'"{field.column}"' for field in unnamed))
    rows = ((*row, *defaults) for row in rows)
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _keep_house() -> None:
    """Do what PostgreSQL would do by itself in time: gather statistics, and go on counting."""
    if connection.vendor != "postgresql":
        return
    models = (
        Actor, ActorName, Article, Event, Evidence, Issue, Position, Rendition, Source, Stance,
    )  # fmt: skip
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        cursor.execute("ANALYZE")
