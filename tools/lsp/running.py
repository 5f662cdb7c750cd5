"""A backtest of a document, asked for by a code lens: a process of its own, so that the server never waits."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """What came of a run: `text` is the document that was run, `told` a line for people.

    ranges: what each definition went through, a line by its name, `bands.upper` of a field.
    """

    text: str
    told: str
    failed: bool = False
    ranges: Mapping[str, str] = field(default_factory=dict)


_RUN, _LOOK = "run", "look"


class Runs:
    """The last result of each document, and the run that is under way: another one ends it."""

    def __init__(self) -> None:
        self.data = DATA
        self._last: dict[str, Ran] = {}
        self._running: dict[tuple[str, str], asyncio.subprocess.Process] = {}

    def last(self, uri: str) -> Ran | None:
        """What came of the last run of a document."""
        return self._last.get(uri)

    def is_running(self, uri: str) -> bool:
        """Whether a run of the document is under way."""
        return (uri, _RUN) in self._running

    def ranges(self, uri: str, text: str, name: str) -> list[str]:
        """What a definition of a document went through when it was last run, a line for each field of a record."""
        last = self._last.get(uri)
        if last is None:
            return []
        where = f"on {self.data}" + (", before the last change" if last.text != text else "")
        return [
            f"{known[len(name) + 1 :]} {line} {where}".strip()
            for known, line in last.ranges.items() if known == name or known.startswith(f"{name}.")
        ]  # fmt: skip

    async def run(self, uri: str, text: str) -> Ran | None:
        """Run a document as it stands; None where another run of it took the place of this one."""
        self.end(uri)
        ended = await self._ended((uri, _RUN), text, "stratagem", "backtest", "-", "--data", self.data, "--json")
        if ended is None:
            return None
        self._last[uri] = _came_of(text, *ended)
        return self._last[uri]

    async def look(self, uri: str) -> None:
        """After a run: what the definitions of the document go through on its data."""
        last = self._last.get(uri)
        if last is None or last.failed:
            return
        ended = await self._ended((uri, _LOOK), last.text, "stratagem.tools.lsp.ranges", self.data)
        if ended is not None and ended[0] == 0 and self._last.get(uri) is last:
            self._last[uri] = replace(last, ranges=json.loads(ended[1]))

    async def _ended(
        self, key: tuple[str, str], text: str, module: str, *given: str
    ) -> tuple[int | None, bytes, bytes] | None:
        """The exit code and the outputs of a process that reads a document; None where another took its place."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *given,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            cwd=_folder(key[0]),
        )  # fmt: skip
        self._running[key] = process
        printed, said = await process.communicate(text.encode())
        if self._running.get(key) is not process:
            return None
        del self._running[key]
        return process.returncode, printed, said

    def end(self, uri: str) -> None:
        """End what runs of a document."""
        for key in ((uri, _RUN), (uri, _LOOK)):
            process = self._running.pop(key, None)
            if process is not None and process.returncode is None:
                process.kill()

    def forget(self, uri: str) -> None:
        """A document that is closed: its run is ended, and what came of the last one is not kept."""
        self.end(uri)
        self._last.pop(uri, None)

    def end_all(self) -> None:
        """End every run."""
        for uri, _ in tuple(self._running):
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
