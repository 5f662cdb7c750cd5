"""`%%strat` and `%strat`: a strategy in a cell, an expression on a line; faults as they are told elsewhere.

    %load_ext stratagem

    %%strat cross --data sample:AAPL --param fast=20
    param fast = 50
    enter long when cross_above(sma(close, fast), sma(close, 200))
    exit long when cross_below(sma(close, fast), sma(close, 200))

The program is `cross` from then on, what came of it `cross_result`.
"""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, NoReturn

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.display import display

from ...lang.diagnostics.model import CompileError
from ...lang.diagnostics.render import render
from ...runtime.compiled.program import CompiledProgram
from ...runtime.data.errors import DataError
from ...runtime.errors import RunError
from ...runtime.progress import watched
from ...runtime.results.frames import html_table
from ...runtime.run.evaluate import evaluate
from .progress import Line

TOLD = (CompileError, DataError, RunError)
"""What is the text's or the data's fault: told without a traceback, wherever in a notebook it is raised."""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"%%strat: {message}\n{self.format_usage().strip()}")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise UsageError(message or self.format_help())


def _parser(cell: bool) -> _Parser:
    made = _Parser(prog="%%strat" if cell else "%strat", allow_abbrev=False)
    if cell:
        made.add_argument("name", nargs="?", default="program", help="what the program is called from then on")
        made.add_argument("--plot", action="store_true", help="show the run's own page, too")
        made.add_argument("--capital", metavar="V", help="what the account begins with")
        made.add_argument("--assume", action="append", default=[], metavar="NAME=VALUE", help="an assumption")
    else:
        made.add_argument("expression", nargs="+", help="an expression of the language")
    made.add_argument("--data", metavar="DATA", help="a name of the notebook, a file, a folder or sample:NAME")
    made.add_argument("--param", action="append", default=[], metavar="K=V", help="the value of a parameter")
    return made


@magics_class
class StratMagics(Magics):  # type: ignore[misc]  # IPython's own decorators have no types
    """The magics; the data named last are those of the next line."""

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self._data: Any = None

    @line_cell_magic  # type: ignore[untyped-decorator]
    def strat(self, line: str, cell: str | None = None) -> object:
        """A strategy in a cell (`%%strat NAME --data DATA`), or an expression on a line (`%strat rsi(close, 14)`)."""
        try:
            words = shlex.split(line, posix=cell is not None)
        except ValueError as error:
            raise UsageError(f"%strat: {error}: {line!r}") from None
        return self._line(words) if cell is None else self._cell(words, cell)

    def _line(self, words: Sequence[str]) -> object:
        asked = _parser(cell=False).parse_args(words)
        if asked.data is not None:
            self._data = self._meant(asked.data)
        if self._data is None:
            raise UsageError("%strat: no data yet; add --data, for example --data sample:AAPL")
        with Line() as shown, watched(shown.tell):
            return evaluate(" ".join(asked.expression), self._data, params=_pairs(asked.param, "--param") or None)

    def _cell(self, words: Sequence[str], text: str) -> object:
        asked = _parser(cell=True).parse_args(words)
        if not asked.name.isidentifier():
            raise UsageError(f"%%strat: {asked.name!r} cannot be the name of a program: letters, digits and _")
        if asked.data is None and (asked.param or asked.assume or asked.plot or asked.capital is not None):
            raise UsageError("%%strat: what is said of a run needs --data; without it the cell is only compiled")
        program = CompiledProgram(text.encode("utf-8", "surrogatepass"), asked.name)
        self._tell(program)
        self.shell.user_ns[asked.name] = program
        if asked.data is None:
            return program
        self._data = self._meant(asked.data)
        assumed: dict[str, object] = dict(_pairs(asked.assume, "--assume"))
        if asked.capital is not None:
            assumed["capital"] = asked.capital
        with Line() as shown, watched(shown.tell):
            result = program.backtest(self._data, dict(_pairs(asked.param, "--param")), assumptions=assumed)
        self.shell.user_ns[f"{asked.name}_result"] = result
        for note in result.notes:
            print(f"note: {note}", file=sys.stderr)
        if asked.plot:
            display(result.plot())
        return result

    @staticmethod
    def _tell(program: CompiledProgram) -> None:
        """The warnings of a text that is sound."""
        if program.diagnostics:
            print(render(program.diagnostics, program.typed.sources, colour=True), file=sys.stderr)

    def _meant(self, data: str) -> Any:
        """What a name of the notebook stands for; a path or a sample as it is."""
        bare = data[1:-1] if len(data) > 1 and data[0] == data[-1] and data[0] in "\"'" else data
        return self.shell.user_ns.get(bare, bare)


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    wrong = next((one for one, (name, sign, _) in zip(given, pairs, strict=True) if not name or not sign), None)
    if wrong is not None:
        raise UsageError(f"%strat: {option} takes NAME=VALUE, found {wrong!r}")
    return {name: value for name, _, value in pairs}


def load(shell: InteractiveShell) -> None:
    """Register the magics, show tables as tables, and tell faults of texts and data without a traceback."""
    shell.register_magics(StratMagics(shell))
    shell.set_custom_exc(TOLD, _told)
    if shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type_by_name("pyarrow.lib", "Table", html_table)


def _told(shell: InteractiveShell, kind: type[BaseException], error: BaseException, trace: Any, **_: Any) -> list[str]:
    """What a fault says, and nothing of where in this library it was found."""
    told = render(error.diagnostics, error.sources, colour=True) if isinstance(error, CompileError) else str(error)
    lines = told.splitlines() or [kind.__name__]
    shell._showtraceback(kind, error, lines)
    return lines
