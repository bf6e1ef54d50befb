"""What Astana writes into a .dna file beside what the tool knows, so that it comes back."""

# In the settings of a file: its documents and entities say what they were here.
OURS = "astana"

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
)
LONG = ("summary", "condition", "note")


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


# Columns of actors and issues that are attributes of an entity, by what the tool calls them.
ACTOR = {"kind": "Type", "description": "Notes"} | _same("slug", "part_of", "wikidata")
ISSUE = {"description": "Notes"} | _same(
    "slug", "question", "kind", "scale", "group", "order", "examples", "counter_examples"
)
STANCE = {"description": "Notes"} | _same("label", "value", "order", "examples", "counter_examples")
# Of the article and its text, as lines of the notes of a document.
ARTICLE = ("slug", "source", "url", "language", "coverage")
TEXT = ("kind", "language", "version", "rights")
