"""`strat check FILE…`: diagnostics, and what the strategy needs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ...lang.diagnostics.model import CompileError, Diagnostic
from ...lang.diagnostics.render import to_json
from ...lang.plan.model import Several
from ...runtime.compiled.compiled import Compiled
from ..terminal.console import INPUT, OutsideError, UsageError, print_json, read_source, show, show_diagnostics

EXAMPLE = "strat check strategies/golden_cross.strat"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON document: the list of diagnostics")
    parser.add_argument("--emit", choices=("tree", "program", "plan", "llvm"), help="print a stage instead")
    parser.add_argument("--fix", action="store_true", help="apply the safe fixes to the files")
    parser.add_argument("--diff", action="store_true", help="with --fix: show what would change, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    if arguments.emit and len(arguments.files) > 1:
        raise UsageError("--emit prints one file")
    if arguments.emit and arguments.json:
        raise UsageError("--emit prints a stage and --json the diagnostics: give one of the two")
    if arguments.diff and not arguments.fix:
        raise UsageError("--diff shows what --fix would change: give both")
    documents: list[dict[str, Any]] = []
    failed = False
    unread: list[str] = []
    for path in arguments.files:
        try:
            diagnostics, sources, program = _check(path, fix=arguments.fix, only_show=arguments.diff)
        except OutsideError as error:  # the other files are checked all the same
            unread.append(str(error))
            continue
        documents += [to_json(d, sources) for d in diagnostics]
        failed |= any(d.stops for d in diagnostics)
        if not arguments.json:
            show_diagnostics(diagnostics, sources)
            if program is not None:
                if arguments.emit:
                    print(_emitted(program, path, arguments.emit))
                else:
                    show(_needs(program, path))
    if unread:
        raise OutsideError("; ".join(unread), documents)
    if arguments.json:
        print_json(documents)
    return INPUT if failed else 0


def _check(path: str, *, fix: bool, only_show: bool) -> tuple[tuple[Diagnostic, ...], dict[str, str], Compiled | None]:
    text = read_source(path)
    if fix:
        from .fixing import fixed

        text = fixed(path, text, only_show=only_show)
    return _compiled(text, path)


def _compiled(text: bytes, path: str) -> tuple[tuple[Diagnostic, ...], dict[str, str], Compiled | None]:
    """Diagnostics with the sources they point into; the program where there is one and it can be run.

    A file that is unchanged and without fault is not read again: its plan is kept.
    """
    sources = {path: text.decode("utf-8", "replace")}
    try:
        program = Compiled(text, path)
    except CompileError as error:
        return error.diagnostics, sources | dict(error.sources), None
    if not program.kept.warnings:
        return (), sources, program
    return program.diagnostics, dict(program.typed.sources), program


def _needs(program: Compiled, path: str) -> list[str]:
    """Warm-up per clock, memory, cost and the data needed."""
    from ...lang.inputs.parameters import domain, written
    from ...lang.plan.constants import evaluate_params, warmup
    from ...runtime.results.format import counted

    made, several = program.plan, program.several
    bars = warmup(made, evaluate_params(made, {}))
    clocks = ", ".join(f"{counted(count, 'bar')} of {clock}" for clock, count in bars.items())
    own = sorted({c.name for plan in several.plans for c in plan.columns if c.source == "data"})
    size, cost = sum(plan.state.bytes for plan in several.plans), sum(plan.cost for plan in several.plans)
    each = " for each symbol" if program.is_several else ""
    frames = dict.fromkeys(clock.timeframe for plan in several.plans for clock in plan.clocks)
    lines = [
        f"{path}: {made.title or Path(path).stem}",
        f"  symbols     {_symbols(several)}",
        f"  timeframe   {made.timeframe or 'any'}" + (f", reads {', '.join(frames)}" if frames else ""),
        f"  warm-up     {clocks} (with the parameters' defaults)",
        f"  memory      {size:,} bytes of state{each}; about {counted(cost, 'step')} a bar{each}",
    ]
    if own:
        lines.append(f"  columns     {', '.join(own)} besides open, high, low, close, volume")
    for param in made.params:
        takes = domain(param) + _step(param)
        lines.append(f"  param       {param.name} = {written(param, param.default)}, takes {takes}")
    return lines


def _step(param: Any) -> str:
    from ...lang.inputs.parameters import written

    return f" in steps of {written(param, param.step)}" if param.step is not None else ""


def _symbols(several: Several) -> str:
    """Those that are traded, and those that have to be there besides."""
    traded = f"the universe {several.universe}" if several.universe else ", ".join(several.main.symbols) or "any"
    others = [symbol for symbol in several.named if symbol not in several.main.symbols]
    return traded + (f"; reads {', '.join(others)}" if others else "")


def _emitted(program: Compiled, path: str, stage: str) -> str:
    if stage == "tree":
        import pprint

        from ...lang.syntax.parse import parse

        return pprint.pformat(parse(program.source, path).module, width=118)
    if stage == "program":
        from ...lang.program.show import show

        return show(program.typed).rstrip("\n")
    if stage == "plan":
        import pprint

        return pprint.pformat(program.several if program.is_several else program.plan, width=118)
    try:
        from ...runtime.native.emit import emit
    except ImportError as error:
        raise OutsideError(f"the native engine cannot be loaded: {error}") from None
    return emit(program.plan).rstrip("\n")
