"""A trial run of a draft: whether it trades, and how often each part of each condition held.

What a condition is made of is published as signals of their own beside the program, so that it runs as it would and
is counted by the engine itself, on one symbol or on several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...lang.diagnostics.brief import flowing, one_line
from ...lang.diagnostics.model import CompileError
from ...lang.syntax import tree
from ...lang.syntax.parse import parse
from ...runtime.compiled.program import CompiledProgram, compile
from ...runtime.data.errors import DataError
from ...runtime.errors import RunError
from ...runtime.limits import Cancel, Limits
from ...runtime.results.format import counted, percent
from ...runtime.results.result import Result
from ...runtime.run.short import run_short

SAMPLE = "sample:AAPL"
"""What a draft is tried on where no data are given: daily bars of 13 years."""
MOST_PARTS = 60
LONGEST = 100
"""Characters of a part that are shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a condition is made of, as it is written, and on how many bars it held."""

    text: str
    held: int


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of a statement: on how many bars all of it held, and each part."""

    statement: str
    line: int
    held: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """What a trial run showed. problem: why there was none, "" otherwise; bars: of all symbols together.

    stats: the headlines of the run, as `strat backtest --json` calls them.
    """

    data: str
    problem: str = ""
    symbols: tuple[str, ...] = ()
    bars: int = 0
    span: tuple[str, str] = ("", "")
    trades: int = 0
    conditions: tuple[Condition, ...] = ()
    stats: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """For people: first whether it traded at all."""
        return tuple(_told(self))

    def to_dict(self) -> dict[str, Any]:
        """For `json.dumps`."""
        conditions = [
            {"statement": c.statement, "line": c.line, "held": c.held,
             "parts": [{"text": part.text, "held": part.held} for part in c.parts]}
            for c in self.conditions
        ]  # fmt: skip
        return {
            "data": self.data, "problem": self.problem, "symbols": list(self.symbols), "bars": self.bars,
            "from": self.span[0], "to": self.span[1], "trades": self.trades, "conditions": conditions,
            "stats": dict(self.stats), "notes": list(self.notes),
        }  # fmt: skip


def probe(
    program: CompiledProgram, data: object = None, *, limits: Limits | None = None, cancel: Cancel | None = None
) -> Probe:
    """Run a program on data, or on a sample; never raises for what the program or the data are.

    limits, cancel: as of a backtest; Cancelled is raised.
    """
    called = SAMPLE if data is None else data if isinstance(data, str) else type(data).__name__
    said = list(_conditions(program.text))
    try:
        watched, counts = _with_signals(program, said)
        result = run_short(watched, SAMPLE if data is None else data, limits, cancel)
    except (CompileError, DataError, RunError, OSError) as error:
        if cancel is not None and cancel.cancelled:
            raise
        return Probe(called, problem=_why(str(error), sample=data is None))
    return _found(called, result, said, counts)


def _why(message: str, *, sample: bool) -> str:
    return f"{message}; the sample has daily bars of AAPL: give data of your own (--data)" if sample else message


_HEADLINES = ("return", "benchmark_return", "max_drawdown", "win_rate", "exposure", "final_equity", "denied", "warmup")


def _found(called: str, result: Result, said: Sequence[_Said], counts: Mapping[str, str]) -> Probe:
    runs = list(result.symbols.values())
    held = {text: sum(int(run.series[name].sum()) for run in runs) for text, name in counts.items()}
    stats = result.stats
    conditions = (Condition(s.statement, s.line, held.get(s.whole, 0), tuple(Part(_short(p), held[p]) for p in s.parts))
                  for s in said if s.whole in held)  # fmt: skip
    bars = sum(len(run.bars) for run in runs)
    return Probe(
        called, "", tuple(result.symbols), bars, (str(stats["from"])[:10], str(stats["to"])[:10]), int(stats["trades"]),
        tuple(conditions), {name: stats[name] for name in _HEADLINES}, result.notes,
    )  # fmt: skip


# --- what is counted -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement and its condition, in parts, as they are written."""

    statement: str
    line: int
    whole: str
    parts: tuple[str, ...]


