"""Articles by the hundred, out of managers of references and archives of newspapers; in."""

from astana.formats.articles import bibtex, csl, ris
from astana.formats.articles.listing import listing

FORMATS = (
    listing("ris", "RIS (Zotero, EndNote, databases)", ris.entries_in),
    listing("bibtex", "BibTeX (Zotero, JabRef, databases)", bibtex.entries_in),
    listing("csl-json", "CSL-JSON (Zotero)", csl.entries_in),
)
