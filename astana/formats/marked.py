"""Words of formats that the site shows: marked here for translators, and translated there."""


def gettext_noop(text: str) -> str:
    """Return the text as it is; translators find it by the name of this function."""
    return text
