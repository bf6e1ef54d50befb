"""Data entry by hand: Django's admin, one file per noun."""

from astana.admin import (  # noqa: F401  (each registers its nouns)
    actor,
    affiliation,
    anchor,
    article,
    comparison,
    data_import,
    desk,
    document,
    dossier,
    event,
    evidence,
    issue,
    position,
    rendition,
    source,
    user,
)
