"""REFI-QDA, in which programs of qualitative analysis exchange; projects and codebooks."""

from astana.formats.package import Format
from astana.formats.refi import codebook_file, reading, writing
from astana.formats.refi.branches import OPTIONS

CODEBOOK = Format(
    "qdc",
    "REFI-QDA codebook (.qdc)",
    read=codebook_file.read,
    write=codebook_file.write,
    options=OPTIONS,
    endings=("qdc",),
)
PROJECT = Format(
    "qdpx",
    "REFI-QDA project (.qdpx)",
    read=reading.read,
    write=writing.write,
    options=reading.OPTIONS,
    endings=("qdpx",),
)
