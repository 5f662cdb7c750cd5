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
from collections.abc import Sequence
from typing import Any

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
from .words import name_of, read

TOLD = (CompileError, DataError, RunError)
"""What is the text's or the data's fault: told without a traceback, wherever in a notebook it is raised."""


@magics_class
class StratMagics(Magics):  # type: ignore[misc]  # IPython's own decorators have no types
    """The magics; the data named last are those of the next line."""

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self._data: Any = None

    @line_cell_magic  # type: ignore[untyped-decorator]
    def strat(self, line: str, cell: str | None = None) -> object:
        """A strategy in a cell (`%%strat NAME --data DATA`), or an expression on a line (`%strat rsi(close, 14)`)."""
        magic = "%strat" if cell is None else "%%strat"
        try:
            words = shlex.split(line, posix=cell is not None)
        except ValueError as error:
            raise UsageError(f"{magic}: {error}: {line!r}") from None
        return self._line(words) if cell is None else self._cell(words, cell)

    def _line(self, words: Sequence[str]) -> object:
        asked = read(words, "%strat")
        if not asked.rest:
            raise asked.wrong("it takes an expression, such as rsi(close, 14)")
        data = self._data if asked.data is None else self._meant(asked.data)
        if data is None:
            raise asked.wrong("no data yet; add --data, for example --data sample:AAPL")
        with Line() as shown, watched(shown.tell):
            found = evaluate(" ".join(asked.rest), data, params=asked.params or None)
        self._data = data  # those that could be read
        return found

    def _cell(self, words: Sequence[str], text: str) -> object:
        asked = read(words, "%%strat")
        name = name_of(asked, tuple(self.shell.user_ns_hidden))
        program = CompiledProgram(text.encode("utf-8", "surrogatepass"), name)
        self._tell(program)
        self.shell.user_ns[name] = program
        self.shell.user_ns.pop(f"{name}_result", None)  # of another program
        if asked.data is None:
            return program
        data = self._meant(asked.data)
        with Line() as shown, watched(shown.tell):
            result = program.backtest(data, dict(asked.params), assumptions=dict(asked.assumed))
        self._data = data
        self.shell.user_ns[f"{name}_result"] = result
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
