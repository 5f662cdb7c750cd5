"""A backtest of a document, asked for by a code lens: a process of its own, so that the server never waits."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp

from ...lang.analysis.analysis import Analysis
from ...lang.syntax.tree import Strategy
from .positions import Places

COMMAND = "strat.backtest"
DATA = "sample:AAPL"
"""What a backtest runs on where the editor says nothing."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: `text` is the document that was run, `told` a line for people."""

    text: str
    told: str
    failed: bool = False


class Runs:
    """The last result of each document, and the run that is under way: another one ends it."""

    def __init__(self) -> None:
        self.data = DATA
        self._last: dict[str, Ran] = {}
        self._running: dict[str, asyncio.subprocess.Process] = {}

    def last(self, uri: str) -> Ran | None:
        """What came of the last run of a document."""
        return self._last.get(uri)

    def is_running(self, uri: str) -> bool:
        """Whether a run of the document is under way."""
        return uri in self._running

    async def run(self, uri: str, text: str) -> Ran | None:
        """Run a document as it stands; None where another run of it took the place of this one."""
        self.end(uri)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "stratagem", "backtest", "-", "--data", self.data, "--json",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            cwd=_folder(uri),
        )  # fmt: skip
        self._running[uri] = process
        printed, said = await process.communicate(text.encode())
        if self._running.get(uri) is not process:
            return None
        del self._running[uri]
        self._last[uri] = _came_of(text, process.returncode, printed, said)
        return self._last[uri]

    def end(self, uri: str) -> None:
        """End the run of a document, if there is one."""
        process = self._running.pop(uri, None)
        if process is not None and process.returncode is None:
            process.kill()

    def forget(self, uri: str) -> None:
        """A document that is closed: its run is ended, and what came of the last one is not kept."""
        self.end(uri)
        self._last.pop(uri, None)

    def end_all(self) -> None:
        """End every run."""
        for uri in tuple(self._running):
            self.end(uri)


def _folder(uri: str) -> str | None:
    """The folder of a document, from which its paths count; None where it is no file."""
    found = urlsplit(uri)
    folder = Path(unquote(found.path)).parent
    return str(folder) if found.scheme == "file" and folder.is_dir() else None


def _came_of(text: str, code: int | None, printed: bytes, said: bytes) -> Ran:
    try:
        answer = json.loads(printed)
    except ValueError:
        answer = None
    if code == 0 and isinstance(answer, dict):
        return Ran(text, _summary(answer))
    told = answer.get("error", {}).get("message") if isinstance(answer, dict) else None
    lines = said.decode(errors="replace").strip().splitlines() or [f"ended with code {code}"]
    return Ran(text, str(told or lines[-1])[:_LONGEST], failed=True)


def _summary(stats: Mapping[str, Any]) -> str:
    """`+12.3% · 34 trades · drawdown 8.1%`."""
    trades = f"{stats['trades']:,} trade{'s' * (stats['trades'] != 1)}"
    return f"{stats['return']:+.1%} · {trades} · drawdown {abs(stats['max_drawdown']):.1%}"


def lenses(analysis: Analysis, runs: Runs) -> list[lsp.CodeLens]:
    """Above the first statement, or the one that says what the strategy is called: run it, and what came of that."""
    if analysis.program is None or not analysis.program.trading:
        return []
    named = (s for s in analysis.module.statements if isinstance(s, Strategy))
    where = Places(analysis.text).range(next(named, analysis.module.statements[0]).span)
    title = "running …" if runs.is_running(analysis.source) else f"▶ backtest on {runs.data}"
    found = [lsp.CodeLens(where, lsp.Command(title, COMMAND, arguments=[analysis.source]))]
    last = runs.last(analysis.source)
    if last is not None:
        told = last.told if last.text == analysis.text else f"before the last change: {last.told}"
        found.append(lsp.CodeLens(where, lsp.Command(told, COMMAND, arguments=[analysis.source])))
    return found
