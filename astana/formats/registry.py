"""The kinds of files that can be read or written; a further one is a file and a name here."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from astana.formats.package import Format

# Where each is, by its name. Imported when needed: a process that reads one file needs one of them,
# and some of their libraries take half a second to load.
_AT = {
    "dna": "dna.FORMAT",
    "qual-o-mat": "qual_o_mat.FORMAT",
    "qdc": "refi.CODEBOOK",
    "qdpx": "refi.PROJECT",
    "taguette": "taguette.FORMAT",
    "hypothesis": "hypothesis.FORMAT",
    "web-annotation": "web_annotation.FORMAT",
    "cas": "cas.FORMAT",
    "doccano": "doccano.FORMAT",
    "label-studio": "label_studio.FORMAT",
    "ris": "articles.RIS",
    "bibtex": "articles.BIBTEX",
    "csl-json": "articles.CSL",
    "nexis": "articles.NEXIS",
    "factiva": "articles.FACTIVA",
    "europresse": "articles.EUROPRESSE",
    "csv": "tables.FORMAT",
}


class _Formats(Mapping[str, Format]):
    def __getitem__(self, name: str) -> Format:
        module, _, constant = _AT[name].partition(".")
        form: Format = getattr(import_module(f"astana.formats.{module}"), constant)
        return form

    def __iter__(self) -> Iterator[str]:
        return iter(_AT)

    def __len__(self) -> int:
        return len(_AT)


FORMATS: Mapping[str, Format] = _Formats()
