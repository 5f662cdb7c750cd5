"""Nothing read takes more than linear time: no pattern may look at more than a bounded stretch of text.

Every compiled pattern of the modules that meet input is found by walking them, so that a new one is held as well.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import stratagem.lang.inputs
import stratagem.runtime.calendar
import stratagem.runtime.data
from stratagem.runtime.data import DataError, load_bars, shapes
from stratagem.runtime.data import text as text_module
from stratagem.runtime.errors import RunError

_parser = re._parser  # type: ignore[attr-defined]
WIDEST = 500
PACKAGES = (stratagem.runtime.data, stratagem.runtime.calendar, stratagem.lang.inputs)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module holds, alone or in a table, with where it is."""

    def inside(value: object) -> Iterator[re.Pattern[str]]:
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, dict):
            for part in (*value.keys(), *value.values()):
                yield from inside(part)
        elif isinstance(value, (list, tuple, set, frozenset)):
            for part in value:
                yield from inside(part)

    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(found.name)).items():
                for pattern in inside(value):
                    yield f"{found.name}.{name}", pattern
    for place in range(len(shapes._DATES)):  # made when they are first asked for
        yield f"{shapes.__name__}._DATES", shapes._pattern(place)


def test_the_walk_finds_them() -> None:
    names = {name.removeprefix("stratagem.runtime.") for name, _ in patterns()}
    assert {"data.numbers._SPELLED", "data.shapes._DATES", "data.decimals._COMMA", "calendar.rule._RULE"} <= names


def test_every_pattern_is_bounded() -> None:
    """No repetition without an end, and no nested ones that multiply."""

    def repeats(tree: object, times: int = 1) -> Iterator[int]:
        for kind, argument in tree:  # type: ignore[attr-defined]
            name = str(kind)
            if "REPEAT" in name:
                _, most, inner = argument
                yield times * int(most)
                yield from repeats(inner, times * max(1, int(most)))
            elif name == "SUBPATTERN":
                yield from repeats(argument[3], times)
            elif name == "BRANCH":
                for branch in argument[1]:
                    yield from repeats(branch, times)

    for name, pattern in patterns():
        tree = _parser.parse(pattern.pattern, pattern.flags)
        assert max(repeats(tree), default=0) <= WIDEST, name
        assert tree.getwidth()[1] <= WIDEST, name


def test_patterns_stand_where_the_walk_finds_them() -> None:
    """None is compiled inside a function or handed to `re` as a text, but for those with no repetition at all."""
    call = re.compile(r"""re\.(?:sub|match|fullmatch|search|findall|split)\(\s*[rf]*["']([^"']*)""")
    for package in PACKAGES:
        for path in Path(package.__path__[0]).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            assert all(not set(found) & set("*+{?") for found in call.findall(source)), path
            assert not re.search(r"^ {4,}.*= re\.compile", source, re.MULTILINE), path


KINDS = (" ", "0", "1", "-", "+", ",", ".", "a", "T", "Z", "/", ":", "$", "é", "\t", "1,", "1.", "1 ", "00:")
RUNS = [kind * (30_000 // len(kind)) for kind in KINDS]
BEGINS = ("", "1", "01/13/2024 00:00", "2024-01-01")
CELLS = [begin + run + end for run in RUNS for begin in BEGINS for end in ("", "x")]


@pytest.mark.parametrize("small", [0, 10**9])
def test_a_cell_of_any_run_is_read_at_once(small: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would cost seconds to minutes if anything were quadratic: all of them together are quick."""
    monkeypatch.setattr(text_module, "SMALL", small)
    place = tmp_path / "a.csv"
    for cell, by in zip(CELLS, cycle(",;|"), strict=False):
        for row in ((cell, "1"), ("2024-01-02", cell)):
            place.write_text(f"time{by}close\n2024-01-01{by}1\n{by.join(row)}\n")
            try:
                load_bars(place, timeframe="1d")
            except DataError as error:
                assert len(str(error)) < 1000


def test_a_cell_in_memory_too() -> None:
    for cell in CELLS:
        for column in ("time", "close", "score"):
            columns = {"time": ["2024-01-01", "2024-01-02"], "close": ["1", "2"], "score": ["1", "2"]}
            columns[column][1] = cell
            try:
                load_bars(columns, timeframe="1d", policy="drop")
            except DataError as error:
                assert len(str(error)) < 1000


def test_options_too() -> None:
    columns = {"time": ["2024-01-01", "2024-01-02"], "close": np.array([1.0, 2.0])}
    for cell in CELLS:
        for name in ("data_from", "data_tz", "timeframe", "time_format", "policy"):
            try:
                load_bars(columns, **{name: cell})  # type: ignore[arg-type]
            except (DataError, RunError) as error:
                assert len(str(error)) < 1000, (name, cell[:20])
            else:
                assert cell.strip() == "2024-01-01", (name, cell[:20])
