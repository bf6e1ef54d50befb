"""The kinds of files that can be read or written; a further one is a file and a name here."""

from astana.formats import (
    articles,
    cas,
    dna,
    doccano,
    hypothesis,
    label_studio,
    qual_o_mat,
    refi,
    tables,
    taguette,
    web_annotation,
)

_ALL = (
    dna.FORMAT,
    qual_o_mat.FORMAT,
    refi.CODEBOOK,
    refi.PROJECT,
    taguette.FORMAT,
    hypothesis.FORMAT,
    web_annotation.FORMAT,
    cas.FORMAT,
    doccano.FORMAT,
    label_studio.FORMAT,
    *articles.FORMATS,
    tables.FORMAT,
)
FORMATS = {one.name: one for one in _ALL}
