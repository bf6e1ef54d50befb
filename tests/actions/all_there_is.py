"""Everything that a merge could change."""

from astana.models import (
    SavedComparison,
)
from astana.models.past import NOUNS


def everything() -> dict:
    """Return all records by kind, without their revisions."""
    return {
        name: sorted(
            (
                tuple((key, value) for key, value in row.items() if key != "revision")
                for row in model.objects.values()
            ),
            key=str,
        )
        for name, model in NOUNS.items()
    } | {"saved": list(SavedComparison.objects.values_list("pk", "query"))}
