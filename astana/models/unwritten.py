"""Why a database takes nothing, or is away, where that is no fault of what is asked of it."""

import sqlite3

from django.db import InterfaceError, InternalError, OperationalError
from django.utils.translation import gettext as _

_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_IOERR: "failing",
    sqlite3.SQLITE_CANTOPEN: "failing",
}
# As PostgreSQL numbers them: SQLSTATE.
_OF_POSTGRESQL = {
    "53100": "full",
    "55P03": "busy",
    "25006": "readonly",
    "58030": "failing",
    "25P03": "still",
}


def why_unwritten(error: BaseException) -> str:
    """Return in a sentence why nothing can be written, or nothing for another error."""
    if not isinstance(error, OperationalError | InternalError):
        return ""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # The last byte is what went wrong, the others where.
        kind = _OF_SQLITE.get(code & 0xFF, "")
    elif str(error) == "database is locked":
        kind = "busy"
    else:
        kind = _OF_POSTGRESQL.get(getattr(cause, "sqlstate", None) or "", "")
    words = {
        "full": _("The server has no disk space left."),
        "busy": _("Too many others are writing at the moment."),
        "readonly": _("The database can only be read at the moment."),
        "failing": _("The server cannot write to its disk."),
        "still": _("The server stopped for a while."),
    }
    return words.get(kind, "")


def is_away(error: BaseException | None) -> bool:
    """Return whether a server of databases does not answer, or is just being stopped or started."""
    if not isinstance(error, OperationalError | InterfaceError) or why_unwritten(error):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlstate", "") if cause else ""
    # Without a code it is the driver that says so, which has met no server. See SQLSTATE.
    return code is None or code.startswith(("08", "57P"))
