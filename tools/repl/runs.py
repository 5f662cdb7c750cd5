"""Runs of the program: made once for what they rest on, and made again where that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.model import CompileError
from ...runtime.data.errors import DataError
from ...runtime.errors import RunError
from ...runtime.results.format import shown
from ...runtime.results.metrics.definitions import DEFINITIONS, Value
from ..terminal.console import Failure, UsageError, aligned
from .reply import Reply, of_error
from .state import Ran

if TYPE_CHECKING:
    from ...lang.plan.model import Plan
    from ...runtime.compiled.program import CompiledProgram
    from .session import Session

COMPARED = ("final_equity", "return", "max_drawdown", "sharpe", "trades")
"""What is told of a run beside the one before."""


def ran(session: Session, options: Mapping[str, Any] | None = None) -> Ran:
    """The run of the program as it is; the last one, where neither its text nor what it rests on has changed.

    options: of this run, over those of the session. UsageError where there is nothing to run.
    """
    data = session.needed()
    program = compiled(session, trades=True)
    asked = {**session.options, **(options or {})}
    key = _key(session, program, asked)
    before = session.ran
    if before is not None and before.key == key and before.program.source == program.source:
        return before
    from ...runtime.run.backtest import backtest

    result = backtest(program, data.held, session.values, **{**data.options, **asked})
    session.ran = Ran(key, program, result, dict(options or {}))
    return session.ran


def compiled(session: Session, *, trades: bool = False) -> CompiledProgram:
    """The program, ready to run; UsageError where there is none or, if it has to trade, it does not."""
    from ...runtime.compiled.program import CompiledProgram

    if not session.state.text.strip():
        raise UsageError("there is no program yet: `load FILE`, or enter its statements")
    name = session.state.path or "<shell>"
    program = CompiledProgram(session.state.text.encode(), name, timezone=session.timezone)
    if trades and not program.plan.decisions and not program.is_several:
        raise UsageError("the program trades nothing yet: `enter long when …` does")
    return program


def _key(session: Session, program: CompiledProgram, asked: Mapping[str, Any]) -> str:
    """Of all that a run rests on: not of titles and comments, and not of what nobody reads."""
    from ...lang.plan.codec import to_json

    if program.is_several:
        whole = program.several
        levels = tuple(replace(level, plan=_bare(level.plan)) for level in whole.levels)
        account = None if whole.account is None else _bare(whole.account)
        plans, told = whole.plans, to_json(replace(whole, main=_bare(whole.main), levels=levels, account=account))
    else:
        plans, told = (program.plan,), to_json(_bare(program.plan))
    read = {str(name) for plan in plans for kind, name, _ in plan.stage if kind == "param"}
    values = sorted((name, value) for name, value in session.values.items() if name in read)
    rests = f"{told} {values!r} {sorted(asked.items(), key=lambda each: each[0])!r}"
    return hashlib.sha256(rests.encode()).hexdigest()


def _bare(plan: Plan) -> Plan:
    """A plan without what is only said of it, and without parameters: those that are read stand in its stage."""
    return replace(plan, title="", source_hash="", params=())


def once(session: Session) -> None:
    """A run to compare with, before a parameter is moved, where none was made; without data, or trades, none can be."""
    if session.ran is None and session.data is not None:
        with suppress(CompileError, DataError, RunError, Failure, OSError):  # told when it is asked for
            ran(session)


def again(session: Session) -> Reply | None:
    """After a change: the run as it is now beside the one before; None where none was made, or nothing changed."""
    before = session.ran
    if before is None or session.data is None:
        return None
    try:
        if before.key == _key(session, compiled(session, trades=True), {**session.options, **before.options}):
            return None
        now = ran(session, before.options)
    except (UsageError, CompileError) as error:
        session.ran = None
        return of_error(error, session.look)
    return Reply("run", tuple(_compared(before, now)), document(now))


def _compared(before: Ran, now: Ran) -> Iterator[str]:
    """Each figure before and now, one a line of a column."""
    rows = [["", *(DEFINITIONS[name].title for name in COMPARED)]]
    for word, each in (("before", before), ("now", now)):
        rows.append([word, *(_figure(each.result.values[name], name) for name in COMPARED)])
    yield from (f"  {line}" for line in aligned(rows, words=1))


def _figure(value: Value, name: str) -> str:
    return shown(value, DEFINITIONS[name].unit, name == "return")


def document(made: Ran) -> dict[str, Any]:
    """The figures of a run, as `strat backtest --json` gives them."""
    stats = dict(made.result.stats)
    stats.pop("elapsed", None)
    return stats
