"""Who coded what in a file: pseudonyms, and the articles that several coded on their own."""

from collections.abc import Collection, Mapping
from hashlib import sha256

from astana.formats.names import SLUG, ShortNames, name_of
from astana.formats.package import Package


def called(known_as: str) -> str:
    """Return what to call a coder: of a mail address what is before the @, and a mark.

    The mark keeps two of different addresses apart, also those of two files, and says neither.
    """
    before, _at, after = known_as.strip().partition("@")
    name = name_of(before, most=90)
    if not name or not after:
        return name or "Coder"
    return f"{name} {sha256(known_as.strip().casefold().encode()).hexdigest()[:4]}"


class Coders:
    """The coders of a file as rows of a package, without mail addresses."""

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
            name = called(name or known_as)
            fits = SLUG.fullmatch(wanted) and self._names.take(wanted)
            slug = wanted if fits else self._names.of(name)
            if name.casefold() in self._called:
                name = f"{name} ({slug})"
            self._called.add(name.casefold())
            self._slugs[known_as] = slug
            self._package.add("coders", {"slug": slug, "name": name})
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
                "they did not see each other's work: their agreement is then computed."
            )
            return set(), [said]
        for article, coders in together.items():
            for coder in sorted(coders):
                told = {"article": article, "coder": coder, "independent": True, "finished": True}
                self._package.add("assignments", told)
        return set(together), []
