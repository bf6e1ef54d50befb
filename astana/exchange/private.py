"""Who coded what in files of other tools: for members alone, in no package for readers."""

from astana.exchange.columns import naming, needed, slug_of
from astana.exchange.table import Table
from astana.models import Assignment, Coder

CODERS = Table(
    "coders",
    Coder,
    "Who coded in the file of another tool, by pseudonyms.",
    key=("slug",),
    columns=(slug_of("The coder's short name."), needed("name", "name", "What it is called.")),
)
# A package leaves out those of them that have no row.
PRIVATE = (
    CODERS,
    Table(
        "assignments",
        Assignment,
        "Which coder has coded which article.",
        key=("article", "coder"),
        columns=(
            naming("article", "The article.", "articles"),
            naming("coder", "The coder.", "coders", field="pseudonym"),
            needed("independent", "flag", "yes: without seeing what others coded in it."),
            needed("finished", "flag", "yes: nothing is still to be coded."),
        ),
    ),
)
