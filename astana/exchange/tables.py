"""The tables of a dossier package: their columns, keys and references, declared once.

The descriptor, the checks, the loader and the dumper all follow from here. Choices and longest
lengths come from the models, so that they cannot differ from what the database accepts.
"""

from astana.exchange.table import FOREIGN_ID, HEALTH, PLACE, STANDING, Column, Reference, Table
from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Anchor,
    Article,
    Document,
    Event,
    Evidence,
    Examined,
    Issue,
    Link,
    LookedFor,
    Participation,
    Position,
    Rendition,
    Signature,
    Source,
    Stance,
)


def _slug(description: str) -> Column:
    return Column("slug", "slug", description, is_required=True)


def _to(name: str, description: str, *, is_required: bool = True) -> Column:
    return Column(name, "slug", description, is_required=is_required)


def _needed(name: str, kind: str, description: str, *, since: int = 1) -> Column:
    return Column(name, kind, description, is_required=True, since=since)


def _optional(name: str, kind: str, description: str) -> Column:
    left_out = "The column is left out where all is empty."
    return Column(name, kind, f"{description} {left_out}", is_optional=True)


def _kind_of_text(description: str) -> Column:
    kinds, later = tuple(Rendition.Kind.values), (Rendition.Kind.RECORD,)
    return Column("kind", "choice", description, is_required=True, choices=kinds, later=later)


_RENDITION = (
    _to("article", "The article whose rendition this is."),
    _kind_of_text("The kind of the rendition."),
    _needed("language", "language", "The language of the rendition."),
    _needed("version", "count", "The version of the rendition."),
)
_RENDITION_KEY = ("article", "kind", "language", "version")

