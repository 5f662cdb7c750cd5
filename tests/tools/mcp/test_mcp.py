"""The server through a real client: in memory, and once as a process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.limits import Limits
from stratagem.tools.assistant.prompt import prompt
from stratagem.tools.mcp.answers import Answers, ToolFault, bounded
from stratagem.tools.mcp.places import PlaceError, data_at
from stratagem.tools.mcp.server import server

mcp = pytest.importorskip("mcp")

CROSS = """param fast = 5 in 2 to 20
enter long when cross_above(sma(close, fast), sma(close, 20))
  stop 5%
exit long when cross_below(sma(close, fast), sma(close, 20))
"""
TOOLS = {"check", "format", "explain", "functions", "evaluate", "backtest", "sweep", "why", "compare"}


def with_client(act: Callable[[Any], Awaitable[Any]], root: Path | None = None) -> Any:
    async def run() -> Any:
        async with mcp.Client(server("1", root, Limits(source=20_000, seconds=30, bars=5_000))) as client:
            return await act(client)

    return asyncio.run(run())


def call(tool: str, root: Path | None = None, **arguments: Any) -> Any:
    """The document of a tool, or the text of its fault."""
    found = with_client(lambda client: client.call_tool(tool, arguments), root)
    return found.content[0].text if found.is_error else found.structured_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a short file of bars, a secret beside it, and links that lead to that."""
    days = [(f"2024-{1 + day // 28:02}-{1 + day % 28:02}", day % 9, day % 7) for day in range(120)]
    rows = [f"{date},{100 + a},{110 + a},{90 + a},{100 + b},5" for date, a, b in days]
    (tmp_path / "open").mkdir()
    text = "\n".join(["date,open,high,low,close,volume", *rows])
    (tmp_path / "open" / "bars.csv").write_text(text)
    (tmp_path / "secret.csv").write_text(text)
    (tmp_path / "open" / "link.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "open" / "inside").mkdir()
    (tmp_path / "open" / "inside" / "A.csv").symlink_to(tmp_path / "secret.csv")
    return tmp_path / "open"


def test_it_offers_nothing_that_trades() -> None:
    async def act(client: Any) -> Any:
        return await client.list_tools(), await client.list_resources(), await client.list_prompts()

    tools, resources, prompts = with_client(act)
    assert {tool.name for tool in tools.tools} == TOOLS
    assert all(tool.annotations.read_only_hint and len(tool.description) > 20 for tool in tools.tools)
    assert not any("\n" in tool.description or "  " in tool.description for tool in tools.tools), "one line each"
    assert {"strat://grammar", "strat://reference", "strat://examples"} <= {str(r.uri) for r in resources.resources}
    assert [each.name for each in prompts.prompts] == ["write_strategy"]


def test_resources_and_the_prompt() -> None:
    async def act(client: Any) -> Any:
        uris = ("grammar", "grammar/typed", "reference", "examples", "examples/golden_cross")
        read = [(await client.read_resource(f"strat://{uri}")).contents[0].text for uri in uris]
        asked = await client.get_prompt("write_strategy", {"request": "buy dips"})
        return read, asked.messages[0].content.text

    (grammar, typed, reference, examples, example), asked = with_client(act)
    assert "start: statement*" in grammar and '"ema("' in typed and prompt() in reference and "golden_cross" in examples
    assert 'strategy "Golden cross"' in example and asked.endswith("buy dips") and prompt() in asked


def test_texts_are_checked_laid_out_and_explained() -> None:
    sound = call("check", text=CROSS)
    assert sound["compiles"] and sound["params"][0]["name"] == "fast" and sound["warmup"]
    wrong = call("check", text="enter long when smaa(close, 5) > 1")
    assert not wrong["compiles"] and wrong["diagnostics"][0]["fixes"][0]["edits"][0]["text"] == "sma"
    asks = call("check", text='enter long when close > open\n  stop ?"how far?"')
    assert not asks["compiles"] and asks["questions"][0]["question"] == "how far?"
    assert call("format", text="enter   long when close>open")["text"] == "enter long when close > open\n"
    assert call("format", text="enter long when (")["diagnostics"]
    assert "5%" in call("explain", text=CROSS)["explanation"]
    changes = call("explain", text=CROSS, other=CROSS.replace("5%", "3%"))
    assert not changes["same"] and "3%" in json.dumps(changes)


def test_functions_are_found() -> None:
    assert call("functions", query="rsi")["functions"][0]["name"] == "rsi"
    assert call("functions")["of"] == len(call("functions")["functions"])


def test_runs(folder: Path) -> None:
    last = call("evaluate", folder, expression="sma(close, 5)", data="bars.csv", last=3)
    assert last["bars"] == 120 and len(last["last"]["value"]) == 3
    run = call("backtest", folder, text=CROSS, data="bars.csv", params={"fast": "3"}, assumptions={"fee": "0.1%"})
    assert run["trades"] > 0 and run["params"] == {"fast": 3} and run["fees"] > 0 and len(run["last_trades"]) <= 25
    best = call("sweep", folder, text=CROSS, data="bars.csv", grid=["fast=3:6:1"])
    assert best["combinations"] == 4 and best["rows"][0]["return"] >= best["rows"][-1]["return"]
    assert "Why it entered" in call("why", folder, text=CROSS, data="bars.csv")["why"]
    both = call("compare", folder, text=CROSS, other=CROSS.replace("5%", "3%"), data="bars.csv")
    assert not both["changes"]["same"] and both["first"]["bars"] == both["second"]["bars"] == 120


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("backtest", {"text": "enter long when foo", "data": "sample:AAPL"}, "foo"),
        ("backtest", {"text": CROSS, "data": "sample:NOPE"}, "NOPE"),
        ("backtest", {"text": CROSS, "data": "sample:AAPL", "params": {"slow": "3"}}, "slow"),
        ("backtest", {"text": CROSS, "data": "/etc/passwd"}, "without --root"),
        ("sweep", {"text": CROSS, "data": "sample:AAPL", "grid": ["slow=1:2:1"]}, "slow"),
        ("why", {"text": CROSS, "data": "sample:AAPL", "trade": 9999}, "9999"),
        ("evaluate", {"expression": "sma(close", "data": "sample:AAPL"}, "expected `)`"),
        ("check", {"text": "#" * 30_000}, "30,000 characters"),
        ("explain", {"text": "enter long when ("}, "E0"),
        ("backtest", {"text": 7, "data": []}, "data"),
    ],
)  # fmt: skip
def test_faults_are_told_in_words(tool: str, arguments: dict[str, Any], told: str) -> None:
    message = call(tool, **arguments)
    assert isinstance(message, str) and told in message and "Traceback" not in message, message


