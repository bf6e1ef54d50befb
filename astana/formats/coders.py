"""Who coded what in a file: pseudonyms, and the articles that several coded on their own."""

from collections.abc import Collection

from astana.formats.names import ShortNames, name_of
from astana.formats.package import Package


class Coders:
    """The coders of a file as rows of a package; a mail address is cut to what is before the @."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = ShortNames("coder")
        self._called: set[str] = set()
        self._slugs: dict[str, str] = {}

    def slug(self, known_as: str, name: str = "") -> str:
        """Return the short name of a coder, who is added if new; what to call one may be given."""
        if known_as not in self._slugs:
            called = name_of((name or known_as).partition("@")[0], most=100) or "Coder"
            slug = self._names.of(called)
            if called.casefold() in self._called:
                called = f"{called} ({slug})"
            self._called.add(called.casefold())
            self._slugs[known_as] = slug
            self._package.add("coders", {"slug": slug, "name": called})
        return self._slugs[known_as]

    def add_round(self, article: str, coders: Collection[str]) -> None:
        """Say that these, by short name, have coded an article without seeing each other's work."""
        for coder in sorted(coders):
            told = {"article": article, "coder": coder, "independent": True, "finished": True}
            self._package.add("assignments", told)
