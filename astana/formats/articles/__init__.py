"""Articles by the hundred, out of managers of references and archives of newspapers; in."""

from astana.formats.articles.listing import listing

RIS = listing("ris", "RIS (Zotero, EndNote, databases)", "ris", "ris", "txt")
BIBTEX = listing("bibtex", "BibTeX (Zotero, JabRef, databases)", "bibtex", "bib")
CSL = listing("csl-json", "CSL-JSON (Zotero)", "csl", "json")
NEXIS = listing("nexis", "Nexis (DOCX, a zip of them, or TXT)", "nexis", "docx", "zip", "txt")
FACTIVA = listing("factiva", "Factiva (HTML)", "factiva", "htm", "html")
EUROPRESSE = listing("europresse", "Europresse (HTML)", "europresse", "htm", "html")
