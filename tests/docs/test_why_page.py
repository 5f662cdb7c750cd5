"""The page on `strat why`: what it shows is what is printed, and its table has every code there is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import stratagem as sg
from stratagem.runtime.why.answer import Holding, OfSymbol, Part, StatementAnswer, Turn, Wish

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")


def test_the_page_shows_the_real_answer() -> None:
    shown, shared = re.findall(r"(?ms)^```text\n(.*?)^```$", PAGE)
    result = sg.compile(ROOT / "strategies" / "golden_cross.strat").backtest("sample:AAPL")
    assert shown.rstrip("\n") == result.why(trade=3).text()
    (program,) = re.findall(r"(?ms)^```strat\n(.*?)^```$", PAGE)
    data = {symbol: {"ts": np.array(["2024-01-01", "2024-01-02"], "datetime64[us]"), "volume": [1.0, 1.0],
                     **{name: [close, close] for name in ("open", "high", "low", "close")}}
            for symbol, close in {"A": 10.0, "B": 20.0}.items()}  # fmt: skip
    assert shared.rstrip("\n") == sg.compile(program).backtest(data).why(at="2024-01-01", symbol="A").text()


def test_every_code_of_a_statement_is_on_the_page() -> None:
    names = ("story.py", "bars.py", "shared.py")
    source = "".join((ROOT / "runtime" / "why" / name).read_text(encoding="utf-8") for name in names)
    codes = set(re.findall(r'Verdict\(\s*"(\w+)"', source))
    assert len(codes) > 8
    assert not [code for code in codes if f"`{code}`" not in PAGE]


def test_every_key_of_the_document_is_on_the_page() -> None:
    section = PAGE.split("## As JSON\n")[1].split("\n## ")[0]
    for kind in (Part, StatementAnswer, OfSymbol):
        assert not [name for name in kind.__dataclass_fields__ if f"`{name}`" not in section]
    shared = PAGE.split("## Several symbols\n")[1]
    for other in (Turn, Wish, Holding):
        assert not [name for name in other.__dataclass_fields__ if f"`{name}`" not in shared and name != "symbol"]
