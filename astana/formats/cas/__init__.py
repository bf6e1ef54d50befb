"""UIMA CAS, the format of INCEpTION and WebAnno: JSON and XMI in, JSON out."""

from astana.formats.cas.reading import OPTIONS, read
from astana.formats.cas.writing import write
from astana.formats.package import Format

FORMAT = Format(
    "cas",
    "UIMA CAS (JSON, XMI, or a project of INCEpTION)",
    read_beside=read,
    write=write,
    options=OPTIONS,
    takes_folders=True,
    endings=("json", "xmi", "xml", "zip"),
)
