"""Agents get rows that can be cited, in both eras of the protocol, and nothing that is not public.

The types of the official SDK say what an answer has to have. Its client asks a running site in
tests/browser/test_programs.py.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from mcp_types.methods import validate_server_result

from astana.models import Dossier, Evidence, Position
from astana.pages.agents import tools
from astana.pages.agents.views import MOST_BYTES
from tests.as_a_new_process import forget

pytestmark = pytest.mark.django_db
NEW, OLD = "2026-07-28", "2025-06-18"
META = {
    "io.modelcontextprotocol/protocolVersion": NEW,
    "io.modelcontextprotocol/clientCapabilities": {},
}


def _sent(client, message, headers=()):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return client.post("/mcp", body, content_type="application/json", headers=dict(headers))


def _new(client, method, **params):
    """Send a request as clients do since 2026-07-28, and return the result, which is valid."""
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": {**params, "_meta": META}}
    heads = {"Mcp-Protocol-Version": NEW, "Mcp-Method": method}
    heads |= {"Mcp-Name": params["name"]} if "name" in params else {}
    answer = _sent(client, message, heads)
    assert answer.status_code == 200, answer.content
    assert answer.json()["id"] == 7
    validate_server_result(method, NEW, answer.json()["result"])
    return answer.json()["result"]


def _called(client, name, **arguments):
    result = _new(client, "tools/call", name=name, arguments=arguments)
    assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
    return result["structuredContent"]


def _refused(client, name, **arguments) -> str:
    result = _new(client, "tools/call", name=name, arguments=arguments)
    assert result["isError"]
    return result["content"][0]["text"]


@pytest.fixture
def talks(a_position, a_rendition, a_dossier, an_actor):
    public = a_rendition("They met. Russia supports it.", article="first")
    hidden = a_rendition("A secret of members.", article="second", rights="members")
    both = a_position(said="2017-01-26", rendition=public, quote="Russia supports it.")
    Evidence.objects.create(
        position=both, rendition=hidden, exact="secret", start=2, end=8, paragraph=1, number=9,
        role="disputes",
    )  # fmt: skip
    a_position(actor="turkey", said="2017-01-27", voice="characterised", stance="opposes")
    a_position(actor="iran", issue="constitution", said="2017-01-28")
    an_actor("ministry", part_of=an_actor("iran"))
    a_position(actor="ministry", said="2017-01-29", summary="The ministry said so.")
    a_position(actor="iran", said="2017-01-30", status="draft", summary="Only a draft.")
    return a_dossier()


def test_it_speaks_both_eras_and_keeps_nothing_between_messages(client, talks):
    found = _new(client, "server/discover")
    assert found["supportedVersions"] == [NEW]
    assert "never call it neutral" in found["instructions"]
    tools = _new(client, "tools/list")["tools"]
    assert len(tools) == 6
    assert all(tool["annotations"]["readOnlyHint"] for tool in tools)
    asked = {
        "protocolVersion": OLD,
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    }
    call = {"name": "list_issues", "arguments": {"dossier": "talks"}}
    for method, params in {
        "initialize": asked,
        "ping": {},
        "tools/list": {},
        "tools/call": call,
    }.items():
        message = {"jsonrpc": "2.0", "id": "a", "method": method, "params": params}
        heads = {} if method == "initialize" else {"Mcp-Protocol-Version": OLD}
        answer = _sent(client, message, heads)
        validate_server_result(method, OLD, answer.json()["result"])
        if method == "initialize":
            assert answer.json()["result"]["protocolVersion"] == OLD
    done = _sent(client, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (done.status_code, done.content) == (202, b"")
    assert not done.cookies
    assert "Cookie" not in done.get("Vary", "")
    assert "no-store" in done["Cache-Control"]


def test_what_is_wrong_with_a_message_is_said_as_the_protocol_has_it(client, talks):
    ask = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    new = ask | {"params": {"_meta": META}}
    heads = {"Mcp-Protocol-Version": NEW, "Mcp-Method": "tools/list"}
    future = META | {"io.modelcontextprotocol/protocolVersion": "2099-01-01"}
    nothing = ask | {"method": "nothing"}
    call = {"method": "tools/call", "params": {"name": "nothing", "_meta": META}}
    called = {"Mcp-Protocol-Version": NEW, "Mcp-Method": "tools/call", "Mcp-Name": "nothing"}
    for message, given, status, code in [
        (b"{", {}, 400, -32700),
        (b"[" * 60_000, {}, 400, -32700),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "\\ud800"}', {}, 400, -32700),
        (b"\xff", {}, 400, -32700),
        ([ask], {}, 400, -32600),
        (ask | {"jsonrpc": "1.0"}, {}, 400, -32600),
        (ask | {"id": None}, {}, 400, -32600),
        (ask | {"params": []}, heads, 400, -32602),
        (ask, heads, 400, -32602),
        (new, heads | {"Mcp-Method": "ping"}, 400, -32020),
        (new, {}, 400, -32020),
        (ask | call, called | {"Mcp-Name": "search"}, 400, -32020),
        (ask | call, called, 400, -32602),
        (ask | {"params": {"_meta": future}}, heads | {"Mcp-Protocol-Version": "2099-01-01"},
         400, -32022),
        (ask, {"Mcp-Protocol-Version": "1999-01-01"}, 400, -32022),
        (nothing | {"params": {"_meta": META}}, heads | {"Mcp-Method": "nothing"}, 404, -32601),
        (nothing, {}, 200, -32601),
    ]:  # fmt: skip
        answer = _sent(client, message, given)
        found = (answer.status_code, answer.json()["error"]["code"])
        assert found == (status, code), (message, answer.content)
    error = _sent(client, ask, {"Mcp-Protocol-Version": "1999-01-01"}).json()["error"]
    assert error["data"]["requested"] == "1999-01-01"
    assert NEW in error["data"]["supported"]
    for arguments, said in [
        ({"dossier": "talks", "actors": ["russia"]}, "2 to 6"),
        ({"dossier": "talks", "actors": ["russia", "no/slug"]}, "form"),
        # With itself alone an actor is in no comparison.
        ({"dossier": "talks", "actors": ["russia", "russia"]}, "“russia” is named twice"),
        ({"dossier": "talks", "actors": ["russia", "atlantis"]}, "atlantis"),
        ({"dossier": "talks", "actors": ["russia", "iran"], "as_of": "2017-02-30"}, "2017-02-30"),
        ({"actors": ["russia", "iran"], "day": 1}, "“dossier” is missing"),
        ({"dossier": "nowhere", "actors": ["russia", "iran"]}, "Public are: talks"),
        ({"dossier": 5, "actors": ["russia", "iran"]}, "string"),
    ]:
        assert said in _refused(client, "compare", **arguments)
    assert "form" in _refused(client, "search", query="a\0b")
    assert "id" in _refused(client, "fetch", id="nothing")


def test_a_person_who_spoke_for_another_is_not_silent(
    client, talks, a_position, an_actor, monkeypatch
):
    lavrov = an_actor("lavrov", kind="person")
    for day in (1, 2, 3):
        a_position(issue="cease-fire", speaker=lavrov, said=f"2017-02-0{day}")
    asked = {"dossier": "talks", "actor": "lavrov"}
    rows = _called(client, "positions", **asked)["rows"]
    assert [(row["actor"], row["speaker"], row["said"]) for row in rows] == [
        ("russia", "lavrov", f"2017-02-0{day}") for day in (3, 2, 1)
    ]
    [before] = _called(client, "positions", **asked, as_of="2017-02-01")["rows"]
    assert before["said"] == "2017-02-01"
    [silence] = _called(client, "positions", **asked, issue="constitution")["rows"]
    assert silence["kind"] == "silence"
    assert "2017-02-30" in _refused(client, "positions", **asked, as_of="2017-02-30")
    assert "nowhere" in _refused(client, "positions", **asked, issue="nowhere")
    # It is Russia's position, and Russia is no part of Lavrov.
    cells = _called(client, "compare", dossier="talks", actors=["lavrov", "iran"])["rows"]
    [cell] = [row for row in cells if (row["actor"], row["kind"]) == ("lavrov", "position")]
    assert (cell["said_for"], cell["said_by_a_part_of_it"]) == ("Russia", None)
    monkeypatch.setattr(tools, "MOST_ROWS", 2)
    page = _called(client, "positions", **asked)
    assert [row["said"] for row in page["rows"]] == ["2017-02-03", "2017-02-02"]
    page = _called(client, "positions", **asked, after=page["next"])
    assert ([row["said"] for row in page["rows"]], page["next"]) == (["2017-02-01"], None)


def test_each_row_can_be_cited_and_silence_is_a_row(client, talks):
    rows = _called(client, "positions", dossier="talks", issue="cease-fire")["rows"]
    by_actor = {row["actor"]: row for row in rows}
    assert set(by_actor) == {"russia", "turkey", "ministry"}
    russia, turkey = by_actor["russia"], by_actor["turkey"]
    assert (russia["stance"], russia["said"]) == ("Supports", "2017-01-26")
    assert russia["disputed"]
    assert russia["url"].endswith(f"/dossiers/talks/positions/{russia['position']}/")
    assert [one["words"] for one in russia["passage"]] == ["Russia supports it.", None]
    assert [one["role"] for one in russia["passage"]] == ["supports", "disputes"]
    assert russia["source"] == ["Gazette"]
    assert (turkey["voice"], turkey["first_hand"]) == ("characterised", False)
    first = _called(
        client, "positions", dossier="talks", issue="cease-fire", first_hand_only=True,
        as_of="2017-01-26",
    )  # fmt: skip
    assert [row["actor"] for row in first["rows"]] == ["russia"]
    # What a part of an actor said is not silence.
    [part] = _called(client, "positions", dossier="talks", issue="cease-fire", actor="iran")["rows"]
    assert (part["actor"], part["summary"]) == ("ministry", "The ministry said so.")
    cells = _called(client, "compare", dossier="talks", actors=["russia", "iran"])["rows"]
    cells = {(row["issue"], row["actor"]): row for row in cells}
    assert cells["cease-fire", "iran"]["said_by_a_part_of_it"] == "Ministry"
    assert cells["cease-fire", "iran"]["said_for"] is None
    silence = cells["constitution", "russia"]
    [alone] = _called(
        client, "positions", dossier="talks", issue="constitution", actor="russia"
    )["rows"]  # fmt: skip
    for row in (silence, alone):
        assert (row["kind"], row["articles_read"], row["read_in_full"]) == ("silence", 2, 2)
        assert (row["voice"], row["said"], row["source"]) == (None, None, [])
        assert "2 articles" in row["meaning"]
        assert "neutral" in row["meaning"]
        assert client.get(row["url"]).status_code == 200
    passages = _called(client, "evidence", dossier="talks", position=russia["position"])["rows"]
    assert [row["role"] for row in passages] == ["supports", "disputes"]
    assert all(client.get(row["url"]).status_code == 200 for row in passages)
    [listed] = _called(client, "list_issues")["rows"]
    assert (listed["dossier"], listed["positions"]) == ("talks", 4)
    issues = _called(client, "list_issues", dossier="talks")
    assert {row["issue"] for row in issues["rows"]} == {"cease-fire", "constitution"}
    assert issues["actors"][0]["positions"] >= 1


def test_what_is_found_can_be_fetched_by_its_id(client, talks):
    results = _called(client, "search", query="russia")["results"]
    assert {row["kind"] for row in results} == {"position", "article", "actor"}
    for row in results:
        assert client.get(row["url"]).status_code == 200
        fetched = _called(client, "fetch", id=row["id"])
        assert (fetched["id"], fetched["url"]) == (row["id"], row["url"])
    article = _called(client, "fetch", id="article:talks/second")
    assert article["text"] == ""
    assert "supports it" in _called(client, "fetch", id="article:talks/first")["text"]
    assert "Supports" in _called(client, "fetch", id="issue:talks/cease-fire")["text"]


def test_an_answer_has_at_most_fifty_rows_and_says_how_to_go_on(client, a_position, a_dossier):
    for number in range(6):
        for stance in range(9):
            a_position(
                actor=f"actor-{number}", issue=f"issue-{stance}", said=f"2017-01-{number + 1:02}"
            )
    for name, arguments in {
        "positions": {"dossier": "talks"},
        "compare": {
            "dossier": "talks",
            "actors": [f"actor-{number}" for number in range(6)],
            "issues": [f"issue-{number}" for number in range(9)],
        },
        "search": {"query": "issue"},
    }.items():
        asked, seen, pages = dict(arguments), [], 0
        while True:
            answer = _called(client, name, **asked)
            rows = answer.get("rows") or answer["results"]
            assert len(rows) <= 50
            seen += [row["url"] for row in rows]
            pages += 1
            if not answer["next"]:
                break
            asked["after"] = answer["next"]
        assert pages == 2
        assert len(set(seen)) == len(seen) >= 54
        other = {"positions": {"issue": "issue-0"}, "search": {"dossier": "talks"}}
        changed = asked | other.get(name, {"as_of": "2017-01-03"})
        assert "does not belong" in _refused(client, name, **changed)


def test_of_more_passages_than_an_answer_has_the_others_follow(client, talks, monkeypatch):
    monkeypatch.setattr(tools, "MOST_ROWS", 1)
    asked = {"dossier": "talks", "position": Position.objects.get(said="2017-01-26").key}
    first = _called(client, "evidence", **asked)
    second = _called(client, "evidence", **asked, after=first["next"])
    assert [row["role"] for row in first["rows"] + second["rows"]] == ["supports", "disputes"]
    assert second["next"] is None


def test_where_second_hand_was_left_out_nothing_found_is_said_of_first_hand_alone(client, talks):
    asked = {"dossier": "talks", "first_hand_only": True}
    [listed] = _called(client, "positions", issue="cease-fire", actor="turkey", **asked)["rows"]
    cells = _called(client, "compare", actors=["russia", "turkey"], **asked)["rows"]
    [alone] = _called(client, "positions", actor="turkey", **asked)["rows"]
    assert "No first-hand position was found" in alone["meaning"]
    for row in (listed, *(row for row in cells if row["actor"] == "turkey")):
        assert row["kind"] == "silence"
        assert row["meaning"].startswith("No first-hand position was found")
        assert "Nothing was found" not in row["meaning"]
        assert "first_hand=1" in row["url"]
        assert client.get(row["url"]).status_code == 200


def test_a_call_costs_the_same_queries_for_more_rows(client, a_position):
    for actor in ("russia", "turkey", "iran", "usa"):
        for issue in ("truce", "talks"):
            a_position(actor=actor, issue=issue)

    def queries(**arguments) -> int:
        forget()
        with CaptureQueriesContext(connection) as found:
            _called(client, "compare", dossier="talks", **arguments)
        return len(found)

    few = queries(actors=["russia", "turkey"], issues=["truce"])
    assert queries(actors=["russia", "turkey", "iran", "usa"], issues=["truce", "talks"]) == few


def test_nobody_in_particular_asks_whoever_is_signed_in(client, talks, a_member):
    client.force_login(a_member(role="owner"))
    assert "Only a draft" not in json.dumps(_called(client, "positions", dossier="talks"))
    words = json.dumps(_called(client, "search", query="secret"))
    assert "A secret" not in words
    Dossier.objects.update(visibility="members")
    assert _called(client, "list_issues")["rows"] == []
    assert _called(client, "search", query="russia")["results"] == []
    for name, arguments in {
        "positions": {},
        "compare": {"actors": ["russia", "iran"]},
        "evidence": {"position": Position.objects.first().key},
        "list_issues": {},
    }.items():
        assert "no public dossier" in _refused(client, name, dossier="talks", **arguments)
    assert "no public dossier" in _refused(client, "fetch", id="issue:talks/cease-fire")
    assert "talks" not in client.get("/llms.txt").content.decode().lower()


def test_too_much_at_once_is_refused(client, settings, talks):
    long = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "x" * MOST_BYTES}).encode()
    assert _sent(client, long).status_code == 413
    odd = client.post("/mcp", long, content_type="application/json", CONTENT_LENGTH="many")
    assert odd.status_code == 413
    form = client.post("/mcp", {"method": "tools/list"})
    assert (form.status_code, form.json()["error"]["code"]) == (400, -32600)
    settings.API_PER_MINUTE = 1
    ask = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    statuses = [_sent(client, ask) for _again in range(3)]
    assert statuses[-1].status_code == 429
    assert 0 < int(statuses[-1]["Retry-After"]) <= 60


def test_what_models_are_told_names_what_there_is(client, talks, settings):
    settings.CACHE_SECONDS = 60
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"].startswith("public, max-age=60")
    text = answer.content.decode()
    assert text.startswith("# Astana\n\n> ")
    assert "[Talks](http://testserver/dossiers/talks/)" in text
    assert "http://testserver/mcp" in text