def _conditions(text: str) -> Iterator[_Said]:
    """The conditions of what trades, in the order of the text; one that is true or false goes without saying."""
    module = parse(text).module
    lets = {each.name: each.value for each in module.statements if isinstance(each, tree.Let)}
    for statement in module.statements:
        when = getattr(statement, "condition", None)
        if when is None or isinstance(statement, tree.Require) or isinstance(when, tree.Bool):
            continue
        parts = tuple(dict.fromkeys(_text(text, part) for part in _parts(when, lets)))
        head = flowing(text[statement.span.start : when.span.start]).removesuffix(" when")
        yield _Said(head, text.count("\n", 0, statement.span.start) + 1, _text(text, when), parts)


def _parts(expr: tree.Expr, lets: Mapping[str, tree.Expr]) -> Iterator[tree.Expr]:
    """What `and` and `or` join, and `not` turns round; a name of such a condition is opened."""
    opened = lets.get(expr.name) if isinstance(expr, tree.Name) else None
    if opened is not None and isinstance(opened, tree.Binary) and opened.operator in ("and", "or"):
        yield from _parts(opened, {name: value for name, value in lets.items() if value is not opened})
    elif isinstance(expr, tree.Binary) and expr.operator in ("and", "or"):
        yield from _parts(expr.left, lets)
        yield from _parts(expr.right, lets)
    else:
        yield expr


def _text(text: str, expr: tree.Expr) -> str:
    return text[expr.span.start : expr.span.end]


def _short(text: str) -> str:
    return one_line(flowing(text), LONGEST)


def _with_signals(program: CompiledProgram, said: Sequence[_Said]) -> tuple[CompiledProgram, dict[str, str]]:
    """The program with a signal for each condition and part; text -> the name of its signal."""
    text = program.text
    head = "counted"
    while head in text:
        head += "_"
    wanted = list(dict.fromkeys(part for s in said for part in (s.whole, *s.parts)))[:MOST_PARTS]
    names = {part: f"{head}_{at}" for at, part in enumerate(wanted)}
    signals = "".join(f"\nemit {name} when {part}\n" for part, name in names.items())
    return compile(f"{text}\n{signals}".encode(), limits=program.limits), names


# --- in words ------------------------------------------------------------------------------------------


def _told(found: Probe) -> Iterator[str]:
    if found.problem:
        yield f"It could not be tried on {one_line(found.data, LONGEST)}: {one_line(found.problem, 400)}"
        return
    whole = f"{counted(found.bars, 'bar')} of {one_line(', '.join(found.symbols), 60)}"
    yield f"Tried on {whole}, {found.span[0]} to {found.span[1]}: {_outcome(found)}."
    for condition in found.conditions:
        yield f"line {condition.line}, {condition.statement}: {_held(condition, found.bars)}"


def _outcome(found: Probe) -> str:
    if not found.trades:
        return f"it never traded; {_culprit(found)}".rstrip("; ")
    made, hold = (percent(found.stats[name], "+") for name in ("return", "benchmark_return"))
    fell = percent(found.stats["max_drawdown"])
    return f"{counted(found.trades, 'trade')}, {made} (buying and holding: {hold}), largest drawdown {fell}"


def _culprit(found: Probe) -> str:
    """The first part of an entry that never held, or that the parts never held together."""
    for condition in found.conditions:
        if condition.held or not condition.statement.startswith(("enter", "atomic", "sequence", "rebalance")):
            continue
        for at, part in enumerate(condition.parts, 1):
            if not part.held:
                which = f"part {at}, " if len(condition.parts) > 1 else ""
                return f"{condition.statement}: {which}`{part.text}`, held on 0 of {counted(found.bars, 'bar')}"
        return f"{condition.statement}: its parts never held together"
    return ""


def _held(condition: Condition, bars: int) -> str:
    """`a` held on 12 of 3,270 bars; of several parts: `a` held on 12, `b` on 1,870, all of it on 4, of 3,270 bars."""
    told = [f"`{part.text}`{'' if at else ' held'} on {part.held:,}" for at, part in enumerate(condition.parts)]
    if len(told) > 1:
        told.append(f"all of it on {condition.held:,}")
    return f"{', '.join(told)}{',' if len(told) > 1 else ''} of {counted(bars, 'bar')}"