@pytest.mark.parametrize(
    "source", ["../secret.csv", "link.csv", "inside", "/etc/passwd", "inside/A.csv", "a\0b", "nowhere.csv", "~/x", ""]
)
def test_no_file_outside_the_root_is_read(folder: Path, source: str) -> None:
    with pytest.raises(PlaceError):
        data_at(source, folder)
    assert data_at("bars.csv", folder) == str((folder / "bars.csv").resolve())
    assert data_at("sample:AAPL", None) == "sample:AAPL"


def test_runs_are_bounded(folder: Path) -> None:
    few = Answers(folder, Limits(bars=50))
    with pytest.raises(ToolFault, match="bars"):
        few.backtest(CROSS, "bars.csv", {}, {})
    with pytest.raises(ToolFault, match="ask for less"):
        bounded({"text": "x" * 200_000})
    assert len(Answers(folder).evaluate("close", "bars.csv", 10_000)["last"]["value"]) == 50


def test_as_a_process(folder: Path) -> None:
    command = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "stratagem", "mcp", "--root", str(folder)], env=dict(os.environ)
    )

    async def act() -> Any:
        async with mcp.Client(command) as client:
            return (await client.list_tools()).tools, await client.call_tool("check", {"text": CROSS})

    tools, checked = asyncio.run(act())
    assert {tool.name for tool in tools} == TOOLS and checked.structured_content["compiles"]
