"""Web Annotation (W3C, 2017): collections of annotations as JSON-LD, in and out."""

from astana.formats.package import Format
from astana.formats.web_annotation.reading import OPTIONS, read
from astana.formats.web_annotation.writing import write

FORMAT = Format(
    "web-annotation",
    "Web Annotation (a collection, page or list as JSON-LD)",
    read_beside=read,
    write=write,
    options=OPTIONS,
    endings=("json", "jsonld"),
)
