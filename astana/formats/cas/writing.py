"""The texts of a dossier as UIMA CAS JSON, with a layer of passages that positions rest on."""

import io
import json
import re
import zipfile
from typing import Any

from astana.formats.offsets import Units
from astana.formats.package import BEYOND_CODING, Losses, Package, TextKey, Written

LAYER = "webanno.custom.Position"
_FEATURES = ("actor", "issue", "stance", "voice", "condition", "said")
_FILE = re.compile(r"([-\w]+)\.([a-z]+)\.([-A-Za-z0-9]+)\.v([0-9]{1,6})")
_NO_PLACE = ("coders", "assignments", *BEYOND_CODING)


def key_of_file(name: str) -> TextKey | None:
    """Return which text a document is, where it was written here."""
    found = _FILE.fullmatch(re.sub(r"\.(json|xmi|txt)$", "", name))
    return (found[1], found[2], found[3], int(found[4])) if found else None


def write(package: Package) -> Written:
    """Return the texts whose words are here as a zip of CAS, each with its passages."""
    losses = Losses()
    positions = {row["key"]: row for row in package.cells("positions")}
    passages: dict[TextKey, list[dict[str, Any]]] = {key: [] for key in package.texts}
    for row in package.cells("evidence"):
        key = row["article"], row["kind"], row["language"], row["version"]
        label = f"{row['position']}, passage {row['number']}"
        if key not in passages:
            losses.lose("passages in texts for members", label)
        elif row["start"] is None:
            losses.lose("passages without a place", label)
        else:
            passages[key].append(row)
    written = {row["position"] for rows in passages.values() for row in rows}
    for unwritten in sorted(positions.keys() - written):
        losses.lose("positions without an exported passage", unwritten)
    losses.lose(
        "further details of positions (summary, note, speaker, status and so on)",
        count=len(written),
    )
    for table in ("sources", "actors", "issues", "stances", "articles"):
        count = len(package.cells(table))
        losses.lose("details of %(table)s other than their short names", count=count, table=table)
    for table in _NO_PLACE:
        count = len(package.cells(table))
        losses.lose("rows of %(table)s.csv", count=count, table=table)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, text in sorted(package.texts.items()):
            article, kind, language, version = key
            cas = _cas(text, passages[key], positions)
            name = f"{article}.{kind}.{language}.v{version}.json"
            archive.writestr(name, json.dumps(cas, ensure_ascii=False, indent=1))
    features = ", ".join(("key", "number", *_FEATURES, "role"))
    note = (
        "In the project, first create a span layer Position with these string features: "
        f"{features}."
    )
    return Written(content.getvalue(), losses.listed(), (note,))


def _cas(
    text: str, passages: list[dict[str, Any]], positions: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    units = Units(text)
    names = ("key", "number", *_FEATURES, "role")
    sofa = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text/plain",
        "sofaString": text,
    }
    structures: list[dict[str, Any]] = [sofa]
    for row in sorted(passages, key=lambda one: (one["start"], one["position"], one["number"])):
        position = positions[row["position"]]
        told = {"key": row["position"], "number": str(row["number"]), "role": row["role"]}
        told |= {name: str(position[name]) for name in _FEATURES if position[name]}
        structures.append(
            {
                "%ID": len(structures) + 1,
                "%TYPE": LAYER,
                "@sofa": 1,
                "begin": units.units(row["start"]),
                "end": units.units(row["end"]),
            }
            | told
        )
    layer: dict[str, Any] = {"%NAME": LAYER, "%SUPER_TYPE": "uima.tcas.Annotation"}
    layer |= {name: {"%NAME": name, "%RANGE": "uima.cas.String"} for name in names}
    members = [one["%ID"] for one in structures[1:]]
    return {
        "%TYPES": {LAYER: layer},
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    }
