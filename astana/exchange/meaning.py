"""What the rows of a package say together, where each row alone could be right."""

from collections.abc import Iterator, Mapping

from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraph_at
from astana.exchange.cells import Row
from astana.exchange.problems import Problem
from astana.exchange.texts import RenditionKey, key_of, paragraphs_in

Rows = Mapping[str, list[Row]]
Texts = Mapping[RenditionKey, str]


def meaning_problems(rows: Rows, texts: Texts) -> list[Problem]:
    """Return the problems of a package whose cells, keys and references are right."""
    return [
        *_rings(rows["actors"]),
        *_affiliations(rows["affiliations"]),
        *_ends("events.csv", rows["events"]),
        *_positions(rows),
        *_places(rows, texts),
        *words_problems(rows, texts),
    ]


def words_problems(rows: Rows, texts: Texts) -> list[Problem]:
    """Return the passages whose words do not stand at their offsets in these texts."""
    problems = []
    for name in ("evidence", "anchors"):
        file = f"{name}.csv"
        for row in rows[name]:
            values = row.values
            text = texts.get(key_of(row))
            if text is None or values["start"] is None:
                continue
            words = text[values["start"] : values["end"]]
            exact, digest = values.get("exact"), values["sha256"]
            if exact and len(exact) == len(words) and words != exact:
                message = "These words do not stand at the offsets. Correct one or the other."
                problems.append(Problem(file, message, row.line, "exact"))
            if digest and hash_of(words) != digest:
                message = "The words at the offsets have another hash. Correct one or the other."
                problems.append(Problem(file, message, row.line, "sha256"))
    return problems


def _rings(actors: list[Row]) -> Iterator[Problem]:
    """Yield each ring of actors that are part of one another, once."""
    whole_of = {row.values["slug"]: row.values["part_of"] for row in actors}
    line_of = {row.values["slug"]: row.line for row in actors}
    done: set[str] = set()
    for slug in whole_of:
        path: list[str] = []
        while slug and slug not in done:
            done.add(slug)
            path.append(slug)
            slug = whole_of[slug]
        if slug in path:
            ring = " > ".join([*path[path.index(slug) :], slug])
            message = f"The actors are part of one another in a ring: {ring}. Empty one of them."
            yield Problem("actors.csv", message, line_of[slug], "part_of")


def _ends(file: str, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        start, end = row.values["start"], row.values["end"]
        if start and end and end < start:
            message = f"{end} is before the start, {start}. Correct one of them."
            yield Problem(file, message, row.line, "end")


def _affiliations(rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        if row.values["person"] == row.values["body"]:
            message = "Nobody is affiliated with itself. Name another body."
            yield Problem("affiliations.csv", message, row.line, "body")
    yield from _ends("affiliations.csv", rows)


def _positions(rows: Rows) -> Iterator[Problem]:
    resting = {row.values["position"] for row in rows["evidence"]}
    for row in rows["positions"]:
        values = row.values

        def problem(column: str, message: str, *, line: int = row.line) -> Problem:
            return Problem("positions.csv", message, line, column)

        if values["voice"] == "attributed" and not values["attributed_by"]:
            yield problem("attributed_by", "The voice is attributed. Say by whom.")
        if values["voice"] != "attributed" and values["attributed_by"]:
            yield problem("attributed_by", "The voice is not attributed. Empty this.")
        if values["attributed_by"] and values["attributed_by"] == values["actor"]:
            message = "An actor's own words are not attributed. Choose another voice."
            yield problem("attributed_by", message)
        if values["status"] == "rejected" and not values["reason"].strip():
            yield problem("reason", "The position is rejected. Say why.")
        if values["status"] in ("submitted", "published") and values["key"] not in resting:
            message = f"No row of evidence.csv has position {values['key']}. Add a passage."
            yield problem("key", message)


def _places(rows: Rows, texts: Texts) -> Iterator[Problem]:
    """Yield the passages without a possible place in their rendition."""
    renditions = {key_of(row): row for row in rows["renditions"]}
    paragraphs = {key: paragraphs_in(row, texts.get(key, "")) for key, row in renditions.items()}
    article_of = {
        (row.values["position"], row.values["number"]): row.values["article"]
        for row in rows["evidence"]
    }
    for row in rows["evidence"]:
        yield from _place("evidence.csv", row, renditions[key_of(row)])
        yield from _evidence(row, paragraphs[key_of(row)])
    for row in rows["anchors"]:
        yield from _place("anchors.csv", row, renditions[key_of(row)])
        article = article_of[row.values["position"], row.values["number"]]
        if row.values["article"] != article:
            message = f"The evidence is in {article}. Name a rendition of the same article."
            yield Problem("anchors.csv", message, row.line, "article")


def _place(file: str, row: Row, rendition: Row) -> Iterator[Problem]:
    values, characters = row.values, rendition.values["characters"]
    start, end, health = values["start"], values["end"], values["health"]
    if (start is None) != (end is None):
        column = "start" if start is None else "end"
        yield Problem(file, "Give both offsets or none.", row.line, column)
    elif start is None and not health:
        yield Problem(file, "Give the offsets, or say in health why not.", row.line, "start")
    elif start is None:
        return
    elif health:
        message = f"A passage that is {health} has no offsets. Empty them, or this."
        yield Problem(file, message, row.line, "health")
    elif end <= start:
        message = f"The passage ends at {end} and starts at {start}. Correct one of them."
        yield Problem(file, message, row.line, "end")
    elif end > characters:
        message = f"The passage ends at {end}, outside the text of {characters} characters."
        yield Problem(file, f"{message} Correct it.", row.line, "end")


def _evidence(row: Row, paragraphs: list[list[int]]) -> Iterator[Problem]:
    values = row.values
    if bool(values["exact"]) == bool(values["sha256"]):
        message = "Give the exact words or, where they may not travel, their hash; not both."
        yield Problem("evidence.csv", message, row.line, "exact")
    paragraph, start = values["paragraph"], values["start"]
    if values["exact"] and start is not None and len(values["exact"]) != values["end"] - start:
        message = f"The words are {len(values['exact'])} characters long. Correct the offsets."
        yield Problem("evidence.csv", message, row.line, "end")
    if paragraph is None or not paragraphs:
        return
    found = paragraph if start is None else paragraph_at(paragraphs, start)
    if paragraph > len(paragraphs):
        message = f"The text has {len(paragraphs)} paragraphs. Correct the number."
        yield Problem("evidence.csv", message, row.line, "paragraph")
    elif found != paragraph:
        message = f"The passage begins in paragraph {found or 'none'}. Correct the number."
        yield Problem("evidence.csv", message, row.line, "paragraph")
