"""Bitcode by symbol: compiled once, kept, and made again when the function changes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.native import symbols
from stratagem.runtime.native.library import Library
from stratagem.runtime.native.store import Store

from . import steps


def test_what_is_missing_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    original = Library._compiled

    def counting(self: Library, symbol: str) -> bytes:
        compiled.append(symbol)
        return original(self, symbol)

    monkeypatch.setattr(Library, "_compiled", counting)
    first = Library(Store(tmp_path), steps.function)
    assert first.missing(["op_ema", "op_sma"]) == ["op_ema", "op_sma"]
    held = first.bitcode("op_ema")
    assert first.bitcode("op_ema") is held
    assert first.missing(["op_ema", "op_sma"]) == ["op_sma"]
    assert Library(Store(tmp_path), steps.function).bitcode("op_ema") == held
    assert compiled == ["op_ema"]


def test_a_changed_function_is_compiled_again(tmp_path: Path) -> None:
    def function(symbol: str) -> Callable[..., Any]:
        return steps.sma

    Library(Store(tmp_path), steps.function).bitcode("op_ema")
    assert Library(Store(tmp_path), function).missing(["op_ema"]) == ["op_ema"]


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    good = Library(Store(tmp_path), steps.function).bitcode("op_ema")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert Library(Store(tmp_path), steps.function).bitcode("op_ema") == good


WARM = """
import sys
from pathlib import Path
from stratagem.runtime.native.library import Library
from stratagem.runtime.native.store import Store
Library(Store(Path(sys.argv[1]))).bitcode("op_ema")
print("numba" in sys.modules)
"""


def test_numba_is_imported_only_for_what_is_missing(tmp_path: Path) -> None:
    seen = [
        subprocess.run([sys.executable, "-c", WARM, str(tmp_path)], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert seen == ["True\n", "False\n"]


def test_symbols_lead_to_functions() -> None:
    from stratagem.runtime.trading import fill, mark
    from stratagem.stdlib import arith
    from stratagem.stdlib.operators import averages

    assert symbols.function("op_ema") is averages.ema
    assert symbols.function("op_div") is arith.div
    assert symbols.function("op_mark") is mark.mark
    assert symbols.function("sg_fill") is fill.fill


@pytest.mark.parametrize("symbol", ["op_nothing", "sg_ema", "op_fill_orders", "ema", ""])
def test_a_symbol_of_nothing_is_explained(symbol: str) -> None:
    with pytest.raises(LookupError, match=r"no native symbol.*op_ and an operator"):
        symbols.function(symbol)


def test_no_name_has_two_meanings() -> None:
    tables = [set(symbols.operators()), set(symbols.hot()), set(symbols.helpers())]
    assert not tables[0] & tables[1] and not tables[1] & tables[2] and not tables[0] & tables[2]


def test_trading_functions_are_those_of_the_phases() -> None:
    from stratagem.runtime.trading import phases

    assert set(symbols.cold()) == set(phases.COLD)
    assert set(symbols.hot()) == {*phases.HOT, *(phase.name for phase in phases.READS.values())}
