"""Discourse Network Analyzer: .dna files of version 3 in and out, of version 2 in."""

from astana.formats.dna.choices import OPTIONS
from astana.formats.dna.reading import read
from astana.formats.dna.writing import write
from astana.formats.package import Format

FORMAT = Format(
    "dna",
    "Discourse Network Analyzer (.dna)",
    read=read,
    write=write,
    options=OPTIONS,
    endings=("dna",),
)
