"""The passages of a dossier as annotations of Hypothesis, to be brought into a group there."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from astana.formats.package import Losses, Package, Written

# By the word that the tag has.
_TAGS = {
    **{name: name for name in ("actor", "issue", "stance", "voice", "certainty", "said")},
    "condition": "condition",
    "by": "attributed_by",
    "speaker": "speaker",
}
# Which passage of which position an annotation is, as `astana:p001/2`.
OURS = "astana"


def write(package: Package) -> Written:
    """Return each passage whose words are here, and whose article has an address."""
    losses = Losses()
    positions = {row["key"]: row for row in package.cells("positions")}
    articles = {row["slug"]: row for row in package.cells("articles")}
    written: list[dict[str, Any]] = []
    whole: set[str] = set()
    rows = package.cells("evidence")
    for row in sorted(rows, key=lambda one: (one["position"], one["number"])):
        position, article = positions[row["position"]], articles[row["article"]]
        label = f"{row['position']}, passage {row['number']}"
        if not row["exact"]:
            losses.lose("passages in texts for members", label)
        elif not article["url"]:
            losses.lose("passages of articles without an address", label)
        else:
            whole.add(row["position"])
            written.append(_annotation(row, position, article))
    for key in sorted(positions.keys() - whole):
        losses.lose("positions without an exported passage", key)
    for column in ("held", "authority", "event", "document", "reason", "coder"):
        count = sum(bool(positions[key].get(column)) for key in whole)
        losses.lose("%(column)s of positions", count=count, column=column)
    losses.lose("status of positions", count=len(whole))
    for table in package.rows:
        if table not in ("positions", "evidence"):
            count = len(package.cells(table))
            losses.lose("rows of %(table)s.csv", count=count, table=table)
    told = {
        "export_date": datetime.now(UTC).isoformat(timespec="seconds"),
        "export_userid": "acct:astana@localhost",
        "client_version": "Astana",
        "annotations": written,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return Written(f"{text}\n".encode(), losses.listed())


def _annotation(
    row: Mapping[str, Any], position: Mapping[str, Any], article: Mapping[str, Any]
) -> dict[str, Any]:
    tags = [f"{word}:{position[name]}" for word, name in _TAGS.items() if position[name]]
    tags += ["role:disputes"] if row["role"] == "disputes" else []
    tags.append(f"{OURS}:{position['key']}/{row['number']}")
    quote = {"type": "TextQuoteSelector", "exact": row["exact"]}
    quote |= {name: row[name] for name in ("prefix", "suffix") if row[name]}
    return {
        "id": f"{position['key']}-{row['number']}",
        "user": "acct:astana@localhost",
        "uri": article["url"],
        "document": {"title": [article["title"]]},
        "text": f"{position['summary']}\n\n{position['note']}".rstrip(),
        "tags": tags,
        "target": [{"source": article["url"], "selector": [quote]}],
        "references": [],
        "permissions": {"read": ["group:__world__"]},
    }