TABLES = (
    Table(
        "sources",
        Source,
        "Outlets and publishers.",
        key=("slug",),
        columns=(
            _slug("The source's short name."),
            _needed("name", "name", "Its name."),
            _needed("kind", "choice", "What sort of publisher it is."),
            Column("country", "country", "Two letters; UN for the United Nations."),
            _needed("language", "language", "The language it mostly publishes in."),
            Column("homepage", "url", "Its home page."),
        ),
    ),
    Table(
        "actors",
        Actor,
        "States, groups, organisations, offices and persons that take positions or speak.",
        key=("slug",),
        columns=(
            _slug("The actor's short name."),
            _needed("name", "name", "Its name in English, or as the dossier calls it."),
            _needed("kind", "choice", "What sort of actor it is."),
            _to("part_of", "The whole that it is a body of.", is_required=False),
            Column("wikidata", "wikidata", "Its Wikidata id, such as Q159."),
            Column("description", "text", "Who it is, in a sentence."),
            FOREIGN_ID,
            STANDING,
        ),
        references=(Reference(("part_of",), "actors", "part_of"),),
    ),
    Table(
        "actor_names",
        ActorName,
        "Further names of actors: aliases, translations, other spellings.",
        key=("actor", "language", "name"),
        columns=(
            _to("actor", "The actor."),
            _needed("language", "language", "The language of the name."),
            _needed("name", "name", "The name."),
        ),
        references=(Reference(("actor",), "actors", "actor"),),
    ),
    Table(
        "affiliations",
        Affiliation,
        "Who belonged to which body, in which role, from when to when.",
        key=("person", "body", "role", "start"),
        columns=(
            _to("person", "The actor who is the person."),
            _to("body", "The actor who is the body."),
            _needed("role", "name", "The person's role there."),
            Column("start", "date", "First day; empty if not known."),
            Column("end", "date", "Last day; empty if not known or still running."),
        ),
        references=(
            Reference(("person",), "actors", "person"),
            Reference(("body",), "actors", "body"),
        ),
    ),
    Table(
        "events",
        Event,
        "Meetings and happenings.",
        key=("slug",),
        columns=(
            _slug("The event's short name."),
            _needed("name", "name", "Its name."),
            Column("place", "name", "Where."),
            _needed("start", "date", "First day."),
            _needed("end", "date", "Last day."),
            Column("description", "text", "What it was."),
            STANDING,
        ),
    ),
    Table(
        "participations",
        Participation,
        "Who took part in which event, and as what; absence is recorded, never inferred.",
        key=("event", "actor", "role"),
        columns=(
            _to("event", "The event."),
            _to("actor", "The actor."),
            _needed("role", "choice", "What the actor was there as."),
        ),
        references=(
            Reference(("event",), "events", "event"),
            Reference(("actor",), "actors", "actor"),
        ),
    ),
    Table(
        "issues",
        Issue,
        "Neutral questions with their codebook entries.",
        key=("slug",),
        order=("order", "slug"),
        columns=(
            _slug("The issue's short name."),
            _needed("title", "name", "A few words."),
            _needed("question", "text", "The question that positions answer."),
            _needed("kind", "choice", "What should be, or a disputed fact."),
            _needed("scale", "choice", "What the answers are to one another.", since=2),
            Column("event", "slug", "The one event that a fact is about.", since=2),
            _needed("per_event", "flag", "yes: each event has its own answer.", since=2),
            Column("group", "name", "The group of issues it is listed under."),
            _needed("order", "integer", "Its place in lists."),
            Column("description", "text", "The codebook's definition."),
            Column("examples", "text", "What falls under it."),
            Column("counter_examples", "text", "What does not."),
            FOREIGN_ID,
            STANDING,
        ),
        references=(Reference(("event",), "events", "event"),),
    ),
    Table(
        "stances",
        Stance,
        "The answers that each issue knows.",
        key=("issue", "slug"),
        order=("issue", "order", "slug"),
        columns=(
            _to("issue", "The issue."),
            _slug("The stance's short name, unique within the issue."),
            _needed("label", "name", "The answer in a few words."),
            Column("value", "decimal", "From -1 to 1, at most two decimals; empty: off the scale."),
            _needed("order", "integer", "Its place among the stances of the issue."),
            _optional("description", "text", "The codebook's definition."),
            _optional("examples", "text", "What falls under it."),
            _optional("counter_examples", "text", "What does not."),
            STANDING,
        ),
        references=(Reference(("issue",), "issues", "issue"),),
    ),
    Table(
        "documents",
        Document,
        "Texts that came out of events.",
        key=("slug",),
        columns=(
            _slug("The document's short name."),
            _needed("title", "name", "Its title."),
            _needed("date", "date", "Its date."),
            _to("event", "The event it came out of.", is_required=False),
            Column("url", "url", "Where it, or a report of it, can be read."),
            STANDING,
        ),
        references=(Reference(("event",), "events", "event"),),
    ),
    Table(
        "signatures",
        Signature,
        "Who signed which document; not signing is not rejecting.",
        key=("document", "actor"),
        columns=(
            _to("document", "The document."),
            _to("actor", "The actor."),
            _needed("status", "choice", "Signed, present and did not sign, or not known."),
        ),
        references=(
            Reference(("document",), "documents", "document"),
            Reference(("actor",), "actors", "actor"),
        ),
    ),
    Table(
        "examined",
        Examined,
        "For which issues a document was gone through, clause by clause.",
        key=("document", "issue"),
        columns=(_to("document", "The document."), _to("issue", "The issue.")),
        references=(
            Reference(("document",), "documents", "document"),
            Reference(("issue",), "issues", "issue"),
        ),
        since=2,
    ),
    Table(
        "articles",
        Article,
        "Published pieces.",
        key=("slug",),
        columns=(
            _slug("The article's short name."),
            _to("source", "The source that published it."),
            _needed("title", "name", "Its title."),
            Column("byline", "name", "Who wrote it."),
            _needed("published", "date", "The day of publication."),
            Column("url", "url", "Its address, or the home page where no address is known."),
            _needed("language", "language", "The language it was published in."),
            _needed("coverage", "choice", "How much of it the coders have read."),
            FOREIGN_ID,
        ),
        references=(Reference(("source",), "sources", "source"),),
    ),
    Table(
        "looked_for",
        LookedFor,
        "On which issues an article was read for all that it says.",
        key=("article", "issue"),
        columns=(_to("article", "The article."), _to("issue", "The issue.")),
        references=(
            Reference(("article",), "articles", "article"),
            Reference(("issue",), "issues", "issue"),
        ),
        since=2,
    ),
    Table(
        "renditions",
        Rendition,
        "Texts of articles: words in `texts/`, or known by their hash only.",
        key=_RENDITION_KEY,
        columns=(
            _to("article", "The article."),
            _kind_of_text("What sort of text it is."),
            _needed("language", "language", "The language of the text."),
            _needed("version", "count", "1 for the first text of this kind and language."),
            _needed("rights", "choice", "Who may read the words."),
            _needed("sha256", "sha256", "SHA-256 of the text in UTF-8."),
            _needed("characters", "count", "Its length in Unicode code points."),
            Column(
                "paragraphs",
                "paragraphs",
                "Offsets of the paragraphs, as 104-447 448-622; empty where the words are in the "
                "package and blank lines separate the paragraphs.",
            ),
            Column("file", "file", "The file with the words; empty: known by the hash only."),
        ),
        references=(Reference(("article",), "articles", "article"),),
    ),
    Table(
        "positions",
        Position,
        "An actor's reported stance on an issue.",
        key=("key",),
        columns=(
            _needed("key", "slug", "The position's key, such as p004."),
            _to("actor", "The actor whose position it is."),
            _to("issue", "The issue."),
            _to("stance", "The stance, one of the issue's own."),
            _needed("summary", "text", "One neutral sentence."),
            Column("condition", "text", "What the stance depends on."),
            _needed("said", "said", "EDTF date: when it was said, never more precise than known."),
            Column("held", "said", "When it was held, where not when it was said.", since=2),
            _needed("voice", "choice", "How we know."),
            _needed("certainty", "choice", "How plainly it was said.", since=2),
            _to("attributed_by", "Who says so, if attributed; else empty.", is_required=False),
            Column("authority", "choice", "Whether who says so speaks for the actor.", since=2),
            _to("speaker", "The person who spoke.", is_required=False),
            _to("event", "Where it was said; of a fact, what it is about.", is_required=False),
            _to(
                "document",
                "What it is a provision of, if the voice is document; else what it is about.",
                is_required=False,
            ),
            Column("note", "text", "A note for readers."),
            _needed("status", "choice", "Where the coding stands in the work flow."),
            Column("reason", "text", "Why it was rejected, if it was."),
            FOREIGN_ID,
            _optional("suggested_by", "text", "The rule or model that suggested it, or who did."),
            _optional("suggestion", "choice", "Whether the suggestion was accepted or changed."),
        ),
        references=(
            Reference(("actor",), "actors", "actor"),
            Reference(("issue",), "issues", "issue"),
            Reference(("issue", "stance"), "stances", "stance"),
            Reference(("attributed_by",), "actors", "attributed_by"),
            Reference(("speaker",), "actors", "speaker"),
            Reference(("event",), "events", "event"),
            Reference(("document",), "documents", "document"),
        ),
    ),
    Table(
        "links",
        Link,
        "What a position is to another one; of one utterance, the other is the fuller rendering.",
        key=("position", "kind", "to"),
        columns=(
            _to("position", "The position."),
            _needed("kind", "choice", "What it is to the other one."),
            _to("to", "The key of the other one."),
        ),
        references=(
            Reference(("position",), "positions", "position"),
            Reference(("to",), "positions", "to"),
        ),
        since=2,
    ),
    Table(
        "evidence",
        Evidence,
        "The passages that positions rest on, or that dispute them.",
        key=("position", "number"),
        columns=(
            _to("position", "The position."),
            _needed("number", "count", "The passage's place among those of the position."),
            _needed("role", "choice", "What the passage does to the position."),
            *_RENDITION,
            Column("paragraph", "count", "The paragraph the passage begins in, from 1."),
            *PLACE,
            Column("exact", "text", "The words of the passage; empty if they may not travel."),
            Column("prefix", "text", "Up to 32 characters before the passage."),
            Column("suffix", "text", "Up to 32 characters after it."),
            Column("sha256", "sha256", "SHA-256 of the words that may not travel; else empty."),
            HEALTH,
        ),
        references=(
            Reference(("position",), "positions", "position"),
            Reference(_RENDITION_KEY, "renditions", "rendition"),
        ),
    ),
    Table(
        "anchors",
        Anchor,
        "Where the same passage stands in another rendition, by offsets and hash.",
        key=("position", "number", *_RENDITION_KEY),
        columns=(
            _to("position", "The position."),
            _needed("number", "count", "The number of its evidence."),
            *_RENDITION,
            *PLACE,
            _needed("sha256", "sha256", "SHA-256 of the words of the passage there, in UTF-8."),
            HEALTH,
        ),
        references=(
            Reference(("position", "number"), "evidence", "evidence"),
            Reference(_RENDITION_KEY, "renditions", "rendition"),
        ),
    ),
)

BY_NAME = {table.name: table for table in TABLES}


def tables_of(number: int) -> tuple[Table, ...]:
    """Return the tables that packages of a format have, with the columns that they have there."""
    return tuple(table.of_format(number) for table in TABLES if table.since <= number)
