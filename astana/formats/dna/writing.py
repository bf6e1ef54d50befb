"""A dossier as a .dna file of version 3."""

import hashlib
import secrets
import sqlite3
from base64 import b64encode
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

from astana.formats.dna import ours
from astana.formats.dna.schema import LONGEST, PERMISSIONS, SCHEMA, VERSION
from astana.formats.offsets import Units
from astana.formats.package import BEYOND_CODING, Losses, Package, TextKey, Written, text_key

_ROUNDS = 99_999
_TYPE = "DNA Statement"
# Tables that a .dna file has no place for.
_NO_PLACE = ("assignments", *BEYOND_CODING)


def write(package: Package) -> Written:
    """Return a dossier as a file: what stands on the scale, and rests on words that are here."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(SCHEMA)
        writing = _Writing(connection, package)
        password = secrets.token_urlsafe(9)
        writing.run(password)
        connection.commit()
        content = connection.serialize()
    note = (
        f"Discourse Network Analyzer asks for a password: {password}. It protects nothing: "
        "whoever has the file can read it."
    )
    return Written(content, writing.losses.listed(), (note,))


class _Writing:
    def __init__(self, connection: sqlite3.Connection, package: Package) -> None:
        self._connection = connection
        self._package = package
        self.losses = Losses()
        # By variable and value: the number of the entity.
        self._entities: dict[tuple[int, str], int] = {}
        self._attributes: dict[tuple[int, str], int] = {}
        self._variables: dict[str, int] = {}
        # By short name; nobody is ourselves.
        self._coders = {"": ours.OURSELVES}
        # By short name: the number of the entity, and of the variable that it is of.
        self._actors: dict[str, tuple[int, int]] = {}
        self._issues: dict[str, int] = {}
        self._documents: dict[TextKey, int] = {}
        stances = package.cells("stances")
        self._values = {(row["issue"], row["slug"]): row["value"] for row in stances}

    def run(self, password: str) -> None:
        """Fill the tables."""
        self._add_coders(_stored(password))
        self._insert("STATEMENTTYPES", Label=_TYPE, Red=239, Green=208, Blue=51)
        statements = self._statements()
        self._add_variables(statements)
        self._add_actors()
        self._add_issues()
        self._add_documents()
        for position, evidence in statements:
            self._add_statement(position, evidence)
        today = datetime.now(UTC).date().isoformat()
        for name, value in (("version", VERSION), ("date", today), (ours.OURS, "1")):
            self._insert("SETTINGS", Property=name, Value=value)
        for table in _NO_PLACE:
            count = len(self._package.cells(table))
            self.losses.lose("rows of %(table)s.csv", count=count, table=table)

    def _insert(self, table: str, **values: Any) -> int:
        names, marks = ", ".join(values), ", ".join("?" for _name in values)
        done = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
        )
        return int(done.lastrowid or 0)

    def _add_coders(self, password: str) -> None:
        """Add ourselves and those who are pseudonyms here: all may do all, with one password."""
        may = {f"Permission{name}": 1 for name in PERMISSIONS}
        self._insert("CODERS", ID=ours.OURSELVES, Name="Admin", Password=password, **may)
        for row in self._package.cells("coders"):
            number = self._insert("CODERS", Name=row["name"], Password=password, **may)
            self._coders[row["slug"]] = number
            self._insert("SETTINGS", Property=f"{ours.CODER}{number}", Value=row["slug"])
        # The tool asks of each two what they may see of each other's.
        seen = ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
        for one, other in permutations(self._coders.values(), 2):
            sees = dict.fromkeys(seen, 1)
            self._insert("CODERRELATIONS", Coder=one, OtherCoder=other, **sees)

    def _statements(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return the positions that can be written, each with one of its passages."""
        positions = {row["key"]: row for row in self._package.cells("positions")}
        found, written = [], set()
        rows = self._package.cells("evidence")
        for row in sorted(rows, key=lambda one: (one["position"], one["number"])):
            position = positions[row["position"]]
            label = f"{row['position']}, passage {row['number']}"
            if self._values[position["issue"], position["stance"]] is None:
                self.losses.lose("passages of stances off the scale", label)
            elif row["role"] != "supports":
                self.losses.lose("disputing passages", label)
            elif row["start"] is None or text_key(row) not in self._package.texts:
                self.losses.lose("passages that are lost or in texts for members", label)
            else:
                found.append((position, row))
                written.add(row["position"])
        for key, row in positions.items():
            if key not in written:
                self.losses.lose("positions without an exported passage", key)
                continue
            for column in ("event", "document", "reason"):
                if row[column]:
                    self.losses.lose("%(column)s of positions", key, column=column)
            if row["status"] != "draft":
                self.losses.lose("status of positions", key)
        return found

    def _add_variables(self, statements: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        short = ("person", "organization", "concept", *ours.SHORT)
        variables = [(name, "short text") for name in short]
        variables += [("value", "integer"), *((name, "long text") for name in ours.LONG)]
        values = {self._values[row["issue"], row["stance"]] for row, _evidence in statements}
        if values <= {1, -1}:
            variables.append(("agreement", "boolean"))
        for name, data in variables:
            number = self._insert("VARIABLES", Variable=name, DataType=data, StatementTypeId=1)
            self._variables[name] = number
            if data == "short text":
                self._entity(number, "")
                for attribute in ("Type", "Alias", "Notes"):
                    self._attribute(number, attribute)

    def _attribute(self, variable: int, name: str) -> int:
        if (variable, name) not in self._attributes:
            number = self._insert("ATTRIBUTEVARIABLES", VariableId=variable, AttributeVariable=name)
            self._attributes[variable, name] = number
        return self._attributes[variable, name]

    def _entity(self, variable: int, value: str) -> int:
        """Return the number of a value of a variable, which is added if it is new."""
        if (variable, value) not in self._entities:
            number = self._insert("ENTITIES", VariableId=variable, Value=value)
            self._entities[variable, value] = number
        return self._entities[variable, value]

    def _new_entity(self, variable: int, name: str, told: Mapping[str, Any]) -> int:
        """Add a value of its own, with what is told of it, and return its number."""
        if len(name) > LONGEST:
            self.losses.lose("ends of names longer than 190 characters", name[:60])
        value, count = name[:LONGEST], 1
        while (variable, value) in self._entities:
            count += 1
            value = f"{name[: LONGEST - 6]} ({count})"
        if count > 1:
            self.losses.lose("identical names (now numbered)", name[:60])
        number = self._entity(variable, value)
        for attribute, text in told.items():
            if text not in ("", None):
                self._insert(
                    "ATTRIBUTEVALUES",
                    EntityId=number,
                    AttributeVariableId=self._attribute(variable, attribute),
                    AttributeValue=str(text),
                )
        return number

    def _add_actors(self) -> None:
        further: dict[str, list[str]] = {}
        for row in self._package.cells("actor_names"):
            further.setdefault(row["actor"], []).append(f"{row['language']}: {row['name']}")
        rows = self._package.cells("actors")
        for row in rows:
            variable = self._variables["person" if row["kind"] == "person" else "organization"]
            told = {name: row[column] for column, name in ours.ACTOR.items()}
            told["Alias"] = "\n".join(sorted(further.get(row["slug"], [])))
            number = self._new_entity(variable, row["name"], told)
            self._actors[row["slug"]] = number, variable
        for row in rows:
            number, variable = self._actors[row["slug"]]
            whole, of = self._actors.get(row["part_of"], (0, 0))
            if whole and of == variable:
                parent = "UPDATE ENTITIES SET ChildOf = ? WHERE ID = ?"
                self._connection.execute(parent, (whole, number))

    def _add_issues(self) -> None:
        for row in self._package.cells("issues"):
            told = {name: row[column] for column, name in ours.ISSUE.items()}
            number = self._new_entity(self._variables["concept"], row["title"], told)
            self._issues[row["slug"]] = number
            if row["event"] or row["per_event"]:
                self.losses.lose("links from issues to events", row["slug"])
        for row in self._package.cells("stances"):
            told = {name: row.get(column) for column, name in ours.STANCE.items()}
            self._new_entity(self._variables["stance"], f"{row['issue']}/{row['slug']}", told)
        for table in ("actors", "issues", "stances"):
            for row in self._package.cells(table):
                if row.get("standing"):
                    self.losses.lose("marks of records seen only at the desk", row["slug"])

    def _add_documents(self) -> None:
        sources = {row["slug"]: row for row in self._package.cells("sources")}
        texts: dict[str, list[dict[str, Any]]] = {}
        for row in self._package.cells("renditions"):
            if text_key(row) in self._package.texts:
                texts.setdefault(row["article"], []).append(row)
            else:
                self.losses.lose("texts for members", row["article"])
        for article in self._package.cells("articles"):
            source = sources[article["source"]]
            for rendition in texts.get(article["slug"], [None]):
                self._add_document(article, source, rendition)
        for row in sources.values():
            if row["kind"] != "other" or row["country"] or row["homepage"]:
                self.losses.lose("kinds, countries and home pages of sources", row["slug"])

    def _add_document(
        self, article: Mapping[str, Any], source: Mapping[str, Any], text: Mapping[str, Any] | None
    ) -> None:
        told = {name: article[name] for name in ours.ARTICLE}
        told |= {f"text {name}": text[name] for name in ours.TEXT} if text else {}
        key = text_key(text) if text else None
        for name in ("title", "byline"):
            if len(article[name]) > LONGEST:
                self.losses.lose("ends of names longer than 190 characters", article["slug"])
        number = self._insert(
            "DOCUMENTS",
            Title=article["title"][:LONGEST],
            Text=self._package.texts[key] if key else "",
            Coder=ours.OURSELVES,
            Author=article["byline"][:LONGEST],
            Source=source["name"][:LONGEST],
            Notes="\n".join(f"{name}: {value}" for name, value in told.items() if value),
            Type=text["kind"] if text else "",
            Date=_seconds(article["published"]),
        )
        if key:
            self._documents[key] = number

    def _add_statement(self, position: Mapping[str, Any], evidence: Mapping[str, Any]) -> None:
        key = text_key(evidence)
        units = Units(self._package.texts[key])
        number = self._insert(
            "STATEMENTS",
            StatementTypeId=1,
            DocumentId=self._documents[key],
            Start=units.units(evidence["start"]),
            Stop=units.units(evidence["end"]),
            Coder=self._coders[position.get("coder") or ""],
        )
        entities = {
            self._variables[name]: self._entity(self._variables[name], "")
            for name in ("person", "organization")
        }
        entity, variable = self._actors[position["actor"]]
        entities[variable] = entity
        if position["speaker"]:
            speaker, of = self._actors[position["speaker"]]
            if of == self._variables["person"] != variable:
                entities[of] = speaker
            else:
                self.losses.lose(
                    "speakers for a person, and speakers who are not persons", position["key"]
                )
        entities[self._variables["concept"]] = self._issues[position["issue"]]
        stance = f"{position['issue']}/{position['stance']}"
        told = {**position, "position": position["key"], "stance": stance}
        told["passage"] = evidence["number"]
        for name in ours.SHORT:
            short = self._variables[name]
            entities[short] = self._entity(short, str(told[name] or "")[:LONGEST])
        for one, entity in entities.items():
            self._insert("DATASHORTTEXT", StatementId=number, VariableId=one, Entity=entity)
        for name in ours.LONG:
            self._value("DATALONGTEXT", number, name, position[name])
        value = self._values[position["issue"], position["stance"]]
        self._value("DATAINTEGER", number, "value", int(value * 100))
        if "agreement" in self._variables:
            self._value("DATABOOLEAN", number, "agreement", int(value > 0))

    def _value(self, table: str, statement: int, variable: str, value: Any) -> None:
        number = self._variables[variable]
        self._insert(table, StatementId=statement, VariableId=number, Value=value)


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _stored(password: str) -> str:
    """Return a password as the tool stores it: salt, and salt and password hashed many times."""
    salt = secrets.token_bytes(16)
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _round in range(_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return b64encode(salt + digest).decode()
