"""Which variable of a study says what: proposed by name, chosen by whoever knows the study."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from astana.formats.dna.study import Study, Variable
from astana.formats.marked import gettext_noop
from astana.formats.options import check_options, wrong_option

OPTIONS = {
    "statement-type": gettext_noop("statement type of the positions"),
    "person": gettext_noop("variable with the person who spoke; - for none"),
    "organization": gettext_noop("variable with the organization spoken for; - for none"),
    "concept": gettext_noop("variable with the issue"),
    "qualifier": gettext_noop("variable with the stance (yes or no, or a number); - for none"),
    "voice": gettext_noop("voice: direct-quote or reported-speech"),
    "said": gettext_noop(
        "when positions were said: before (not after the day of the document) or on (on that day)"
    ),
    "language": gettext_noop("language of the texts, such as en"),
    "timezone": gettext_noop("time zone of the documents' days, such as Europe/Berlin"),
    "independent": gettext_noop(
        "yes if coders of the same document did not see each other's work; otherwise no"
    ),
    "prefix": gettext_noop("start of short names; use a different one for each file"),
}
_NAMES = {
    "person": ("person",),
    "organization": ("organization", "organisation"),
    "concept": ("concept", "issue", "belief"),
}
NONE = "-"


@dataclass(frozen=True, slots=True)
class Choices:
    """The variables that were chosen, and `named`: all that was chosen, by option."""

    type: int
    person: Variable | None
    organization: Variable | None
    concept: Variable
    qualifier: Variable | None
    named: dict[str, str]
    timezone: ZoneInfo

    def foreign_id(self, noun: str, number: int) -> str:
        """Return what a row of the file is called outside of it."""
        return f"dna:{self.named['prefix']}:{noun}:{number}"


def choices_of(study: Study, options: Mapping[str, str]) -> Choices:
    """Return what was chosen, or is proposed where nothing was; raises Unreadable."""
    check_options(options, OPTIONS)
    try:
        timezone = ZoneInfo(options.get("timezone", "UTC"))
    except (OSError, ValueError, KeyError) as error:
        raise wrong_option("timezone", "It is unknown. Write one such as Europe/Berlin.") from error
    number = _type(study, options.get("statement-type"))
    variables = {one.name.casefold(): one for one in study.variables.values() if one.type == number}

    def texts(one: Variable) -> bool:
        return one.data == "short text"

    def numbers(one: Variable) -> bool:
        return one.data in ("boolean", "integer")

    def chosen(role: str, fits: Callable[[Variable], bool]) -> Variable | None:
        known = ", ".join(one.name for one in variables.values() if fits(one)) or "none"
        wanted = options.get(role)
        if wanted == NONE:
            return None
        if wanted is not None:
            found = variables.get(wanted.casefold())
            if not found or not fits(found):
                raise wrong_option(
                    role, f"“{wanted[:40]}” is not possible. Choose one of: {known}."
                )
            return found
        if role == "qualifier":
            return _qualifier(study, list(variables.values()))
        proposed = (variables.get(name) for name in _NAMES[role])
        return next((one for one in proposed if one and fits(one)), None)

    concept = chosen("concept", texts)
    if concept is None:
        known = ", ".join(one.name for one in variables.values() if texts(one)) or "none"
        raise wrong_option(
            "concept", f"No variable says what statements are about. The variables are: {known}."
        )
    person, organization = chosen("person", texts), chosen("organization", texts)
    if person is None and organization is None:
        raise wrong_option(
            "person", "Choose a variable for the person, for the organization or both."
        )
    qualifier = chosen("qualifier", numbers)
    named = {
        "statement-type": study.types[number],
        "person": person.name if person else NONE,
        "organization": organization.name if organization else NONE,
        "concept": concept.name,
        "qualifier": qualifier.name if qualifier else NONE,
        "voice": options.get("voice", "direct-quote"),
        "said": options.get("said", "before"),
        "language": options.get("language", "en"),
        "timezone": timezone.key,
        "independent": options.get("independent", "no"),
        "prefix": options.get("prefix", "dna"),
    }
    return Choices(number, person, organization, concept, qualifier, named, timezone)


def _type(study: Study, wanted: str | None) -> int:
    labels = {label.casefold(): number for number, label in study.types.items()}
    if wanted is not None:
        if wanted.casefold() in labels:
            return labels[wanted.casefold()]
        known = ", ".join(study.types.values()) or "none"
        raise wrong_option(
            "statement-type", f"“{wanted[:40]}” does not exist. Choose one of: {known}."
        )
    if "dna statement" in labels:
        return labels["dna statement"]
    for variable in study.variables.values():
        if variable.name.casefold() in _NAMES["concept"] and variable.type in study.types:
            return variable.type
    raise wrong_option(
        "statement-type", f"Choose one of: {', '.join(study.types.values()) or 'none'}."
    )


def _qualifier(study: Study, variables: list[Variable]) -> Variable | None:
    """Return the variable that can say for or against, if there is one alone."""
    if study.is_ours:
        return next((one for one in variables if one.name == "value"), None)
    for data in ("boolean", "integer"):
        found = [one for one in variables if one.data == data]
        if len(found) == 1:
            return found[0]
    return None
