"""REFI-QDA, in which programs of qualitative analysis exchange codebooks (.qdc); in and out."""

from astana.formats.package import Format
from astana.formats.refi import codebook_file
from astana.formats.refi.branches import OPTIONS

CODEBOOK = Format(
    "qdc",
    "REFI-QDA codebook (.qdc)",
    read=codebook_file.read,
    write=codebook_file.write,
    options=OPTIONS,
)
