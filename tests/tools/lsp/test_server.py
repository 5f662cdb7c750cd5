"""The language server, end to end: a process of its own and a client that speaks the protocol."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra: pip install 'stratagem[lsp]'")

from .client import URI, Client, client

SOUND = """strategy "é𝄞"
param n = 20 in 5 to 50
## the mean
let calm = sma(close, n)
enter long when close > calm
  stop 2%
exit long when close < calm
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Client]:
    with client() as made:
        yield made


@pytest.fixture
def sound(editor: Client) -> Client:
    """An editor in which a sound text is open."""
    assert editor.open(SOUND) == []
    return editor


def test_what_is_said_moves_with_the_text(editor: Client) -> None:
    said = editor.open("let a = clse\n")
    assert [(d["code"], d["severity"], d["range"]["start"]) for d in said] == [
        ("E101", 1, {"line": 0, "character": 8})
    ]  # fmt: skip
    assert said[0]["message"] == "nothing is named `clse`\ndid you mean `close`?", "what is noted of no place is said"
    assert editor.change("let a = close\n") == []
    place = {"start": {"line": 0, "character": 8}, "end": {"line": 0, "character": 13}}
    assert editor.change("opn", range=place)[0]["code"] == "E101"


def test_places_count_utf16_units(editor: Client) -> None:
    said = editor.open('plot close as "𝄞é"  plot opn\n')
    assert said[0]["range"] == {"start": {"line": 0, "character": 26}, "end": {"line": 0, "character": 29}}


def test_a_fix_is_an_action(editor: Client) -> None:
    editor.open("let a = clse\n")
    place = {"line": 0, "character": 9}
    actions = editor.of("codeAction", range={"start": place, "end": place}, context={"diagnostics": []})
    (edit,) = actions[0]["edit"]["changes"][URI]
    assert edit["newText"] == "close"
    assert actions[0]["kind"] == "quickfix"


def test_a_question_is_answered_with_its_example(editor: Client) -> None:
    def offered(text: str) -> list[dict[str, Any]]:
        editor.open(text)
        place = {"line": 0, "character": text.index("?") + 1}
        where = {"start": place, "end": place}
        found: list[dict[str, Any]] = editor.of("codeAction", range=where, context={"diagnostics": []})
        return found

    (action,) = offered('let a = sma(close, ?"how long")\n')
    assert (action["title"], action["kind"]) == ("answer with `20`", "quickfix") and not action.get("isPreferred")
    assert action["edit"]["changes"][URI] == [{"newText": "20", "range": {
        "start": {"line": 0, "character": 19}, "end": {"line": 0, "character": 30}}}]  # fmt: skip
    assert offered('param n = 10 in [5, ?"q"]\n') == []  # its example, 2, would leave 10 outside


def test_completion_says_what_may_stand(sound: Client) -> None:
    sound.change(SOUND + "let x = cal")
    found = sound.at("completion", 7, 11)["items"]
    assert [(item["label"], item["documentation"]) for item in found] == [("calm", "the mean")]
    assert found[0]["textEdit"]["range"]["start"] == {"line": 7, "character": 8}


def test_hover_and_signature(sound: Client) -> None:
    found = sound.at("hover", 3, 5)["contents"]["value"]
    assert "let calm" in found and "the mean" in found and "a price" in found
    help = sound.at("signatureHelp", 3, 22)
    assert help["signatures"][0]["label"] == "sma(source, length)"
    assert help["activeParameter"] == 1


