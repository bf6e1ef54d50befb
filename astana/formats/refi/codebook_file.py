"""Codebooks (.qdc) in and out."""

from collections.abc import Mapping, Sequence

import lxml.etree

from astana.formats.options import check_options
from astana.formats.package import Losses, Package, Read, Troubles, Written
from astana.formats.refi.branches import OPTIONS, branches_of
from astana.formats.refi.codebook import Codebook
from astana.formats.refi.codes import Code, Sets, codes_in
from astana.formats.refi.tree import Tree, lose_tables
from astana.formats.refi.xml import Guids, lose_looks_and_moments, name_of_tag, parts_of

NAMESPACE = "urn:QDA-XML:codebook"


def read(content: bytes, options: Mapping[str, str]) -> Read:
    """Return the actors, issues and stances of a codebook; raises Unreadable."""
    check_options(options, OPTIONS)
    troubles, losses = Troubles(), Losses()
    guids, sets = Guids(troubles), Sets()
    codes: list[Code] = []
    for part in parts_of(content, place="XML", is_a="CodeBook", namespace=NAMESPACE):
        lose_looks_and_moments(part, losses)
        if name_of_tag(part) == "Code":
            codes += codes_in([part], guids, troubles)
        elif name_of_tag(part) == "Set":
            sets.add(part)
    if not codes:
        troubles.add("CodeBook", "It contains no codes. Export the codebook again.")
    troubles.refuse()
    return read_codes(codes, sets.of(codes), options, losses)


def read_codes(
    codes: Sequence[Code], sets: Sequence[Code], options: Mapping[str, str], losses: Losses
) -> Read:
    """Return what a tree of codes says as rows of a dossier."""
    package = Package()
    branches = branches_of(codes, sets, options, losses)
    Codebook(codes, branches, package, losses)
    return Read(package, losses.listed(), branches.chosen)


def write(package: Package) -> Written:
    """Return the actors, issues and stances of a dossier as a codebook."""
    losses = Losses()
    root = lxml.etree.Element("CodeBook", nsmap={None: f"{NAMESPACE}:1.0"}, origin="Astana")
    Tree(package, losses).add_to(lxml.etree.SubElement(root, "Codes"))
    lose_tables(package, losses, but=())
    content = lxml.etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Written(content, losses.listed())
