"""What Astana writes into a .dna file beside what the tool knows, so that it comes back."""

# In the settings of a file: its documents and entities say what they were here.
OURS = "astana"
# The coder of what nobody has coded under a pseudonym, and whose the documents are.
OURSELVES = 1
# Before the number of another one, also in the settings: the short name here.
CODER = "astana coder "

# Columns of positions that are variables of a statement; the long ones are long texts.
SHORT = (
    "position",
    "passage",
    "stance",
    "voice",
    "certainty",
    "said",
    "held",
    "attributed_by",
    "authority",
    "suggestion",
)
LONG = ("summary", "condition", "note", "suggested_by", "foreign_id")


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


# Columns of actors and issues that are attributes of an entity, by what the tool calls them.
ACTOR = {"kind": "Type", "description": "Notes"} | _same(
    "slug", "part_of", "wikidata", "foreign_id"
)
ISSUE = {"description": "Notes"} | _same(
    "slug",
    "question",
    "kind",
    "scale",
    "group",
    "order",
    "examples",
    "counter_examples",
    "foreign_id",
)
STANCE = {"description": "Notes"} | _same("label", "value", "order", "examples", "counter_examples")
# Of the article and its text, as lines of the notes of a document.
ARTICLE = ("slug", "source", "url", "language", "coverage", "foreign_id")
TEXT = ("kind", "language", "version", "rights")
