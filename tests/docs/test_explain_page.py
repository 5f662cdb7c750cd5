"""The page on `strat explain`: what it shows is what is told, and its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import stratagem as sg

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


def test_the_page_shows_what_is_told() -> None:
    (text,) = blocks("strat")
    shown, changed = blocks("text")
    program = sg.compile(text)
    assert shown == program.explain().text()
    other = text.replace("rsi(close, 14)", "rsi(close, 10)").replace("50%", "25%").replace("  expire 20 bars\n", "")
    assert changed == program.explain_changes(sg.compile(f"assume fee 0.05%\n{other}")).text()


def test_the_python_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (text,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(text, "explain.md", "exec"), names)
    assert names.keys() >= {"sg"}
