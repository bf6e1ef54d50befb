"""Label Studio: tasks with labelled spans, choices and relations, as JSON; in."""

from collections.abc import Iterator, Mapping
from typing import Any

from astana.formats.choices import choices_of
from astana.formats.coded import Codings
from astana.formats.json_files import read_json
from astana.formats.marked import gettext_noop
from astana.formats.package import Format, Package, Read, Trouble, Unreadable
from astana.formats.placing import Words
from astana.formats.regions import OPTIONS as REGIONS
from astana.formats.regions import Marked, Marking, Region, about_in
from astana.formats.selectors import listed, text_of

OPTIONS = REGIONS | {
    "text": gettext_noop("key of the data with the text; - for “text”, or else the longest one")
}
_SHAPELESS = (TypeError, AttributeError, KeyError, IndexError, ValueError)


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the rows of a dossier that annotated tasks make; raises Unreadable."""
    choices = choices_of(options, prefix="label-studio", roles="", coder="", text="-")
    codings = Codings(there, choices)
    marking = Marking(codings)
    tasks = read_json(content, "file")
    if not isinstance(tasks, list):
        raise Unreadable([Trouble("file", "It is not a list of tasks. Export as JSON.")])
    seen: dict[str, str] = {}
    for number, task in enumerate(tasks, 1):
        place = f"task {number}"
        try:
            if "annotations" not in task:
                reason = (
                    "It has no annotations: JSON-MIN does not say whose they are. Export as JSON."
                )
                codings.troubles.add(place, reason)
                continue
            first = seen.setdefault(str(task["id"]), place)
            if first != place:
                codings.troubles.add(place, f"{first} has the same id. Keep one of them.")
                continue
            _read_task(place, task, codings, marking)
        except _SHAPELESS:
            codings.troubles.add(
                place, "It does not have the form of a task. Export it again as JSON."
            )
    codings.finish()
    losses = codings.losses.listed()
    return Read(codings.package, losses, choices.named, notes=tuple(codings.notes))


def _read_task(place: str, task: Mapping[str, Any], codings: Codings, marking: Marking) -> None:
    data, wanted = task["data"], codings.choices.named["text"]
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    text = texts.get(wanted if wanted != "-" else "text")
    if text is None:
        text = "" if wanted != "-" else max(texts.values(), key=len, default="")
    if not text.strip():
        codings.troubles.add(place, "It has no text. Choose one with --option text=KEY.")
        return
    column = next(name for name, value in data.items() if value == text)
    about = about_in(data, codings.losses, place, known=(column,))
    article = codings.article(place, str(task["id"]), about, text)
    codings.losses.lose("predictions", place, count=len(task.get("predictions") or ()))
    for annotation in task["annotations"]:
        where = f"{place}, annotation {annotation['id']}"
        by = annotation.get("completed_by")
        coder = str(by.get("email") or by.get("id")) if isinstance(by, dict) else str(by or "")
        if made := annotation.get("created_at"):
            codings.losses.lose("times of annotation", str(made)[:40])
        if annotation.get("was_cancelled"):
            codings.losses.lose("cancelled annotations", where)
            continue
        settles = bool(annotation.get("ground_truth"))
        if settles:
            codings.losses.lose("marks of the ground truth", where)
        results = annotation.get("result") or []
        relations = [one for one in results if one["type"] == "relation"]
        joined = [(one["from_id"], one["to_id"]) for one in relations]
        for one in relations:
            for name in one.get("labels") or ():
                codings.losses.lose("names of relations", str(name)[:40])
        key = (codings.choices.named["prefix"], str(task["id"]), str(annotation["id"]))
        regions = list(_regions(where, text, results))
        marking.add(Marked(where, article, key, regions, joined, coder, settles))


def _regions(place: str, text: str, results: list[dict[str, Any]]) -> Iterator[Region]:
    """Yield the regions: results of the same id are about the same words."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        if result["type"] != "relation":
            value = result["value"]
            is_of_words = "start" in value or "globalOffsets" in value
            one = text_of(result["id"]) if is_of_words or result["id"] in grouped else "text"
            grouped.setdefault(one, []).append(result)
    for one, group in grouped.items():
        values: dict[str, list[str]] = {}
        labels: list[str] = []
        notes: list[str] = []
        words = None
        for result in group:
            value, name = result["value"], text_of(result.get("from_name"))
            found = [text_of(label) for label in _found(result["type"], value)]
            if name.casefold() in ("note", "comment"):
                notes += found
            elif result["type"] in ("labels", "hypertextlabels") and name in ("label", "labels"):
                labels += found
            else:
                values.setdefault(name, []).extend(found)
            words = words or _words(f"{place}, result {one}", text, value)
        covered = words.exact if words else ""
        yield Region(one if words else "text", words, covered, labels, values, "\n".join(notes))


def _found(kind: str, value: Mapping[str, Any]) -> list[Any]:
    """Return what was chosen or written; of a tree the way down counts by its end."""
    if kind == "textarea":
        return listed(value.get("text"))
    found = listed(value.get(kind))
    return [one[-1] if isinstance(one, list) else one for one in found]


def _words(place: str, text: str, value: Mapping[str, Any]) -> Words | None:
    at = value.get("globalOffsets") or value
    start, end = at.get("start"), at.get("end")
    exact = value.get("text")
    exact = exact if isinstance(exact, str) else ""
    if exact not in text and "\\n" in exact:
        exact = exact.replace("\\n", "\n")
    if type(start) is not int or type(end) is not int:
        return Words(place, exact=exact) if exact.strip() else None
    if not exact:
        # JavaScript counts UTF-16 units.
        raw = text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end]
        return Words(place, start=start, end=end, in_units=True, exact=_decoded(raw))
    return Words(place, exact=exact, start=start, end=end, in_units=True)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-16-le")
    except UnicodeDecodeError:
        return ""


FORMAT = Format(
    "label-studio", "Label Studio (JSON)", read_beside=read, options=OPTIONS, endings=("json",)
)
