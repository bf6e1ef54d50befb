"""The actors, issues and stances of a .dna file."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from astana.formats.dna import ours
from astana.formats.dna.choices import Choices
from astana.formats.dna.study import Entity, Statement, Study, Variable
from astana.formats.names import SLUG, ShortNames, name_of, number_in
from astana.formats.package import DESCRIPTIONS_CUT, Losses, Package, Troubles

_KINDS = (
    "state",
    "government",
    "armed-group",
    "coalition",
    "delegation",
    "international-organization",
    "organization",
    "office",
    "party",
    "person",
)

# A short name, and the name.
Named = tuple[str, str]


class Codebook:
    """What the statements of a study name; its rows are added to a package."""

    def __init__(
        self,
        study: Study,
        choices: Choices,
        statements: Sequence[Statement],
        package: Package,
        troubles: Troubles,
        losses: Losses,
    ) -> None:
        """Add the rows to the package."""
        self._study = study
        self._choices = choices
        self._statements = statements
        self._package = package
        self._troubles = troubles
        self._losses = losses
        # By the name in the file.
        self.persons: dict[str, Named] = {}
        self.organizations: dict[str, Named] = {}
        self.issues: dict[str, Named] = {}
        # By issue and what the qualifier says: short name and label.
        self._stances: dict[tuple[str, Any], Named] = {}
        # By issue and short name.
        self._labels: dict[tuple[str, str], str] = {}
        # Variables of a file of our own, by name.
        self.carried = {
            one.name: one
            for one in study.variables.values()
            if study.is_ours and one.type == choices.type and one.name in ours.SHORT + ours.LONG
        }
        self._actors()
        self._concepts()

    def stance(self, statement: Statement, issue: str, told: str) -> Named | None:
        """Return the stance of a statement on an issue, or None where it says none."""
        qualifier = self._choices.qualifier
        said = statement.values.get(qualifier.number) if qualifier else None
        if qualifier and said is None:
            return None
        own = told.partition("/")
        if (own[0], own[2]) in self._labels and own[0] == issue:
            return own[2], self._labels[issue, own[2]]
        if (issue, said) not in self._stances and self._study.is_ours and said is not None:
            value = Decimal(int(said)) / 100
            if abs(value) > 1:
                self._troubles.add(f"STATEMENTS {statement.number}", "The value is above 100.")
                return None
            slug = f"value-{said}".replace("--", "-minus-")
            return self._add_stance(issue, said, slug, str(value), value, 1)
        return self._stances.get((issue, said))

    def _actors(self) -> None:
        names = ShortNames("actor")
        by_slug: dict[str, str] = {}
        found: list[tuple[Entity, str, dict[str, Named]]] = []
        for variable, known in (
            (self._choices.organization, self.organizations),
            (self._choices.person, self.persons),
        ):
            is_person = variable is self._choices.person
            for one in self._entities(variable):
                slug = self._slug(one, names)
                known[one.value] = slug, name_of(one.value)
                by_slug[slug] = slug
                found.append((one, "person" if is_person else "organization", known))
        for one, kind, known in found:
            slug, name = known[one.value]
            given: dict[str, Any] = {"slug": slug, "name": name} | self._foreign_id(one)
            said = re.sub("[^a-z]+", "-", one.attributes.get("Type", "").lower())
            otherwise = {"kind": kind}
            if said in _KINDS:
                given["kind"] = said
            description = one.attributes.get("Notes", "")
            if name != one.value:
                description = f"{one.value}\n{description}".strip()
            if description:
                given["description"] = self._losses.cut(description, DESCRIPTIONS_CUT)
            if self._study.is_ours:
                given |= _carried(one, ours.ACTOR)
                given["part_of"] = by_slug.get(given.get("part_of", ""), "")
            elif one.parent in self.organizations and one.parent != one.value:
                given["part_of"] = known.get(one.parent, ("", ""))[0]
            self._package.add("actors", given, otherwise)
            self._further_names(slug, name, one)

    def _further_names(self, slug: str, name: str, one: Entity) -> None:
        seen = set()
        for line in one.attributes.get("Alias", "").splitlines():
            language, mark, further = line.partition(": ")
            if not self._study.is_ours or not mark:
                language, further = self._choices.named["language"], line
            further = name_of(further)
            if further and further != name and (language, further) not in seen:
                seen.add((language, further))
                row = {"actor": slug, "language": language, "name": further}
                self._package.add("actor_names", row)

    def _concepts(self) -> None:
        names = ShortNames("issue")
        entities = self._entities(self._choices.concept)
        parents = {one.parent for one in entities}
        used = {str(one.values.get(self._choices.concept.number, "")) for one in self._statements}
        for order, one in enumerate(entities, 1):
            if one.value in parents and one.value not in used:
                # It is only what others are listed under.
                continue
            slug, title = self._slug(one, names), name_of(one.value)
            self.issues[one.value] = slug, title
            given: dict[str, Any] = {"slug": slug, "title": title} | self._foreign_id(one)
            otherwise: dict[str, Any] = {
                "question": name_of(f"Agree or disagree: {one.value}", most=300),
                "kind": "preference",
                "scale": self._scale(),
                "per_event": False,
                "order": order,
            }
            if one.parent:
                given["group"] = name_of(one.parent, most=80)
            description = one.attributes.get("Notes", "")
            if title != one.value:
                description = f"{one.value}\n{description}".strip()
            if description:
                given["description"] = self._losses.cut(description, DESCRIPTIONS_CUT)
            if self._study.is_ours:
                given |= _carried(one, ours.ISSUE)
                given["order"] = number_in(given.get("order", ""), order)
            self._package.add("issues", given, otherwise)
        if self._study.is_ours:
            self._own_stances()
        self._other_stances()

    def _scale(self) -> str:
        qualifier = self._choices.qualifier
        if qualifier is None:
            return "nominal"
        return "yes-no" if qualifier.data == "boolean" else "ordered"

    def _own_stances(self) -> None:
        slugs = {slug for slug, _title in self.issues.values()}
        for one in self._entities(self.carried.get("stance")):
            issue, _mark, slug = one.value.partition("/")
            given = _carried(one, ours.STANCE)
            if issue not in slugs or not SLUG.fullmatch(slug) or not given.get("label"):
                continue
            given["value"] = value = _decimal(given.get("value", ""))
            given["order"] = number_in(given.get("order", ""), 1)
            self._labels[issue, slug] = given["label"]
            if value is not None:
                self._stances.setdefault((issue, int(value * 100)), (slug, given["label"]))
            self._package.add("stances", {"issue": issue, "slug": slug} | given)

    def _other_stances(self) -> None:
        """Add the answers that the qualifier gives, where they are not known yet."""
        qualifier = self._choices.qualifier
        values = {
            int(one.values[qualifier.number])
            for one in self._statements
            if qualifier and qualifier.number in one.values
        }
        answers: list[tuple[int | None, str, str, Decimal | None]] = []
        if qualifier is None:
            answers = [(None, "states", "States it", None)]
        elif qualifier.data == "boolean":
            answers = [
                (1, "agree", "Agrees", Decimal(1)),
                (0, "disagree", "Disagrees", Decimal(-1)),
            ]
        elif not self._study.is_ours:
            answers = [
                (one, f"value-{one}".replace("--", "-minus-"), str(one), _on_scale(one, values))
                for one in sorted(values, reverse=True)
            ]
        for issue, _title in self.issues.values():
            for order, (said, slug, label, value) in enumerate(answers, 1):
                self._add_stance(issue, said, slug, label, value, order)

    def _add_stance(
        self, issue: str, said: Any, slug: str, label: str, value: Decimal | None, order: int
    ) -> tuple[str, str]:
        self._stances[issue, said] = slug, label
        given = {"issue": issue, "slug": slug, "value": value}
        self._package.add("stances", given, {"label": label, "order": order})
        return slug, label

    def _entities(self, variable: Variable | None) -> list[Entity]:
        """Return the values of a variable, also those that a file names in statements alone."""
        if variable is None:
            return []
        entities = dict(self._study.entities.get(variable.number, {}))
        for statement in self._statements:
            value = str(statement.values.get(variable.number, ""))
            entities.setdefault(value, Entity(value))
        return [one for value, one in entities.items() if name_of(value)]

    def _foreign_id(self, one: Entity) -> dict[str, str]:
        if one.number is None or self._study.is_ours:
            return {}
        return {"foreign_id": self._choices.foreign_id("entity", one.number)}

    def _slug(self, one: Entity, names: ShortNames) -> str:
        own = one.attributes.get("slug", "") if self._study.is_ours else ""
        if SLUG.fullmatch(own) and names.take(own):
            return own
        return names.of(one.value)


def _carried(one: Entity, columns: Mapping[str, str]) -> dict[str, Any]:
    """Return what a file of our own says of an entity, by column."""
    found = {column: one.attributes.get(name, "") for column, name in columns.items()}
    return {column: value for column, value in found.items() if value and column != "slug"}


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _on_scale(value: int, values: set[int]) -> Decimal | None:
    """Return a number between the least and the greatest of them as one from -1 to 1."""
    least, most = min(values), max(values)
    if least == most:
        return None
    return round(Decimal(2 * (value - least)) / (most - least) - 1, 2)
