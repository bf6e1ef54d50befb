"""Dossiers as catalogues of data know them: schema.org `Dataset`, DCAT 3 and Croissant 1.0.

Sources: the guide of Google Dataset Search, DCAT 3 (W3C, 2024) and the Croissant Format
Specification 1.0 (MLCommons, 2024). `site` begins each address. What a dossier holds is told by its
own title and description and by the tables that every dossier has: by no record of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from astana.exchange.citation import apa
from astana.exchange.citation_files import bibtex
from astana.exchange.cited import cite_dossier
from astana.exchange.descriptor import LICENCES
from astana.exchange.table import Column, Table
from astana.exchange.tables import BY_NAME, TABLES
from astana.models import Dossier

# Catalogues refuse a description that is shorter, and cut one that is longer.
LONGEST = 5_000
LD_JSON = "application/ld+json"
_HOW = (
    "Positions that actors are reported to take on issues, each with who said it, when, according "
    "to which source, and the passage that it rests on. Where nothing was found, nothing is given: "
    "that is not a neutral position."
)
_CSV, _PACKAGE = "text/csv", "https://specs.frictionlessdata.io/data-package/"
# The files of a dossier that need no choice: their title, their name, their suffix and media type.
_ZIP = ("The whole dossier as a Data Package", "dossier", "zip", "application/zip")
_FILES = (
    _ZIP,
    ("Positions with their passages", "positions", "csv", _CSV),
    ("Positions with their passages", "positions", "json", "application/json"),
    ("Issues", "issues", "csv", _CSV),
    ("Actors", "actors", "csv", _CSV),
    ("Articles", "articles", "csv", _CSV),
    ("Events", "events", "csv", _CSV),
)
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Whole, as the specification has it: readers compare it.
_CROISSANT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        name: f"cr:{name}"
        for name in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty",
            "fileObject", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key",
            "md5", "parentField", "path", "recordSet", "references", "regex", "repeated",
            "replace", "samplingRate", "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip
_TYPES = {
    "integer": "sc:Integer",
    "count": "sc:Integer",
    "decimal": "sc:Float",
    "date": "sc:Date",
    "url": "sc:URL",
}


@dataclass(frozen=True)
class Listed:
    """A dossier as it is listed, with the days of its oldest and newest position.

    One that is too large for a zip `has_zip` not.
    """

    dossier: Dossier
    first_day: date | None
    last_day: date | None
    has_zip: bool = True

    @property
    def description(self) -> str:
        """What the dossier says of itself, and what every dossier is."""
        own = self.dossier.description.strip()
        return f"{own} {_HOW}".strip() if len(own) + len(_HOW) < LONGEST else own[:LONGEST]

    @property
    def known(self) -> dict[str, str]:
        """What schema.org is told of it where it is known."""
        found = {"license": self.licence} if self.licence else {}
        if self.first_day and self.last_day:
            found["temporalCoverage"] = f"{self.first_day}/{self.last_day}"
        return found

    @property
    def licence(self) -> str:
        """The address of the licence, or its name where no address is known, or nothing."""
        name = self.dossier.licence
        return LICENCES[name][1] if name in LICENCES else name

    def files(self, site: str) -> Iterator[tuple[str, str, str]]:
        """Yield title, address and media type of each file."""
        for title, name, suffix, media_type in _FILES if self.has_zip else _FILES[1:]:
            named = [self.dossier.slug] if name == "dossier" else [self.dossier.slug, suffix]
            yield title, site + reverse(f"exports:{name}", args=named), media_type


def schema_dataset(listed: Listed, *, site: str) -> dict[str, Any]:
    """Return a dossier as a `Dataset` of schema.org."""
    dossier = listed.dossier
    here = site + dossier.get_absolute_url()
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": here,
        "url": here,
        "name": dossier.title,
        "description": listed.description,
        "version": str(dossier.version),
        "dateCreated": dossier.created_at.date().isoformat(),
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Astana", "url": f"{site}/"},
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": "Astana",
            "url": site + reverse("catalogue:site"),
        },
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": column.description}
            for column in BY_NAME["positions"].columns
            if column.name in ("actor", "issue", "stance", "said", "voice")
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title,
                "contentUrl": address,
                "encodingFormat": media_type,
            }
            for title, address, media_type in listed.files(site)
        ],
        **listed.known,
    }


def dcat_catalogue(site: str) -> dict[str, Any]:
    """Return a DCAT catalogue without its datasets, which are its `dcat:dataset`."""
    return {
        "@context": _DCAT,
        "@id": site + reverse("catalogue:site"),
        "@type": "dcat:Catalog",
        "dct:title": "Astana",
        "dct:description": _HOW,
        "dct:publisher": _publisher(site),
        "foaf:homepage": {"@id": f"{site}/"},
    }


def dcat_datasets(dossiers: Iterable[Listed], *, site: str, today: date) -> Iterator[dict]:
    """Yield each dossier as a DCAT dataset."""
    for listed in dossiers:
        dossier = listed.dossier
        here = site + dossier.get_absolute_url()
        licence: dict[str, Any] = {}
        if listed.licence.startswith("https:"):
            licence = {"dct:license": {"@id": listed.licence}}
        elif listed.licence:
            licence = {"dct:rights": listed.licence}
        found: dict[str, Any] = {
            "@id": here,
            "@type": "dcat:Dataset",
            "dct:identifier": here,
            "dct:title": dossier.title,
            "dct:description": listed.description,
            "dct:issued": _day(dossier.created_at.date()),
            "dct:publisher": _publisher(site),
            "dct:bibliographicCitation": apa(cite_dossier(dossier, site=site, today=today)),
            "dcat:version": str(dossier.version),
            "dcat:landingPage": {"@id": here},
            **licence,
            "dcat:distribution": [
                {
                    "@id": address,
                    "@type": "dcat:Distribution",
                    "dct:title": title,
                    "dcat:accessURL": {"@id": here},
                    "dcat:downloadURL": {"@id": address},
                    "dcat:mediaType": {
                        "@id": f"https://www.iana.org/assignments/media-types/{media_type}"
                    },
                    **({"dct:conformsTo": {"@id": _PACKAGE}} if media_type == _ZIP[-1] else {}),
                    **licence,
                }
                for title, address, media_type in listed.files(site)
            ],
        }
        if listed.first_day and listed.last_day:
            found["dct:temporal"] = {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _day(listed.first_day),
                "dcat:endDate": _day(listed.last_day),
            }
        yield found


def croissant(listed: Listed, *, site: str, today: date) -> dict[str, Any]:
    """Return a dossier in Croissant: the zip, its tables, and their columns.

    It is a live dataset, so that its files have no checksum. Columns that are left out of a table
    where nobody uses them are not described. What refers to what is told by the Data Package alone:
    readers of Croissant would join the tables, and lose each row that refers to nothing.
    """
    dossier = listed.dossier
    tables = [table.as_used() for table in TABLES]
    archive = site + reverse("exports:dossier", args=[dossier.slug])
    return {
        "@context": _CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dossier.title,
        "description": listed.description,
        "url": site + dossier.get_absolute_url(),
        "version": f"{dossier.version}.0.0",
        "datePublished": dossier.created_at.date().isoformat(),
        "isLiveDataset": True,
        "citeAs": bibtex(cite_dossier(dossier, site=site, today=today)),
        "rai:dataLimitations": _HOW,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "dossier.zip",
                "name": "dossier.zip",
                "description": _ZIP[0],
                "contentUrl": archive,
                "encodingFormat": _ZIP[-1],
            },
            *(
                {
                    "@type": "cr:FileObject",
                    "@id": table.file,
                    "name": table.file,
                    "description": table.description,
                    "contentUrl": f"{dossier.slug}/{table.file}",
                    "containedIn": {"@id": "dossier.zip"},
                    "encodingFormat": _CSV,
                }
                for table in tables
            ),
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": table.name,
                "name": table.name,
                "description": table.description,
                "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
                "field": [_field(table, column) for column in table.columns],
            }
            for table in tables
        ],
        **listed.known,
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES.get(column.kind, "sc:Text"),
        "source": {"fileObject": {"@id": table.file}, "extract": {"column": column.name}},
    }


def _publisher(site: str) -> dict[str, Any]:
    return {"@id": f"{site}/", "@type": "foaf:Agent", "foaf:name": "Astana"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
