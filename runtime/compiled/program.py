"""A compiled program, as a host application holds it: compile once, run many times."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...lang.syntax.limits import MAX_BYTES
from ..errors import UsageFault
from .compiled import Compiled

if TYPE_CHECKING:
    from ..results.result import Result
    from ..run.session import Session


def compile(text_or_path: str | bytes | os.PathLike[str]) -> CompiledProgram:
    """The program of a text, or of the file at a path.

    A string of one line that ends in `.strat` is a path, any other is a text, and so are bytes (of UTF-8).
    CompileError holds the diagnostics; OSError if the file cannot be read.
    """
    if isinstance(text_or_path, bytes):
        return CompiledProgram(text_or_path, "<text>")
    if not isinstance(text_or_path, str | os.PathLike):
        raise UsageFault(f"`compile` takes the text of a program or a path, found {text_or_path!r}")
    if isinstance(text_or_path, os.PathLike) or _is_path(text_or_path):
        path = Path(text_or_path)
        with path.open("rb") as file:
            return CompiledProgram(file.read(MAX_BYTES + 1), str(path))  # one byte too many tells that it is too long
    return CompiledProgram(text_or_path.encode("utf-8", "surrogatepass"), "<text>")


def _is_path(text: str) -> bool:
    return text.endswith(".strat") and len(text.splitlines()) == 1


class CompiledProgram(Compiled):
    """A program and the ways to run it; each is imported when it is first used."""

    def backtest(self, data: object, params: Mapping[str, object] | None = None, **options: Any) -> Result:
        """Run over history; see `runtime.backtest.backtest` for the options, assumptions by name among them."""
        from ..run.backtest import backtest

        return backtest(self, data, params, **options)

    def session(self, params: Mapping[str, object] | None = None, **options: Any) -> Session:
        """A live run, one bar at a time; see `runtime.session.Session`."""
        from ..run.session import Session

        return Session(self, params, **options)

    def sweep(self, data: object, grid: Mapping[str, Sequence[object] | None], **options: Any) -> Any:
        """Every combination of `grid`; a `pyarrow.Table`. See `runtime.sweep.sweep`."""
        from ..sweep import sweep

        return sweep(self, data, grid, **options)

    def verify(self, data: object, params: Mapping[str, object] | None = None, **options: Any) -> Any:
        """Batch = stream = restart = truncated history, bit for bit; see `runtime.verify.verify`."""
        from ..verify import verify

        return verify(self, data, params, **options)
