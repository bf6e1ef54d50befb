"""What the search stores of a record."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One row of `astana_searchentry`, and its words as they are stored (`searchable`).

    `day` is in ISO 8601. `refs` are the words that stand for the records it names.
    """

    id: int
    dossier_id: int
    kind: str
    record: int
    audience: str
    source: int | None
    language: str
    day: str | None
    title: str
    body: str
    refs: str
