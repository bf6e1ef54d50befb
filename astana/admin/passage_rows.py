"""The passage that a row of positions rests on: named by its article, its words and its place."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from astana.admin.gate import in_reach
from astana.admin.placing import place
from astana.comparison.said import parse_said
from astana.models import Evidence, Position, Rendition, User
from astana.models.held import refuse_held_after

COLUMNS = ("article", "kind", "language", "exact", "paragraph", "role")


def with_passages() -> Prefetch:
    """Return how the passages of many positions are read at once, without the texts."""
    passages = Evidence.objects.select_related("rendition__article").order_by("position", "number")
    return Prefetch("evidence", passages.defer("rendition__text", "rendition__paragraphs"))


def cell(passage: Evidence, column: str) -> Any:
    """Return what stands of a passage in a column."""
    if column == "article":
        return passage.rendition.article.slug
    place_of = passage.rendition if column in ("kind", "language") else passage
    value = getattr(place_of, column)
    return "" if value is None else value


class PassageReader:
    """Reads the passages of the rows of one table; each text is looked for once."""

    def __init__(self, *, user: User) -> None:
        self.user = user
        self._texts: dict[tuple[str, ...], list[Rendition]] = {}

    def read(self, row: dict[str, Any], position: Position) -> Evidence | None:
        """Return the passage that a row adds to its position; None where it has that or none.

        Raises ValidationError, by columns, with all that is wrong.
        """
        cells = {name: str(row.get(name) or "").strip() for name in COLUMNS}
        if not cells["exact"]:
            if cells["article"]:
                raise ValidationError({"exact": _("Say which words of the article are meant.")})
            return None
        errors = {}
        paragraph = None
        if cells["paragraph"]:
            try:
                paragraph = int(cells["paragraph"])
            except ValueError:
                errors["paragraph"] = _("Write a number, counted from 1.")
        role = cells["role"] or Evidence.Role.SUPPORTS
        if role not in Evidence.Role.values:
            known = ", ".join(Evidence.Role.values)
            # Translators: known are the words that can be written, such as “supports”.
            errors["role"] = _("Write one of: %(known)s.") % {"known": known}
        try:
            text = self._text(row.get("dossier"), cells)
        except ValidationError as error:
            errors |= error.message_dict
        if errors:
            raise ValidationError(errors)
        there = list(position.evidence.all()) if position.pk else []
        words = cells["exact"].split()
        if any(one.rendition_id == text.pk and one.exact.split() == words for one in there):
            return None
        passage, paragraph = _placed(cells["exact"], text, paragraph)
        if position.held:
            _refuse_held_after(position.held, text)
        return Evidence(
            position=position,
            rendition=text,
            role=role,
            number=max((one.number for one in there), default=0) + 1,
            paragraph=paragraph,
            start=passage.start,
            end=passage.end,
            exact=passage.exact,
            prefix=passage.prefix,
            suffix=passage.suffix,
        )

    def _text(self, dossier: str, cells: dict[str, str]) -> Rendition:
        key = (str(dossier), cells["article"], cells["kind"], cells["language"])
        if key not in self._texts:
            asked = {"kind": cells["kind"], "language": cells["language"]}
            found = in_reach(Rendition.objects.all(), user=self.user)
            found = found.filter(article__dossier__slug=dossier, article__slug=cells["article"])
            found = found.filter(**{name: value for name, value in asked.items() if value})
            newest = {}
            for one in found.select_related("article__dossier").order_by("version"):
                newest[one.kind, one.language] = one
            self._texts[key] = list(newest.values())
        match self._texts[key]:
            case [text]:
                return text
            case []:
                message = _("The dossier has no such text of an article “%(name)s”.")
                raise ValidationError({"article": message % {"name": cells["article"]}})
            case _several:
                message = _("The article has several texts. Give the kind and the language of one.")
                raise ValidationError({"kind": message})


def _placed(words: str, text: Rendition, paragraph: int | None) -> Any:
    try:
        return place(words, rendition=text, paragraph=paragraph)
    except ValidationError as error:
        # The form has a field for the text where the table has a column for its article.
        renamed = {"rendition": "article"}
        found = error.message_dict.items()
        raise ValidationError({renamed.get(name, name): told for name, told in found}) from error


def _refuse_held_after(held: str, text: Rendition) -> None:
    try:
        refuse_held_after(parse_said(held).earliest, text.article.published)
    except ValidationError as error:
        raise ValidationError({"held": error.messages}) from error
    except ValueError:
        # That it is no date is said of the position itself.
        return
