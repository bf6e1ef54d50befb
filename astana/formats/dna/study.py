"""What is in a .dna file, of version 2 or 3, as one and the same."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from astana.formats.dna.database import Database, opened
from astana.formats.dna.ours import CODER, OURS
from astana.formats.names import number_in
from astana.formats.package import Trouble, Troubles, Unreadable

MOST_STATEMENTS = 500_000
_TOO_MANY = "There are {:,} of them. Split the file: at most {:,} can be read."


@dataclass(frozen=True, slots=True)
class Document:
    """A text; `date` is in seconds since 1970."""

    number: int
    title: str
    text: str
    author: str
    source: str
    section: str
    notes: str
    kind: str
    date: int


@dataclass(frozen=True, slots=True)
class Variable:
    """What a statement of a type can say; `data` is its type of data."""

    number: int
    name: str
    data: str
    type: int


@dataclass(slots=True)
class Entity:
    """A value of a variable that is a short text."""

    value: str
    parent: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    # None where only statements name it.
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage of a document that was coded; its values by the number of their variable."""

    number: int
    type: int
    document: int
    start: int
    stop: int
    coder: int
    values: dict[int, str | int]


@dataclass(slots=True)
class Study:
    """A file."""

    is_second: bool
    is_ours: bool
    documents: dict[int, Document]
    coders: dict[int, str]
    # What coders are called in short, where we wrote the file.
    short_names: dict[int, str]
    types: dict[int, str]
    variables: dict[int, Variable]
    # By the number of the variable and the value, in the order of the file.
    entities: dict[int, dict[str, Entity]]
    statements: dict[int, Statement]
    others: dict[str, int]


def study_of(content: bytes) -> Study:
    """Return what is in the bytes of a file; raises Unreadable."""
    with opened(content) as database:
        return _Study(database).read()


