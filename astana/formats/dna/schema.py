"""The tables of a .dna file of version 3."""

VERSION = "3.0.7"
# Longer values of short texts, and of all about a document but its text and notes, are cut.
LONGEST = 190
PERMISSIONS = (
    "AddDocuments",
    "EditDocuments",
    "DeleteDocuments",
    "ImportDocuments",
    "AddStatements",
    "EditStatements",
    "DeleteStatements",
    "EditAttributes",
    "EditRegex",
    "EditStatementTypes",
    "EditCoders",
    "EditCoderRelations",
    "ViewOthersDocuments",
    "EditOthersDocuments",
    "ViewOthersStatements",
    "EditOthersStatements",
)
_COLOUR = "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0"  # noqa: E501


def _number(name: str) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT 0"


def _to(name: str, table: str) -> str:
    return f"{name} INTEGER NOT NULL REFERENCES {table} (ID) ON DELETE CASCADE"


def _text(name: str) -> str:
    return f"{name} TEXT NOT NULL DEFAULT ''"


_ID = "ID INTEGER PRIMARY KEY NOT NULL"
_DATA = (_ID, _to("StatementId", "STATEMENTS"), _to("VariableId", "VARIABLES"))
_ONCE = "UNIQUE (StatementId, VariableId)"
_TABLES = {
    "SETTINGS": ("Property TEXT PRIMARY KEY NOT NULL", _text("Value")),
    "CODERS": (
        _ID,
        _text("Name"),
        _COLOUR,
        "Refresh INTEGER NOT NULL DEFAULT 0",
        "FontSize INTEGER NOT NULL DEFAULT 14",
        _text("Password"),
        "PopupWidth INTEGER DEFAULT 300",
        *(_number(name) for name in ("ColorByCoder", "PopupDecoration", "PopupAutoComplete")),
        *(_number(f"Permission{name}") for name in PERMISSIONS),
    ),
    "CODERRELATIONS": (
        _ID,
        _to("Coder", "CODERS"),
        _to("OtherCoder", "CODERS"),
        *map(_number, ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
    ),
    "DOCUMENTS": (
        _ID,
        *map(_text, ("Title", "Text")),
        _to("Coder", "CODERS"),
        *map(_text, ("Author", "Source", "Section", "Notes", "Type")),
        _number("Date"),
    ),
    "STATEMENTTYPES": (_ID, _text("Label"), _COLOUR),
    "VARIABLES": (
        _ID,
        _text("Variable"),
        _text("DataType"),
        _to("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": (
        _ID,
        _to("SourceVariableId", "VARIABLES"),
        _to("TargetVariableId", "VARIABLES"),
    ),
    "STATEMENTS": (
        _ID,
        _to("StatementTypeId", "STATEMENTTYPES"),
        _to("DocumentId", "DOCUMENTS"),
        _number("Start"),
        _number("Stop"),
        _to("Coder", "CODERS"),
        "CHECK (Start < Stop)",
    ),
    "ENTITIES": (
        _ID,
        _to("VariableId", "VARIABLES"),
        _text("Value"),
        _COLOUR,
        "ChildOf INTEGER REFERENCES ENTITIES (ID)",
        "UNIQUE (VariableId, Value)",
    ),
    "DATABOOLEAN": (*_DATA, _number("Value"), _ONCE),
    "DATAINTEGER": (*_DATA, _number("Value"), _ONCE),
    "DATASHORTTEXT": (*_DATA, _to("Entity", "ENTITIES"), _ONCE),
    "DATALONGTEXT": (*_DATA, _text("Value"), _ONCE),
    "ATTRIBUTEVARIABLES": (
        _ID,
        _to("VariableId", "VARIABLES"),
        _text("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)",
    ),
    "ATTRIBUTEVALUES": (
        _ID,
        _to("EntityId", "ENTITIES"),
        _to("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        _text("AttributeValue"),
        "UNIQUE (EntityId, AttributeVariableId)",
    ),
    "REGEXES": ("Label TEXT PRIMARY KEY NOT NULL", _COLOUR),
}
SCHEMA = ";\n".join(
    f"CREATE TABLE {name} ({', '.join(columns)})" for name, columns in _TABLES.items()
)
