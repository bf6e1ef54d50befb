"""A dossier as a collection of Web Annotations: each position one, its passages the targets."""

import json
from collections.abc import Mapping
from typing import Any

from astana.formats.package import Losses, Package, Written
from astana.formats.web_annotation.shape import CONTEXT, IF, bodies, target

# What a position and a passage say that the model has no words for, and the other tables.
CARRIED = {
    "astana": "urn:astana:",
    **{name: {"@id": f"astana:{name}", "@type": "@json"} for name in ("record", "tables")},
}
_OWN = ("key", "actor", "issue", "summary", "condition", "note")
_PASSAGE = ("number", "kind", "version", "sha256", "health")


def write(package: Package) -> Written:
    """Return a dossier as a collection with all its annotations."""
    losses = Losses()
    address = package.address
    passages: dict[str, list[dict[str, Any]]] = {}
    rows = package.cells("evidence")
    for row in sorted(rows, key=lambda one: (one["position"], one["number"])):
        passages.setdefault(row["position"], []).append(row)
    titles = {row["slug"]: row["title"] for row in package.cells("issues")}
    labels = {(row["issue"], row["slug"]): row["label"] for row in package.cells("stances")}
    items = [
        _annotation(
            row,
            passages.get(row["key"], []),
            answer=f"{titles[row['issue']]}: {labels[row['issue'], row['stance']]}",
            address=address,
        )
        for row in sorted(package.cells("positions"), key=lambda one: one["key"])
    ]
    for key in package.texts:
        losses.lose("words of texts (their hashes are kept)", f"{key[0]}, {key[1]}")
    page = {
        "id": f"{address}annotations.jsonld?page=1",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    collection = {
        "@context": [*CONTEXT, CARRIED],
        "id": f"{address}annotations.jsonld",
        "type": "AnnotationCollection",
        "label": package.title,
        "total": len(items),
        "first": page,
        "tables": {
            table: [_filled(row.given) for row in rows]
            for table, rows in package.rows.items()
            if table not in ("positions", "evidence")
        },
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1, default=str)
    return Written(f"{text}\n".encode(), losses.listed())


def _annotation(
    row: Mapping[str, Any], passages: list[dict[str, Any]], *, answer: str, address: str
) -> dict[str, Any]:
    here = f"{address}positions/{row['key']}/"
    issue = f"{address}issues/{row['issue']}/"
    record = {name: value for name, value in _filled(row).items() if name not in _OWN}
    if row["note"].startswith(IF):
        # It would be taken for the condition.
        record |= {"condition": row["condition"], "note": row["note"]}
    return {
        "id": f"{here.removesuffix('/')}.jsonld",
        "type": "Annotation",
        "motivation": ["classifying", "describing"],
        "canonical": here,
        "body": bodies(row, answer=answer, actor=f"{address}actors/{row['actor']}/", issue=issue),
        "target": [_target(one, address=address, position=here) for one in passages] or [issue],
        "record": record,
    }


def _target(row: Mapping[str, Any], *, address: str, position: str) -> dict[str, Any]:
    source = f"{address}articles/{row['article']}/"
    found = target(row, source=source, language=row["language"], position=position)
    return found | {"record": {name: row[name] for name in _PASSAGE if row[name]}}


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", None, [])}
