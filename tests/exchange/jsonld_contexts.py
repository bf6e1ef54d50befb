"""What the contexts of our JSON-LD say about the terms that we use, so that no test asks the net.

Written from the Web Annotation Vocabulary (W3C, 2017) and from the vocabulary of schema.org.
"""

_OA, _DC, _AS = (
    "http://www.w3.org/ns/oa#",
    "http://purl.org/dc/",
    "http://www.w3.org/ns/activitystreams#",
)
_FOAF, _RDF = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DAY = "http://www.w3.org/2001/XMLSchema#dateTime"
_COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"


def _to(address: str, **more: str) -> dict[str, str]:
    return {"@id": address, **{f"@{name}": value for name, value in more.items()}}


_ANNOTATION = {
    "id": "@id",
    "type": "@type",
    **{
        name: _OA + name
        for name in (
            "Annotation",
            "FragmentSelector",
            "SpecificResource",
            "TextPositionSelector",
            "TextQuoteSelector",
            "TextualBody",
        )
    },
    **{name: _OA + name for name in ("classifying", "describing", "commenting", "identifying")},
    "Person": f"{_FOAF}Person",
    "Software": f"{_AS}Application",
    "Text": f"{_DC}dcmitype/Text",
    "body": _to(f"{_OA}hasBody", type="@id"),
    "target": _to(f"{_OA}hasTarget", type="@id"),
    "source": _to(f"{_OA}hasSource", type="@id"),
    "selector": _to(f"{_OA}hasSelector", type="@id"),
    "motivation": _to(f"{_OA}motivatedBy", type="@vocab"),
    "purpose": _to(f"{_OA}hasPurpose", type="@vocab"),
    "canonical": _to(f"{_OA}canonical", type="@id"),
    "start": _to(f"{_OA}start", type=_COUNT),
    "end": _to(f"{_OA}end", type=_COUNT),
    "exact": f"{_OA}exact",
    "prefix": f"{_OA}prefix",
    "suffix": f"{_OA}suffix",
    "value": f"{_RDF}value",
    "format": f"{_DC}elements/1.1/format",
    "language": f"{_DC}elements/1.1/language",
    "created": _to(f"{_DC}terms/created", type=_DAY),
    "modified": _to(f"{_DC}terms/modified", type=_DAY),
    "creator": _to(f"{_DC}terms/creator", type="@id"),
    "rights": _to(f"{_DC}terms/rights", type="@id"),
    "generator": _to(f"{_AS}generator", type="@id"),
    "name": f"{_FOAF}name",
    "nickname": f"{_FOAF}nick",
    **{
        name: _AS + other
        for name, other in (
            ("AnnotationCollection", "OrderedCollection"),
            ("AnnotationPage", "OrderedCollectionPage"),
        )
    },
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": _to(f"{_AS}totalItems", type=_COUNT),
    "startIndex": _to(f"{_AS}startIndex", type=_COUNT),
    **{
        name: _to(f"{_AS}{name}", type="@id")
        for name in ("first", "last", "next", "prev", "partOf")
    },
    "items": _to(f"{_AS}items", type="@id", container="@list"),
}
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": _ANNOTATION,
    "https://schema.org": {"@vocab": "https://schema.org/"},
}


def load(url: str, options: dict | None = None) -> dict:
    """Return a context by its address, as the loader of a JSON-LD processor; KeyError if new."""
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXTS[url]}}
