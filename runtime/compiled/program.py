"""A compiled program, as a host application holds it: compile once, run many times."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from ...lang.diagnostics.brief import abridged, brief
from ...lang.syntax.limits import MAX_BYTES
from .. import given
from ..errors import ProgramFileError, ProgramNotFoundError, UsageFault
from ..run.options import Assumed, Options, listed
from .compiled import Compiled

if TYPE_CHECKING:
    import pyarrow as pa

    from ...lang.program.timeframe import Timeframe
    from ..calendar.instants import Moment
    from ..results.result import Result
    from ..run.session import Session
    from ..sweep.about import Announce
    from ..verify.draw import Effort
    from ..verify.verdict import Verdict
    from ..why.why import Why


def compile(text_or_path: str | bytes | os.PathLike[str]) -> CompiledProgram:
    """The program of a text, or of the file at a path.

    A string of one line that ends in `.strat` is a path, any other is a text, and so are bytes (of UTF-8).
    CompileError holds the diagnostics; ProgramFileError, an OSError, if the file cannot be read.
    """
    if isinstance(text_or_path, bytes):
        return CompiledProgram(text_or_path, "<text>")
    if not isinstance(text_or_path, str | os.PathLike):
        raise UsageFault(f"`compile` takes the text of a program or a path, found {brief(text_or_path)}")
    if isinstance(text_or_path, os.PathLike) or _is_path(text_or_path):
        path = given.path("compile", text_or_path)
        return CompiledProgram(_content(path), path)
    return CompiledProgram(text_or_path.encode("utf-8", "surrogatepass"), "<text>")


def _content(path: str) -> bytes:
    """What the file holds; a byte more than there may be tells that it is too long."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        kind = ProgramNotFoundError if isinstance(error, FileNotFoundError) else ProgramFileError
        way_on = "`compile` takes the path of a `.strat` file, or the text of a program"
        raise kind(f"{abridged(repr(path))} cannot be read: {error.strerror or error}; {way_on}", error) from None


def _is_path(text: str) -> bool:
    return text.endswith(".strat") and len(text.splitlines()) == 1


class CompiledProgram(Compiled):
    """A program and the ways to run it; each is imported when it is first used."""

    @listed(Options)
    def backtest(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        engine: str = "native",
        monitors: bool = False,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        gate: str = "warn",
        assumptions: Mapping[str, object] | None = None,
        **options: Unpack[Options],
    ) -> Result:
        """Run over history; `help(stratagem.runtime.run.backtest.backtest)` says what each option means."""
        from ..run.backtest import backtest

        return backtest(
            self, data, params, engine=engine, monitors=monitors, from_=from_, to=to, close_at_end=close_at_end,
            gate=gate, assumptions=assumptions, **options,
        )  # fmt: skip

    @listed(Options)
    def why(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        trade: int | None = None,
        order: int | None = None,
        at: Moment | None = None,
        to: Moment | None = None,
        statement: int | str | None = None,
        why_not: bool = False,
        engine: str = "native",
        from_: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        **options: Unpack[Options],
    ) -> Why:
        """Run over history, and say why it did what it did; `help(stratagem.Result.why)` says what may be asked.

        symbol: where the program, `symbols` or `universe` make it a run over several, of which of them; else, as for
        `backtest`, the one of the data that is run alone.
        """
        several = self.is_several or any(options.get(name) is not None for name in ("symbols", "universe"))
        of = options.pop("symbol", None) if several else None
        result = self.backtest(
            data, params, engine=engine, from_=from_, to=None if at is not None else to, close_at_end=close_at_end,
            assumptions=assumptions, **options,
        )  # fmt: skip
        found = result.why(
            trade=trade, order=order, at=at, to=to if at is not None else None, symbol=of, statement=statement,
            why_not=why_not,
        )  # fmt: skip
        if options.get("symbol") is None or self.symbols:
            return found
        told = ("the run is of this symbol alone, as --symbol (symbol=) says for a program that names none: with "
                "--symbols A,B it is of several, and --symbol says of which of them")  # fmt: skip
        return replace(found, notes=(*found.notes, told))

    @listed(Assumed)
    def session(
        self,
        params: Mapping[str, object] | None = None,
        *,
        timeframe: str | Timeframe | None = None,
        engine: str = "interpreted",
        monitors: bool = False,
        fills: str = "simulated",
        assumptions: Mapping[str, object] | None = None,
        state: str | None = None,
        symbols: Iterable[str] | str | None = None,
        universe: object = None,
        instruments: object = None,
        **assumed: Unpack[Assumed],
    ) -> Session:
        """A live run, one bar at a time; `help(stratagem.runtime.run.session.Session)` says more.

        Of a program of several symbols, or with `symbols` or `universe`, one event at a time: the bars by symbol that
        close at one instant.
        """
        if self.is_several or symbols is not None or universe is not None:
            from ..run.several.session import SeveralSession

            return SeveralSession(
                self, params, symbols=symbols, universe=universe, instruments=instruments, timeframe=timeframe,
                engine=engine, monitors=monitors, fills=fills, assumptions=assumptions, state=state, **assumed,
            )  # fmt: skip
        if instruments is not None:
            raise UsageFault("instruments: a session of one symbol takes what is assumed of it by name: tick=, lot= …")
        from ..run.session import Session

        return Session(
            self, params, timeframe=timeframe, engine=engine, monitors=monitors, fills=fills,
            assumptions=assumptions, state=state, **assumed,
        )  # fmt: skip

    @listed(Options)
    def sweep(
        self,
        data: object,
        grid: Mapping[str, Iterable[object] | None],
        *,
        metric: str = "return",
        where: str | Iterable[str] = (),
        limit: int | None = None,
        params: Mapping[str, object] | None = None,
        engine: str = "native",
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        threads: int | None = None,
        progress: Callable[[int, int], None] | None = None,
        announce: Announce | None = None,
        **options: Unpack[Options],
    ) -> pa.Table:
        """Every combination of `grid`, a row for each; `help(stratagem.runtime.sweep.sweep)` says more."""
        from ..sweep import sweep

        return sweep(
            self, data, grid, metric=metric, where=where, limit=limit, params=params, engine=engine, from_=from_, to=to,
            close_at_end=close_at_end, assumptions=assumptions, threads=threads, progress=progress, announce=announce,
            **options,
        )  # fmt: skip

    @listed(Options)
    def verify(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        seed: int | None = None,
        effort: Effort | None = None,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        **options: Unpack[Options],
    ) -> Verdict:
        """Batch = stream = restart = truncated history, bit for bit; see `help(stratagem.runtime.verify)`."""
        from ..verify import SEED, verify

        return verify(
            self, data, params, seed=SEED if seed is None else seed, effort=effort, from_=from_, to=to,
            close_at_end=close_at_end, assumptions=assumptions, **options,
        )  # fmt: skip
