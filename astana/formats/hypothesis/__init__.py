"""Hypothesis: what groups annotate on web pages, as JSON or CSV; in."""

from astana.formats.hypothesis.reading import OPTIONS, read
from astana.formats.package import Format

FORMAT = Format(
    "hypothesis",
    "Hypothesis (JSON or CSV of annotations)",
    read_beside=read,
    options=OPTIONS,
    endings=("json", "csv"),
)
