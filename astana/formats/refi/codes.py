"""The tree of codes, as projects and codebooks have it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from astana.formats.names import SLUG, name_of
from astana.formats.package import Troubles
from astana.formats.refi.told import parted
from astana.formats.refi.xml import Guids, children, place_of, plain_guid, text_in


@dataclass(slots=True, eq=False)
class Code:
    """A code, what is said of it, and the codes below it.

    `told` is what Astana wrote beside it, if it did.
    """

    guid: str
    name: str
    text: str = ""
    told: dict[str, str] | None = None
    is_codable: bool = True
    below: list["Code"] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The short name that it had here."""
        slug = (self.told or {}).get("slug", "")
        return slug if SLUG.fullmatch(slug) else ""

    def all_below(self) -> Iterator["Code"]:
        """Return the codes below it, and those below these, in their order."""
        for one in self.below:
            yield one
            yield from one.all_below()


def codes_in(
    elements: Iterable[Any], guids: Guids, troubles: Troubles, file: str = ""
) -> list[Code]:
    """Return the codes that elements stand for; XML is never nested deeper than Python goes."""
    found = []
    for element in elements:
        if not name_of(element.get("name", "")):
            troubles.add(place_of(element, file), "The code has no name. Give it one.")
        text, told = parted(text_in(element, "Description"))
        code = Code(
            guids.of(element),
            element.get("name", ""),
            text,
            told,
            is_codable=element.get("isCodable", "").strip().lower() not in ("false", "0"),
            below=codes_in(children(element, "Code"), guids, troubles, file),
        )
        found.append(code)
    return found


def named(codes: Sequence[Code], name: str) -> list[Code]:
    """Return the codes of a name, whatever its letters are."""
    return [one for one in codes if one.name.strip().casefold() == name.strip().casefold()]


class Sets:
    """The sets of codes, which are of names and of members; those of other things are lost."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[str]]] = []

    def add(self, element: Any) -> None:
        """Note a set."""
        members = children(element, "MemberCode")
        guids = [plain_guid(one.get("guid") or one.get("targetGUID")) for one in members]
        self._found.append((element.get("name", ""), guids))

    def of(self, codes: Sequence[Code]) -> list[Code]:
        """Return the sets as if they were codes above their members."""
        known = {one.guid: one for top in codes for one in (top, *top.all_below())}
        return [
            Code("", name, below=[known[guid] for guid in guids if guid in known])
            for name, guids in self._found
        ]