def test_definition_references_and_rename(sound: Client) -> None:
    there = sound.at("definition", 4, 25)
    assert there["range"] == {"start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 8}}
    places = sound.at("references", 4, 25, context={"includeDeclaration": True})
    assert [place["range"]["start"]["line"] for place in places] == [3, 4, 6]
    changes = sound.at("rename", 4, 25, newName="slow")["changes"][URI]
    assert len(changes) == 3 and {change["newText"] for change in changes} == {"slow"}
    assert "already" in sound.at("rename", 4, 25, newName="n")["error"]["message"]


def test_layout_outline_tokens_and_hints(sound: Client) -> None:
    assert sound.of("formatting", options={"tabSize": 2, "insertSpaces": True}) == []
    sound.change("let a=1\n")
    (edit,) = sound.of("formatting", options={"tabSize": 2, "insertSpaces": True})
    assert edit["newText"] == "let a = 1\n"
    sound.change(SOUND)
    assert [each["name"] for each in sound.of("documentSymbol")][:2] == ["n", "calm"]
    data = sound.of("semanticTokens/full")["data"]
    assert len(data) % 5 == 0 and data[:5] == [0, 0, 8, 0, 0]
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    hints = [(hint["position"]["line"], hint["label"]) for hint in sound.of("inlayHint", range=whole)]
    assert hints == [(3, ": a price · 20 bars")]


BROKEN = ("", "let", "let x = (", 'plot "', "\x00\u2028", "((((" * 200, "enter long when\r\n\r stop", "é" * 4_000)


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_no_text_ends_it(editor: Client, text: str) -> None:
    editor.open(text)
    for line, character in ((0, 0), (0, 3), (1, 0), (500, 500)):
        for what in ("completion", "hover", "signatureHelp", "definition"):
            found: Any = editor.at(what, line, character)
            assert not (isinstance(found, dict) and "error" in found), found
    for what in ("documentSymbol", "semanticTokens/full"):
        assert "error" not in editor.of(what)


def test_garbage_on_the_wire_does_not_end_it(editor: Client) -> None:
    body = b'{"jsonrpc": "2.0", "id": 99999, "method": "nothing/such"}'
    editor.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert editor.open("let a = close\n") == []


UNREAD = {
    b"{}": (-32600, None), b"[]": (-32600, None), b"5": (-32600, None), b'{"jsonrpc": "2.0"}': (-32600, None),
    b'{"jsonrpc": "1.0", "id": 7, "method": "shutdown"}': (-32600, 7),
    b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}': (-32600, None),
    b"no json": (-32700, None), b"\xff\xfe": (-32700, None), b"[" * 20_000: (-32700, None),
    b'{"jsonrpc": "2.0", "id": 8, "method": "textDocument/hover", "params": {}}': (-32602, 8),
    b'{"jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": null}': (-32602, "a"),
    b'{"jsonrpc": "2.0", "id": 9, "method": "workspace/executeCommand", "params": {"command": 5, "arguments": 5}}':
        (-32602, 9),
}  # fmt: skip


def test_what_is_no_message_is_answered_and_no_traceback_is_written() -> None:
    with client() as editor:
        found = {body: editor.answer_to(body) for body in UNREAD}
        assert {body: (each["error"]["code"], each["id"]) for body, each in found.items()} == UNREAD
        told = [each["error"]["message"] for each in found.values()]
        assert "textDocument/hover: required field missing @ $.params.textDocument" in told
        editor.tell("textDocument/didOpen", textDocument={})
        assert editor.open("let a = close\n") == []
        assert "already" in editor.at("rename", 0, 4, newName="close")["error"]["message"]
    assert b"Traceback" not in editor.said
    assert b"passed over textDocument/didOpen: required field missing" in editor.said


def test_what_is_selected_gets_a_name(sound: Client) -> None:
    place = {"start": {"line": 3, "character": 11}, "end": {"line": 3, "character": 24}}
    found = sound.of("codeAction", range=place, context={"diagnostics": [], "only": ["refactor"]})
    assert [(action["kind"], action["title"]) for action in found] == [
        ("refactor.extract", "extract to `let sma_value`")
    ]  # fmt: skip
    first, second = found[0]["edit"]["changes"][URI]
    assert first == {"range": {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}},
                     "newText": "let sma_value = sma(close, n)\n"}  # fmt: skip
    assert second["range"] == place and second["newText"] == "sma_value"
    assert sound.of("codeAction", range=place, context={"diagnostics": [], "only": ["quickfix"]}) == []


def test_a_name_is_put_in_place_and_a_number_made_a_parameter(sound: Client) -> None:
    def actions(line: int, character: int) -> list[str]:
        place = {"line": line, "character": character}
        found = sound.of("codeAction", range={"start": place, "end": place}, context={"diagnostics": []})
        return [action["kind"] for action in found]

    assert actions(3, 5) == ["refactor.inline"]
    assert actions(5, 7) == ["refactor.extract"]


