"""What the rows of a package say together, where each row alone could be right."""

from collections.abc import Iterator, Mapping

from astana.comparison.said import parse_said
from astana.evidence.anchor import CONTEXT, hash_of
from astana.evidence.paragraphs import paragraph_at
from astana.exchange.cells import Row
from astana.exchange.problems import Problem
from astana.exchange.tables import TABLES
from astana.exchange.texts import RenditionKey, key_of, paragraphs_in
from astana.words.line_ends import plain

Rows = Mapping[str, list[Row]]
Texts = Mapping[RenditionKey, str]


def meaning_problems(rows: Rows, texts: Texts) -> list[Problem]:
    """Return the problems of a package whose cells, keys and references are right."""
    return [
        *_rings(rows["actors"]),
        *_affiliations(rows["affiliations"]),
        *_ends("events.csv", rows["events"]),
        *_issues(rows["issues"]),
        *_values(rows),
        *_proposed(rows),
        *_positions(rows),
        *_coders(rows["coders"]),
        *_held(rows),
        *_links(rows),
        *_places(rows, texts),
        *words_problems(rows, texts),
    ]


def meaning_doubts(rows: Rows) -> list[Problem]:
    """Return what is hardly ever right in a package, and never impossible."""
    message = "The actor attributes this to itself. If it said so itself, choose another voice."
    return [
        Problem("positions.csv", message, row.line, "attributed_by")
        for row in rows["positions"]
        if row.values["attributed_by"] and row.values["attributed_by"] == row.values["actor"]
    ]


def words_problems(rows: Rows, texts: Texts) -> list[Problem]:
    """Return the passages whose words are not at their offsets in these texts."""
    problems = []
    for name in ("evidence", "anchors"):
        file = f"{name}.csv"
        for row in rows[name]:
            values = row.values
            text = texts.get(key_of(row))
            if text is None or values["start"] is None:
                continue
            start, end = values["start"], values["end"]
            words = text[start:end]
            exact, digest = values.get("exact"), values["sha256"]
            if exact and len(exact) == len(words) and words != exact:
                message = "These words are not at the offsets. Correct one or the other."
                problems.append(Problem(file, message, row.line, "exact"))
            around = (
                ("prefix", text[max(0, start - 2 * CONTEXT) : start]),
                ("suffix", text[end : end + 2 * CONTEXT]),
            )
            for column, beside in around:
                if not _is_beside(values.get(column) or "", plain(beside), column):
                    where = "before" if column == "prefix" else "after"
                    message = f"These words are not {where} the passage. Correct or empty them."
                    problems.append(Problem(file, message, row.line, column))
            if digest and hash_of(words) != digest:
                message = "The words at the offsets have another hash. Correct one or the other."
                problems.append(Problem(file, message, row.line, "sha256"))
    return problems


def _is_beside(words: str, beside: str, column: str) -> bool:
    """Return whether words stand at the near end of those beside a passage."""
    words = plain(words)
    return beside.endswith(words) if column == "prefix" else beside.startswith(words)


def mend_line_ends(evidence: list[Row]) -> None:
    """Give the words of passages the line ends that make them as long as their offsets say.

    Programs that write tables change line ends within cells, and so how long a passage is.
    """
    for row in evidence:
        exact, start, end = (row.values.get(name) for name in ("exact", "start", "end"))
        if not exact or start is None or end is None or len(exact) == end - start:
            continue
        for words in (plain(exact), plain(exact).replace("\n", "\r\n")):
            if len(words) == end - start:
                row.values["exact"] = words


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
            message = f"The actors are part of one another in a circle: {ring}. Empty one of them."
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
            message = "Nobody can be affiliated with themselves. Name another body."
            yield Problem("affiliations.csv", message, row.line, "body")
    yield from _ends("affiliations.csv", rows)


def _issues(issues: list[Row]) -> Iterator[Problem]:
    for row in issues:
        event, per_event = row.values.get("event"), row.values.get("per_event")
        if row.values["kind"] != "fact" and (event or per_event):
            column = "event" if event else "per_event"
            message = "Only a fact is asked of events. Change the kind, or this."
            yield Problem("issues.csv", message, row.line, column)
        elif event and per_event:
            message = "Name the one event, or write yes here; not both."
            yield Problem("issues.csv", message, row.line, "per_event")


def _values(rows: Rows) -> Iterator[Problem]:
    """Yield the answers with a value that the scale of their issue does not know."""
    scales = {row.values["slug"]: row.values.get("scale", "ordered") for row in rows["issues"]}
    for row in rows["stances"]:
        value, scale = row.values["value"], scales[row.values["issue"]]
        if value is None or scale == "ordered":
            continue
        if scale == "nominal":
            message = "The issue is nominal: its answers have no order. Empty this."
            yield Problem("stances.csv", message, row.line, "value")
        elif value not in (1, -1):
            message = "The issue asks yes or no. Write 1 or -1, or empty this."
            yield Problem("stances.csv", message, row.line, "value")


