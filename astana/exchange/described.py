"""What the columns of files and of the API mean, where packages do not say it."""

from dataclasses import replace

from astana.exchange.table import Column
from astana.exchange.tables import BY_NAME
from astana.models import Issue

# What a cell of a comparison is called where programs read it.
# It is a silence only where nothing is left out: neither what is second-hand (`first_hand`), nor
# what was published here later (`recorded_as_of`).
CELLS = ("one-stance", "two-voices", "silence", "no-first-hand", "not-shown")

_POSITIONS = "How many published positions there are."
_POSITION = (
    Column("actor_name", "name", "The name of the actor."),
    Column("issue_title", "name", "The title of the issue."),
    Column("stance_label", "name", "The stance in a few words."),
    Column(
        "value",
        "decimal",
        "From -1 to 1: the value of the stance on the scale; null: off the scale.",
    ),
    Column("earliest", "date", "The first day on which it can have been said, where known."),
    Column("latest", "date", "The last day on which it can have been said."),
    Column("first_hand", "flag", "Whether the actor says so itself, in a document or by an act."),
    Column("disputed", "flag", "Whether a passage disputes it."),
    Column("coder", "name", "Who coded it."),
    Column("coded_at", "moment", "When it was coded."),
    Column("reviewer", "name", "Who reviewed it."),
    Column("reviewed_at", "moment", "When it was reviewed."),
    Column("published_at", "moment", "When it was published here."),
    Column("sources", "texts", "The source of each passage."),
    Column("articles", "texts", "The article of each passage."),
    Column("paragraphs", "counts", "The paragraph in which each passage begins."),
    Column("roles", "texts", "Whether each passage supports or disputes the position."),
    Column("words", "texts", "The words of each passage; null where the reader may not read them."),
    Column("url", "url", "The page of the position."),
)
_OWN = {
    "positions": _POSITION,
    "compare": (
        *_POSITION,
        Column("issue", "slug", "The issue of the cell."),
        Column("issue_kind", "choice", "What should be, or a disputed fact.", choices=()),
        Column("actor", "slug", "The actor of the cell."),
        Column("as_of", "date", "The last day that counts: what was said later is left out."),
        Column("cell", "choice", "What the cell is; none of these is neutral.", choices=CELLS),
        Column("articles_read", "integer", "How many articles of that time were read."),
        Column("read_in_full", "integer", "How many of them were read in full."),
        Column("looked_for", "integer", "In how many of them the issue was looked for."),
        Column("position", "slug", "The key of the position; null in a silence."),
        Column(
            "body",
            "slug",
            "Whose position it is: the actor, a part of it, or whom a person spoke for.",
        ),
        Column("body_name", "name", "The name of that actor."),
    ),
    "agreement": (
        Column("actor", "slug", "One of the pair."),
        Column("actor_name", "name", "Its name."),
        Column("other", "slug", "The other one."),
        Column("other_name", "name", "Its name."),
        Column("measure", "name", "What was measured."),
        Column("figure", "number", "The figure of the pair."),
        Column("issues", "integer", "On how many issues (or statements) it rests."),
        Column("lowest", "number", "The lowest figure that the open issues leave possible."),
        Column("highest", "number", "The highest figure that the open issues leave possible."),
        Column("since", "date", "What had been said before does not count."),
        Column("as_of", "date", "What was said later does not count."),
        Column("same", "integer", "On how many questions without an order they answer the same."),
        Column("nominal", "integer", "On how many of these both answer."),
        Column("duplicates", "name", "How repeated statements count."),
        Column("normalisation", "name", "What figures are divided by."),
    ),
    "statements": (
        Column("actor", "slug", "Who said it."),
        Column("actor_name", "name", "Its name."),
        Column("issue", "slug", "On what."),
        Column("issue_title", "name", "Its title."),
        Column("counting", "name", "Statements, or their balance: those for minus those against."),
        Column("figure", "number", "The figure, after normalisation."),
        Column("statements", "integer", "The statements it rests on, at least one."),
        Column("since", "date", "What had been said before does not count."),
        Column("as_of", "date", "What was said later does not count."),
        Column("duplicates", "name", "How repeated statements count."),
        Column("normalisation", "name", "What figures are divided by."),
    ),
    "actors": (
        Column("actor", "slug", "The actor's short name."),
        Column("names", "texts", "Its other names."),
        Column("languages", "texts", "The language of each."),
        Column("positions", "integer", _POSITIONS),
        Column("issues", "integer", "On how many issues."),
    ),
    "issues": (
        Column("issue", "slug", "The issue's short name."),
        Column("stances", "texts", "The short names of its stances."),
        Column("labels", "texts", "The label of each."),
        Column("values", "decimals", "The value of each; null: off the scale."),
        Column("positions", "integer", _POSITIONS),
        Column("actors", "integer", "Of how many actors."),
    ),
    "articles": (
        Column("article", "slug", "The article's short name."),
        Column("source_name", "name", "The name of the source."),
        Column("positions", "integer", _POSITIONS),
        Column("passages", "integer", "On how many passages of the article they rest."),
    ),
    "events": (
        Column("event", "slug", "The event's short name."),
        Column("actors", "texts", "Who is recorded with a role."),
        Column("roles", "texts", "The role of each; absence is one."),
        Column("documents", "texts", "The documents that came out of it."),
    ),
}


def columns_of(table: str, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return these columns of the rows of a table, with their choices. Raises KeyError."""
    like = BY_NAME.get("positions" if table == "compare" else table)
    known = {one.name: one for one in like.columns} if like else {}
    found = {name: replace(one, choices=like.choices(one)) for name, one in known.items()}
    found |= {one.name: one for one in _OWN.get(table, ())}
    if table == "compare":
        found["issue_kind"] = replace(found["issue_kind"], choices=tuple(Issue.Kind.values))
    return tuple(found[name] for name in names)
