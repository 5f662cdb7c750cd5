"""Options by name: declared once, refused with the nearest where they are none, and shown by `help`."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import Assumptions
from stratagem.runtime.data.load import load_bars
from stratagem.runtime.run.options import ASSUMED, DATA_OPTIONS

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = sg.compile("param n = 3\nenter long when close > sma(close, n)\nexit long when close < open")
WAYS: dict[str, Callable[..., Any]] = {
    "backtest": lambda **options: PROGRAM.backtest("sample:AAPL", **options),
    "sweep": lambda **options: PROGRAM.sweep("sample:AAPL", {"n": [3]}, **options),
    "verify": lambda **options: PROGRAM.verify("sample:AAPL", **options),
    "session": lambda **options: PROGRAM.session(timeframe="1d", **options),
    "evaluate": lambda **options: sg.evaluate("close", "sample:AAPL", **options),
}


@pytest.mark.parametrize("way", [way for way in WAYS if way != "evaluate"])
def test_a_parameter_given_as_an_option_is_told_where_it_belongs(way: str) -> None:
    with pytest.raises(sg.RunError, match='no option `n`: it is a parameter of the program, params={"n": 20}'):
        WAYS[way](n=20)


@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_is_no_option_is_refused_with_the_nearest(way: str) -> None:
    with pytest.raises(sg.RunError, match="no option `fe`: did you mean `fee`"):
        WAYS[way](fe="1%")
    with pytest.raises(sg.RunError, match="no option `whatever_it_is`: there are"):
        WAYS[way](whatever_it_is=3)


@pytest.mark.parametrize(
    ("given", "meant"), [("commission", "fee"), ("commision", "fee"), ("cash", "capital"), ("freq", "timeframe")]
)
def test_what_other_tools_call_an_option_is_known(given: str, meant: str) -> None:
    with pytest.raises(sg.RunError, match=f"no option `{given}`: did you mean `{meant}`"):
        PROGRAM.backtest("sample:AAPL", **{given: 1})


@pytest.mark.parametrize(("given", "meant"), [("from", "from_"), ("start", "from_"), ("end", "to")])
def test_the_period_is_found_by_its_names_elsewhere(given: str, meant: str) -> None:
    for run in (PROGRAM.backtest, lambda data, **options: PROGRAM.sweep(data, {"n": [3]}, **options)):
        with pytest.raises(sg.RunError, match=f"did you mean `{meant}`"):
            run("sample:AAPL", **{given: "2005"})


def test_a_session_reads_no_data() -> None:
    with pytest.raises(sg.RunError, match="no option `data_tz`"):
        PROGRAM.session(timeframe="1d", data_tz="UTC")  # type: ignore[call-arg]


def test_the_lists_are_those_of_what_reads_them() -> None:
    loading = {n for n, p in inspect.signature(load_bars).parameters.items() if p.kind is p.KEYWORD_ONLY}
    of_runs = {"strict", "symbols", "universe", "instruments", "fx", "magnify"}
    assert loading - {"on", "tz"} == DATA_OPTIONS - of_runs, "what is loaded is then refused or not"
    others = {"tz", "guards", "leverage", "currency", "quote_currency", "conversion"}  # or none
    assert set(Assumptions().echo()) | others == ASSUMED


@pytest.mark.parametrize("function", [PROGRAM.backtest, PROGRAM.sweep, PROGRAM.verify, PROGRAM.session, sg.evaluate])
def test_help_shows_every_option(function: Callable[..., Any]) -> None:
    shown = inspect.signature(function).parameters
    assert shown.keys() >= ASSUMED and not any(p.kind is p.VAR_KEYWORD for p in shown.values())
    assert (shown.keys() >= DATA_OPTIONS) == (function.__name__ != "session")


def test_a_type_checker_finds_a_name_that_is_none(tmp_path: Path) -> None:
    script = tmp_path / "host.py"
    script.write_text(
        "import stratagem as sg\nprogram = sg.compile('let a = close')\n"
        "program.backtest('sample:AAPL', fee='0.1%', close_at_end=True)\nprogram.backtest('sample:AAPL', fe='0.1%')\n"
        "program.sweep('sample:AAPL', {'n': [1]}, polcy='drop')\n",
        encoding="utf-8",
    )
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "stratagem").symlink_to(ROOT)
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--follow-imports=silent", str(script)]
    environment = {**os.environ, "MYPYPATH": str(tmp_path / "path")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [line.split(":")[1] for line in errors] == ["4", "5"], done.stdout
    assert '"fe"' in errors[0] and '"polcy"' in errors[1]
