"""The Model Context Protocol as far as a server needs it that is only read and keeps nothing.

Each message is one POST with its answer, in both eras: since 2026-07-28 each request says its
version in `_meta`; before, `initialize` asked for it, and nothing had to be remembered of it here.
https://modelcontextprotocol.io/specification/2026-07-28
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

OLD = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
NEW = ("2026-07-28",)
_META = "io.modelcontextprotocol/"
_VERSION, _ABILITIES = f"{_META}protocolVersion", f"{_META}clientCapabilities"
SERVER = {"name": "astana", "title": "Astana", "version": "1"}
# So long may who asks keep what tools there are.
_KEPT_MS = 3_600_000

UNREADABLE, NO_REQUEST, NO_METHOD, BAD_PARAMS = -32700, -32600, -32601, -32602
MISMATCH, NO_VERSION = -32020, -32022


class Wrong(Exception):
    """What is wrong with a message: the code of JSON-RPC, words, and data for some codes."""

    def __init__(self, code: int, words: str, data: Any = None) -> None:
        super().__init__(words)
        self.code, self.words, self.data = code, words, data


@dataclass(frozen=True)
class Tools:
    """What can be called: the declarations, what is told to agents, and the call itself.

    `call` takes a name and arguments, and returns a result; it raises Wrong for an unknown name.
    """

    declared: list[dict[str, Any]]
    instructions: str
    call: Callable[[str, dict[str, Any]], dict[str, Any]]


def read(body: bytes) -> dict[str, Any]:
    """Return the one message of a body; raises Wrong if it is not one."""
    try:
        message = json.loads(body)
        # Half of a letter can be written in JSON and nowhere else.
        json.dumps(message, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Wrong(UNREADABLE, "The body is not JSON in UTF-8.") from error
    is_one = isinstance(message, dict) and message.get("jsonrpc") == "2.0"
    if not is_one or not isinstance(message.get("method"), str):
        raise Wrong(NO_REQUEST, "The body is not one request or notification of JSON-RPC 2.0.")
    number = message.get("id", 0)
    if isinstance(number, bool) or not isinstance(number, str | int):
        raise Wrong(NO_REQUEST, "The id is neither a text nor a whole number.")
    return message


def answered(
    message: dict[str, Any], headers: Mapping[str, str], tools: Tools
) -> tuple[int, dict[str, Any] | None]:
    """Return the HTTP status and the answer to a message; no answer to one that asks nothing."""
    if "id" not in message:
        return 202, None
    is_new = True
    try:
        params = message.get("params", {})
        if not isinstance(params, dict):
            raise Wrong(BAD_PARAMS, "The params are not an object.")
        meta = params.get("_meta")
        meta = meta if isinstance(meta, dict) else {}
        is_new = _VERSION in meta or headers.get("Mcp-Protocol-Version") in NEW
        if is_new:
            _check(message, params, meta, headers)
            result = _new(message["method"], params, tools)
        else:
            result = _old(message["method"], params, headers, tools)
    except Wrong as wrong:
        # Before, what was wrong with a request was no matter of HTTP.
        status = 200 if not is_new and wrong.code in (NO_METHOD, BAD_PARAMS) else 400
        status = 404 if is_new and wrong.code == NO_METHOD else status
        return status, refusal(wrong, message["id"])
    return 200, {"jsonrpc": "2.0", "id": message["id"], "result": result}


def refusal(wrong: Wrong, number: Any = None) -> dict[str, Any]:
    """Return the answer that says what is wrong."""
    error = {"code": wrong.code, "message": wrong.words}
    if wrong.data is not None:
        error["data"] = wrong.data
    return {"jsonrpc": "2.0", "id": number, "error": error}


def _check(
    message: dict[str, Any],
    params: dict[str, Any],
    meta: dict[str, Any],
    headers: Mapping[str, str],
) -> None:
    """Raise Wrong unless a request says what it has to, and its heads say the same."""
    if missing := [name for name in (_VERSION, _ABILITIES) if name not in meta]:
        raise Wrong(BAD_PARAMS, f"params._meta has no {', '.join(missing)}.")
    same = {"Mcp-Protocol-Version": meta[_VERSION], "Mcp-Method": message["method"]}
    if message["method"] == "tools/call" and "name" in params:
        same["Mcp-Name"] = params["name"]
    for header, value in same.items():
        if headers.get(header) != value:
            raise Wrong(MISMATCH, f"The head {header} does not match the body.")
    if meta[_VERSION] not in NEW:
        data = {"supported": [*NEW, *reversed(OLD)], "requested": meta[_VERSION]}
        raise Wrong(NO_VERSION, "This protocol version is not supported.", data)


def _new(method: str, params: dict[str, Any], tools: Tools) -> dict[str, Any]:
    kept = {"ttlMs": _KEPT_MS, "cacheScope": "public"}
    if method == "server/discover":
        result = kept | {
            "supportedVersions": list(NEW),
            "capabilities": {"tools": {}},
            "instructions": tools.instructions,
        }
    elif method == "tools/list":
        result = kept | {"tools": tools.declared}
    else:
        result = _called(method, params, tools)
    return result | {"resultType": "complete", "_meta": {f"{_META}serverInfo": SERVER}}


def _old(
    method: str, params: dict[str, Any], headers: Mapping[str, str], tools: Tools
) -> dict[str, Any]:
    if method == "initialize":
        asked = params.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in OLD else OLD[-1],
            "capabilities": {"tools": {}},
            "serverInfo": SERVER,
            "instructions": tools.instructions,
        }
    version = headers.get("Mcp-Protocol-Version")
    if version is not None and version not in OLD:
        data = {"supported": [*NEW, *reversed(OLD)], "requested": version}
        raise Wrong(NO_VERSION, "This protocol version is not supported.", data)
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": tools.declared}
    return _called(method, params, tools)


def _called(method: str, params: dict[str, Any], tools: Tools) -> dict[str, Any]:
    if method != "tools/call":
        raise Wrong(NO_METHOD, "This method does not exist.")
    name, arguments = params.get("name"), params.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise Wrong(BAD_PARAMS, "A call needs a name (a text) and arguments (an object).")
    return tools.call(name, arguments)