def test_a_lens_runs_the_strategy_and_says_what_came_of_it(sound: Client) -> None:
    (lens,) = sound.of("codeLens")
    assert lens["command"]["title"] == "▶ backtest on sample:AAPL"
    assert lens["range"]["start"] == {"line": 0, "character": 0}
    told = sound.ask("workspace/executeCommand", **_of(lens))
    assert "trades" in told and "drawdown" in told
    assert [each["command"]["title"] for each in sound.of("codeLens")][1] == told
    sound.change(SOUND + "plot close\n")
    assert sound.of("codeLens")[1]["command"]["title"] == f"before the last change: {told}"


def test_hover_says_after_a_run_what_a_definition_went_through(sound: Client) -> None:
    text = SOUND + "let up = close > calm\nlet bands = bb(close, n)\nlet none = sqrt(-close)\n"
    sound.change(text)
    assert " on sample" not in _hovered(sound, 3)
    sound.ask("workspace/executeCommand", **_of(sound.of("codeLens")[0]))
    until = monotonic() + 60
    while " on sample" not in _hovered(sound, 3) and monotonic() < until:
        sleep(0.05)
    assert _hovered(sound, 3).endswith("known from 20 bars on\n\nfrom 6.91025 to 680.786, last 455.492 on sample:AAPL")
    assert _hovered(sound, 7).endswith("holds on 1,911 of 3,270 bars on sample:AAPL")
    upper, lower = _hovered(sound, 8).split("\n\n")[-2:]
    assert upper.startswith("upper from ") and lower.startswith("lower from ") and "a record" in _hovered(sound, 8)
    assert "sample:AAPL" not in _hovered(sound, 9) and "sample:AAPL" not in _hovered(sound, 1), "no value, a parameter"
    sound.change(text + "\n")
    assert _hovered(sound, 3).endswith(" on sample:AAPL, before the last change")


def _hovered(editor: Client, line: int) -> str:
    return str(editor.at("hover", line, 5 if line != 1 else 6)["contents"]["value"])


def test_a_run_that_fails_says_why_and_the_server_lives(sound: Client) -> None:
    sound.change(SOUND + 'assume currency "EUR"\nassume conversion "no_such"\n')
    lens = sound.of("codeLens")[0]
    assert "no_such" in sound.ask("workspace/executeCommand", **_of(lens))
    sound.change("let a = close\n")
    assert sound.of("codeLens") == []


def _of(lens: dict[str, Any]) -> dict[str, Any]:
    return {"command": lens["command"]["command"], "arguments": lens["command"]["arguments"]}


def test_a_question_is_told_as_information(editor: Client) -> None:
    said = editor.open('plot sma(close, ?"how many bars")\n')
    assert [(d["code"], d["severity"], d["message"].splitlines()[0]) for d in said] == [("Q001", 3, "how many bars")]
    told = editor.of("hover", position={"line": 0, "character": 20})
    assert "asks for a number of bars" in told["contents"]["value"]


HOSTED = """
import stratagem as sg
from stratagem.tools.lsp.server import server

host = sg.Host(without=["rsi"])


@host.function
def twice(f, k, w, source: float) -> float:
    "Twice the price."
    return 2 * source


server("1", host.registry).start_io()
"""


def test_a_host_serves_its_own_language() -> None:
    with client("-c", HOSTED) as editor:
        assert editor.open("plot twice(close)\n") == []
        assert "Twice the price." in str(editor.of("hover", position={"line": 0, "character": 6}))
        assert [each["code"] for each in editor.change("plot rsi(close, 14)\n")] == ["E102"]
def test_of_edits_that_come_at_once_the_last_is_told_of(editor: Client) -> None:
    editor.open("let a = close\n")
    for n in range(20):
        document = {"uri": URI, "version": 100 + n}
        editor.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": f"let a = x{n}\n"}])
    assert "x19" in editor.diagnostics()[0]["message"]
    editor.change("let a = close\n")


def test_only_an_open_document_is_run(editor: Client) -> None:
    for wrong in ("file:///nope.strat", 5, None):
        found = editor.ask("workspace/executeCommand", command="strat.backtest", arguments=[wrong])
        assert "open document" in found["error"]["message"]


def test_a_document_that_is_closed_is_forgotten(editor: Client) -> None:
    editor.open(SOUND)
    editor.ask("workspace/executeCommand", **_of(editor.of("codeLens")[0]))
    assert len(editor.of("codeLens")) == 2
    editor.tell("textDocument/didClose", textDocument={"uri": URI})
    assert editor.diagnostics() == []
    editor.open(SOUND)
    assert len(editor.of("codeLens")) == 1
