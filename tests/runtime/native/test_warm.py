"""Everything compiled ahead of time, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.runtime.native import called_operators, library, passes, shared_object, symbols, warm
from stratagem.runtime.native.store import Store

from . import steps

WANTED = ["op_div", "op_floor_", "op_ema"]


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store, three symbols and a small shared object in place of the user's."""
    store = Store(tmp_path)
    monkeypatch.setattr(warm, "open_store", lambda: store)
    monkeypatch.setattr(warm, "standard", lambda: library.Library(store))
    monkeypatch.setattr(warm, "every_symbol", lambda: list(WANTED))
    for name in ("trading", "account"):
        monkeypatch.setattr(shared_object, name, lambda: shared_object.shared_object({"curve": steps.curve}, store))
    monkeypatch.setattr(passes, "passing", lambda: None)
    return store


def test_warming_leaves_nothing_to_compile(fresh: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert warm.warm(2) == len(WANTED)
    assert library.Library(fresh).missing(WANTED) == []
    assert "compiled 3 of 3 operators" in capsys.readouterr().err
    assert warm.warm(2) == 0
    assert capsys.readouterr().err == ""


def test_every_symbol_is_inlined_or_shared() -> None:
    every = warm.every_symbol()
    assert len(every) == len(set(every))
    assert {"op_ema", "op_div", "op_mark", "op_read_equity"} <= set(every)
    assert all(symbols.declaration(symbol).startswith("declare ") for symbol in every)


def test_warming_makes_the_objects_of_operators_that_may_be_called(
    fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "every_symbol", lambda: ["op_div", "op_median"])
    warm.warm(1)
    code = library.Library(fresh).bitcode("op_median")
    assert called_operators.kept(fresh, "op_median", called_operators.identity(code)) is not None
    assert len([path for path in (fresh.folder / "operator").rglob("*") if path.is_file()]) == 1
