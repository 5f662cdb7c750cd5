"""What things are and mean: help, functions, explain, time, quit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import named
from ....lang.words.table import WORDS
from ....runtime.results.format import counted
from ....runtime.results.summary import wrapped
from ....stdlib import synonyms
from ....stdlib.catalogue import near, search
from ...terminal.console import read_source
from ...terminal.function_lines import lines_of
from .. import expressions, runs
from ..reply import Reply, columns_of, failed, told, with_warnings
from ..results import written_out
from .arguments import path_of
from .table import commands

if TYPE_CHECKING:
    from ....stdlib.catalogue import Row
    from ..session import Session


def help(session: Session, rest: str) -> Reply:
    """The commands; or what a command, a name of the program, a function or a word of the language is."""
    name = rest.strip().removeprefix(".")
    if not name:
        return told("help", _overview(session.look.width), commands=[_row(each) for each in commands()])
    told_of = [*_command(name), *_own(session, name), *_function(name), *_word(name)]
    found = [line for each in told_of for line in _fitting(each, session.look.width)]
    if found:
        return told("help", found, text="\n".join(found))
    rows = search(name) or near(name)
    if rows:
        lines = [f"nothing is called {named(name)}; functions that may be meant:", *(f"  {r.signature}" for r in rows)]
        return told("help", lines[:12], text="\n".join(lines))
    return failed(f"nothing is called {named(name)!r}: `.help` lists the commands, `.functions QUERY` the functions", 1)


def _fitting(line: str, width: int) -> list[str]:
    """A line as lines of a terminal, with the margin that it has."""
    margin = line[: len(line) - len(line.lstrip())]
    return [margin + part for part in wrapped(line.strip(), max(30, width - len(margin)))]


def _row(name: str) -> dict[str, str]:
    each = commands()[name]
    return {"name": name, "takes": each.takes, "does": each.does}


def _overview(width: int) -> Iterator[str]:
    yield "An expression shows its value over the data; `let`, `enter` … add to the program."
    yield "`_` is the last result, `_1` the first; `fast = 20` moves the parameter `fast`."
    group = ""
    wide = max(len(f".{each.name} {each.takes}") for each in commands().values() if len(each.takes) < 22)
    for each in commands().values():
        if each.group != group:
            group = each.group
            yield ""
            yield group
        called = f".{each.name} {each.takes}".rstrip()
        if len(called) > wide:
            yield f"  {called}"
            called = ""
        yield f"  {called:<{wide}}  {each.does}"[: max(width, 40)]
    yield ""
    yield "The dot may be left out where the word means nothing in the language."


def _command(name: str) -> Iterator[str]:
    if name in commands():
        each = commands()[name]
        yield f".{name} {each.takes}".rstrip()
        yield f"  {each.does}"
        options = _options(name)
        if options:
            yield f"  options: {' '.join(options)}"


def _options(name: str) -> list[str]:
    """Those of a command that has many."""
    from .data import data_parser
    from .runs import run_parser
    from .sweeps import sweep_parser

    made = {"data": data_parser, "run": run_parser, "sweep": sweep_parser}.get(name)
    return [] if made is None else made().options()


def _own(session: Session, name: str) -> Iterator[str]:
    """What the program calls so."""
    from ....lang.analysis.analysis import analyse
    from ....lang.analysis.hover import standing_at

    if not session.state.text.strip():
        return
    analysis = analyse(session.state.text)
    for definition in analysis.resolution.definitions:
        if definition.name == name and definition.span is not None and definition.statement is not None:
            found = standing_at(analysis, definition.span.start)
            if found is not None:
                yield found.title
                yield from (f"  {line}" for line in found.lines)
            return


def _function(name: str) -> Iterator[str]:
    yield from (line for row in search(name) if row.name == name for line in _indented(row))


def _indented(row: Row) -> Iterator[str]:
    """A function, what is known of it below."""
    first, *rest = lines_of(row)
    yield first
    yield from (f"  {line}" for line in rest)


def _word(name: str) -> Iterator[str]:
    """What is written comes before what is read of a run: `stop` is a clause, and then a reason."""
    for word in sorted(WORDS, key=lambda each: each.kind not in ("statement", "clause")):
        if word.name == name:
            unit = f" · unit {word.unit}" if word.unit is not None else ""
            yield f"{word.name}: {word.meaning} ({word.kind}{unit})"
            if word.example:
                yield f"  example: {word.example}"


def functions(session: Session, rest: str) -> Reply:
    """The names of all, or the functions that a query means."""
    query = rest.strip()
    if not query:
        from ....stdlib.catalogue import FAMILIES, catalogue

        lines: list[str] = []
        for family in FAMILIES:
            names = [row.name for row in catalogue() if row.family == family]
            lines += [family, *(f"  {line}" for line in columns_of(names, session.look.width - 2))]
        return told("functions", lines, functions=[row.name for row in catalogue()])
    found, other = search(query) or near(query), synonyms.otherwise(query)
    if not found and not other:
        return failed(f"no function matches {named(query)!r}: `.functions` lists every one", 1)
    lines = [other] if other else []
    lines += [line for row in found[:10] for each in _indented(row) for line in _fitting(each, session.look.width)]
    lines += [f"and {len(found) - 10} more: {', '.join(row.name for row in found[10:30])}"] if len(found) > 10 else []
    return told("functions", lines, functions=[dataclasses.asdict(row) for row in found])


def check(session: Session, rest: str) -> Reply:
    """All that is said of the program, and what it waits for."""
    program = runs.compiled(session)
    said = program.typed.diagnostics
    waits = [counted(count, "bar") + (f" of {clock}" if clock != "base" else "")
             for clock, count in program.warmup.items() if count]  # fmt: skip
    line = "no fault" + (f"; it waits for {' and '.join(waits)}" if waits else "")
    reply = told("check", [line], warmup=program.warmup, diagnostics=[])
    return with_warnings(reply, said, program.typed.sources, session.look)


def explain(session: Session, rest: str) -> Reply:
    """The program in plain English; of another file, what it means otherwise."""
    path, _ = path_of(rest)
    if path:
        from ....runtime.compiled.program import CompiledProgram

        changes = runs.compiled(session).explain_changes(CompiledProgram(read_source(path), path))
        return told("explain", changes.text().splitlines(), **changes.to_dict())
    found = runs.compiled(session).explain()
    return told("explain", found.text(session.look.width).splitlines(), **found.to_dict())


def time(session: Session, rest: str) -> Reply:
    """How long an expression takes: to be read, to be computed for the first time, and to be asked again."""
    if not rest:
        return failed("expected an expression: `.time rsi(close, 14)`")
    from ....runtime.run.kept_values import KeptValues

    session.needed()
    text = written_out(rest, session.results)
    began = perf_counter()
    typed, said, sources = expressions.typed_of(session, text)
    read = perf_counter() - began
    if typed is None:
        from ..reply import faulty

        return faulty(said, sources, session.look)
    kept = KeptValues()  # of its own, so that the first time is the first
    began = perf_counter()
    expressions.evaluate(session, typed, expressions.VALUE, kept)
    first = perf_counter() - began
    began = perf_counter()
    expressions.evaluate(session, typed, expressions.VALUE, kept)
    again = perf_counter() - began
    bars = session.needed().bars
    line = f"read in {_ms(read)}, computed over {bars:,} bars in {_ms(first)}, asked again {_ms(again)}"
    return told("time", [line], read=read, first=first, again=again, bars=bars)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def quit(session: Session, rest: str) -> Reply:
    """Leave; once more where something is not saved."""
    return leave(session)


def leave(session: Session) -> Reply:
    """The end, or a word about what would be lost, said once."""
    if session.asks_before_leaving and session.state.unsaved and not session.warned_of_leaving:
        session.warned_of_leaving = True
        return failed("the program is not saved: `save NAME.strat` keeps it; once more, and it is left", 0)
    return Reply("quit", ends=True)
