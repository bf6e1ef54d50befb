"""Catalogues of data are told of public dossiers, in what each of the three standards has."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyld import jsonld

from astana.pages.catalogue import views as catalogue_views
from astana.pages.dossiers import whole as of_dossiers
from tests.exchange.jsonld_contexts import load

pytestmark = pytest.mark.django_db
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
MEDIA = "https://www.iana.org/assignments/media-types/"
FOAF = "http://xmlns.com/foaf/0.1/"
# Of each class of DCAT 3 and what it takes over: the properties that it has.
KNOWN = {
    f"{DCAT}Catalog": {
        *(DCT + name for name in ("title", "description", "publisher")),
        f"{DCAT}dataset",
        f"{FOAF}homepage",
    },
    f"{DCAT}Dataset": {
        *(DCT + name for name in ("identifier", "title", "description", "issued", "publisher")),
        *(DCT + name for name in ("bibliographicCitation", "license", "rights", "temporal")),
        *(DCAT + name for name in ("version", "landingPage", "distribution")),
    },
    f"{DCAT}Distribution": {
        *(DCT + name for name in ("title", "license", "rights", "conformsTo")),
        *(DCAT + name for name in ("accessURL", "downloadURL", "mediaType")),
    },
    f"{DCT}PeriodOfTime": {f"{DCAT}startDate", f"{DCAT}endDate"},
    f"{FOAF}Agent": {f"{FOAF}name"},
}
DATASET = {
    "@context", "@type", "@id", "url", "name", "description", "version", "dateCreated",
    "isAccessibleForFree", "publisher", "includedInDataCatalog", "variableMeasured",
    "distribution", "license", "temporalCoverage",
}  # fmt: skip


@pytest.fixture
def talks(a_position, a_dossier, a_rendition):
    dossier = a_dossier(licence="CC-BY-4.0", description="Who wants what of whom.")
    text = a_rendition()
    a_position(rendition=text, quote="They met.")
    a_position(actor="turkey", said="2017-02-03", rendition=text, quote="They met.")
    a_position(actor="iran", said="2018-01-01", status="draft")
    return dossier


def _catalogue(client) -> dict:
    response = client.get("/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    return json.loads(response.getvalue())


def _dataset(client) -> dict:
    html = client.get("/dossiers/talks/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1]) if found else {}


def _check_media_types(client, files: list[tuple[str, str]]) -> None:
    assert len(files) == 7
    for address, media_type in files:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"].partition(";")[0] == media_type
        assert response.getvalue()


def test_the_catalogue_is_dcat_with_the_media_types_that_the_files_have(client, talks):
    (catalogue,) = jsonld.expand(_catalogue(client))

    def check(node: dict) -> None:
        (kind,) = node["@type"]
        properties = {name: values for name, values in node.items() if name[0] != "@"}
        assert set(properties) <= KNOWN[kind], kind
        for values in properties.values():
            for value in values:
                if "@type" in value and "@value" not in value:
                    check(value)

    check(catalogue)
    (dataset,) = catalogue[f"{DCAT}dataset"]
    assert dataset["@id"] == "http://testserver/dossiers/talks/"
    assert dataset[f"{DCT}license"] == [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]
    (period,) = dataset[f"{DCT}temporal"]
    days = [period[f"{DCAT}{name}"][0]["@value"] for name in ("startDate", "endDate")]
    assert days == ["2017-01-24", "2017-02-03"]
    assert "Talks. (n.d.)" in dataset[f"{DCT}bibliographicCitation"][0]["@value"]
    files = [
        (one[f"{DCAT}downloadURL"][0]["@id"], one[f"{DCAT}mediaType"][0]["@id"])
        for one in dataset[f"{DCAT}distribution"]
    ]
    _check_media_types(client, [(url, media.removeprefix(MEDIA)) for url, media in files])


def test_only_public_dossiers_are_listed_whoever_asks(client, a_dossier, a_member):
    assert _catalogue(client)["dcat:dataset"] == []
    client.force_login(a_member(dossier=a_dossier("canary", visibility="members")))
    a_dossier("talks", licence="Ask us", visibility="public")
    (listed,) = _catalogue(client)["dcat:dataset"]
    assert listed["dct:title"] == "Talks"
    assert listed["dct:rights"] == "Ask us"
    assert {"dct:license", "dct:temporal"}.isdisjoint(listed)


def test_the_catalogue_costs_one_query_for_any_number_of_dossiers(client, talks, a_dossier):
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            _catalogue(client)
        counted.append(len(queries))
        for more in range(5):
            a_dossier(f"more-{number}-{more}")
    assert counted[0] == counted[1]


def test_the_page_of_a_public_dossier_describes_it_to_search_engines_for_data(client, talks):
    found = _dataset(client)
    assert set(found) == DATASET
    assert 50 <= len(found["description"]) <= 5_000
    assert found["description"].startswith("Who wants what of whom.")
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["temporalCoverage"] == "2017-01-24/2017-02-03"
    files = [(one["contentUrl"], one["encodingFormat"]) for one in found["distribution"]]
    _check_media_types(client, files)
    (expanded,) = jsonld.expand(found, {"documentLoader": load})
    assert expanded["@type"] == ["https://schema.org/Dataset"]
    talks.description = "Long. " * 1_600
    talks.save()
    assert len(_dataset(client)["description"]) <= 5_000


def test_the_page_of_a_private_dossier_describes_it_to_nobody(client, a_dossier, a_member):
    a_dossier(visibility="members")
    client.force_login(a_member())
    assert _dataset(client) == {}
    assert "croissant" not in client.get("/dossiers/talks/").content.decode()


def test_croissant_describes_the_tables_of_the_zip_as_they_are(client, talks):
    response = client.get("/dossiers/talks/croissant.json")
    assert response["Content-Type"] == "application/ld+json"
    found = response.json()
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert found["isLiveDataset"] is True
    assert found["citeAs"].startswith("@misc{talks,")
    assert found["temporalCoverage"] == "2017-01-24/2017-02-03"
    archive, *tables = found["distribution"]
    content = client.get(archive["contentUrl"])
    assert content["Content-Type"] == archive["encodingFormat"]
    package = zipfile.ZipFile(io.BytesIO(content.getvalue()))
    files = {one["@id"]: package.read(one["contentUrl"]).decode() for one in tables}
    assert {one["containedIn"]["@id"] for one in tables} == {archive["@id"]}
    assert set(files) == {
        name.rpartition("/")[2] for name in package.namelist() if name.endswith(".csv")
    }
    for record_set in found["recordSet"]:
        name, fields = record_set["@id"], record_set["field"]
        sources = {one["source"]["fileObject"]["@id"] for one in fields}
        assert sources == {f"{name}.csv"}
        heading = next(csv.reader(io.StringIO(files[f"{name}.csv"])))
        assert [one["source"]["extract"]["column"] for one in fields] == heading
        assert {one["@id"] for one in record_set["key"]} <= {one["@id"] for one in fields}
    ids = [one["@id"] for one in found["distribution"] + found["recordSet"]]
    assert len(set(ids)) == len(ids)
    (expanded,) = jsonld.expand(found)
    cr = "http://mlcommons.org/croissant/"
    assert len(expanded[f"{cr}recordSet"]) == len(tables)
    kinds = {one["dataType"] for records in found["recordSet"] for one in records["field"]}
    assert kinds == {"sc:Text", "sc:Integer", "sc:Float", "sc:Date", "sc:URL"}


def test_mlcroissant_reads_the_records_of_the_zip_by_its_description(
    client, talks, tmp_path, monkeypatch
):
    # Loaded here alone, as that takes a second; it asks where to unzip when it is.
    monkeypatch.setenv("CROISSANT_CACHE", str(tmp_path))
    import mlcroissant

    described = client.get("/dossiers/talks/croissant.json").json()
    archive = described["distribution"][0]
    zipped = tmp_path / "dossier.zip"
    zipped.write_bytes(client.get(archive["contentUrl"]).getvalue())

    def read(name: str) -> list[dict]:
        found = mlcroissant.Dataset(jsonld=described, mapping={archive["@id"]: zipped})
        return list(found.records(name))

    said = [(row["positions/actor"], row["positions/said"]) for row in read("positions")]
    assert said == [(b"russia", b"2017-01-24"), (b"turkey", b"2017-02-03")]
    (actors,) = [one for one in described["recordSet"] if one["@id"] == "actors"]
    actors["field"][0]["source"]["extract"]["column"] = "none"
    with pytest.raises(Exception, match=r"Read\(actors\.csv\)"):
        read("actors")


def test_a_dossier_too_large_for_a_zip_is_described_without_one(client, talks, monkeypatch):
    for module in (catalogue_views, of_dossiers):
        monkeypatch.setattr(module, "MOST_IN_ZIP", 1)
    (listed,) = _catalogue(client)["dcat:dataset"]
    files = [one["@id"] for one in listed["dcat:distribution"]]
    assert files == [one["contentUrl"] for one in _dataset(client)["distribution"]]
    assert [file for file in files if file.endswith(".zip")] == []
    assert client.get("/dossiers/talks/croissant.json").status_code == 404
    assert "croissant.json" not in client.get("/dossiers/talks/").content.decode()


def test_robots_may_read_what_is_written_for_catalogues(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Allow: /catalog.jsonld", "Allow: /dossiers/*/croissant.json"} <= set(lines)
