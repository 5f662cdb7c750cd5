"""`%%strat` and `%strat`, by a shell as notebooks have it; the example notebooks, run whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("IPython", reason="the magics are an extra: pip install 'stratagem[notebook]'")

from IPython.core.interactiveshell import InteractiveShell
from stratagem import Result
from stratagem.tools.notebook import progress

NOTEBOOKS = sorted((Path(__file__).resolve().parents[3] / "examples" / "notebooks").glob("*.ipynb"))
CROSS = """param fast = 50
enter long when cross_above(sma(close, fast), sma(close, 200))
exit long when cross_below(sma(close, fast), sma(close, 200))
"""


@pytest.fixture(scope="module")
def made() -> Iterator[InteractiveShell]:
    shell = InteractiveShell.instance()
    shell.run_cell("%load_ext stratagem")
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def shell(made: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> InteractiveShell:
    """A shell that knows the magics, and has said nothing yet."""
    capsys.readouterr()
    return made


def test_a_cell_is_a_program_and_what_came_of_it(shell: InteractiveShell) -> None:
    line = "%%strat cross --data sample:AAPL --param fast=20 --fee 0.1% --quote-currency USD"
    found = shell.run_cell(f"{line}\n{CROSS}").result
    assert isinstance(found, Result) and found is shell.user_ns["cross_result"]
    assert found.stats["strategy"] == "cross" and found.stats["assumptions"]["fee"] == "0.1%"
    own = shell.user_ns["cross"].backtest("sample:AAPL", {"fast": 20}, fee="0.1%")
    assert own.stats["final_equity"] == found.stats["final_equity"]
    assert "<table" in found._repr_html_()


def test_tables_are_shown_as_tables(shell: InteractiveShell) -> None:
    shell.run_cell(f"%%strat cross --data sample:AAPL\n{CROSS}")
    found = shell.run_cell("cross_result.trades").result
    shown = shell.display_formatter.format(found)[0]["text/html"]
    assert shown.count("<tr>") == min(20, len(found)) + 1 + (len(found) > 20) and "<th>pnl</th>" in shown


def test_data_are_a_name_of_the_notebook(shell: InteractiveShell) -> None:
    shell.run_cell("import stratagem as sg\nbars = sg.load_bars('sample:MSFT')")
    assert shell.run_cell(f"%%strat --data bars\n{CROSS}").result.stats["symbol"] == "MSFT"
    assert shell.run_cell(f"%%strat later\n{CROSS}").result is shell.user_ns["later"]


def test_a_line_is_an_expression_over_the_data_named_last(shell: InteractiveShell) -> None:
    found = shell.run_cell('%strat rsi(close, 14) > 70 and weekday == monday --data "sample:AAPL"')
    assert found.result.dtype == bool and 0 < found.result.sum() < 1_000
    again = shell.run_cell("%strat sma(close, 3)").result
    assert np.isnan(again[:2]).all() and np.isfinite(again[2:]).all()


def test_a_run_that_fails_leaves_no_result_of_another_program(shell: InteractiveShell) -> None:
    assert shell.run_cell(f"%%strat x --data sample:AAPL\n{CROSS}").success
    assert not shell.run_cell(f"%%strat x --data no_such.csv\n{CROSS}").success
    assert "x_result" not in shell.user_ns
    assert not shell.run_cell("%strat close --data no_such.csv").success
    assert len(shell.run_cell("%strat -close").result) == 3270  # data that could be read are those of the next line


def test_faults_are_told_and_not_traced(shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    for cell in (
        "%%strat\nenter long when clse > 1", 'import stratagem as sg\nsg.compile("enter long when clse > 1")',
    ):  # fmt: skip
        assert not shell.run_cell(cell).success
        told = capsys.readouterr().out
        assert "E101" in told and "did you mean `close`?" in told and "Traceback" not in told and ".py" not in told
    assert not shell.run_cell(f"%%strat --data no_such.csv\n{CROSS}").success
    told = capsys.readouterr().out
    assert "no_such.csv" in told and "Traceback" not in told


def test_warnings_are_told(shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run_cell("%%strat\nenter long when close > open").success
    assert "W601" in capsys.readouterr().err


@pytest.mark.parametrize(("cell", "told"), [
    (f"%%strat 1x\n{CROSS}", "cannot be the name"),
    (f"%%strat class\n{CROSS}", "cannot be the name"),
    (f"%%strat get_ipython\n{CROSS}", "cannot be the name"),
    (f"%%strat print\n{CROSS}", "cannot be the name"),
    (f"%%strat a b\n{CROSS}", "one name is enough"),
    (f"%%strat --param fast=2\n{CROSS}", "needs --data"),
    (f"%%strat --data sample:AAPL --param fast\n{CROSS}", "NAME=VALUE"),
    (f"%%strat --data sample:AAPL --data sample:IBM\n{CROSS}", "given twice"),
    (f"%%strat --data sample:AAPL --assume capital=5 --capital 7\n{CROSS}", "given twice"),
    (f"%%strat --dta x\n{CROSS}", "there is no option --dta"),
    (f"%%strat --data\n{CROSS}", "takes a value"),
    ('%strat "a', "No closing quotation"),
    ("%strat", "takes an expression"),
    ("%strat close --plot", "there is no option --plot"),
])  # fmt: skip
def test_what_is_not_understood_is_told(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, told: str
) -> None:
    assert not shell.run_cell(cell).success
    printed = capsys.readouterr()
    assert told in printed.err + printed.out and "Traceback" not in printed.err + printed.out


def test_long_work_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Handle:
        def update(self, told: Any) -> None:
            shown.append(told.data)

    def display(told: Any, display_id: bool) -> Handle:
        shown.append(told.data)
        return Handle()

    monkeypatch.setattr(progress, "display", display)
    seconds = iter([0.0, 0.5, 1.5, 1.6, 2.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(seconds))
    with progress.Line() as line:
        for done in range(4):
            line.tell("running", done, 10)
    assert ["10 %" in told for told in shown] == [True, False, False]
    assert "30 %" in shown[1] and shown[2] == ""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_example_notebooks_run(path: Path, tmp_path: Path) -> None:
    """Every cell, in a kernel of its own: none fails, and what is shown is kept in the file without times."""
    client = pytest.importorskip("nbclient", reason="running notebooks needs nbclient")
    import nbformat

    book = nbformat.read(path, as_version=4)
    client.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) >= 4 and all(cell.execution_count for cell in code)
    assert not [out for cell in code for out in cell.outputs if out.output_type == "error"]


def test_there_are_three_example_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["first_strategy", "reading_a_result", "research_of_an_idea"]
