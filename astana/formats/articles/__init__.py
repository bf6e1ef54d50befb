"""Articles by the hundred, out of managers of references and archives of newspapers; in."""

from astana.formats.articles.listing import listing

FORMATS = (
    listing("ris", "RIS (Zotero, EndNote, databases)", "ris", "ris", "txt"),
    listing("bibtex", "BibTeX (Zotero, JabRef, databases)", "bibtex", "bib"),
    listing("csl-json", "CSL-JSON (Zotero)", "csl", "json"),
    listing("nexis", "Nexis (DOCX, a zip of them, or TXT)", "nexis", "docx", "zip", "txt"),
    listing("factiva", "Factiva (HTML)", "factiva", "htm", "html"),
    listing("europresse", "Europresse (HTML)", "europresse", "htm", "html"),
)
