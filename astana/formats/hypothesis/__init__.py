"""Hypothesis: what groups annotate on web pages, as JSON or CSV, in and out."""

from astana.formats.hypothesis.reading import OPTIONS, read
from astana.formats.hypothesis.writing import write
from astana.formats.package import Format

FORMAT = Format(
    "hypothesis",
    "Hypothesis (JSON or CSV of annotations)",
    read_beside=read,
    write=write,
    options=OPTIONS,
    endings=("json", "csv"),
)
