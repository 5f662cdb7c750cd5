"""The server: the tools with what they say of themselves, resources to read, a prompt to write a strategy by."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...runtime.limits import Limits
from ...stdlib.catalogue import Row, catalogue
from ..assistant.grammar import grammar as typed_grammar
from ..assistant.prompt import prompt
from .answers import LIMITS, Answers, ToolFault, bounded

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS = """\
Stratagem is a language for trading strategies. Read strat://reference before you write one. Check every text with
`check`, mend what it says, read it back with `explain`, and try it with `backtest`; `why` says why a run did not
trade. Data are sample:AAPL and its like, or files of the folder that this server was given. Numbers come from these
tools alone: report what they say. Nothing here can trade."""


def server(version: str, root: Path | None = None, limits: Limits = LIMITS) -> MCPServer:
    """The server, not yet running. root: the folder whose files may be read as data, None: no file."""
    from mcp.server.mcpserver import MCPServer

    made: MCPServer = MCPServer("stratagem", instructions=INSTRUCTIONS, version=version, log_level="ERROR")
    _tools(made, Answers(root, limits))
    _resources(made)
    _prompts(made)
    return made


def _answered(make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer of a tool, or its fault as the protocol tells one."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        return bounded(make())
    except ToolFault as error:
        raise ToolError(str(error)) from None


def _tools(made: MCPServer, answers: Answers) -> None:
    from mcp.types import ToolAnnotations

    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    def tool(answer: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """Offered to models, described by its docstring as one line: they would read its indentation, too."""
        made.tool(annotations=reads, description=" ".join((answer.__doc__ or "").split()))(answer)
        return answer

    @tool
    def check(text: str) -> dict[str, Any]:
        """Diagnostics of a strategy's text with positions, help and fixes; its open questions; what it needs to run."""
        return _answered(lambda: answers.check(text))

    @tool
    def format(text: str) -> dict[str, Any]:
        """A strategy's text in the one layout, every comment kept."""
        return _answered(lambda: answers.format(text))

    @tool
    def explain(text: str, other: str = "") -> dict[str, Any]:
        """What a strategy means, in plain English, from what the compiler understood. With `other`: what that one means
        otherwise."""
        return _answered(lambda: answers.explain(text, other))

    @tool
    def functions(query: str = "") -> dict[str, Any]:
        """Built-in functions by name, family or meaning, with formula, unit and example; without a query all
        signatures."""
        return _answered(lambda: answers.functions(query))

    @tool
    def evaluate(expression: str, data: str, last: int = 20) -> dict[str, Any]:
        """The last values of one expression, such as rsi(close, 14), over data (sample:AAPL or a file)."""
        return _answered(lambda: answers.evaluate(expression, data, last))

    @tool
    def backtest(
        text: str, data: str, params: dict[str, str] | None = None, assumptions: dict[str, str] | None = None
    ) -> dict[str, Any]:  # fmt: skip
        """Run a strategy over history: its statistics, notes and last trades. params: {"fast": "20"}; assumptions:
        {"fee": "0.1%", "slippage": "1bp", "capital": "50000"}."""
        return _answered(lambda: answers.backtest(text, data, params or {}, assumptions or {}))

    @tool
    def sweep(
        text: str, data: str, grid: list[str], metric: str = "return", params: dict[str, str] | None = None,
        assumptions: dict[str, str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The best combinations of parameters by a metric. grid: ["fast=5:50:5", "slow=50,100,200"]. The best of many
        is partly luck: say how many were tried."""
        return _answered(lambda: answers.sweep(text, data, grid, metric, params or {}, assumptions or {}))

    @tool
    def why(
        text: str, data: str, trade: int = 1, at: str = "", why_not: bool = False,
        params: dict[str, str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Why a run did what it did: at a trade by its number from 1, or at a time (2012-05-01); with why_not only what
        did not act, and what failed."""
        return _answered(lambda: answers.why(text, data, trade, at, why_not, params or {}))

    @tool
    def compare(
        text: str, other: str, data: str, params: dict[str, str] | None = None,
        assumptions: dict[str, str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Two strategies on the same data: what the second means otherwise, and the statistics of both."""
        return _answered(lambda: answers.compare(text, other, data, params or {}, assumptions or {}))


def _resources(made: MCPServer) -> None:
    @made.resource("strat://grammar", mime_type="text/plain")
    def grammar() -> str:
        """The grammar of the language (Lark)."""
        return (files("stratagem.lang.syntax") / "grammar.lark").read_text(encoding="utf-8")

    @made.resource("strat://grammar/typed", mime_type="text/plain")
    def typed() -> str:
        """A narrower grammar for constrained decoding (llguidance), typed from the library."""
        return typed_grammar()

    @made.resource("strat://reference", mime_type="text/plain")
    def reference() -> str:
        """What there is to write with: form, words, idioms, slips, and every function with its meaning."""
        return "\n".join([prompt(), "EVERY FUNCTION", *(_line(row) for row in catalogue())]) + "\n"

    @made.resource("strat://examples", mime_type="text/plain")
    def examples() -> str:
        """The names of the strategies that are shipped."""
        return "\n".join(f"strat://examples/{name}" for name in _shipped()) + "\n"

    @made.resource("strat://examples/{name}", mime_type="text/plain")
    def example(name: str) -> str:
        """A strategy that is shipped."""
        return str(_shipped()[name].read_text(encoding="utf-8"))


def _shipped() -> dict[str, Any]:
    found = {each.name.removesuffix(".strat"): each for each in files("stratagem.strategies").iterdir()
             if each.name.endswith(".strat")}  # fmt: skip
    return dict(sorted(found.items()))


def _line(row: Row) -> str:
    meaning = " ".join(row.meaning.split())
    return f"{row.signature}: {meaning}" + (f" For example {row.example}." if row.example else "")


def _prompts(made: MCPServer) -> None:
    @made.prompt()
    def write_strategy(request: str) -> str:
        """Write a strategy for a request in plain words."""
        return f"{prompt()}\nThe request:\n{request}"
