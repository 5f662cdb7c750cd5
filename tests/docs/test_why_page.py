"""The page on `strat why`: what it shows is what is printed, and its table has every code there is."""

from __future__ import annotations

import re
from pathlib import Path

import stratagem as sg
from stratagem.runtime.why.answer import Part, StatementAnswer

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")


def test_the_page_shows_the_real_answer() -> None:
    (shown,) = re.findall(r"(?ms)^```text\n(.*?)^```$", PAGE)
    result = sg.compile(ROOT / "strategies" / "golden_cross.strat").backtest("sample:AAPL")
    assert shown.rstrip("\n") == result.why(trade=3).text()


def test_every_code_of_a_statement_is_on_the_page() -> None:
    source = "".join((ROOT / "runtime" / "why" / name).read_text(encoding="utf-8") for name in ("story.py", "bars.py"))
    codes = set(re.findall(r'Verdict\(\s*"(\w+)"', source))
    assert len(codes) > 8
    assert not [code for code in codes if f"`{code}`" not in PAGE]


def test_every_key_of_the_document_is_on_the_page() -> None:
    section = PAGE.split("## As JSON\n")[1].split("\n## ")[0]
    for kind in (Part, StatementAnswer):
        assert not [name for name in kind.__dataclass_fields__ if f"`{name}`" not in section]
