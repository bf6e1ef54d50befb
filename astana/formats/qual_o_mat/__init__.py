"""qual-o-mat: what parties answered before an election, and why, as JSON files; in."""

from astana.formats.package import Format
from astana.formats.qual_o_mat.reading import OPTIONS, read

FORMAT = Format(
    "qual-o-mat",
    "qual-o-mat (a folder of JSON files, or a zip of it)",
    read=read,
    options=OPTIONS,
    takes_folders=True,
    endings=("zip",),
)
