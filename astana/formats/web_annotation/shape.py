"""A position as a Web Annotation: what stands in its bodies and targets.

Sources: Web Annotation Data Model (W3C, 2017), and CiTO (Peroni and Shotton, 2012) for whether a
passage supports or disputes.
"""

from collections.abc import Mapping
from typing import Any

ANNO = "http://www.w3.org/ns/anno.jsonld"
ROLES = ("supports", "disputes")
CONTEXT = [
    ANNO,
    {
        "cito": "http://purl.org/spar/cito/",
        **{role: {"@id": f"cito:{role}", "@type": "@id"} for role in ROLES},
    },
]
IF = "If: "


def bodies(told: Mapping[str, str], *, answer: str, actor: str, issue: str) -> list[dict[str, Any]]:
    """Return what is said: of the summary, condition and note, and whose it is, about what.

    `answer` is issue and stance in words; `actor` and `issue` are addresses.
    """
    words = [
        ("describing", told["summary"]),
        ("classifying", answer),
        ("commenting", told["condition"] and f"{IF}{told['condition']}"),
        ("commenting", told["note"]),
    ]
    return [
        *(
            {"type": "TextualBody", "purpose": why, "value": value, "format": "text/plain"}
            for why, value in words
            if value
        ),
        {"type": "SpecificResource", "purpose": "identifying", "source": actor},
        {"type": "SpecificResource", "purpose": "classifying", "source": issue},
    ]


def target(
    passage: Mapping[str, Any], *, source: str, language: str, position: str
) -> dict[str, Any]:
    """Return a passage of the text at an address, and what it does to the position at another."""
    selectors: list[dict[str, Any]] = []
    if passage["exact"]:
        quote = {"type": "TextQuoteSelector", "exact": passage["exact"]}
        quote |= {name: passage[name] for name in ("prefix", "suffix") if passage[name]}
        selectors.append(quote)
    if passage["start"] is not None:
        start, end = passage["start"], passage["end"]
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    if passage["paragraph"]:
        selectors.append({"type": "FragmentSelector", "value": f"p{passage['paragraph']}"})
    found: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {"id": source, "type": "Text", "format": "text/html", "language": language},
        passage["role"]: position,
    }
    return found | ({"selector": selectors} if selectors else {})
