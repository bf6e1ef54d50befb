"""Languages as lists and archives name them, in the languages of their accounts."""

from functools import cache

from babel import Locale

from astana.intake.language import language_of

# Of accounts.
LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pt")

# What LaTeX calls some.
_FURTHER = {"ngerman": "de", "american": "en-US", "british": "en-GB", "farsi": "fa"}
_LONGEST_CODE = 12


@cache
def _codes() -> dict[str, str]:
    return _FURTHER | {
        name.casefold(): code
        for language in reversed(LANGUAGES)
        for code, name in Locale(language).languages.items()
        if "_" not in code
    }


def language_called(words: str) -> str:
    """Return the code of a language by its code or its name; empty where it is not known."""
    code = _codes().get(words.strip().casefold()) or language_of(words)
    # A package takes a language with one addition.
    return code if len(code) <= _LONGEST_CODE and code.count("-") <= 1 else ""
