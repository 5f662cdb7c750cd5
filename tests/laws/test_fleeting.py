"""What the laws run leaves nothing in the store, and the store is as before when they are done."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg
from stratagem.runtime.compiled import compiled
from stratagem.runtime.native import store

from .fleeting import nothing_kept


def test_programs_of_the_laws_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(store.Store, "put", lambda self, kind, key, content: kept.append(kind))
    text = "enter long when close > {}\nexit long when close < open\n"
    with nothing_kept():
        sg.compile(text.format(101.25)).backtest("sample:AAPL")
        assert "plan" not in kept
    assert compiled.open_store is store.open_store
    monkeypatch.setattr(compiled, "open_store", lambda: store.Store(tmp_path))
    sg.compile(text.format(101.75))
    assert kept[-1] == "plan"