class _Study:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._troubles = Troubles()
        self._is_second = False

    def read(self) -> Study:
        settings = {
            str(name).lower(): str(value)
            for name, value in self._database.rows("SETTINGS", "Property", "Value")
        }
        version = settings.get("version", "")
        if version[:1] not in ("2", "3") or version[1:2].isdigit():
            what = f"The version is “{version[:20]}”" if version else "No version is named"
            reason = f"{what}. Files of version 2 or 3 can be read."
            raise Unreadable([Trouble("SETTINGS, version", reason)])
        self._is_second = version.startswith("2")
        count = self._database.count("STATEMENTS")
        if count > MOST_STATEMENTS:
            reason = _TOO_MANY.format(count, MOST_STATEMENTS)
            raise Unreadable([Trouble("STATEMENTS", reason)])
        variables = self._variables()
        entities, names = self._entities(variables)
        study = Study(
            is_second=self._is_second,
            is_ours=OURS in settings,
            documents=self._documents(),
            coders={self._id(one): _text(name) for one, name in self._all("CODERS", "ID", "Name")},
            short_names={
                number_in(name.removeprefix(CODER), 0): slug
                for name, slug in settings.items()
                if name.startswith(CODER)
            },
            types={
                self._id(one): _text(label)
                for one, label in self._all("STATEMENTTYPES", "ID", "Label")
            },
            variables=variables,
            entities=entities,
            statements=self._statements(names),
            others={name: self._database.count(name) for name in ("REGEXES", "STATEMENTLINKS")},
        )
        for statement in study.statements.values():
            self._check(statement, study)
        self._troubles.refuse()
        return study

    def _all(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table, each with a number of its own in the first column."""
        rows, seen = [], set()
        for row in self._database.rows(table, *columns):
            if not isinstance(row[0], int) or row[0] in seen:
                reason = "The ID occurs twice." if row[0] in seen else "The ID is not a number."
                self._troubles.add(f"{table} {str(row[0])[:20]}", f"{reason} Keep one of the rows.")
                continue
            seen.add(row[0])
            rows.append(row)
        return rows

    @staticmethod
    def _id(value: Any) -> int:
        return int(value)

    def _whole(self, value: Any, place: str) -> int:
        if isinstance(value, int):
            return value
        self._troubles.add(place, f"“{str(value)[:20]}” is not a whole number. Correct it.")
        return 0

    def _documents(self) -> dict[int, Document]:
        columns = ("ID", "Title", "Text", "Author", "Source", "Section", "Notes", "Type", "Date")
        documents = {}
        for number, *about, date in self._all("DOCUMENTS", *columns):
            title, text, author, source, section, notes, kind = map(_text, about)
            seconds = self._whole(date, f"DOCUMENTS {number}, Date")
            if "\0" in text:
                self._troubles.add(f"DOCUMENTS {number}, Text", "It contains a NUL character.")
            documents[number] = Document(
                number,
                title,
                text,
                author,
                source,
                section,
                notes,
                kind,
                seconds // 1000 if self._is_second else seconds,
            )
        return documents

    def _variables(self) -> dict[int, Variable]:
        rows = self._all("VARIABLES", "ID", "Variable", "DataType", "StatementTypeId")
        return {
            number: Variable(number, _text(name), _text(data).lower(), one_type)
            for number, name, data, one_type in rows
        }

    def _entities(
        self, variables: dict[int, Variable]
    ) -> tuple[dict[int, dict[str, Entity]], dict[int, str]]:
        """Return the entities of each variable, and the value of each by its number."""
        entities: dict[int, dict[str, Entity]] = {number: {} for number in variables}
        if self._is_second:
            columns = ("ID", "VariableId", "Value", "Type", "Alias", "Notes", "ChildOf")
            for number, variable, value, kind, alias, notes, parent in self._all(
                "ATTRIBUTES", *columns
            ):
                about = {"Type": _text(kind), "Alias": _text(alias), "Notes": _text(notes)}
                one = Entity(_text(value).strip(), _text(parent).strip(), about, number)
                entities.setdefault(variable, {}).setdefault(one.value, one)
            return entities, {}
        rows = self._all("ENTITIES", "ID", "VariableId", "Value", "ChildOf")
        names = {number: _text(value).strip() for number, _variable, value, _parent in rows}
        by_number = {}
        for number, variable, _value, parent in rows:
            one = Entity(names[number], names.get(parent, ""), number=number)
            by_number[number] = entities.setdefault(variable, {}).setdefault(one.value, one)
        attributes = dict(self._all("ATTRIBUTEVARIABLES", "ID", "AttributeVariable"))
        told = ("ID", "EntityId", "AttributeVariableId", "AttributeValue")
        for _number, entity, attribute, value in self._all("ATTRIBUTEVALUES", *told):
            if entity in by_number and attribute in attributes and value:
                by_number[entity].attributes[_text(attributes[attribute])] = _text(value)
        return entities, names

    def _statements(self, names: dict[int, str]) -> dict[int, Statement]:
        values: dict[int, dict[int, str | int]] = defaultdict(dict)
        for table in ("DATABOOLEAN", "DATAINTEGER"):
            for number, statement, variable, value in self._data(table, "Value"):
                values[statement][variable] = self._whole(value, f"{table} {number}, Value")
        short = "Value" if self._is_second else "Entity"
        for _number, statement, variable, value in self._data("DATASHORTTEXT", short):
            text = value if self._is_second else names.get(value, "")
            values[statement][variable] = _text(text).strip()
        for _number, statement, variable, value in self._data("DATALONGTEXT", "Value"):
            values[statement][variable] = _text(value)
        columns = ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder")
        statements = {}
        for number, one_type, document, start, stop, coder in self._all("STATEMENTS", *columns):
            place = f"STATEMENTS {number}"
            start = self._whole(start, f"{place}, Start")
            stop = self._whole(stop, f"{place}, Stop")
            statements[number] = Statement(
                number, one_type, document, start, stop, coder, values.get(number, {})
            )
        return statements

    def _data(self, table: str, value: str) -> list[tuple[Any, ...]]:
        return self._all(table, "ID", "StatementId", "VariableId", value)

    def _check(self, statement: Statement, study: Study) -> None:
        place = f"STATEMENTS {statement.number}"
        if statement.document not in study.documents:
            reason = f"There is no document {statement.document}. Delete the statement."
            self._troubles.add(f"{place}, DocumentId", reason)
        if statement.type not in study.types:
            reason = f"There is no statement type {statement.type}. Delete the statement."
            self._troubles.add(f"{place}, StatementTypeId", reason)


def _text(value: Any) -> str:
    """Return a value as text; a database of this kind may hold anything in any column."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)