def _proposed(rows: Rows) -> Iterator[Problem]:
    """Yield what readers see and what names something that is only proposed."""
    waiting = {
        table.name: {
            tuple(row.values[name] for name in table.key)
            for row in rows[table.name]
            if row.values.get("standing") == "proposed"
        }
        for table in TABLES
    }
    for table in TABLES:
        for reference in table.references:
            if reference.field not in table.model.SHOWS:
                continue
            for row in rows[table.name]:
                is_coding = table.name == "positions" and row.values["status"] != "published"
                at_desk = row.values.get("standing") or is_coding
                key = tuple(row.values.get(name) for name in reference.columns)
                if not at_desk and key in waiting[reference.table]:
                    message = f"“{key[-1]}” is only proposed. Accept it, or name another one."
                    yield Problem(table.file, message, row.line, reference.columns[-1])


def _positions(rows: Rows) -> Iterator[Problem]:
    resting = {row.values["position"] for row in rows["evidence"]}
    per_event = {row.values["slug"] for row in rows["issues"] if row.values.get("per_event")}
    for row in rows["positions"]:
        values = row.values

        def problem(column: str, message: str, *, line: int = row.line) -> Problem:
            return Problem("positions.csv", message, line, column)

        if values["voice"] == "attributed" and not values["attributed_by"]:
            yield problem("attributed_by", "The voice is attributed. Say by whom.")
        if values["voice"] != "attributed" and values["attributed_by"]:
            yield problem("attributed_by", "The voice is not attributed. Empty this.")
        if values.get("authority") and values["voice"] != "attributed":
            yield problem("authority", "The voice is not attributed. Empty this.")
        if values.get("suggestion") and not values.get("suggested_by"):
            yield problem(
                "suggested_by", "A suggestion has an author. Say who suggested it, or empty it."
            )
        if values["issue"] in per_event and not values["event"]:
            yield problem("event", "The issue is asked of each event. Name the one this is about.")
        if values["status"] == "rejected" and not values["reason"].strip():
            yield problem("reason", "The position is rejected. Say why.")
        if values["status"] in ("submitted", "published") and values["key"] not in resting:
            message = f"No row of evidence.csv has position {values['key']}. Add a passage."
            yield problem("key", message)


def _coders(coders: list[Row]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row in coders:
        line = seen.setdefault(row.values["name"], row.line)
        if "@" in row.values["name"]:
            message = "It may be a mail address. Write a name or a pseudonym."
            yield Problem("coders.csv", message, row.line, "name")
        elif line != row.line:
            yield Problem("coders.csv", f"Line {line} has this name. Tell them apart.", row.line)


def _held(rows: Rows) -> Iterator[Problem]:
    """Yield the positions that are held only after the day of an article they rest on."""
    published = {row.values["slug"]: row.values["published"] for row in rows["articles"]}
    first: dict[str, str] = {}
    for row in rows["evidence"]:
        article = row.values["article"]
        known = first.setdefault(row.values["position"], article)
        first[row.values["position"]] = min(known, article, key=published.__getitem__)
    for row in rows["positions"]:
        held, article = row.values.get("held"), first.get(row.values["key"])
        if held and article and parse_said(held).earliest > published[article]:
            message = f"{article} is of {published[article]}, before {held}. Correct the date."
            yield Problem("positions.csv", message, row.line, "held")


def _links(rows: Rows) -> Iterator[Problem]:
    """Yield the links of a position to itself, and the renderings that lead to no fullest one."""
    about = {
        row.values["key"]: (row.values["actor"], row.values["issue"]) for row in rows["positions"]
    }
    same = [row for row in rows["links"] if row.values["kind"] == "same-utterance"]
    fuller = {row.values["position"]: row.values["to"] for row in reversed(same)}
    for row in rows["links"]:
        position, to = row.values["position"], row.values["to"]
        message = ""
        if position == to:
            message = "A position cannot be linked to itself. Name another."
        elif row.values["kind"] != "same-utterance":
            continue
        elif about[position] != about[to]:
            message = "An utterance is by one actor on one issue. Name such a position."
        elif to in fuller:
            message = f"{to} is itself the same utterance as {fuller[to]}. Name that one."
        elif fuller[position] != to:
            message = f"{position} is the same utterance as {fuller[position]} already. Keep one."
        if message:
            yield Problem("links.csv", message, row.line, "to")


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
        message = "Give the exact words or, if these may not be copied, their hash; not both."
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
