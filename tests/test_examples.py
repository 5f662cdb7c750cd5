"""What random tests draw is the same in every run, whatever else has run before."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[tuple[int, str, float]]:
    found = []

    @settings(max_examples=200, database=None)
    @given(st.integers(), st.text(), st.floats(allow_nan=False))
    def one(number: int, text: str, share: float) -> None:
        found.append((number, text, share))

    one()
    return found


def test_a_module_that_is_loaded_changes_no_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn()
    module = ModuleType("loaded_between")
    module.__file__ = str(tmp_path / "loaded_between.py")
    Path(module.__file__).write_text("FOUND = 918273645, 'a text of its own', 918273.645\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert drawn() == before
