"""Articles by the hundred, out of managers of references and archives of newspapers; in."""

from astana.formats.articles.listing import listing

FORMATS = (
    listing("ris", "RIS (Zotero, EndNote, databases)", "ris"),
    listing("bibtex", "BibTeX (Zotero, JabRef, databases)", "bibtex"),
    listing("csl-json", "CSL-JSON (Zotero)", "csl"),
    listing("nexis", "Nexis (DOCX, or a zip of them)", "nexis"),
    listing("factiva", "Factiva (HTML)", "factiva"),
    listing("europresse", "Europresse (HTML)", "europresse"),
)
