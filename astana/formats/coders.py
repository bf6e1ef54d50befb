"""Who coded what in a file: pseudonyms, and the articles that several coded on their own."""

from collections.abc import Collection, Mapping

from astana.formats.names import SLUG, ShortNames, name_of
from astana.formats.package import Package


class Coders:
    """The coders of a file as rows of a package; a mail address is cut to what is before the @."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = ShortNames("coder")
        self._called: set[str] = set()
        self._slugs: dict[str, str] = {}

    def slug(self, known_as: str, name: str = "", *, wanted: str = "") -> str:
        """Return the short name of a coder, who is added if new.

        What to call one may be given, and the short name that is wanted.
        """
        if known_as not in self._slugs:
            called = name_of((name or known_as).partition("@")[0], most=100) or "Coder"
            fits = SLUG.fullmatch(wanted) and self._names.take(wanted)
            slug = wanted if fits else self._names.of(called)
            if called.casefold() in self._called:
                called = f"{called} ({slug})"
            self._called.add(called.casefold())
            self._slugs[known_as] = slug
            self._package.add("coders", {"slug": slug, "name": called})
        return self._slugs[known_as]

    def rounds(
        self, coded: Mapping[str, Collection[str]], *, are_independent: bool
    ) -> tuple[set[str], list[str]]:
        """Return the articles of rounds, and that somebody should say whether they are some.

        `coded` has by article who coded it, by short name. Those that several coded are a round,
        if they did not see each other's work.
        """
        together = {article: coders for article, coders in coded.items() if len(coders) > 1}
        if together and not are_independent:
            said = (
                f"Articles that several coders coded: {len(together)}. Choose independent=yes if "
                "they did not see each other's work: then their agreement is computed."
            )
            return set(), [said]
        for article, coders in together.items():
            for coder in sorted(coders):
                told = {"article": article, "coder": coder, "independent": True, "finished": True}
                self._package.add("assignments", told)
        return set(together), []
