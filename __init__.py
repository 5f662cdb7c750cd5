"""Stratagem: a language for trading strategies, and the engine that runs them.

    import stratagem as sg

    program = sg.compile("strategies/golden_cross.strat")
    result = program.backtest("sample:AAPL", params={"fast": 20}, fee="0.1%")
    result.stats["sharpe"], result.trades, result.series["quick"]

    session = program.session(timeframe="1d")
    for event in session.push(sg.Bar(ts, open, high, low, close, volume)): ...

    table = program.sweep("sample:AAPL", {"fast": range(5, 50, 5), "slow": range(50, 200, 10)})
    values = sg.evaluate("rsi(close, 14)", "sample:AAPL")

    for hole in sg.holes(text): ...
    text = sg.answer(text, 0, "50%")

In a notebook: `%load_ext stratagem`, then `%%strat --data sample:AAPL` above a strategy.

Errors: `CompileError` (its `.diagnostics` are values), `AnswerError`, `AskError`, `DataError`, `RunError`;
`SnapshotError` and `VenueError` are one.
Names are imported when they are first used, so that `import stratagem` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .lang.analysis.holes import AnswerError
    from .lang.diagnostics.holes import Hole
    from .lang.diagnostics.model import CompileError, Diagnostic
    from .runtime.compiled.host import Host
    from .runtime.compiled.program import CompiledProgram, compile
    from .runtime.compiled.questions import answer, holes
    from .runtime.data.bars import Bars
    from .runtime.data.errors import DataError
    from .runtime.data.load import load_bars
    from .runtime.data.panel import Panel, load_panel
    from .runtime.data.universe import Universe, read_universe
    from .runtime.errors import Cancelled, HostError, LimitError, RunError, VenueError
    from .runtime.limits import Cancel, Limits, within
    from .runtime.machine.snapshot import SnapshotError
    from .runtime.results.result import Result
    from .runtime.run.evaluate import evaluate
    from .runtime.run.session import Bar, Session
    from .runtime.run.strategies.portfolio import StrategyPortfolio, portfolio
    from .tools.assistant.ask import ask
    from .tools.assistant.conversation import AskError, Conversation

_WHERE = {
    "AnswerError": ".lang.analysis.holes",
    "AskError": ".tools.assistant.conversation",
    "Bar": ".runtime.run.session",
    "Bars": ".runtime.data.bars",
    "Cancel": ".runtime.limits",
    "Cancelled": ".runtime.errors",
    "CompileError": ".lang.diagnostics.model",
    "CompiledProgram": ".runtime.compiled.program",
    "DataError": ".runtime.data.errors",
    "Diagnostic": ".lang.diagnostics.model",
    "Hole": ".lang.diagnostics.holes",
    "Host": ".runtime.compiled.host",
    "HostError": ".runtime.errors",
    "LimitError": ".runtime.errors",
    "Limits": ".runtime.limits",
    "Panel": ".runtime.data.panel",
    "Result": ".runtime.results.result",
    "RunError": ".runtime.errors",
    "Session": ".runtime.run.session",
    "SnapshotError": ".runtime.machine.snapshot",
    "StrategyPortfolio": ".runtime.run.strategies.portfolio",
    "Universe": ".runtime.data.universe",
    "VenueError": ".runtime.errors",
    "Conversation": ".tools.assistant.conversation",
    "ask": ".tools.assistant.ask",
    "compile": ".runtime.compiled.program",
    "answer": ".runtime.compiled.questions",
    "evaluate": ".runtime.run.evaluate",
    "holes": ".runtime.compiled.questions",
    "load_bars": ".runtime.data.load",
    "load_panel": ".runtime.data.panel",
    "portfolio": ".runtime.run.strategies.portfolio",
    "read_universe": ".runtime.data.universe",
    "within": ".runtime.limits",
}
__all__ = [
    "AnswerError", "AskError", "Bar", "Bars", "Cancel", "Cancelled", "CompileError", "CompiledProgram", "Conversation",
    "DataError", "Diagnostic", "Hole", "Host", "HostError", "LimitError", "Limits", "Panel", "Result", "RunError",
    "Session", "SnapshotError", "StrategyPortfolio", "Universe", "VenueError", "__version__", "answer", "ask",
    "compile", "evaluate", "holes", "load_bars", "load_panel", "portfolio", "read_universe", "within",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'stratagem' has no attribute {name!r}")
    found = getattr(import_module(_WHERE[name], __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext stratagem`: the magics `%%strat` and `%strat`, and faults told without tracebacks."""
    from .tools.notebook.magics import load

    load(shell)
